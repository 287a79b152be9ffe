"""Mixes of concession policies: the mean of what several of them demand, by weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.sums import total
from sim.policies.concession.policy import Concession
from sim.policies.situation import Situation
from sim.scenario.policies import MIX


def mix(parts: Mapping[str, tuple[Concession, Mapping[str, str]]]) -> Concession:
    """The mean of the demands of several policies, with their words, by weight.

    Faratin, Sierra & Jennings (1998), on strategies that weigh tactics.
    """

    def situations(situation: Situation) -> list[Situation]:
        return [
            replace(
                situation,
                words=words,
                settings={
                    key.removeprefix(f"of.{name}."): values
                    for key, values in situation.settings.items()
                    if key.startswith(f"of.{name}.")
                },
            )
            for name, (_, words) in parts.items()
        ]

    def demand(situation: Situation) -> Floats:
        each = situations(situation)
        weights = np.stack([np.maximum(one.settings["weight"], 0.0) for one in each])
        demanded = np.stack([part.demand(one) for (part, _), one in zip(parts.values(), each, strict=True)])
        # A part without weight has no say, also where it demands something infinite: nothing is on the table.
        said = total(np.where(weights > 0.0, weights * demanded, 0.0))
        whole = total(weights)
        mean = np.divide(said, whole, out=situation.last.copy(), where=whole > 0.0)
        return np.where(whole > 0.0, mean, situation.top)

    def phrase(situation: Situation, _demand: float) -> str:
        told = []
        for (name, (part, _)), one in zip(parts.items(), situations(situation), strict=True):
            weight = float(one.settings["weight"][0, 0])
            if weight > 0.0:
                own = float(part.demand(one)[0, 0])
                told.append(f"{weight:g} of {name} ({part.phrase(one, own)}, so {own:.3f})")
        return f"it mixes {', '.join(told)}"

    return Concession(MIX, demand, phrase, reacts=True)
