"""The backtest over cases from history: shares of agreement and settlements against what happened.

A scenario's share of worlds with a full agreement is held against whether there was one, by proper scores, beside
baselines that know nothing of the case. How issues were settled is held against what each model expects of a deal.
Whatever looks at outcomes, the base rate and how far shares are rescaled, is worked out anew for each case from the
others (leave-one-out: Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", Journal of the Royal
Statistical Society B 36, 1974, 111-147).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case, case_of
from sim.forecast.models import MODELS
from sim.forecast.prediction import at_points
from sim.forecast.scores import Difference, brier, log_score, mean_with_interval, paired
from sim.scenario.bundled import about_bundled
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.sweeps.blocks import fitting
from sim.talks.play import play
from sim.talks.record.endings import OUTCOMES, outcomes_of
from sim.worlds.coding import central_coding, draw_coding

WORLDS = 100
"""Worlds a case, if nothing is said: their sampling error is small beside that of so few cases."""

REVISED = (
    "hull_nomura_1941",
    "panama_canal_1977",
    "camp_david_1978",
    "rambouillet_1999",
    "camp_david_2000",
    "copenhagen_2009",
    "hanoi_2019",
)
"""Cases of whose coding something was looked at again after first runs were seen (docs/cases.md)."""

FACTORS = tuple(0.25 * k for k in range(13))
"""What log odds of shares can be multiplied by."""

TITLES = {
    "talks": "Our talks",
    "talks_rescaled": "Talks, rescaled",
    "base_rate": "Base rate",
    "half": "Always a half",
    "always_no": "Always no",
}
"""Models of whether there is an agreement, in the order in which they are shown."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case and what the models made of it.

    Attributes
    ----------
    name, scenario
        The bundled scenario.
    happened
        1 if there was a full agreement that came into force, else 0.
    worlds, endings
        How many worlds were played, and how many ended how.
    share
        Probability of an agreement by the talks: (agreements + 1/2) / (worlds + 1), so that no case is called certain
        by so many worlds (Krichevsky & Trofimov, IEEE Transactions on Information Theory 27, 1981, 199-207).
    errors
        By model, distance of what it expects from how each issue was settled, on the scale of 0 to 1, issue by issue;
        nan where the file does not say how it was settled, or the model says nothing. Empty where nothing was signed.
    """

    name: str
    scenario: Scenario
    happened: float
    worlds: int
    endings: dict[str, int]
    share: float
    errors: dict[str, Floats]

    @property
    def revised(self) -> bool:
        """Whether its coding was looked at again after first runs."""
        return self.name in REVISED

    def mae(self, model: str) -> float:
        """Mean error of a model over the issues; nan where there is none."""
        found = self.errors.get(model)
        if found is None or np.isnan(found).all():
            return float("nan")
        return float(np.nanmean(found))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a model scores over cases, each with a 95 % interval by bootstrap over cases; None where it says nothing."""

    brier: Difference | None
    log: Difference | None
    mae: Difference | None


@dataclass(frozen=True, slots=True)
class HistoryBacktest:
    """How the models did on cases from history.

    Attributes
    ----------
    worlds, seed
        Of every case.
    cases
        In the order of their ends.
    titles
        Of the models, for people.
    probability
        By model of agreement, its probability case by case.
    models
        Scores of all models on all cases.
    untouched
        The same on cases of whose coding nothing was looked at again after first runs.
    factors
        What the log odds of the talks' shares were multiplied by for `talks_rescaled`, by the case left out.
    against
        Brier score of the talks less that of each other model, on the same cases.
    one_left_out
        Lowest and highest Brier score of the talks if any one case is left out.
    """

    worlds: int
    seed: int
    cases: list[HeldCase]
    titles: dict[str, str]
    probability: dict[str, Floats]
    models: dict[str, Standing]
    untouched: dict[str, Standing]
    factors: list[float]
    against: dict[str, Difference]
    one_left_out: tuple[float, float]

    def __repr__(self) -> str:
        """In a line."""
        return f"<HistoryBacktest: {len(self.cases)} cases, {self.worlds} worlds each>"

    @property
    def happened(self) -> Floats:
        """1 for cases with an agreement, 0 for the others; shape (cases,)."""
        return np.array([case.happened for case in self.cases])

    def as_json(self) -> dict[str, Any]:
        """The object that `backtest --json` prints."""
        return {
            "cases": len(self.cases),
            "models": {name: _plain(one) for name, one in self.models.items()},
            "untouched": {
                "cases": sum(not case.revised for case in self.cases),
                "models": {name: _plain(one) for name, one in self.untouched.items()},
            },
            "worlds": self.worlds,
            "seed": self.seed,
            "talks_less": {name: one.as_json() for name, one in self.against.items()},
            "factors": self.factors,
            "one_left_out": {"low": self.one_left_out[0], "high": self.one_left_out[1]},
            "by_case": [
                {
                    "case": case.name,
                    "agreement": bool(case.happened),
                    "endings": case.endings,
                    "revised": case.revised,
                    "probability": {name: float(found[k]) for name, found in self.probability.items()},
                    "mae": {name: case.mae(name) for name in case.errors},
                }
                for k, case in enumerate(self.cases)
            ],
        }


def backtest_cases(
    worlds: int | None = None,
    seed: int = 0,
    *,
    cases: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> HistoryBacktest:
    """Hold the models against all bundled scenarios that state an outcome.

    Parameters
    ----------
    worlds
        In which each case is played, by default 100.
    seed
        Of the worlds, as in `run`.
    cases
        Names of bundled scenarios, by default all with an outcome; two or more.
    progress
        Is called with the cases that are done, and how many there are.

    Raises
    ------
    ValueError
        If there are fewer than two cases, or one states no outcome.
    """
    names = [name for name, about in about_bundled().items() if about.outcome] if cases is None else list(cases)
    if len(names) < 2:
        raise ValueError("a backtest takes two cases or more")
    count = worlds or WORLDS
    held = []
    for name in names:
        held.append(hold(name, count, seed))
        if progress:
            progress(len(held), len(names))
    held.sort(key=lambda case: (_ended(case.scenario), case.name))
    return judged(held, count, seed)


def judged(held: list[HeldCase], worlds: int, seed: int) -> HistoryBacktest:
    """Score the models on cases that have been played."""
    happened = np.array([case.happened for case in held])
    share = np.array([case.share for case in held])
    scaled, factors = rescaled(share, happened)
    probability = {
        "talks": share,
        "talks_rescaled": scaled,
        "base_rate": base_rates(happened),
        "half": np.full(len(held), 0.5),
        "always_no": np.zeros(len(held)),
    }
    untouched = np.array([not case.revised for case in held])
    everywhere = np.ones(len(held), dtype=bool)
    squares = brier(share, happened)
    without = [float(np.delete(squares, k).mean()) for k in range(len(held))]
    cases = np.arange(len(held), dtype=np.float64)
    return HistoryBacktest(
        worlds=worlds,
        seed=seed,
        cases=held,
        titles={**TITLES, **{name: model.title for name, model in MODELS.items()}},
        probability=probability,
        models=_standings(held, probability, everywhere),
        untouched=_standings(held, probability, untouched),
        factors=factors,
        against={
            name: paired(squares, brier(found, happened), cases)
            for name, found in probability.items()
            if name != "talks"
        },
        one_left_out=(min(without), max(without)),
    )


def hold(name: str, worlds: int, seed: int) -> HeldCase:
    """Play a case, and set what every model expects against what happened."""
    scenario = load(name)
    if scenario.outcome is None:
        raise ValueError(f"{name} states no outcome")
    every = np.arange(worlds, dtype=np.int64)
    case = case_of(scenario, seed, every)
    outcome, settled = _talks(case)
    counts = np.bincount(outcome, minlength=len(OUTCOMES))
    known = {code: int(counts[OUTCOMES.index(code)]) for code in outcomes_of(scenario)}
    places = _settled(scenario)
    errors = {}
    if not np.isnan(places).all():
        for model, one in MODELS.items():
            said = at_points(settled) if model == "talks" else one.forecast(case)
            points = np.array([said.pooled(j).point for j in range(len(places))])
            errors[model] = np.abs(points - places)
    return HeldCase(
        name=name,
        scenario=scenario,
        happened=float(scenario.outcome.agreement is True),
        worlds=worlds,
        endings=known,
        share=(known["agreement"] + 0.5) / (worlds + 1.0),
        errors=errors,
    )


def _ended(scenario: Scenario) -> date:
    day = scenario.outcome.day if scenario.outcome else None
    return day or scenario.start


def base_rates(happened: Floats) -> Floats:
    """For each case how often there was an agreement in the others; shape (cases,)."""
    return np.asarray((happened.sum() - happened) / (len(happened) - 1))


def rescaled(share: Floats, happened: Floats) -> tuple[Floats, list[float]]:
    """Shares with their log odds multiplied by the factor that has the best logarithmic score on the other cases.

    A factor above 1 says that the shares were too timid, one below 1 that they were too bold, 0 that they say nothing.

    Parameters
    ----------
    share, happened
        By case; shares in (0, 1).

    Returns
    -------
    The rescaled shares, and the factor by the case that is left out (ties: the nearest to 1).
    """
    odds = np.log(share) - np.log1p(-share)
    nearest = sorted(FACTORS, key=lambda factor: abs(factor - 1.0))
    found, chosen = np.empty(len(share)), []
    for k in range(len(share)):
        others = np.arange(len(share)) != k
        scores = [log_score(_logistic(f * odds[others]), happened[others]).mean() for f in nearest]
        chosen.append(nearest[int(np.argmin(np.round(scores, 12)))])
        found[k] = _logistic(chosen[-1] * odds[k])
    return found, chosen


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def _talks(case: Case) -> tuple[np.ndarray, Floats]:
    """How each world ends, and where a deal settles the issues in it, nan without one; (worlds,), (issues, worlds)."""
    assert case.scenario is not None
    assert case.worlds is not None
    size = fitting(case.scenario, len(case.worlds))
    outcomes, places = [], []
    for start in range(0, len(case.worlds), size):
        block = case.worlds[start : start + size]
        ended = play(case.scenario, case.seed, block)
        place = draw_coding(case.scenario, case.seed, block).place
        option = np.maximum(ended.package, 0).astype(np.intp)
        settled = np.take_along_axis(place, option[:, None], axis=1)[:, 0]
        outcomes.append(ended.outcome)
        places.append(np.where(ended.package >= 0, settled, np.nan))
    return np.concatenate(outcomes), np.concatenate(places, axis=1)


def _settled(scenario: Scenario) -> Floats:
    """Where the issues were settled in fact, nan where the file does not say; shape (issues,)."""
    places, place = np.full(len(scenario.issues), np.nan), central_coding(scenario).place[..., 0]
    for one in scenario.outcome.package if scenario.outcome else ():
        if one.place is not None:
            places[one.issue] = one.place
        elif one.option is not None:
            places[one.issue] = place[one.issue, one.option]
    return places


def _standings(held: list[HeldCase], probability: dict[str, Floats], which: np.ndarray) -> dict[str, Standing]:
    happened = np.array([case.happened for case in held])
    cases = np.arange(len(held), dtype=np.float64)

    def over(scores: Floats) -> Difference | None:
        chosen = np.where(which, scores, np.nan)
        return None if np.isnan(chosen).all() else mean_with_interval(chosen, cases)

    found = {}
    for name in [*TITLES, *(model for model in MODELS if model not in TITLES)]:
        p = probability.get(name)
        found[name] = Standing(
            None if p is None else over(brier(p, happened)),
            None if p is None else over(log_score(p, happened)),
            over(np.array([case.mae(name) for case in held])),
        )
    return found


def _plain(one: Standing) -> dict[str, Any]:
    scores = {"brier": one.brier, "log": one.log, "mae": one.mae}
    return {
        **{name: None if found is None else found.mean for name, found in scores.items()},
        "intervals": {name: [found.low, found.high] for name, found in scores.items() if found is not None},
    }
