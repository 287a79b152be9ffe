"""What the deals of a run contain, in words: whole packages that occur, and what those around them share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from sim.report.findings.kinds import Kind
from sim.report.findings.packages import Held, Packages
from sim.report.words.digits import percent, plural, whole, with_interval
from sim.report.words.options import option_name
from sim.report.words.plain_text import cut, plain
from sim.scenario.model import Issue, Scenario
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES

_FEW = 20
_LONG, _LONGER = 80, 120
_NAMED = 5
"""Issues told of each kind in a sentence."""
_OTHERS = 4
"""Options told besides that of the package shown."""

Told = tuple[str, str, tuple[str, ...]]
"""Subject, sentence, and what it lists."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a kind holds on one issue: of the package that is shown, and of the others."""

    issue: str
    option: str
    as_now: bool
    others: str


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind of deals: how often, in words, and issue by issue."""

    share: str
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class HeldShown:
    """Deals that have something in common, as a section of a page."""

    title: str
    anchor: str
    text: str
    kinds: tuple[KindShown, ...]


def deals(scenario: Scenario, summary: Summary, found: Packages) -> list[Told]:
    """Deals on every issue, on some, and those refused at home, each told for itself."""
    if not (found.whole.worlds or found.partial.worlds):
        if not summary.by_outcome.get("not_ratified"):
            return [("Deals", "No world settled any issue, so there is no deal to describe.", ())]
        told: list[Told] = [("Deals", "Every deal that was signed was refused at home, so none came into force.", ())]
    else:
        told = [_told("Deals", _whole(scenario, summary, found), scenario, found.whole)]
    for subject, text, held in (
        ("In part", _partial(found), found.partial),
        ("Refused at home", _refused(found), found.refused),
    ):
        if held.worlds:
            told.append(_told(subject, text, scenario, held))
    return told


def sections(scenario: Scenario, summary: Summary, found: Packages) -> list[HeldShown]:
    """The same for a page, with every issue of the packages."""
    parts = (
        ("Deals on every issue", "whole", _whole(scenario, summary, found), found.whole),
        ("Deals on some issues", "partial", _partial(found), found.partial),
        ("Deals refused at home", "refused", _refused(found), found.refused),
    )
    return [
        HeldShown(
            title,
            f"deals-{anchor}",
            f"{text} {_kinds(held)}",
            tuple(_shown(scenario, held, kind) for kind in held.kinds),
        )
        for title, anchor, text, held in parts
        if held.worlds
    ]


def _told(subject: str, text: str, scenario: Scenario, held: Held) -> Told:
    if not held.worlds:
        return subject, text, ()
    if held.different == 1:
        every = range(len(scenario.issues))
        return subject, f"{text} {_kinds(held)}", tuple(_options(scenario, held.kinds[0], every))
    return subject, f"{text} {_kinds(held)}{_same(scenario, held)}", tuple(_items(scenario, held))


def _whole(scenario: Scenario, summary: Summary, found: Packages) -> str:
    count = found.whole.worlds
    if not count:
        return "No world settled every issue."
    few = " So few are examples rather than a pattern." if 1 < count < _FEW else ""
    return f"{plural(count, 'world')} agreed on every issue{_dates(scenario, summary)}.{few}"


def _partial(found: Packages) -> str:
    count, broken = found.partial.worlds, found.broken
    text = f"{plural(count, 'world')} settled some issues, with the rest left as it was"
    if not broken:
        return f"{text}."
    return (
        f"{text}; {f'in {whole(broken)} of these' if broken < count else 'in all of these'} the talks then broke down."
    )


def _refused(found: Packages) -> str:
    count = found.refused.worlds
    return f"{plural(count, 'deal')} {'was' if count == 1 else 'were'} signed and refused at home, and so not in force."


def _kinds(held: Held) -> str:
    """How many different packages there are, and in how many kinds they are shown."""
    if held.worlds == 1:
        return "This is the package:"
    if held.different == 1:
        return f"All {whole(held.worlds)} hold the same package:"
    if held.one_by_one:
        return f"They hold {whole(held.different)} different packages."
    packages = f"They hold {whole(held.different)} different packages"
    if len(held.kinds) == 1:
        return f"{packages}, of no clear kinds; shown is the one nearest to all the others."
    return (
        f"{packages}, of {len(held.kinds)} kinds; each kind is shown by the one of its packages that is nearest to all "
        "the others of it."
    )


def _same(scenario: Scenario, held: Held) -> str:
    """What all of them share."""
    same = np.flatnonzero(held.common)
    if not len(same) or held.worlds == 1:
        return ""
    names = list(_options(scenario, held.kinds[0], same.tolist()))
    more = len(names) - _NAMED
    told = "; ".join([*names[:_NAMED], *([f"and {plural(more, 'further issue')}"] if more > 0 else [])])
    return f" The same in all: {told}."


def _items(scenario: Scenario, held: Held) -> Iterator[str]:
    """A line for each kind: its share, and the issues on which the kinds differ."""
    shown = np.stack([kind.package for kind in held.kinds])
    differ = np.flatnonzero((shown != shown[0]).any(axis=0) if len(shown) > 1 else ~held.common).tolist()
    more = len(differ) - _NAMED
    for kind in held.kinds:
        parts = [*_options(scenario, kind, differ[:_NAMED])]
        if more > 0:
            parts.append(f"and {plural(more, 'further issue')}")
        yield f"{_share(held, kind)}: {'; '.join(parts)}"


def _share(held: Held, kind: Kind) -> str:
    count, total = kind.worlds, held.worlds
    if count == total:
        return f"All {whole(total)}"
    return with_interval(count, total)


def _options(scenario: Scenario, kind: Kind, issues: Sequence[int]) -> Iterator[str]:
    """The package of a kind on these issues, and how many of the kind have the same there."""
    for j in issues:
        issue, option = scenario.issues[j], int(kind.package[j])
        now = ", as it is now" if option == issue.status_quo else ""
        alike = int(kind.counts[j, option])
        share = "" if alike == kind.worlds else f" ({_spread(scenario, kind, j)})"
        yield f"{cut(issue.title, _LONG)}: {cut(option_name(issue, option), _LONGER)}{now}{share}"


def _spread(scenario: Scenario, kind: Kind, j: int) -> str:
    """On a scale the ends of the kind, else the share of it that has the option of the package shown."""
    issue = scenario.issues[j]
    used = np.flatnonzero(kind.counts[j])
    if issue.scale is not None:
        return _range(issue, int(used[0]), int(used[-1]))
    return f"{percent(int(kind.counts[j, int(kind.package[j])]), kind.worlds)} of the kind"


def _range(issue: Issue, low: int, high: int) -> str:
    """Two places on a scale, the unit told once: "3 to 5 years"."""
    return f"{plain(issue.options[low].title)} to {option_name(issue, high)}"


def _shown(scenario: Scenario, held: Held, kind: Kind) -> KindShown:
    if kind.different == 1:
        text = f"{plural(kind.worlds, 'world')}, all with this package."
    else:
        same = int(kind.common.sum())
        text = (
            f"{plural(kind.worlds, 'world')} with {whole(kind.different)} different packages, {whole(kind.alike)} of "
            f"them with just this one. All of the kind agree on {same} of {plural(len(kind.package), 'issue')}."
        )
    rows = tuple(_row(scenario, kind, j) for j in range(len(scenario.issues)))
    return KindShown(_share(held, kind), text, rows)


def _row(scenario: Scenario, kind: Kind, j: int) -> Row:
    issue, option = scenario.issues[j], int(kind.package[j])
    used = np.flatnonzero(kind.counts[j])
    if len(used) == 1:
        others = "" if kind.different == 1 else "the same in all"
    elif issue.scale is not None:
        others = f"from {_range(issue, int(used[0]), int(used[-1]))}"
    else:
        order = sorted((int(k) for k in used if k != option), key=lambda k: (-int(kind.counts[j, k]), k))
        told = [f"{option_name(issue, k)} ({percent(int(kind.counts[j, k]), kind.worlds)})" for k in order[:_OTHERS]]
        if len(order) > _OTHERS:
            rest = int(kind.counts[j, order[_OTHERS:]].sum())
            told.append(f"{plural(len(order) - _OTHERS, 'other option')} ({percent(rest, kind.worlds)})")
        others = f"or {'; '.join(told)}"
    return Row(cut(issue.title, _LONGER), option_name(issue, option), option == issue.status_quo, others)


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
