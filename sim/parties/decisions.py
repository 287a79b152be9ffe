"""Decision rules: when a side as a whole passes a package, given its members' judgements.

Each rule is one function over arrays: judgements of shape (members, ..., worlds) and weights of shape (members,
worlds) give decisions of shape (..., worlds). A lone party is a side of one under consensus.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.model import Side
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE
from sim.worlds.sums import total

Bools = NDArray[np.bool_]

_SMALL = 1 << 10
"""In so few worlds all are counted at once."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A side's decision rule over the members that are present.

    `leader` and `veto` are places among these members; `leader` is None where the rule has none or it is absent.
    """

    name: str
    leader: int | None
    veto: tuple[int, ...]

    def barred(self, red: Bools, weight: Floats, threshold: Floats) -> Bools:
        """Options that the side can never carry: with all who have a red line there objecting, it is stopped.

        `red` has shape (members, issues, options, worlds or 1), the answer (issues, options, worlds); the other
        arguments are those of `passes`.
        """
        objects = np.broadcast_to(red, (*red.shape[:3], weight.shape[1]))
        return stopped(self, objects, weight, threshold)


def rule_of(side: Side, present: tuple[int, ...] | None = None) -> Rule:
    """The side's rule among its members who are `present` (indices of parties; all if None)."""
    members = side.members if present is None else present
    place = {party: i for i, party in enumerate(members)}
    leader = side.decides.leader
    return Rule(
        side.decides.rule,
        place.get(leader) if leader is not None else None,
        tuple(place[party] for party in side.veto if party in place),
    )


def legal_threshold(rule: str, threshold: Floats, members: int) -> Floats:
    """The threshold as events left it, kept in its legal range.

    A quorum is whole, from 1 to the number of the side's members, present or not; a majority lies in [0, 1].
    """
    match rule:
        case "quorum":
            return np.clip(np.floor(threshold + 0.5), 1.0, float(members))
        case "majority":
            return np.clip(threshold, 0.0, 1.0)
        case _:
            return threshold


def legal_pace(rule: str, pace: Floats) -> Floats:
    """The pace as events left it, kept in its legal range; unstated, half of the weight or all (unanimity)."""
    stated = np.where(np.isnan(pace), 1.0 if rule == "unanimity" else 0.5, pace)
    return np.clip(stated, 0.0, 1.0)


def passes(rule: Rule, objects: Bools, favours: Bools, weight: Floats, threshold: Floats, pace: Floats) -> Bools:
    """Whether the side passes a package: nobody stops it, and enough are content with it.

    Parameters
    ----------
    rule
        The side's rule.
    objects, favours
        Judgements, shape (members, ..., worlds).
    weight
        Shape (members, worlds).
    threshold
        Quorum or majority, shape (worlds,); nan where the rule has none.
    pace
        Share of the weight that must be for it, shape (worlds,).
    """
    return content(rule, favours, weight, pace) & ~stopped(rule, objects, weight, threshold)


def stopped(rule: Rule, objects: Bools, weight: Floats, threshold: Floats) -> Bools:
    """Whether those who object stop the side by that, whatever the others say; arguments as `passes`."""
    match rule.name:
        case "consensus" | "unanimity":
            return np.asarray(np.logical_or.reduce(objects, axis=0))
        case "quorum":
            bear = len(objects) - np.add.reduce(objects, axis=0, dtype=np.intp)
            result = np.asarray(bear < np.minimum(threshold, len(objects)))
        case "majority":
            result = ~_at_least(~objects, weight, threshold)
        case "leader":
            nobody_leads = np.ones(objects.shape[1:], dtype=bool)
            result = objects[rule.leader].copy() if rule.leader is not None else nobody_leads
        case _:
            raise ValueError(f"unknown decision rule {rule.name!r}")
    for member in rule.veto:
        result |= objects[member]
    return result


def content(rule: Rule, favours: Bools, weight: Floats, pace: Floats) -> Bools:
    """Whether enough are for a package that nobody stops; arguments as `passes`."""
    if rule.name == "leader":
        return favours[rule.leader] if rule.leader is not None else np.zeros(favours.shape[1:], dtype=bool)
    return _at_least(favours, weight, pace)


def carried_weight(favours: Bools, weight: Floats) -> Floats:
    """Weight of the members who are for it; judgements (members, ..., worlds), weight (members, worlds)."""
    if favours.ndim == weight.ndim and 1 < favours.shape[1] <= _SMALL:
        return np.asarray(np.add.reduce(favours * weight, axis=0))  # the same sums in the same order
    carried = np.zeros(favours.shape[1:])
    own = np.empty(favours.shape[1:])
    for member, influence in zip(favours, weight, strict=True):
        carried += np.multiply(member, influence, out=own)
    return carried


def _at_least(favours: Bools, weight: Floats, needed: Floats | float) -> Bools:
    """Whether those for carry at least the share `needed` of the weight."""
    if len(favours) == 1:  # a lone party's weight is all of its side's
        return np.asarray(favours[0] | (weight[0] * needed <= 0.0))
    return np.asarray(carried_weight(favours, weight) >= needed * total(weight) * (1.0 - TOLERANCE))
