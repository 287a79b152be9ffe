"""What sides believe of each other, and whether learning it from offers makes deals better."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.learning import MODELS, measure

from sim.parties.evidence import Evidence
from sim.parties.opponents import bayes, frequency, positions
from sim.worlds.packages import PACKAGE


def evidence(offers: list[list[int]], times: list[float]) -> Evidence:
    """Three issues with three options; the other side likes the last best, the learning side the first; one world."""
    up = np.tile(np.array([0.0, 0.5, 1.0])[None, :, None], (3, 1, 1))
    shape = (len(offers), 3, 1)
    return Evidence(
        values=up,
        own=up[:, ::-1],
        exists=np.ones((3, 3, 1), dtype=bool),
        offers=np.array(offers, dtype=PACKAGE).reshape(shape),
        times=np.array(times).reshape(len(offers), 1),
    )


def weights(belief: np.ndarray) -> np.ndarray:
    """What the best option of each issue is believed to be worth more than the worst."""
    return belief[:, :, 0].max(axis=1) - belief[:, :, 0].min(axis=1)


@pytest.mark.parametrize("model", [positions, bayes, frequency])
def test_before_any_offer_all_issues_count_alike(model: object) -> None:
    belief = model(evidence([], []))  # type: ignore[operator]
    assert weights(belief) == pytest.approx([1 / 3] * 3)
    assert belief[:, :, 0].argmax(axis=1).tolist() == [2, 2, 2]


@pytest.mark.parametrize("model", [bayes, frequency])
def test_who_gives_way_on_an_issue_is_believed_to_care_less_for_it(model: object) -> None:
    offers = [[2, 2, 2], [2, 2, 1], [2, 2, 0], [2, 1, 0]]
    believed = weights(model(evidence(offers, [0.1, 0.3, 0.5, 0.7])))  # type: ignore[operator]
    assert believed[0] > believed[1] > believed[2]


def test_the_posterior_is_that_of_the_formula() -> None:
    from itertools import permutations

    given = evidence([[2, 2, 2], [2, 2, 0]], [0.1, 0.5])
    hypotheses = [np.ones(3) / 3] + [np.array(order) / 6 for order in permutations((3, 2, 1))]
    posterior = []
    for weight in hypotheses:
        utilities = weight @ np.array([1.0, 1.0, 1.0]), weight @ np.array([1.0, 1.0, 0.0])
        expected = 1 - 0.5 * 0.1, 1 - 0.5 * 0.5
        error = sum((u - e) ** 2 for u, e in zip(utilities, expected, strict=True))
        posterior.append(np.exp(-error / (2 * 0.15**2)))
    mean = np.average(hypotheses, axis=0, weights=posterior)
    assert weights(bayes(given)) == pytest.approx(mean)


def test_with_many_issues_hypotheses_stay_few() -> None:
    up = np.tile(np.array([0.0, 1.0])[None, :, None], (9, 1, 1))
    offers = np.ones((2, 9, 1), dtype=PACKAGE)
    offers[1, 1:, 0] = 0
    given = Evidence(up, up[:, ::-1], np.ones((9, 2, 1), dtype=bool), offers, np.array([[0.1], [0.5]]))
    believed = weights(bayes(given))
    assert believed.argmax() == 0
    assert believed.sum() == pytest.approx(1.0)


def test_frequency_learns_options_that_it_presumed_worthless() -> None:
    # Against a fixed pie the other side offers the learning side's best option on the first issue again and again.
    belief = frequency(evidence([[0, 2, 2], [0, 2, 1], [0, 1, 1]], [0.1, 0.2, 0.3]))
    assert belief[0, :, 0].argmax() == 0


def test_learning_improves_the_joint_outcome_where_saliences_are_unknown() -> None:
    """As in the table of docs/policies.md, in fewer worlds; differences are taken world by world."""
    results = measure(worlds=400, seed=1)
    assert set(results) == set(MODELS)
    for model, measured in (("bayes", "joint"), ("bayes", "product"), ("frequency", "joint")):
        gain = results[model][measured] - results["positions"][measured]
        error = gain.std() / len(gain) ** 0.5
        assert gain.mean() > 3 * error, (model, measured)
