"""What the models of outcomes say, in rows."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from sim.forecast.forecast import Forecasts, IssueForecast, scale_of
from sim.forecast.models import MODELS
from sim.report.words.plain_text import plain
from sim.scenario.model import Issue

NOTHING = "–"
STRIP = 15
"""Characters of the strip that shows a point and its interval."""


@dataclass(frozen=True, slots=True)
class Row:
    """One model on one issue: title, point, interval, the option that it finds likeliest, and a strip of these."""

    title: str
    point: str
    interval: str
    option: str
    strip: str


def rows(found: Forecasts, issue: Issue) -> list[Row]:
    """The models on an issue, in their order."""
    return [_row(MODELS[name].title, issue, said[issue.id]) for name, said in found.models.items()]


def ends(issue: Issue) -> str:
    """Between what and what the issue's forecasts lie."""
    if issue.scale is not None:
        unit = f" {plain(issue.scale.unit)}" if issue.scale.unit else ""
        return f"from {issue.scale.start:g} to {issue.scale.stop:g}{unit}"
    return f"0: {plain(issue.options[0].title)}; 1: {plain(issue.options[-1].title)}"


def _row(title: str, issue: Issue, said: IssueForecast | None) -> Row:
    if said is None or said.mean is None or said.low is None or said.high is None:
        return Row(title, NOTHING, "", "", "")
    places = _decimals(issue)
    likeliest = ""
    if said.options:
        option = max(issue.options, key=lambda one: said.options[one.id] if said.options else 0.0)
        likeliest = f"{said.options[option.id]:4.0%} {plain(option.title)}"
    return Row(
        title,
        f"{said.mean:.{places}f}",
        f"{said.low:.{places}f} to {said.high:.{places}f}",
        likeliest,
        _strip(issue, said.low, said.mean, said.high),
    )


def _decimals(issue: Issue) -> int:
    """Two where the scale is of the length of 1 to 99, fewer where it is longer, more where it is shorter."""
    scale = scale_of(issue)
    return max(0, 2 - max(0, floor(log10(abs(scale["to"] - scale["from"])) / 2))) if issue.scale else 2


def _strip(issue: Issue, low: float, mean: float, high: float) -> str:
    scale = scale_of(issue)
    length = scale["to"] - scale["from"]
    at = [min(max(round((x - scale["from"]) / length * (STRIP - 1)), 0), STRIP - 1) for x in (low, mean, high)]
    first, last = min(at[0], at[2]), max(at[0], at[2])
    line = ["·"] * STRIP
    line[first : last + 1] = "─" * (last + 1 - first)
    line[at[1]] = "●"
    return "".join(line)
