"""Whose assent makes an agreement where the votes of the sides are counted: by joined rules, or not of all sides.

A council decides as a side does, its members being the sides: a side assents to a package, finds it unacceptable, or
neither. Where who holds out abstains, those that assent must carry it. Where holding out is consent, those that do not
find it unacceptable must, and those that assent carry the pace, a share of the weight. A side with a veto stops an
agreement only by finding it unacceptable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Some
from sim.parties.ballot import terms_of, weights_together
from sim.rules.condition import All, Among, Condition, Nobody, SoMany, together
from sim.rules.rule import Seats
from sim.scenario.model import INFLUENCE, Scenario
from sim.worlds.coding import Coding


@dataclass(frozen=True, slots=True)
class Council:
    """What must hold of the sides in n worlds.

    Attributes
    ----------
    enough
        Of those that assent.
    unstopped
        Of those that do not find it unacceptable.
    """

    enough: Condition
    unstopped: Condition

    def agrees(self, assent: Bools, against: Bools) -> Bools:
        """Where there is an agreement: who assents, and who finds it unacceptable; (sides, ..., n) to (..., n)."""
        return self.enough.holds(assent) & ~self.unstopped.broken(against)

    def of(self, worlds: Some) -> Council:
        """The same in some of the worlds."""
        return Council(self.enough.of(worlds), self.unstopped.of(worlds))


def council(scenario: Scenario, coded: Coding, worlds: Some, present: tuple[int, ...] | None = None) -> Council | None:
    """The council of a scenario in some worlds of a block; None where sides are just counted, one by one.

    Parameters
    ----------
    scenario, coded
        What is negotiated, and its numbers as events left them.
    worlds
        Which worlds of the block.
    present
        The sides that are there, which decide among themselves; all if None.
    """
    if not scenario.council:
        return None
    agreement, sides = scenario.agreement, scenario.sides
    who = tuple(s for s in scenario.voting_sides if present is None or s in present)
    if not who:
        return Council(Nobody(), Nobody())
    veto = All(tuple(s for s in agreement.veto if s in who))
    if agreement.vote is None:
        if agreement.at_least is None:
            return Council(All(who), veto)
        stated = np.floor(coded.joined[agreement.at_least.path][worlds] + 0.5)
        number = np.clip(stated, 1.0, float(len(who)))
        return Council(Among(who, SoMany(number)), veto)
    voters = [tuple(p for p in sides[s].members if p not in coded.voteless) for s in who]
    weigh = [weights_together(part.of, voters, coded, worlds) for part in agreement.vote.parts]
    terms = terms_of(agreement.vote, weigh, coded, worlds, len(sides))
    nothing = np.zeros(coded.weight[0, worlds].shape)
    pace = nothing if agreement.pace is None else np.clip(coded.joined[agreement.pace.path][worlds], 0.0, 1.0)
    influence = weights_together(INFLUENCE, voters, coded, worlds)
    seats = Seats(influence, np.full(nothing.shape, np.nan), pace, None)
    asked = [] if terms.abstains else [Among(who, terms.carry(seats))]
    return Council(Among(who, terms.content(seats)), together([*asked, veto]))


def council_of(scenario: Scenario, coded: Coding, worlds: Some) -> Condition | None:
    """What must hold of the sides that find a package acceptable, all of which then assent; None as `council`."""
    found = council(scenario, coded, worlds)
    return None if found is None else together([found.unstopped, found.enough])
