"""What a side's members think of a package in one world: who objects and why, who holds out, who is for it.

The numbers come from the arrays that decide; `sim.report.words.world` puts them into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario
from sim.talks.seats.delegation import Delegation
from sim.talks.seats.sitting import Sitting
from sim.worlds.packages import Packages


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
class Counted:
    """What one of several joined rules asks for: its number, of what weight."""

    rule: str
    number: float
    of: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a side's decision asks for.

    Attributes
    ----------
    rule, number
        Its rule, and the number of that; nan where it has none.
    pace
        The share of the weight that must be for it, None where no pace counts.
    veto
        Whether some have a veto.
    parts, blocking, abstains
        Of joined rules, what each asks for, fewer than how many objectors stop nothing (None where that is not said),
        and whether who holds out abstains.
    """

    rule: str
    number: float
    pace: float | None
    veto: bool
    parts: tuple[Counted, ...] = ()
    blocking: float | None = None
    abstains: bool = False


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
    needs: Needs
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


def verdict_on(
    sitting: Sitting, i: int, package: Packages, aspiration: Floats, demanded: Floats | None = None
) -> Verdict:
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
    objects = sitting.objecting(i, package, value)
    favours = ~objects & (value >= aspiration - TOLERANCE)
    voters = [m for m, p in enumerate(delegation.parties) if scenario.parties[p].has_vote]
    if voters and len(voters) < len(delegation.parties):  # the others are not asked
        asked = np.zeros((len(delegation.parties), 1), dtype=bool)
        asked[voters] = True
        objects, favours = objects & asked, favours & asked
    else:
        voters = list(range(len(delegation.parties)))
    ids = tuple(scenario.parties[p].id for p in delegation.parties)
    other = np.zeros(len(ids), dtype=bool) if demanded is None else (aspiration != demanded)[:, 0]
    support = delegation.ballot.support(favours)
    return Verdict(
        members=tuple(ids[m] for m in voters),
        objections=tuple(
            _objection(scenario, delegation, int(m), package, float(value[m, 0])) for m in np.flatnonzero(objects[:, 0])
        ),
        holds_out=tuple(
            Reluctance(ids[m], float(value[m, 0]), float(aspiration[m, 0]), bool(other[m]))
            for m in voters
            if not (objects[m, 0] or favours[m, 0])
        ),
        in_favour=tuple(ids[m] for m in np.flatnonzero(favours[:, 0])),
        support=float(support[0]),
        needs=_needs(scenario, delegation),
        value={party: float(value[m, 0]) for m, party in enumerate(ids)},
        demands={party: float(aspiration[m, 0]) for m, party in enumerate(ids)},
        accepts=frozenset(ids[m] for m in np.flatnonzero(other)),
    )


def _needs(scenario: Scenario, delegation: Delegation) -> Needs:
    """What the side's decision asks for in a single world."""
    rule, seats = delegation.ballot.rule, delegation.ballot.seats
    pace = None if rule.pace is None else float(seats.pace[0])
    number, veto, terms = float(seats.number[0]), bool(delegation.ballot.veto), delegation.ballot.terms
    vote = scenario.sides[delegation.side].decides.vote
    if terms is None or vote is None:
        return Needs(rule.name, number, pace, veto)
    parts = tuple(
        Counted(part.rule, float(asked.number[0]), part.of) for part, asked in zip(vote.parts, terms.parts, strict=True)
    )
    blocking = None if terms.blocking is None else float(terms.blocking[0])
    return Needs(rule.name, number, pace, veto, parts, blocking, terms.abstains)


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
