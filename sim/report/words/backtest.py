"""What the backtest over cases from history comes to, in sentences and rows."""

from __future__ import annotations

from math import isnan

from sim.forecast.history import HeldCase, HistoryBacktest, Standing
from sim.forecast.scores import Difference
from sim.report.words.digits import plural, with_interval
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.report.words.run import Sentence

NOTHING = "–"
LIMITS = (
    "The cases were coded by somebody who knew how they ended, all but three published tables of positions. A good "
    "score may be the coder's hindsight.",
    "They were chosen because they are known. That about half of them failed says nothing about how often talks fail.",
    "So few cases can show gross error. They can tell a model from one that knows nothing; they cannot tell two that "
    "know something from each other, nor whether a share of 30% is right rather than one of 50%.",
    "A share says what follows from a file's assumptions. It is no forecast of history.",
)
"""What so few cases, coded with hindsight, can and cannot show."""


def summary(found: HistoryBacktest) -> list[Sentence]:
    """How many cases, how the shares did against baselines, whether they were too bold, and how issues were settled."""
    yes = int(found.happened.sum())
    talks, half = found.models["talks"], found.against["half"]
    lowest, highest = found.one_left_out
    sentences = [
        Sentence(
            "Held against",
            f"{plural(len(found.cases), 'case')}, {yes} of which ended in an agreement, in {found.worlds:,} worlds "
            "each.",
        )
    ]
    if talks.brier is not None and talks.log is not None:
        sentences.append(
            Sentence(
                "Agreement",
                f"The talks' shares have a Brier score of {_told(talks.brier)} and a logarithmic score of "
                f"{_told(talks.log)}; always to say a half has 0.25 and 0.69. {_verdict(half)} Without any one "
                f"case the Brier score lies between {lowest:.2f} and {highest:.2f}.",
            )
        )
    factors = sorted(set(found.factors))
    low, high = factors[0], factors[-1]
    spread = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    said = "too timid" if low > 1.0 else "too bold" if high < 1.0 else "neither clearly too timid nor too bold"
    after = found.models["talks_rescaled"].brier
    better = after is not None and talks.brier is not None and after.mean < talks.brier.mean
    gain = "better" if better else "no better"
    sentences.append(
        Sentence(
            "Calibration",
            f"The log odds that would have suited the other cases best are {spread} times those of the shares: the "
            f"shares were {said}. Rescaled so, each by what suits the others, they score {gain}.",
        )
    )
    errors = {name: one.mae for name, one in found.models.items() if one.mae is not None}
    if "talks" in errors:
        others = {"mean": "the weighted mean", "nash": "Nash bargaining", "challenge": "challenges"}
        told = ", ".join(f"{called} {errors[name].mean:.2f}" for name, called in others.items() if name in errors)
        sentences.append(
            Sentence(
                "Settlements",
                f"Where something was signed, what the talks expect of a deal lies {_told(errors['talks'])} of the "
                f"scale from it ({plural(errors['talks'].count, 'case')}); what others expect: {told}.",
            )
        )
    untouched = found.untouched["talks"].brier
    if untouched is not None and untouched.count < len(found.cases):
        sentences.append(
            Sentence(
                "Hindsight",
                f"In the {untouched.count} cases of whose coding nothing was looked at again after first runs, the "
                f"talks' Brier score is {_told(untouched)}.",
            )
        )
    sentences.append(Sentence("Mind", " ".join(LIMITS[:3])))
    return sentences


def scores(found: HistoryBacktest, of: dict[str, Standing] | None = None) -> list[tuple[str, ...]]:
    """A row a model: title, Brier score, logarithmic score, error of settlements, with 95 % intervals."""
    return [
        (found.titles[name], *(NOTHING if one is None else _told(one) for one in (own.brier, own.log, own.mae)))
        for name, own in (found.models if of is None else of).items()
    ]


def cases(found: HistoryBacktest) -> list[tuple[str, ...]]:
    """A row a case: year and title, what happened, share of agreement with interval, and errors of three models."""
    return [
        (
            plain(case.scenario.title),
            happened(case),
            with_interval(case.endings["agreement"], case.worlds),
            *(_error(case.mae(name)) for name in ("talks", "mean", "nash")),
        )
        for case in found.cases
    ]


def happened(case: HeldCase) -> str:
    """How the case ended."""
    outcome = case.scenario.outcome
    if outcome is None or outcome.ending is None:
        return "Agreement" if case.happened else "No agreement"
    return outcome_name(outcome.ending)


def _told(one: Difference, places: int = 2) -> str:
    return f"{one.mean:.{places}f} ({one.low:.{places}f} to {one.high:.{places}f})"


def _verdict(half: Difference) -> str:
    if half.high < 0.0:
        return "They do better than that, beyond what chance explains."
    if half.low > 0.0:
        return "They do worse than that, beyond what chance explains."
    return "The difference is no larger than chance explains."


def _error(error: float) -> str:
    return NOTHING if isnan(error) else f"{error:.2f}"
