"""Side steps where packages count as a whole: each later step is taken if the package that it makes passes.

As `sim.talks.seats.side_steps`, for scenarios with constraints or bonuses: there what a step changes depends on what
else the package holds.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.seats.delegation import Delegation
from sim.worlds.packages import Packages
from sim.worlds.preferences import Preferences, crosses_red_line, red_lines_in


def take_joint_steps(
    delegation: Delegation, rung: Ints, package: Packages, aspiration: Floats, where: Bools, wants: Preferences
) -> Packages:
    """The package with the later steps that still pass; arguments and answer as `take_side_steps`."""
    joint = wants.joint
    assert joint is not None
    at = np.flatnonzero(where & (rung < delegation.last_rung))
    if not len(at):
        return package
    repertoire, worlds = delegation.repertoire, delegation.cohort[at]
    ballot = delegation.ballot.of(at)
    least, demand = delegation.reservation[:, at] - TOLERANCE, aspiration[:, at] - TOLERANCE
    red = red_lines_in(delegation.red, at)
    result, here, column = package.copy(), package[:, at], np.arange(len(at))
    members = list(delegation.parties)
    left: Ints = delegation.last_rung[at] - rung[at]
    for t in range(int(left.max())):
        step = np.minimum(rung[at] + t, len(repertoire.issue) - 1)
        issue, option = repertoire.issue[step, worlds], repertoire.option_to[step, worlds]
        trial = here.copy()
        trial[issue, column] = option
        asked = (t < left) & (trial != here).any(axis=0) & ~joint.breaks(trial)
        if not asked.any():
            continue
        value = wants.utility(trial, worlds)[members]
        objects = crosses_red_line(red, trial) | (value < least)
        passes = asked & ballot.passes(objects, ~objects & (value >= demand))
        here[:, passes] = trial[:, passes]
    result[:, at] = here
    return result
