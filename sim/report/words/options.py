"""Options as they are shown: by title, with the unit on a numeric scale."""

from __future__ import annotations

from sim.report.findings.settled import Settled
from sim.report.words.plain_text import plain
from sim.scenario.model import Issue


def option_name(issue: Issue, option: int) -> str:
    """Title of an option, with the unit on a numeric scale."""
    title = plain(issue.options[option].title)
    if issue.scale is None and title == issue.options[option].id:
        title = title.replace("_", " ")
    unit = plain(issue.scale.unit) if issue.scale and issue.scale.unit else ""
    return f"{title} {unit}".strip() if not title.endswith(unit) else title


def settled_name(issue: Issue, part: Settled) -> str:
    """What was settled: an option, or a range of them."""
    if part.low == part.high:
        return option_name(issue, part.low)
    return f"{plain(issue.options[part.low].title)} to {option_name(issue, part.high)}"
