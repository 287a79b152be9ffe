"""Offering policies that look at all packages: which of those that its decision passes now does a side put?

(The ladder, the default for any number of issues, is in `sim.parties.ladder`.) A policy is a function from a `Choice`
to places of packages, one a world.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.arrays.kinds import Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.parties.choice import Choice
from sim.parties.own import own
from sim.scenario.model import Code


def exhaustive(choice: Choice) -> Ints:
    """The package worth least to the side among those that pass, the first of several (as Genius and NegMAS do)."""
    return least(np.where(choice.passing, choice.worth, np.inf))


def trade_off(choice: Choice) -> Ints:
    """Of packages worth the same to the side, the one most like the others' last offer.

    "The same" is what passes and is worth at most ``band`` more than the least that passes. Unlikeness is the distance
    of the options' places, weighted by how much the others care for the issue. Before the others have made an offer,
    and between packages equally like it, the one worth least.

    Faratin, Sierra & Jennings, "Using similarity criteria to make issue trade-offs in automated negotiations",
    Artificial Intelligence 142 (2002), 205-237, section 4.
    """
    worth = np.where(choice.passing, choice.worth, np.inf)
    band = np.maximum(choice.settings["band"], 0.0)
    same = worth <= worth.min(axis=0) + band + TOLERANCE
    unlike = np.where(same, 0.0, np.inf)
    for j, (place, theirs, care) in enumerate(zip(choice.place, choice.theirs, choice.care, strict=True)):
        at = np.take_along_axis(place, np.maximum(theirs, 0)[None].astype(np.intp), axis=0)[0]
        distance = np.where(theirs >= 0, np.abs(place - at) * care, 0.0)
        unlike += distance[choice.options[:, j]]
    likest = unlike <= unlike.min(axis=0) + TOLERANCE
    return least(np.where(same & likest, worth, np.inf))


def least(worth: Floats) -> Ints:
    """The first of those worth least, shape (packages, worlds) to (worlds,)."""
    return np.asarray(np.argmax(worth <= np.minimum.reduce(worth, axis=0) + TOLERANCE, axis=0))


Offering = Callable[[Choice], Ints]

OFFERINGS: dict[str, Offering] = {"exhaustive": exhaustive, "trade_off": trade_off}
"""Offering policies that look at all packages, by name."""


def offering(name: str, code: Sequence[Code] = ()) -> Offering:
    """The offering policy with this name; `code` holds the files of users' policies."""
    if name in OFFERINGS:
        return OFFERINGS[name]
    return own("offering", name, code).choose
