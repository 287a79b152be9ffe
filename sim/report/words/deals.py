"""What the deals of a run are like, in words."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from sim.arrays.kinds import Counts
from sim.report.words.digits import percent, plural, whole
from sim.report.words.options import option_name
from sim.report.words.plain_text import cut
from sim.scenario.model import Issue, Scenario
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES

_ALIKE = 0.9
"""Share of deals with the same option from which on they look alike on an issue."""
_FEW = 20
_PLACES = 3
"""On more places of a numeric scale than this the median is told."""


def deals(scenario: Scenario, summary: Summary) -> tuple[str, tuple[str, ...]]:
    """How many deals there are, when they came, whether they look alike; and what is in them, issue by issue."""
    totals = summary.settled.sum(axis=1)
    most = int(totals.max(initial=0))
    if not most:
        if summary.by_outcome.get("not_ratified"):
            return "Every deal that was signed was refused at home, so none came into force.", ()
        return "No world settled any issue, so there is no deal to describe.", ()
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    if agreed == most:
        text = f"{plural(most, 'world')} ended in a deal{_dates(scenario, summary)}."
    else:
        text = f"{plural(most, 'world')} settled something, {whole(agreed) if agreed else 'none'} of them everything."
    settled = np.flatnonzero(totals)
    alike = [j for j in settled if summary.settled[j].max() >= _ALIKE * totals[j]]
    if most > 1 and len(scenario.issues) > 1:
        text += (
            " The deals look alike on every issue."
            if len(alike) == len(settled)
            else f" The deals look alike (nine in ten or more the same) on {len(alike)} of {len(settled)} issues."
        )
    if 1 < most < _FEW:
        text += " So few are examples rather than a pattern."
    middles = sum(_on_scale(scenario.issues[j], summary.settled[j]) for j in settled)
    how = " most often" if most > 1 and not middles else ""
    if 0 < middles < len(settled):
        how = " (the most frequent option; on a scale the median)"
    return f"{text} What was settled{how}:", tuple(_content(scenario.issues[j], summary.settled[j]) for j in settled)


def _on_scale(issue: Issue, counts: Counts) -> bool:
    """Whether deals lie on more places of a numeric scale than are told one by one."""
    return issue.scale is not None and int((counts > 0).sum()) > _PLACES


def _content(issue: Issue, counts: Counts) -> str:
    """What one issue was settled at: the most frequent option, or on a numeric scale the median and the range."""
    total, title = int(counts.sum()), cut(issue.title, 80)
    used = np.flatnonzero(counts)
    if _on_scale(issue, counts):
        middle = int(np.searchsorted(np.cumsum(counts), total / 2))
        low, high = option_name(issue, int(used[0])), option_name(issue, int(used[-1]))
        return f"{title}: median {option_name(issue, middle)}, from {low} to {high}"
    top = int(counts.argmax())
    now = ", as it is now" if top == issue.status_quo else ""
    share = ""
    if total > 1:
        share = " (all)" if counts[top] == total else f" ({percent(int(counts[top]), total)})"
    return f"{title}: {cut(option_name(issue, top), 120)}{now}{share}"


def _dates(scenario: Scenario, summary: Summary) -> str:
    """When the deals came: " between 19 February and 23 February 2022"."""
    counts = summary.by_day[OUTCOMES.index("agreement")][1:]
    days = np.flatnonzero(counts)
    if not len(days):
        return ""
    first, last = (scenario.start + timedelta(days=int(day)) for day in (days[0], days[-1]))
    if first == last:
        return f" on {first.day} {first:%B %Y}"
    year = f" {first.year}" if first.year != last.year else ""
    return f" between {first.day} {first:%B}{year} and {last.day} {last:%B %Y}"
