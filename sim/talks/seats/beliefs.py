"""What each side believes of the others in a block of worlds: known, noisy, presumed, or learned from their offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.parties.evidence import Evidence
from sim.parties.opponents import LEARN, MODELS, known, model, values_of
from sim.scenario.model import Scenario
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE, Packages


@dataclass(slots=True)
class Heard:
    """The offers of one side that another has heard, each where it was a new one; `last` has the latest."""

    last: Packages
    offers: list[Packages] = field(default_factory=list)
    times: list[Floats] = field(default_factory=list)


class Beliefs:
    """Beliefs of all sides.

    Parameters
    ----------
    scenario
        Says by which model each side judges the others.
    worlds
        How many worlds the block has.
    errors
        Errors of belief by side (see `sim.parties.opponents.noise`), shape (issues, options, worlds).
    """

    def __init__(self, scenario: Scenario, worlds: int, errors: Mapping[int, Floats]) -> None:
        self.scenario = scenario
        self.errors = errors
        self.models = {
            s: model(side.opponents.kind, scenario.code)
            for s, side in enumerate(scenario.sides)
            if side.opponents.kind not in ("known", "noise")
        }
        self.learners = frozenset(
            s for s in self.models if (kind := scenario.sides[s].opponents.kind) in LEARN or kind not in MODELS
        )
        """Sides whose beliefs change with the others' offers."""
        nothing = (len(scenario.issues), worlds)
        self._heard = {
            (s, r): Heard(np.full(nothing, NONE, dtype=PACKAGE))
            for s in sorted(self.learners)
            for r in range(len(scenario.sides))
            if r != s
        }

    def hear(self, side: int, last_offer: Packages, time: Floats, cohort: Ints, acting: Bools) -> Ints:
        """Let a side take note of the others' last offers where it acts; answers the worlds in which one was new.

        `last_offer` has shape (sides, issues, cohort), `acting` and `time`, by the side's own clock, (cohort,).
        """
        something = np.zeros(len(cohort), dtype=bool)
        for r in range(len(last_offer)):
            if r == side:
                continue
            heard = self._heard[side, r]
            new = acting & (last_offer[r, 0] != NONE) & (last_offer[r] != heard.last[:, cohort]).any(axis=0)
            if not new.any():
                continue
            offer, when = np.full_like(heard.last, NONE), np.zeros(heard.last.shape[1])
            offer[:, cohort[new]] = last_offer[r][:, new]
            when[cohort[new]] = time[new]
            heard.last[:, cohort[new]] = last_offer[r][:, new]
            heard.offers.append(offer)
            heard.times.append(when)
            something |= new
        return cohort[something]

    def of(self, side: int, scaled: Mapping[int, Floats], allowed: Bools, worlds: Ints | slice) -> Floats:
        """What a side believes the options are worth to the others in some worlds.

        Parameters
        ----------
        side
            Who believes.
        scaled
            The true scaled worth of options to every side in the meeting, (issues, options, n).
        allowed
            Options that can be in a package, same shape.
        worlds
            Places of the n worlds in the block.
        """
        others = [worth for r, worth in scaled.items() if r != side]
        if side not in self.models:
            believed = known(others)
            return believed + self.errors[side][..., worlds] if side in self.errors else believed
        believe, own = self.models[side], values_of(scaled[side], allowed)
        beliefs = []
        for r, worth in scaled.items():
            if r == side:
                continue
            heard = self._heard.get((side, r))
            offers = [offer[:, worlds] for offer in heard.offers] if heard else []
            times = [when[worlds] for when in heard.times] if heard else []
            count = allowed.shape[2]
            evidence = Evidence(
                values=values_of(worth, allowed),
                own=own,
                exists=allowed,
                offers=np.stack(offers) if offers else np.zeros((0, len(worth), count), dtype=PACKAGE),
                times=np.stack(times) if times else np.zeros((0, count)),
            )
            beliefs.append(believe(evidence))
        return total(np.stack(beliefs)) / len(beliefs) if beliefs else np.zeros(allowed.shape)
