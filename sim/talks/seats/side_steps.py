"""Side steps: from the rung on which a side stands it takes what later steps of its ladder still pass its decision.

The ladder orders steps by what they give the others per what they cost the side. A step that the side can't take stops
it on its rung, but not on other issues: each later step is taken if the package still passes now.
"""

from __future__ import annotations

import numpy as np

from sim.parties.decisions import passes
from sim.talks.seats.delegation import Delegation
from sim.talks.state import Bools, Ints
from sim.worlds.draws import Floats
from sim.worlds.packages import Packages
from sim.worlds.preferences import TOLERANCE, red_lines_in


def take_side_steps(
    delegation: Delegation, worth: Floats, rung: Ints, package: Packages, aspiration: Floats, where: Bools
) -> Packages:
    """The package with the later steps that still pass.

    Parameters
    ----------
    delegation
        Of a side that offers by its ladder.
    worth
        Of all parties in the block, shape (parties, issues, options, worlds).
    rung, package
        Where it stands, shape (cohort,), and the package of that rung, (issues, cohort).
    aspiration
        What the members demand now, shape (members, cohort).
    where
        Where its rung passes its decision now and it acts, shape (cohort,); elsewhere the package stays.

    Returns
    -------
    Shape (issues, cohort): `package` itself where no step is taken.
    """
    at = np.flatnonzero(where & (rung < delegation.last_rung))
    if not len(at):
        return package
    repertoire, worlds = delegation.repertoire, delegation.cohort[at]
    begin, end = rung[at], delegation.last_rung[at]
    members, options, block = worth.reshape(len(worth), -1), worth.shape[2], worth.shape[3]
    own = members[delegation.at]
    value = delegation.value[:, begin, at]
    least = delegation.reservation[:, at] - TOLERANCE
    demand = aspiration[:, at] - TOLERANCE
    weight, threshold, pace = delegation.weight[:, at], delegation.threshold[at], delegation.pace[at]
    now = package[:, at]
    red = red_lines_in(delegation.red, at) if delegation.red.any() else None
    crossed = None if red is None else _crossed(red, now)
    taken = False
    for step in range(int(begin.min()), int(end.max())):
        some = np.flatnonzero((begin <= step) & (step < end))
        issue, to = repertoire.issue[step, worlds[some]], repertoire.option_to[step, worlds[some]]
        came_from = now[issue, some].astype(np.intp)
        place = issue * options * block + worlds[some]
        new = own.take(place + to * block, axis=1)
        new -= own.take(place + came_from * block, axis=1)
        new += value[:, some]
        objects = new < least[:, some]
        lines = None
        if red is not None and crossed is not None:
            column = some if red.shape[3] > 1 else 0
            lines = crossed[:, some] + red[:, issue, to, column] - red[:, issue, came_from, column].astype(np.int64)
            objects |= lines > 0
        favours = ~objects & (new >= demand[:, some])
        passing = passes(delegation.rule, objects, favours, weight[:, some], threshold[some], pace[some])
        goes = np.flatnonzero(passing)
        if not len(goes):
            continue
        taken, moved = True, some[goes]
        now[issue[goes], moved] = to[goes]
        value[:, moved] = new[:, goes]
        if crossed is not None and lines is not None:
            crossed[:, moved] = lines[:, goes]
    if not taken:
        return package
    result = package.copy()
    result[:, at] = now
    return result


def _crossed(red: Bools, package: Packages) -> Ints:
    """How many red lines of each member a package (issues, n) crosses; shape (members, n)."""
    found = np.zeros((len(red), package.shape[1]), dtype=np.int64)
    column = np.arange(package.shape[1]) if red.shape[3] > 1 else 0
    for j, option in enumerate(package):
        if red[:, j].any():
            found += red[:, j, option, column]
    return found
