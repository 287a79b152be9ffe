"""The caucus: the members of a side settle their common position before they meet the other, by silence procedure.

The pen-holder circulates a draft, a rung of the side's ladder: the furthest that those who would carry it want at the
demands of the meeting's last round. Whoever must not be passed over and cannot live with the draft breaks silence; then
the draft is taken back by a rung and circulated anew, up to the deadline. What silence adopts is the side's mandate: in
the meeting it offers no further rung. If the deadline passes, the delegation has no instructions: it can repeat what it
last offered (or its first rung) and commit itself to nothing. With time enough the mandate is what the side would have
decided in the last round anyway, so a caucus costs a side only what its divisions cost it.

On the silence procedure: NATO, *Consensus decision-making at NATO*; Nicolaides, *EIPA Briefing* on the Council's silent
procedure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.seats.delegation import Delegation
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import Packages


@dataclass(slots=True)
class Caucus:
    """What came of a side's caucus.

    Attributes
    ----------
    first
        The rung of the first draft, `NONE` where no draft found support; shape (cohort,).
    drafts
        How many drafts were circulated, shape (cohort,).
    adopted
        Where silence was kept in the end, shape (cohort,).
    mandate
        The furthest rung that the side may offer, shape (cohort,).
    breaks
        Who broke silence on which rung, shape (members, rungs, cohort).
    """

    first: Ints
    drafts: Ints
    adopted: Bools
    mandate: Ints
    breaks: Bools


def hold(sitting: Sitting, delegation: Delegation, demanded: Floats, most: Ints) -> Caucus:
    """What comes of a side's caucus where members demand so much (members, cohort), with so many drafts (cohort,)."""
    repertoire, cohort, ballot = delegation.repertoire, delegation.cohort, delegation.ballot
    value, valid = repertoire.value[..., cohort], repertoire.valid[:, cohort]
    if repertoire.forbidden is not None:
        valid &= ~repertoire.forbidden[:, cohort]
    favours = value >= (demanded - TOLERANCE)[:, None]
    objects = value < (delegation.reservation - TOLERANCE)[:, None]
    if repertoire.crossed is not None:
        crossed = repertoire.crossed[..., cohort if repertoire.crossed.shape[2] > 1 else slice(None)]
        favours &= ~crossed
        objects |= crossed
    rungs = np.arange(len(valid))[:, None]
    first = np.where(ballot.circulates(favours) & valid, rungs, NONE).max(axis=0)
    within = (rungs <= first) & (rungs > first - most)
    passing = delegation.decides(objects, favours) & valid
    found = np.where(passing & within, rungs, NONE).max(axis=0)
    adopted = found != NONE
    circulated = within & (rungs >= found)
    mandate = np.where(adopted, found, np.where(first == NONE, len(rungs), _standing(sitting, delegation)))
    return Caucus(
        first=first,
        drafts=np.add.reduce(circulated, axis=0, dtype=np.intp),
        adopted=adopted,
        mandate=mandate,
        breaks=ballot.breaks_silence(objects, favours) & circulated & (rungs > found),
    )


def _standing(sitting: Sitting, delegation: Delegation) -> Ints:
    """The rung of the side's last offer as its ladder is now, the first where it made none or is off it; (cohort,)."""
    last: Packages = sitting.last_offer[delegation.side]
    options = delegation.repertoire.options
    options = options[..., delegation.cohort if options.shape[2] > 1 else slice(None)]
    same = (options == last[None]).all(axis=1) & delegation.repertoire.valid[:, delegation.cohort]
    return np.asarray(same.argmax(axis=0))
