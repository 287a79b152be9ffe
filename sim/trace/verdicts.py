"""What a side's members think of a package in one world: who objects and why, who holds out, who is for it.

The numbers come from the arrays that decide; the words name every member whose judgement decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario
from sim.talks.seats.delegation import Delegation
from sim.talks.seats.sitting import Sitting
from sim.worlds.packages import Packages

_NAMED = 4
"""So many members or red lines are named one by one before the others are counted."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a party objects: red lines (option by issue) that the package crosses, what it lacks in worth, or both."""

    party: str
    red_lines: dict[str, str]
    utility: float
    reservation: float
    shortfall: float

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        return {
            "party": self.party,
            "red_lines": self.red_lines,
            "utility": self.utility,
            "reservation": self.reservation,
            "shortfall": self.shortfall,
        }


@dataclass(frozen=True, slots=True)
class Reluctance:
    """A party that holds out: what the package is worth to it, and what it demands now.

    With `accepts` that is what it accepts by a condition of its own; infinite where it accepts nothing yet.
    """

    party: str
    utility: float
    demands: float
    accepts: bool = False

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        demands = self.demands if np.isfinite(self.demands) else None
        return {"party": self.party, "utility": self.utility, "demands": demands}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a side judges a package.

    Attributes
    ----------
    members
        Those present, by id.
    objections, holds_out, in_favour
        Their judgements.
    support
        Share of the side's weight that is for it.
    needs
        What the side's rule asks for.
    value, demands
        What the package is worth to each member, and what it demands; by id.
    accepts
        Members of whom that is what they accept, since it is not what they demand.
    """

    members: tuple[str, ...]
    objections: tuple[Objection, ...]
    holds_out: tuple[Reluctance, ...]
    in_favour: tuple[str, ...]
    support: float
    needs: str
    value: dict[str, float]
    demands: dict[str, float]
    accepts: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        return {
            "objections": [one.as_json() for one in self.objections],
            "holds_out": [one.as_json() for one in self.holds_out],
            "in_favour": list(self.in_favour),
            "support": self.support,
        }


def judge(sitting: Sitting, i: int, package: Packages, aspiration: Floats, demanded: Floats | None = None) -> Verdict:
    """How the i-th delegation judges a package.

    Parameters
    ----------
    sitting
        Of one world.
    i
        Place of the delegation.
    package
        Shape (issues, 1).
    aspiration
        What its members demand, or from what worth on they accept; shape (members, 1).
    demanded
        What they demand, where that may be something else.
    """
    scenario, delegation = sitting.scenario, sitting.delegations[i]
    value = sitting.utility(i, package)
    objects = sitting.judge(i, package, value)
    favours = ~objects & (value >= aspiration - TOLERANCE)
    ids = tuple(scenario.parties[p].id for p in delegation.parties)
    other = np.zeros(len(ids), dtype=bool) if demanded is None else (aspiration != demanded)[:, 0]
    support = delegation.ballot.support(favours)
    return Verdict(
        members=ids,
        objections=tuple(
            _objection(scenario, delegation, int(m), package, float(value[m, 0])) for m in np.flatnonzero(objects[:, 0])
        ),
        holds_out=tuple(
            Reluctance(ids[m], float(value[m, 0]), float(aspiration[m, 0]), bool(other[m]))
            for m in np.flatnonzero(~objects[:, 0] & ~favours[:, 0])
        ),
        in_favour=tuple(ids[m] for m in np.flatnonzero(favours[:, 0])),
        support=float(support[0]),
        needs=needs(delegation),
        value={party: float(value[m, 0]) for m, party in enumerate(ids)},
        demands={party: float(aspiration[m, 0]) for m, party in enumerate(ids)},
        accepts=frozenset(ids[m] for m in np.flatnonzero(other)),
    )


def needs(delegation: Delegation) -> str:
    """What the side's rule asks for, in one world."""
    rule, seats = delegation.ballot.rule, delegation.ballot.seats
    text = rule.asks.format(number=float(seats.number[0]))
    if rule.pace is not None:
        text += f", and its pace that {float(seats.pace[0]):.4g} of the weight is for it"
    return text + (", with no veto" if delegation.ballot.veto else "")


def described(scenario: Scenario, verdict: Verdict) -> str:
    """The verdict in words, the members who stand in the way first."""
    if len(verdict.members) == 1:
        return _of_one(scenario, verdict)
    parts, members = [], len(verdict.members)
    if verdict.objections:
        objectors = [one.party for one in verdict.objections]
        verb = "objects" if len(objectors) == 1 else "object"
        parts.append(f"{crowd(scenario, objectors, verdict.members)} {verb}, as {_grounds(scenario, verdict)}")
    if len(verdict.objections) < members:
        backing = f"{len(verdict.in_favour)} of {members} are for it, with {verdict.support:.0%} of the weight"
        parts.append(f"{backing} ({verdict.needs})")
    if verdict.holds_out:
        closest = sorted(verdict.holds_out, key=lambda one: one.demands - one.utility)
        listed = [f"{_title(scenario, one.party)} ({_gets_and_demands(one)})" for one in closest]
        verb = "holds out" if len(closest) == 1 else "hold out"
        first = "" if len(closest) <= _NAMED + 1 else "nearest to consent "
        parts.append(f"{len(closest)} {verb}: {first}{_some(listed)}")
    return "; ".join(parts)


def terms(demands: float, shown: str, accepts: bool, now: str = " now") -> str:
    """What a party demands or accepts, as a clause without its subject; `shown` is the number in words."""
    if not accepts:
        return f"demands {shown}{now}"
    if np.isfinite(demands):
        return f"accepts from {shown} on{now}"
    return "accepts nothing yet" if demands > 0.0 else "accepts whatever it does not object to"


def numbers(one: float, other: float) -> tuple[str, str]:
    """Two numbers with two decimals, or as many as it takes to tell them apart."""
    for places in range(2, 9):
        texts = f"{one:.{places}f}", f"{other:.{places}f}"
        if texts[0] != texts[1]:
            return texts
    return f"{one:.2f}", f"{other:.2f}"


def _of_one(scenario: Scenario, verdict: Verdict) -> str:
    if verdict.objections:
        objection = verdict.objections[0]
        parts = []
        if objection.red_lines:
            line = "its red line" if len(objection.red_lines) == 1 else f"{len(objection.red_lines)} of its red lines"
            crossed = [option_named(scenario, issue, option) for issue, option in objection.red_lines.items()]
            parts.append(f"it crosses {line} on {_some(crossed)}")
        if objection.shortfall > TOLERANCE:
            gets, needed = numbers(objection.utility, objection.reservation)
            lacks = f"{objection.shortfall:.2g} short of its reservation value {needed}"
            parts.append(f"it is worth {gets} to it, {lacks}")
        return "objects, as " + ", and ".join(parts)
    party = verdict.members[0]
    value, demands = numbers(verdict.value[party], verdict.demands[party])
    answer = "holds out" if verdict.holds_out else "is for it"
    wants = terms(verdict.demands[party], demands, party in verdict.accepts)
    return f"{answer}: it is worth {value} to it, and it {wants}"


def _objection(scenario: Scenario, delegation: Delegation, m: int, package: Packages, value: float) -> Objection:
    reservation = float(delegation.reservation[m, 0])
    return Objection(
        party=scenario.parties[delegation.parties[m]].id,
        red_lines={
            issue.id: issue.options[int(package[j, 0])].id
            for j, issue in enumerate(scenario.issues)
            if delegation.red[m, j, int(package[j, 0]), 0]
        },
        utility=value,
        reservation=reservation,
        shortfall=max(reservation - value, 0.0),
    )


def _grounds(scenario: Scenario, verdict: Verdict) -> str:
    """Why the members of a group object: red lines by those who have them, then who gets too little."""
    members, objectors = verdict.members, [one.party for one in verdict.objections]
    by_option: dict[tuple[str, str], list[str]] = {}
    for one in verdict.objections:
        for line in one.red_lines.items():
            by_option.setdefault(line, []).append(one.party)
    by_crowd: dict[tuple[str, ...], list[str]] = {}
    for line, parties in by_option.items():
        by_crowd.setdefault(tuple(parties), []).append(option_named(scenario, *line))
    parts = []
    for owners, options in sorted(by_crowd.items(), key=lambda entry: -len(entry[0])):
        lines = "a red line" if len(options) == 1 else "red lines"
        of = "" if list(owners) == objectors else f" of {part(scenario, owners, objectors, members)}"
        parts.append(f"it crosses {lines}{of} on {_some(options)}")
    short = sorted((one for one in verdict.objections if one.shortfall > TOLERANCE), key=lambda one: -one.shortfall)
    if short:
        lacking = [one.party for one in verdict.objections if one.shortfall > TOLERANCE]
        named = "they" if len(lacking) == len(objectors) > 1 else part(scenario, lacking, objectors, members)
        gets, needed = numbers(short[0].utility, short[0].reservation)
        most, least = f"{short[0].shortfall:.2g}", f"{short[-1].shortfall:.2g}"
        if len(short) == 1:
            parts.append(f"{named} gets {gets}, {most} short of its reservation value {needed}")
        else:
            by = f"by {least} to {most}" if least != most else f"by {most}"
            worst = _title(scenario, short[0].party)
            far = f"{by}, worst {worst} (gets {gets}, needs {needed})"
            parts.append(f"{named} fall short of their reservation values {far}")
    return "; ".join(parts)


def _gets_and_demands(one: Reluctance) -> str:
    gets, demands = numbers(one.utility, one.demands)
    return f"gets {gets}, {terms(one.demands, demands, one.accepts, now='')}"


def crowd(scenario: Scenario, who: Sequence[str], members: Sequence[str]) -> str:
    """Members in words: all of them, those named, or all but those named, whichever is shortest and still exact."""
    if len(who) == len(members):
        return f"all {len(members)}" if len(members) > 2 else "both"
    rest = [party for party in members if party not in set(who)]
    if len(who) <= len(rest) or len(who) <= _NAMED:
        names = _listed([_title(scenario, party) for party in who])
        return names if len(who) <= _NAMED else f"{len(who)} of {len(members)} ({names})"
    return f"{len(who)} of {len(members)} (all but {_listed([_title(scenario, party) for party in rest])})"


def part(scenario: Scenario, who: Sequence[str], objectors: Sequence[str], members: Sequence[str]) -> str:
    """Some of the objectors in words: by those of them who are not meant, if these are fewer."""
    rest = [party for party in objectors if party not in set(who)]
    if len(objectors) < len(members) and len(rest) < len(who) and len(who) > 2:
        return f"all of these but {_listed([_title(scenario, party) for party in rest])}"
    return crowd(scenario, who, members)


def _title(scenario: Scenario, party: str) -> str:
    return next(one.title for one in scenario.parties if one.id == party)


def option_named(scenario: Scenario, issue: str, option: str) -> str:
    """An option with its issue: Membership “No new members”."""
    about = next(one for one in scenario.issues if one.id == issue)
    return f"{about.title} “{about.options[about.index(option)].title}”"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _some(texts: Sequence[str]) -> str:
    if len(texts) <= _NAMED + 1:
        return ", ".join(texts)
    return ", ".join(texts[:_NAMED]) + f" and {len(texts) - _NAMED} more"
