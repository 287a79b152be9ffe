"""Why a side puts what it puts or nothing, from the same arrays that decided it (a single world)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from sim.arrays.kinds import Bools
from sim.arrays.tolerance import TOLERANCE
from sim.parties.repertoire import Repertoire
from sim.talks.observer import Turn
from sim.talks.seats.sitting import Sitting
from sim.trace.packages import Package, named, named_if_any
from sim.trace.verdicts import Verdict, verdict_on
from sim.worlds.packages import Packages


class Why(Enum):
    """The kinds of grounds."""

    CHOSEN = auto()
    """Its offering policy looks at all packages and chooses this one."""
    NO_INSTRUCTIONS = auto()
    """Its caucus settled no common position, so it goes no further on its ladder."""
    MANDATE = auto()
    """Its mandate goes no further."""
    ACCEPTABLE_ALONE = auto()
    """No rung passes its own decision now; the first is the first that is acceptable to it."""
    LAST_RUNG = auto()
    """It has nothing further to give."""
    NEXT_REFUSED = auto()
    """The next rung does not pass its own decision now."""
    NO_OPTION = auto()
    """No offer: red lines leave no option on an issue."""
    ALL_FORBIDDEN = auto()
    """No offer: what red lines leave, constraints forbid."""
    BEST_REFUSED = auto()
    """No offer: not even its own best package passes its own decision now."""
    LETS_STAND = auto()
    """No offer: it lets the one on the table stand, as enough others may accept it."""
    LOST_PATIENCE = auto()
    """It leaves for good: a member has sat through too many meetings without a better offer."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a side puts what it puts, or nothing.

    Attributes
    ----------
    why
        Its kind.
    before
        The side's last offer, None before its first.
    policy
        The offering policy of the side, where that looks at all packages.
    rung, rungs
        Which rung of its ladder it puts, from 1, and how many there are; 0 where it stands on none.
    refused, verdict
        The package that it does not put, with its verdict on that: the next rung of its ladder, or its own best package
        where it has no offer at all.
    own
        Its verdict on its own offer where that has not passed its decision.
    stuck
        Issues on which red lines leave no option.
    party, meetings
        Who lost patience, after so many meetings in a row.
    """

    why: Why
    before: Package | None = None
    policy: str = ""
    rung: int = 0
    rungs: int = 0
    refused: Package | None = None
    verdict: Verdict | None = None
    own: Verdict | None = None
    stuck: tuple[str, ...] = ()
    party: str = ""
    meetings: int = 0


def offer(sitting: Sitting, turn: Turn) -> Ground:
    """Why the side puts this offer and no other."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire, scenario = delegation.repertoire, sitting.scenario
    candidate = int(turn.candidate[0])
    before = named_if_any(scenario, sitting.last_offer[delegation.side])
    if repertoire.rank is not None:
        return Ground(Why.CHOSEN, before, policy=scenario.sides[delegation.side].offering)
    rung, rungs = candidate + 1, int(repertoire.valid[:, 0].sum())
    if delegation.uninstructed is not None and delegation.uninstructed[0]:
        return Ground(Why.NO_INSTRUCTIONS, before, rung=rung, rungs=rungs)
    if delegation.mandate is not None and candidate == delegation.mandate[0]:
        return Ground(Why.MANDATE, before, rung=rung, rungs=rungs)
    first = candidate == 0 or sitting.state.wants.joint is not None
    if first and not _passes(sitting, i, turn):
        own = verdict_on(sitting, i, turn.package, turn.aspiration)
        return Ground(Why.ACCEPTABLE_ALONE, before, rung=rung, rungs=rungs, own=own)
    if rung == rungs:
        return Ground(Why.LAST_RUNG, before, rung=rung, rungs=rungs)
    following: Packages = repertoire.options[rung, :, :]
    if sitting.state.wants.joint is not None:  # the rungs that come next may be forbidden, or what it puts already
        further = [
            repertoire.options[r]
            for r in np.flatnonzero(_open(repertoire)).tolist()
            if r >= rung and (repertoire.options[r] != turn.package).any()
        ]
        if not further:
            return Ground(Why.LAST_RUNG, before, rung=rung, rungs=rungs)
        following = further[0]
    verdict = verdict_on(sitting, i, following, turn.aspiration)
    refused = named(scenario, following)
    return Ground(Why.NEXT_REFUSED, before, rung=rung, rungs=rungs, refused=refused, verdict=verdict)


def no_offer(sitting: Sitting, turn: Turn) -> Ground:
    """Why the side has no offer to make."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire = delegation.repertoire
    if not repertoire.valid[:, 0].any():
        barred = delegation.ballot.barred(delegation.red)[..., 0]
        stuck = tuple(
            issue.id
            for j, issue in enumerate(sitting.scenario.issues)
            if sitting.on_table[j, 0] and barred[j, : len(issue.options)].all()
        )
        return Ground(Why.NO_OPTION, stuck=stuck)
    if not _open(repertoire).any():
        return Ground(Why.ALL_FORBIDDEN)
    best = repertoire.options[_own_best(repertoire)]
    verdict = verdict_on(sitting, i, best, turn.aspiration)
    return Ground(Why.BEST_REFUSED, refused=named(sitting.scenario, best), verdict=verdict)


def _passes(sitting: Sitting, i: int, turn: Turn) -> bool:
    """Whether the offer passes the side's own decision now."""
    value = sitting.utility(i, turn.package)
    objects = sitting.objecting(i, turn.package, value)
    favours = ~objects & (value >= turn.aspiration - TOLERANCE)
    return bool(sitting.delegations[i].passes(objects, favours)[0])


def _own_best(repertoire: Repertoire) -> int:
    """The side's own best candidate: the first rung, or the package worth most to it."""
    if repertoire.rank is None:
        return int(_open(repertoire).argmax())
    return int(np.where(_open(repertoire), repertoire.rank[:, 0], -np.inf).argmax())


def _open(repertoire: Repertoire) -> Bools:
    """Candidates that there are and that are not forbidden, shape (candidates,)."""
    valid = repertoire.valid[:, 0]
    return valid if repertoire.forbidden is None else valid & ~repertoire.forbidden[:, 0]
