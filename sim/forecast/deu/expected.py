"""What each model says of the disputed issues, each seeing of them what it is made for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.forecast.case import Case
from sim.forecast.deu import talks
from sim.forecast.deu.data import CONSULTED, DisputedIssue, case_of_issues, proposals
from sim.forecast.models import challenge, exchange, mean, median, nash, status_quo
from sim.forecast.prediction import Prediction, median_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Expected:
    """A model on DEU's issues.

    Attributes
    ----------
    title
        For people.
    prediction
        One world a disputed issue, in the order asked for.
    """

    title: str
    prediction: Prediction


def simple(chosen: list[DisputedIssue]) -> dict[str, Expected]:
    """The models that take no setting from the data, in the order in which they are shown.

    Nash's solution and the exchange of votes see all issues of a proposal together.
    """
    case = case_of_issues(chosen)
    return {
        "mean": Expected("Weighted mean", mean.forecast(case)),
        "median": Expected("Weighted median", median.forecast(case)),
        "status_quo": Expected("Reference point", status_quo.forecast(case)),
        "nash": Expected("Nash bargaining", by_proposal(chosen, lambda one: nash.forecast(case_of_issues(one)))),
        "challenge": Expected("Challenges", challenge.forecast(case, challenge.EQUATIONS)),
        "exchange": Expected("Exchange", by_proposal(chosen, lambda one: exchange.forecast(case_of_issues(one)))),
    }


def benchmark_case(chosen: list[DisputedIssue]) -> Case:
    """The issues as the benchmark sees them: Parliament counts for a fifth where it is only heard."""
    return case_of_issues(chosen, CONSULTED)


def mixture(parts: Sequence[Prediction], weights: Sequence[float]) -> Prediction:
    """Several distributions as one, by weights that sum to 1; its point is its median."""
    place = np.concatenate([part.place for part in parts])
    share = np.concatenate([weight * part.share for part, weight in zip(parts, weights, strict=True)])
    return Prediction(median_of(place, share), place, share)


def talks_of(chosen: list[DisputedIssue], worlds: int, seed: int = 0, progress: Progress | None = None) -> Prediction:
    """Our own talks, proposal by proposal, each with luck of its own; influence over positions where they say nothing.

    The talks are about all disputed issues of a proposal, also those of which the outcome is not known.
    """
    every = proposals()
    number = {name: k for k, name in enumerate(every)}
    asked = list(proposals(tuple(chosen)))
    done: dict[str, Prediction] = {}
    for k, name in enumerate(asked):
        done[name] = talks.forecast(every[name], worlds, seed * len(every) + number[name])
        if progress:
            progress(k + 1, len(asked))
    place = {issue.id: (issue.proposal, j) for of in every.values() for j, issue in enumerate(of)}
    parts = [_column(done[place[issue.id][0]], place[issue.id][1]) for issue in chosen]
    said = joined(parts)
    silent = np.isnan(said.point)
    other = median.forecast(case_of_issues(chosen))
    return joined([_column(other if silent[j, 0] else said, j) for j in range(len(chosen))])


def by_proposal(chosen: list[DisputedIssue], forecast: Callable[[list[DisputedIssue]], Prediction]) -> Prediction:
    """What a model says that sees all disputed issues of a proposal together."""
    every = proposals()
    found: dict[str, Prediction] = {}
    for name in proposals(tuple(chosen)):
        prediction = forecast(every[name])
        found |= {issue.id: _column(prediction, j) for j, issue in enumerate(every[name])}
    return joined([found[issue.id] for issue in chosen])


def joined(parts: Sequence[Prediction]) -> Prediction:
    """Predictions of some issues each as one of all, places that only some have with no share elsewhere."""
    most = max(len(part.place) for part in parts)

    def filled(array: np.ndarray) -> np.ndarray:
        return np.concatenate([array, np.zeros((most - len(array), *array.shape[1:]))])

    return Prediction(
        np.concatenate([part.point for part in parts]),
        np.concatenate([filled(part.place) for part in parts], axis=1),
        np.concatenate([filled(part.share) for part in parts], axis=1),
    )


def _column(prediction: Prediction, issue: int) -> Prediction:
    one = slice(issue, issue + 1)
    return Prediction(prediction.point[one], prediction.place[:, one], prediction.share[:, one])
