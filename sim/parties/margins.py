"""By how much a side would accept a package: the surplus that decides it, and what its members gain on the whole."""

from __future__ import annotations

import numpy as np

from sim.parties.decisions import Rule
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE
from sim.worlds.sums import share, total

NEVER = -1e9
"""The margin of what a side can't pass at all."""


def pivot(rule: Rule, surplus: Floats, weight: Floats, threshold: Floats, pace: Floats) -> Floats:
    """The surplus of the member that decides: the side passes a package at every demand up to it, at none above.

    Where every member demands its reservation value plus d, those with a surplus of at least d are for a package; this
    is the largest d at which the side passes it, so it is not negative exactly where the package is acceptable. Where
    the side is stopped it is what the member lacks whose consent would end that.

    Parameters
    ----------
    rule
        The side's rule.
    surplus
        Utility above the reservation value, shape (members, ..., worlds).
    weight
        Shape (members, worlds).
    threshold
        Quorum or majority, shape (worlds,); nan where the rule has none.
    pace
        Share of the weight that must be for it, shape (worlds,).

    Returns
    -------
    Shape (..., worlds); `NEVER` where no demand would be low enough.
    """
    stops = _stops(rule, surplus, weight, threshold)
    if rule.name == "leader":
        return stops
    return np.where(stops < -TOLERANCE, stops, _majority(surplus, weight, pace))


def _stops(rule: Rule, surplus: Floats, weight: Floats, threshold: Floats) -> Floats:
    """The surplus of the member on whom it hangs whether the side is stopped; negative where it is."""
    match rule.name:
        case "consensus" | "unanimity":
            return np.asarray(np.minimum.reduce(surplus, axis=0))
        case "quorum":
            result = _quorum(surplus, np.minimum(threshold, len(surplus)))
        case "majority":
            result = _majority(surplus, weight, threshold)
        case "leader":
            result = surplus[rule.leader] if rule.leader is not None else np.full(surplus.shape[1:], NEVER)
        case _:
            raise ValueError(f"unknown decision rule {rule.name!r}")
    for member in rule.veto:
        result = np.minimum(result, surplus[member])
    return result


def nth_largest(values: Floats, needed: Floats) -> Floats:
    """The `needed`-th largest (worlds,) along the first axis of (n, ..., worlds); `NEVER` where there are too few."""
    return _quorum(values, needed)


def _quorum(surplus: Floats, threshold: Floats) -> Floats:
    ranked = -np.sort(-surplus, axis=0)
    place = np.ceil(np.maximum(threshold, 1.0)).astype(np.intp) - 1
    within = np.broadcast_to(np.minimum(place, len(ranked) - 1), ranked.shape[1:])
    found = np.take_along_axis(ranked, within[None], axis=0)[0]
    return np.where(place < len(ranked), found, NEVER)


def _majority(surplus: Floats, weight: Floats, threshold: Floats) -> Floats:
    order = np.argsort(-surplus, axis=0, kind="stable")
    ranked = np.take_along_axis(surplus, order, axis=0)
    shape = (len(weight), *(1,) * (surplus.ndim - 2), weight.shape[1])
    carried = np.take_along_axis(np.broadcast_to(weight.reshape(shape), surplus.shape), order, axis=0).copy()
    for m in range(1, len(carried)):
        carried[m] += carried[m - 1]
    enough = carried >= threshold * total(weight) * (1.0 - TOLERANCE)
    found = np.take_along_axis(ranked, enough.argmax(axis=0)[None], axis=0)[0]
    return np.where(enough.any(axis=0), found, NEVER)


def mean_gain(surplus: Floats, weight: Floats, counts: Floats) -> Floats:
    """A side's gain: the mean of its members' surpluses by weight; `counts` is 0 for who does not care at all.

    `surplus` has shape (members, ..., worlds), `weight` and `counts` (members, worlds), the answer (..., worlds).
    """
    influence = weight * counts
    whole = total(influence)
    result = np.zeros(surplus.shape[1:])
    for own, carries in zip(surplus, influence, strict=True):
        result += own * carries
    return share(result, np.broadcast_to(whole, result.shape))
