"""Constraints and bonuses as they are read: what they come to, and what is said where they are wrong."""

from __future__ import annotations

from random import Random

import pytest

from sim.scenario.diagram import diagram
from sim.scenario.loading import loads
from sim.scenario.model import Box
from sim.scenario.problems import ScenarioError

HEAD = """format: 1
title: Joined
issues:
  a: {options: [x, y, z], status_quo: x}
  b: {options: [p, q, r], status_quo: p}
  c: {scale: {from: 0, to: 10, step: 5, unit: years}, status_quo: 0}
parties:
  A: {positions: {a: x}, reservation: 0.3BONUSES}
  B: {positions: {a: z}, reservation: 0.3}
"""


def written(tail: str = "", bonuses: str = "") -> str:
    return HEAD.replace("BONUSES", bonuses) + tail


def test_constraints_come_to_groups_of_packages() -> None:
    text = written("""constraints:
  - if: {a: [x, y]}
    then: {b: q, c: {from: 5}}
  - never: {a: z, c: 10}
""")
    first, second = loads(text, "joined.yaml").constraints
    assert first.forbidden == (Box(((0, (0, 1)), (1, (0, 2)))), Box(((0, (0, 1)), (2, (0,)))))
    assert second.then is None
    assert second.forbidden == (Box(((0, (2,)), (2, (2,)))),)


def test_a_condition_and_what_follows_may_name_the_same_issue() -> None:
    (one,) = loads(written("constraints: [{if: {a: [x, y]}, then: {a: y}}]"), "joined.yaml").constraints
    assert one.forbidden == (Box(((0, (0,)),)),)


def test_bonuses_have_paths_and_parties_with_them_any_reservation_value() -> None:
    own = ", bonuses: [{id: peace, when: {a: x}, worth: -2}, {when: {b: {to: q}}, worth: {uniform: [0, 1]}}]"
    text = written("bonuses: [{when: {a: y, b: q}, worth: 0.1}]", own).replace("reservation: 0.3,", "reservation: 3,")
    scenario = loads(text, "joined.yaml", ["parties.A.bonuses.peace.worth=-1"])
    assert [(bonus.worth.path, bonus.parties) for bonus in scenario.bonuses] == [
        ("bonuses.0.worth", (0, 1)),
        ("parties.A.bonuses.peace.worth", (0,)),
        ("parties.A.bonuses.1.worth", (0,)),
    ]
    assert scenario.bonuses[1].worth.parameters == (-1.0,)
    assert scenario.bonuses[2].when == Box(((1, (0, 1)),))


@pytest.mark.parametrize(
    ("tail", "place", "says"),
    [
        ("constraints: [{never: {d: x}}]", "10:24", "there is no issue 'd'; known are a, b, c"),
        ("constraints: [{never: {a: w}}]", "10:27", "there is no option 'w' of the issue 'a'"),
        ("constraints: [{if: {a: x}}]", "10:15", "a constraint needs if and then, or never; 'then' is missing"),
        ("constraints: [{never: {a: x}, then: {b: p}}]", "10:15", "either if and then, or never"),
        ("constraints: [{unless: {a: x}}]", "10:16", "unknown key 'unless' in a constraint"),
        ("constraints: [{never: {}}]", "10:23", "expected at least one issue with its options for never"),
        ("constraints: [{never: {a: []}}]", "10:27", "expected at least one option of the issue 'a'"),
        ("constraints: [{never: {a: [x, x]}}]", "10:31", "the option 'x' stands twice"),
        ("constraints: [{never: {a: {from: z, to: y}}}]", "10:41", "'y' comes before 'z'"),
        ("constraints: [{never: {a: {}}}]", "10:27", "expected from or to for a range of options"),
        ("constraints: [{never: {a: {from: x}}}]", "10:14", "the constraints leave no package"),
        ("constraints: [{never: {a: x}}, {if: {c: {to: 10}}, then: {a: x}}]", "10:14", "the constraints leave no"),
        ("bonuses: [{worth: 1}]", "10:11", "the key 'when' is missing in a bonus"),
        ("bonuses: [{when: {a: x}, worth: much}]", "10:33", "the worth of a bonus"),
        ("bonuses: [{id: 1, when: {a: x}, worth: 1}, {when: {a: y}, worth: 1}]", "10:44", "of a bonus stands twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tail: str, place: str, says: str) -> None:
    with pytest.raises(ScenarioError) as wrong:
        loads(written(tail), "joined.yaml")
    assert f"joined.yaml:{place}: " in str(wrong.value)
    assert says in str(wrong.value)


def test_what_joins_too_much_is_refused_before_time_is_taken() -> None:
    issues = "".join(f"  i{j}: {{options: [{', '.join(f'o{k}' for k in range(9))}]}}\n" for j in range(12))
    random = Random(3)
    groups = ""
    for _ in range(60):
        named = [f"i{j}: [{', '.join(f'o{k}' for k in random.sample(range(9), 6))}]" for j in range(12)]
        groups += f"  - never: {{{', '.join(named)}}}\n"
    text = "format: 1\ntitle: Many\nissues:\n" + issues + "parties:\n"
    text += "  A: {positions: {i0: o0}, reservation: 0.3}\n  B: {positions: {i0: o8}, reservation: 0.3}\nconstraints:\n"
    with pytest.raises(ScenarioError, match="more than 20,000 cases would have to be told apart"):
        loads(text + groups, "many.yaml")


def test_packages_are_told_apart_no_further_than_matters() -> None:
    boxes = [Box(((j, (0,)), (j + 1, (0,)))) for j in range(0, 40, 2)]
    made = diagram([5] * 40, boxes, [], 1000)
    assert made is not None
    assert sum(layer.size for layer in made.layers) == 20 * (2 + 4)
    assert made.leaves_any()
