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


@dataclass(frozen=True, slots=True)
class Rule:
    """A side's decision rule over the members that are present.

    `leader` and `veto` are places among these members; `leader` is None where the rule has none or it is absent.
    """

    name: str
    leader: int | None
    veto: tuple[int, ...]

    @property
    def can_stop(self) -> tuple[int, ...] | None:
        """Members whose objection alone stops the side; None where every member's does."""
        if self.name in ("consensus", "unanimity"):
            return None
        led = () if self.leader is None else (self.leader,)
        return tuple(sorted({*led, *self.veto}))

    def barred(self, red: Bools) -> Bools:
        """Options that the side can't offer, as one who can stop it has a red line there; (issues, options, worlds).

        `red` has shape (members, issues, options, worlds).
        """
        stoppers = self.can_stop
        lines = red if stoppers is None else red[list(stoppers)]
        return np.asarray(np.logical_or.reduce(lines, axis=0))


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


def passes(rule: Rule, objects: Bools, favours: Bools, weight: Floats, threshold: Floats) -> Bools:
    """Whether the side passes a package: enough are for it, and nobody who can stop it objects.

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
    """
    return carries(rule, favours, weight, threshold) & ~stopped(rule, objects)


def stopped(rule: Rule, objects: Bools) -> Bools:
    """Whether somebody objects who can stop the side by that: under consensus every member, and those with a veto."""
    if rule.name == "consensus":
        return np.asarray(np.logical_or.reduce(objects, axis=0))
    result = np.zeros(objects.shape[1:], dtype=bool)
    for member in rule.veto:
        result |= objects[member]
    return result


def carries(rule: Rule, favours: Bools, weight: Floats, threshold: Floats) -> Bools:
    """Whether those for a package are enough; arguments as `passes`."""
    match rule.name:
        case "consensus":
            return _at_least(favours, weight, 0.5)
        case "unanimity":
            return np.asarray(np.logical_and.reduce(favours, axis=0))
        case "quorum":
            return np.asarray(np.add.reduce(favours, axis=0, dtype=np.intp) >= threshold)
        case "majority":
            return _at_least(favours, weight, threshold)
        case "leader":
            return favours[rule.leader] if rule.leader is not None else np.zeros(favours.shape[1:], dtype=bool)
        case _:
            raise ValueError(f"unknown decision rule {rule.name!r}")


def carried_weight(favours: Bools, weight: Floats) -> Floats:
    """Weight of the members who are for it; judgements (members, ..., worlds), weight (members, worlds)."""
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
