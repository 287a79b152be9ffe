"""All models on DEU's decisions in one run: settings are chosen on the tuning part, and what counts is the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.forecast.deu.data import DisputedIssue, case_of_issues, issues, outcomes
from sim.forecast.deu.expected import Expected, Progress, benchmark_case, mixture, simple, talks_of
from sim.forecast.deu.parts import held_out
from sim.forecast.models.spread import blended
from sim.forecast.prediction import Prediction, over_parties
from sim.forecast.scores import Difference, Scored, paired, score

WORLDS = 200
"""Worlds a proposal, if nothing is said."""

POINTS = 100.0
"""Errors are told in points of the scale of a hundred."""

BLENDS = tuple(round(0.1 * k, 1) for k in range(3, 11))
WIDTHS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
"""From which parts of the first distribution, and widths of the neighbourhood, are chosen."""

PAIRS = (
    ("talks", "spread"),
    ("talks", "mean"),
    ("talks", "median"),
    ("talks", "challenge"),
    ("talks_spread", "spread"),
    ("spread", "mean"),
    ("challenge", "mean"),
)
"""Of which models the differences are told."""

Summary = dict[str, float]


@dataclass(frozen=True, slots=True)
class Tuned:
    """A blend and a width as chosen, and the CRPS that they had on the tuning part."""

    blend: float
    width: float
    crps: float

    def as_json(self) -> dict[str, float]:
        """Blend, width, crps."""
        return {"blend": self.blend, "width": self.width, "crps": self.crps}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the issues, and what the models score on them; a model that says nothing of any is left out."""

    title: str
    issues: int
    models: dict[str, Summary]

    def as_json(self) -> dict[str, Any]:
        """Issues, models."""
        return {"issues": self.issues, "models": self.models}


@dataclass(frozen=True, slots=True)
class DeuBacktest:
    """How the models did.

    Attributes
    ----------
    worlds, seed
        Of the talks, a proposal.
    issues
        Those that were scored.
    titles
        Of the models, for people.
    scored
        By model, issue by issue; errors and CRPS in points of a hundred.
    held_out
        Which issues are not of the tuning part, shape (issues,).
    tuned
        What was chosen on the tuning part, by model. `talks` is the ends of the worlds (`talks_alone`) mixed with the
        neighbourhood of the compromise, as `spread` is the positions mixed with it; `talks_spread` half of each.
    everything, tuning, rest
        Scores on all, on the tuning part, and on what was held out.
    groups
        Scores on what was held out and on all, by procedure, vote and distance to the reference point.
    differences
        By pair of models and score, on what was held out: the first's less the second's, in points.
    """

    worlds: int
    seed: int
    issues: list[DisputedIssue]
    titles: dict[str, str]
    scored: dict[str, Scored]
    held_out: Bools
    tuned: dict[str, Tuned]
    everything: Part
    tuning: Part
    rest: Part
    groups: dict[str, dict[str, tuple[Part, Part]]]
    differences: dict[tuple[str, str], dict[str, Difference]]

    def __repr__(self) -> str:
        """In a line."""
        return f"<DeuBacktest: {len(self.issues)} issues, {len(self.scored)} models, {self.worlds} worlds a proposal>"

    def as_json(self) -> dict[str, Any]:
        """The object that `backtest deu --json` prints."""
        return {
            **self.everything.as_json(),
            "held_out": self.rest.as_json(),
            "tuning": self.tuning.as_json(),
            "worlds": self.worlds,
            "seed": self.seed,
            "tuned": {name: tuned.as_json() for name, tuned in self.tuned.items()},
            "differences": [
                {"model": first, "against": second, **{name: one.as_json() for name, one in found.items()}}
                for (first, second), found in self.differences.items()
            ],
            "by": {
                what: {name: {**whole.as_json(), "held_out": rest.as_json()} for name, (whole, rest) in found.items()}
                for what, found in self.groups.items()
            },
        }


def backtest(
    worlds: int | None = None,
    seed: int = 0,
    *,
    proposals: int | None = None,
    progress: Progress | None = None,
) -> DeuBacktest:
    """Score every model on the decisions of the European Union whose outcome is known.

    Parameters
    ----------
    worlds
        In which each proposal is played, by default 200.
    seed
        Of the talks. The tuning part and the bootstrap have seeds of their own, which do not change.
    proposals
        Take only the first so many proposals: a quick look, with scores that mean little.
    progress
        Is called with the proposals that have been played, and how many there are.

    Returns
    -------
    DeuBacktest
        Scores of all models on all issues and on those held out, and `as_json()`.
    """
    count = worlds or WORLDS
    chosen = _scored_issues(proposals)
    happened = outcomes(chosen)
    rest = np.array(held_out(chosen))
    found = simple(chosen)
    case, bench = case_of_issues(chosen), benchmark_case(chosen)
    influence = over_parties(np.zeros(bench.shape[1:]), bench.position, bench.influence())
    spread, spread_tuned = _tuned(lambda b, w: blended(bench, influence.place, influence.share, b, w), happened, ~rest)
    alone = talks_of(chosen, count, seed, progress)
    talks, talks_tuned = _tuned(lambda b, w: blended(case, alone.place, alone.share, b, w), happened, ~rest)
    found |= {
        "spread": Expected("Spread", spread),
        "talks": Expected("Our talks", talks),
        "talks_alone": Expected("Talks as they end", alone),
        "talks_spread": Expected("Talks and spread", mixture([talks, spread], [0.5, 0.5])),
    }
    scored = {name: score(one.prediction, happened, POINTS) for name, one in found.items()}

    def part(title: str, which: Bools) -> Part:
        told = {name: one.summary(chosen=which) for name, one in scored.items()}
        return Part(title, int(which.sum()), {name: summary for name, summary in told.items() if summary})

    groups = {
        what: {name: (part(name, which), part(name, which & rest)) for name, which in by.items()}
        for what, by in _groups(chosen).items()
    }
    everybody = np.ones(len(chosen), dtype=bool)
    return DeuBacktest(
        worlds=count,
        seed=seed,
        issues=chosen,
        titles={name: one.title for name, one in found.items()},
        scored=scored,
        held_out=rest,
        tuned={"spread": spread_tuned, "talks": talks_tuned},
        everything=part("All", everybody),
        tuning=part("Tuning part", ~rest),
        rest=part("Held out", rest),
        groups=groups,
        differences={pair: _differences(scored, chosen, pair, rest) for pair in PAIRS},
    )


def _scored_issues(proposals: int | None) -> list[DisputedIssue]:
    names = list(dict.fromkeys(issue.proposal for issue in issues()))[:proposals]
    return [issue for issue in issues() if issue.scored and issue.proposal in set(names)]


def _tuned(forecast: Callable[[float, float], Prediction], happened: Floats, tuning: Bools) -> tuple[Prediction, Tuned]:
    """The forecast with the blend and the width of the lowest CRPS on the tuning part; ties: the first tried."""
    best: tuple[Prediction, Tuned] | None = None
    for blend, width in product(BLENDS, WIDTHS):
        prediction = forecast(blend, width)
        found = score(prediction, happened, POINTS).crps[tuning]
        reached = float(found.mean()) if len(found) else 0.0
        if best is None or reached < best[1].crps - 1e-9:
            best = prediction, Tuned(blend, width, reached)
    assert best is not None
    return best


def _groups(chosen: list[DisputedIssue]) -> dict[str, dict[str, Bools]]:
    mean = compromise(chosen)
    apart = [np.nan if one.reference is None else abs(one.reference - at) for one, at in zip(chosen, mean, strict=True)]

    def marked(which: Callable[[int, DisputedIssue], bool]) -> Bools:
        return np.array([which(k, issue) for k, issue in enumerate(chosen)], dtype=bool)

    return {
        "procedure": {
            "COD": marked(lambda _, one: one.procedure == "COD"),
            "CNS": marked(lambda _, one: one.procedure == "CNS"),
        },
        "vote": {
            "QMV": marked(lambda _, one: not one.unanimous),
            "Unan": marked(lambda _, one: one.unanimous),
        },
        "reference": {
            "under_30": marked(lambda k, _: bool(apart[k] < 30.0)),
            "30_to_60": marked(lambda k, _: bool(30.0 <= apart[k] < 60.0)),
            "from_60": marked(lambda k, _: bool(apart[k] >= 60.0)),
            "none": marked(lambda k, _: bool(np.isnan(apart[k]))),
        },
    }


def compromise(chosen: list[DisputedIssue]) -> Floats:
    """The compromise on each issue, 0 to 100: from where on the distance to the reference point is measured."""
    case = case_of_issues(chosen)
    influence = case.influence()
    return np.asarray(POINTS * (np.nan_to_num(case.position) * influence).sum(axis=0)[:, 0])


def _differences(
    scored: dict[str, Scored], chosen: list[DisputedIssue], pair: tuple[str, str], which: Bools
) -> dict[str, Difference]:
    names = list(dict.fromkeys(issue.proposal for issue in chosen))
    group = np.array([float(names.index(issue.proposal)) for issue in chosen])[which]
    first, second = (scored[name] for name in pair)
    return {
        "mae": paired(first.error[which], second.error[which], group),
        "crps": paired(first.crps[which], second.crps[which], group),
    }
