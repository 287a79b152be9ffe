"""The disputed issues of DEU III: who stood where, how much each cared, what held before, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.deu.votes import INSTITUTIONS, Rules, rules_on

LEAST_ACTORS = 3
"""An issue on which fewer actors have a position is not forecast."""

CONSULTED = 0.2
"""What Parliament's power counts for under consultation in the benchmark `spread`; a judgement of ours."""

_NEVER_ADOPTED = timedelta(days=730)


@dataclass(frozen=True)
class DisputedIssue:
    """One disputed issue.

    Attributes
    ----------
    id, proposal, name
        DEU's names of the issue and of the proposal of which it is part.
    council
        Which Council: Agri, ECOFIN, ...
    procedure, vote
        COD (co-decision) or CNS (consultation); QMV (qualified majority), ``QMV(10)`` (and ten members) or Unan.
    introduced, decided
        Days; `decided` is None where it never was.
    reference
        Place that holds without a decision, 0 to 100; None where there is none.
    outcome
        What was decided, 0 to 100; None where nothing was, or it is not known.
    stands
        Position and salience of each actor that has both, 0 to 100.
    """

    id: str
    proposal: str
    name: str
    council: str
    procedure: str
    vote: str
    introduced: date
    decided: date | None
    reference: float | None
    outcome: float | None
    stands: dict[str, tuple[float, float]]

    @property
    def scored(self) -> bool:
        """Whether it can be held against what was decided."""
        return self.outcome is not None and len(self.stands) >= LEAST_ACTORS

    @property
    def unanimous(self) -> bool:
        """Whether the Council decided by unanimity."""
        return self.vote.startswith("Unan")

    @cached_property
    def rules(self) -> Rules:
        """How the Council voted on the day of the decision; what was never adopted counts two years from its start."""
        return rules_on(self.decided or self.introduced + _NEVER_ADOPTED)

    def powers(self, consulted: float = 1.0) -> dict[str, float]:
        """Power of the actors: votes in the Council, the largest state's for Commission and Parliament.

        `consulted` is what Parliament's counts for under consultation.
        """
        votes = self.rules.weights
        largest = max((votes[state] for state in self.stands if state not in INSTITUTIONS), default=1.0)
        heard = consulted if self.procedure == "CNS" else 1.0
        own = {"com": largest, "ep": largest * heard}
        return {actor: own[actor] if actor in own else votes[actor] for actor in self.stands}


@cache
def issues() -> tuple[DisputedIssue, ...]:
    """All disputed issues, in DEU's order."""
    text = (files(__package__) / "deu3.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    first = rows[0].index("com")
    return tuple(_issue(dict(zip(rows[0], row, strict=True)), rows[0][first:]) for row in rows[1:])


def proposals(of: tuple[DisputedIssue, ...] | None = None) -> dict[str, list[DisputedIssue]]:
    """Disputed issues by proposal, in DEU's order; by default all."""
    found: dict[str, list[DisputedIssue]] = {}
    for issue in issues() if of is None else of:
        found.setdefault(issue.proposal, []).append(issue)
    return found


def actors() -> list[str]:
    """DEU's abbreviations of the actors: Commission, Parliament, member states."""
    named = {actor for issue in issues() for actor in issue.stands}
    states = sorted(named - set(INSTITUTIONS))
    return [*INSTITUTIONS, *states]


def case_of_issues(of: list[DisputedIssue], consulted: float = 1.0) -> Case:
    """Issues as a case of one world, a party for every actor of the data, places and saliences in [0, 1]."""
    names = actors()
    shape = (len(names), len(of), 1)
    position, salience, power = np.full(shape, np.nan), np.zeros(shape), np.zeros(shape)
    for j, issue in enumerate(of):
        strength = issue.powers(consulted)
        for actor, (place, cares) in issue.stands.items():
            p = names.index(actor)
            position[p, j, 0], salience[p, j, 0], power[p, j, 0] = place / 100.0, cares / 100.0, strength[actor]
    quo = np.array([[np.nan if issue.reference is None else issue.reference / 100.0] for issue in of])
    return Case(position, salience, power, quo)


def outcomes(of: list[DisputedIssue]) -> Floats:
    """What was decided, in [0, 1]; nan where it is not known."""
    return np.array([np.nan if issue.outcome is None else issue.outcome / 100.0 for issue in of])


def _issue(row: dict[str, str], names: list[str]) -> DisputedIssue:
    stands = {}
    for actor in names:
        place, _, cares = row[actor].partition("/")
        if place and cares:
            stands[actor] = (float(place), float(cares))
    return DisputedIssue(
        id=row["issue"],
        proposal=row["proposal"],
        name=row["name"],
        council=row["council"],
        procedure=row["procedure"],
        vote=row["vote"],
        introduced=date.fromisoformat(row["introduced"]),
        decided=date.fromisoformat(row["decided"]) if row["decided"] else None,
        reference=float(row["reference"]) if row["reference"] else None,
        outcome=float(row["outcome"]) if row["outcome"] else None,
        stands=stands,
    )
