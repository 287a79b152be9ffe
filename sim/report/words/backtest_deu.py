"""What the backtest on the decisions of the European Union comes to, in sentences and rows."""

from __future__ import annotations

from sim.forecast.deu.backtest import DeuBacktest, Part
from sim.forecast.scores import Difference
from sim.report.words.run import Sentence

HEADER = ("Model", "Error", "Median", "In 5", "In 10", "In 20", "CRPS", "In 50%", "In 90%", "Issues")
"""Columns of a table of scores."""

GROUPS = {
    ("procedure", "COD"): "Co-decision",
    ("procedure", "CNS"): "Parliament is heard",
    ("vote", "QMV"): "Qualified majority",
    ("vote", "Unan"): "Unanimity",
    ("reference", "under_30"): "Reference under 30 off",
    ("reference", "30_to_60"): "Reference 30 to 60 off",
    ("reference", "from_60"): "Reference 60 or more",
    ("reference", "none"): "No reference point",
}
"""Groups of issues as they are called; the reference point is so many points off the compromise."""

SHOWN = ("mean", "challenge", "spread", "talks", "talks_spread")
"""Models that are told by group."""


def table(found: DeuBacktest, part: Part) -> list[tuple[str, ...]]:
    """A row a model: errors, shares within 5, 10 and 20 points, CRPS, coverage, issues of which it says something."""
    rows = []
    for name, said in part.models.items():
        errors = (f"{said['mae']:.1f}", f"{said['median_ae']:.1f}")
        within = tuple(f"{said[f'within_{most}']:.0%}" for most in (5, 10, 20))
        covered = (f"{said['coverage_50']:.0%}", f"{said['coverage_90']:.0%}")
        rows.append((found.titles[name], *errors, *within, f"{said['crps']:.2f}", *covered, f"{said['issues']:.0f}"))
    return rows


def differences(found: DeuBacktest) -> list[tuple[str, str, str]]:
    """A row a pair of models: by how many points the first errs more than the second, and scores more."""
    return [
        (f"{found.titles[first]} less {_small(found.titles[second])}", _interval(one["mae"]), _interval(one["crps"]))
        for (first, second), one in found.differences.items()
    ]


def by_group(found: DeuBacktest) -> list[tuple[str, ...]]:
    """A row a group of issues: how many, and error and CRPS of some models on all of them."""
    rows = []
    for what, groups in found.groups.items():
        for name, (whole, _) in groups.items():
            told = [whole.models.get(model) for model in SHOWN]
            cells = [f"{said['mae']:.1f} {said['crps']:.1f}" if said else "–" for said in told]
            rows.append((GROUPS[what, name], f"{whole.issues}", *cells))
    return rows


def summary(found: DeuBacktest) -> list[Sentence]:
    """What was scored, what was chosen on what, and how our talks did on the rest."""
    spread, talks = found.tuned["spread"], found.tuned["talks"]
    sentences = [
        Sentence(
            "Scored",
            f"{len(found.issues)} disputed issues with a known outcome, on scales of 0 to 100: {found.tuning.issues} "
            f"to choose settings on, {found.rest.issues} held out. Talks are played in {found.worlds:,} worlds a "
            "proposal.",
        ),
        Sentence(
            "Chosen",
            f"On the tuning part, by CRPS: spread has {spread.blend:.0%} of positions and a neighbourhood of "
            f"{100 * spread.width:.0f} points, talks {talks.blend:.0%} of the ends of the worlds and one of "
            f"{100 * talks.width:.0f}. How talks are coded was chosen there as well, before.",
        ),
    ]
    if {"talks", "spread", "mean"} <= found.rest.models.keys():
        sentences.append(Sentence("Held out", _held_out(found)))
    sentences.append(
        Sentence(
            "Mind",
            "Positions were coded after the decision, from interviews with those who took part; what is scored are "
            "models of such positions, not forecasts made beforehand.",
        )
    )
    return sentences


def _held_out(found: DeuBacktest) -> str:
    one = found.differences["talks", "spread"]
    said = found.rest.models
    return (
        f"Our talks have a CRPS of {said['talks']['crps']:.2f} and err by {said['talks']['mae']:.1f} points, the "
        f"benchmark spread {said['spread']['crps']:.2f} and {said['spread']['mae']:.1f}, the weighted mean "
        f"{said['mean']['crps']:.2f} and {said['mean']['mae']:.1f}. {_verdict(one['crps'])}"
    )


def _verdict(one: Difference) -> str:
    if one.high < 0.0:
        return "By CRPS the talks do better than spread, beyond what chance explains."
    if one.low > 0.0:
        return "By CRPS the talks do worse than spread, beyond what chance explains."
    return "Between talks and spread the difference in CRPS is no larger than chance explains."


def _interval(one: Difference) -> str:
    return f"{one.mean:+.2f} ({one.low:+.2f} to {one.high:+.2f})"


def _small(title: str) -> str:
    return title[0].lower() + title[1:]
