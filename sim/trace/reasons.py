"""Why a side acts as it does, in words and numbers, from the same arrays that decided it (a single world)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.tolerance import TOLERANCE
from sim.parties.offering import PHRASES
from sim.parties.repertoire import Repertoire
from sim.scenario.model import Scenario
from sim.talks.observer import Turn
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.trace.verdicts import Verdict, described, judge, option_named
from sim.worlds.packages import Packages


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a side puts what it puts: in words, and the package that it does not put with its verdict on that.

    `change` tells in what an offer differs from the side's last one. `refused` is the next rung of its ladder, or its
    own best package where it has no offer at all; (issues, 1). `halt` tells in a few words why it goes no further where
    no such package does; `own` is its verdict on its own offer where that has not passed its decision.
    """

    text: str
    refused: Packages | None = None
    verdict: Verdict | None = None
    change: str = ""
    halt: str = ""
    own: Verdict | None = None


def offer(sitting: Sitting, turn: Turn) -> Ground:
    """Why the side puts this offer and no other."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire = delegation.repertoire
    candidate = int(turn.candidate[0])
    change = _change(sitting.scenario, sitting.last_offer[delegation.side][:, 0], turn.package[:, 0])
    if repertoire.rank is not None:
        name = sitting.scenario.sides[delegation.side].offering
        text = PHRASES.get(name, f"the package that its policy {name} chooses")
        return Ground(text, change=change, halt=text)
    rungs = int(repertoire.valid[:, 0].sum())
    text = f"rung {candidate + 1} of {rungs} of its ladder"
    if delegation.uninstructed is not None and delegation.uninstructed[0]:
        halt = "its caucus settled no common position, so it goes no further"
        return Ground(f"{text}; {halt}", change=change, halt=halt)
    if delegation.mandate is not None and candidate == delegation.mandate[0]:
        return Ground(f"{text}, as far as its mandate goes", change=change, halt="its mandate goes no further")
    if candidate == 0 and not _passes(sitting, i, turn):
        own = judge(sitting, i, turn.package, turn.aspiration)
        why = _of(sitting, own)
        text = f"{text}; no rung passes its own decision now, but the first is acceptable: {why}"
        return Ground(text, change=change, own=own)
    if candidate + 1 == rungs:
        return Ground(f"{text}, the last", change=change, halt="it has nothing further to give")
    following = repertoire.options[candidate + 1, :, :]
    verdict = judge(sitting, i, following, turn.aspiration)
    step = _step(sitting.scenario, turn.package[:, 0], following[:, 0])
    return Ground(f"{text}; on the next, {step}, {_of(sitting, verdict)}", following, verdict, change)


def no_offer(sitting: Sitting, turn: Turn) -> Ground:
    """Why the side has no offer to make."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire = delegation.repertoire
    if not repertoire.valid[:, 0].any():
        barred = delegation.ballot.barred(delegation.red)[..., 0]
        stuck = [
            issue.title
            for j, issue in enumerate(sitting.scenario.issues)
            if sitting.on_table[j, 0] and barred[j, : len(issue.options)].all()
        ]
        return Ground(f"it has no offer to make: red lines leave no option on {', '.join(stuck) or 'an issue'}")
    best = repertoire.options[_own_best(repertoire)]
    verdict = judge(sitting, i, best, turn.aspiration)
    why = _of(sitting, verdict)
    return Ground(f"it has no offer to make, as not even its own best package passes: {why}", best, verdict)


def _change(scenario: Scenario, before: Packages, after: Packages) -> str:
    """In what an offer differs from the side's last one; both (issues,)."""
    if before[0] == NONE:
        return "its opening offer"
    moved = [
        f"{issue.title}: {issue.options[was].title} → {issue.options[now].title}"
        for issue, was, now in zip(scenario.issues, before, after, strict=True)
        if was != now
    ]
    return "moves on " + "; ".join(moved) if moved else "repeats its last offer"


def _step(scenario: Scenario, here: Packages, there: Packages) -> str:
    """What the next rung gives up; both (issues,)."""
    issue = scenario.issues[j := int(np.flatnonzero(here != there)[0])]
    return option_named(scenario, issue.id, issue.options[int(there[j])].id)


def _of(sitting: Sitting, verdict: Verdict) -> str:
    """The verdict as a clause of its own."""
    text = described(sitting.scenario, verdict)
    return f"it {text}" if len(verdict.members) == 1 else text


def _passes(sitting: Sitting, i: int, turn: Turn) -> bool:
    """Whether the offer passes the side's own decision now."""
    value = sitting.utility(i, turn.package)
    objects = sitting.judge(i, turn.package, value)
    favours = ~objects & (value >= turn.aspiration - TOLERANCE)
    return bool(sitting.delegations[i].passes(objects, favours)[0])


def _own_best(repertoire: Repertoire) -> int:
    """The side's own best candidate: the first rung, or the package worth most to it."""
    if repertoire.rank is None:
        return 0
    return int(np.where(repertoire.valid[:, 0], repertoire.rank[:, 0], -np.inf).argmax())
