"""Conditions say the same of one package as of many at once; their inequalities say it too, in the stated shape."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.rules.condition import NEVER, All, Condition, Nobody, SoMany, Weighty

WEIGHT = np.array([[0.0, 2.0], [1.0, 1.0], [3.0, 0.5]])
"""Of three members in two worlds."""
CONDITIONS = {
    "all": All((0, 1, 2)),
    "two of them": All((0, 2)),
    "none need": All(()),
    "nobody": Nobody(),
    "one": SoMany(np.array([1.0, 1.0])),
    "two, then three": SoMany(np.array([2.0, 3.0])),
    "more than there are": SoMany(np.array([4.0, 4.0])),
    "half of the weight": Weighty.share(np.array([0.5, 0.5]), WEIGHT),
    "just so much": Weighty(WEIGHT, np.array([3.0, 3.0])),
    "all of the weight": Weighty.share(np.array([1.0, 1.0]), WEIGHT),
}
LEVELS = (-0.5, 0.0, 0.25, 1.0)


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=list(CONDITIONS))
def test_the_level_is_the_highest_at_which_it_holds_for_one_package_and_for_many(condition: Condition) -> None:
    every = np.array(list(product(LEVELS, repeat=3)))  # (packages, members)
    many = np.repeat(every.T[:, :, None], 2, axis=2)  # (members, packages, worlds)
    found = condition.level(many)
    assert found.shape == many.shape[1:]
    for package in range(len(every)):
        assert condition.level(many[:, package]).tolist() == found[package].tolist()
    held = np.array([condition.holds(many >= level) for level in LEVELS])  # (levels, packages, worlds)
    expected = np.where(held.any(axis=0), np.array(LEVELS)[len(LEVELS) - 1 - held[::-1].argmax(axis=0)], NEVER)
    if condition.holds(np.zeros((3, 2), dtype=bool)).all():  # it asks nobody, so it holds however much is demanded
        expected = np.full(expected.shape, np.inf)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=list(CONDITIONS))
def test_the_inequality_says_the_same_in_every_world(condition: Condition) -> None:
    ways = condition.ways(3)
    worlds = 2 if isinstance(condition, Weighty) else 1
    assert {counts.shape for rows in ways for counts, _ in rows} <= {(3, worlds)}
    for yes in product((False, True), repeat=3):
        votes = np.repeat(np.array(yes)[:, None], 2, axis=1)
        reached = [[(counts * votes).sum(axis=0) >= needed for counts, needed in rows] for rows in ways]
        held = np.zeros(2, dtype=bool)
        for rows in reached:
            held |= np.logical_and.reduce([np.ones(2, dtype=bool), *rows])
        assert held.tolist() == condition.holds(votes).tolist()
        assert condition.broken(~votes).tolist() == (~condition.holds(votes)).tolist()
        one = condition.of(np.array([1]))
        assert one.holds(votes[:, :1]).tolist() == condition.holds(votes)[1:].tolist()


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=list(CONDITIONS))
def test_whom_it_heeds_can_make_a_difference(condition: Condition) -> None:
    heeded = [condition.heeds(member) for member in range(3)]
    if isinstance(condition, All):
        assert heeded == [member in condition.who for member in range(3)]
    else:
        assert heeded == [not isinstance(condition, Nobody)] * 3
