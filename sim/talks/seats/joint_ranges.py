"""Between what a party can move where packages count as a whole, with constraints and bonuses."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.talks.state import State
from sim.worlds.preferences import red_lines_in


def joint_range(
    state: State, some: Ints, on_table: Bools, base: Ints, heed_red_lines: bool = True
) -> tuple[Floats, Floats]:
    """The most and the least that a package is worth to each party, of those that are not forbidden.

    Parameters
    ----------
    state
        The block of worlds.
    some
        Places of the worlds, shape (n,).
    on_table, base
        Which issues are on the table, and what holds on the others; (issues, n).
    heed_red_lines
        Whether to leave out what crosses a red line of the party.

    Returns
    -------
    Both of shape (parties, n), -inf where there is no package.
    """
    wants, joint = state.wants, state.wants.joint
    assert joint is not None
    can_be = allowed_on(state, on_table, base)
    red = red_lines_in(state.coded.red, some)
    shape = (len(wants.worth), len(some))
    most, least = np.empty(shape), np.empty(shape)
    for p, worth in enumerate(wants.worth):
        open_ = can_be & ~red[p] if heed_red_lines else can_be
        own, amounts = worth[..., some], wants.amounts(p, some)
        most[p] = joint.most(np.where(open_, own, -np.inf), amounts)
        least[p] = -joint.most(np.where(open_, -own, -np.inf), -amounts)
    return most, np.where(np.isposinf(least), -np.inf, least)


def possible(state: State, some: Ints, on_table: Bools, base: Ints) -> Bools:
    """Where a package on the table is not forbidden; arguments as `joint_range`, shape (n,)."""
    joint = state.wants.joint
    if joint is None or not joint.forbidden:
        return np.ones(len(some), dtype=bool)
    can_be = allowed_on(state, on_table, base)
    nothing = np.zeros((len(joint.bonuses), len(some)))
    return np.asarray(joint.most(np.where(can_be, 0.0, -np.inf), nothing) > -np.inf)


def allowed_on(state: State, on_table: Bools, base: Ints) -> Bools:
    """Options that can be in a package: of an issue on the table all, else the one that holds. (issues, options, n)."""
    options = np.arange(state.coded.exists.shape[1])[:, None]
    return np.where(on_table[:, None], state.coded.exists[:, :, None], options == base[:, None])
