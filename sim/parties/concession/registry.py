"""Concession policies by the name that a compiled scenario gives them, mixes and those of users among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.sums import total
from sim.parties.concession import exchange, phrases, time, tit_for_tat
from sim.parties.concession.rubinstein import rubinstein
from sim.parties.own import own
from sim.parties.situation import Situation
from sim.scenario.model import Code, Policy


@dataclass(frozen=True, slots=True)
class Concession:
    """A concession policy.

    Attributes
    ----------
    demand
        What the parties demand, shape (parties, worlds).
    phrase
        Why a party demands that, from a situation of one party and one world and its demand: "it is a hard-liner ...".
    reacts
        Whether it depends on more than time, settings, best and reservation value: on offers, on what is left.
    """

    demand: Callable[[Situation], Floats]
    phrase: Callable[[Situation, float], str]
    reacts: bool = False


CONCESSIONS: dict[str, Concession] = {
    "time": Concession(time.time_dependent, phrases.time_dependent),
    "polynomial": Concession(time.polynomial, phrases.polynomial),
    "exponential": Concession(time.exponential, phrases.exponential),
    "deadline": Concession(time.deadline, phrases.deadline),
    "hard_liner": Concession(time.hard_liner, phrases.hard_liner),
    "resource": Concession(time.resource_dependent, phrases.resource_dependent, reacts=True),
    "absolute_tit_for_tat": Concession(tit_for_tat.absolute, phrases.absolute, reacts=True),
    "relative_tit_for_tat": Concession(tit_for_tat.relative, phrases.relative, reacts=True),
    "averaged_tit_for_tat": Concession(tit_for_tat.averaged, phrases.averaged, reacts=True),
    "micro": Concession(exchange.micro, phrases.micro, reacts=True),
    "zeuthen": Concession(exchange.zeuthen, phrases.zeuthen, reacts=True),
    "rubinstein": Concession(rubinstein, phrases.rubinstein, reacts=True),
}


def concession(chosen: Policy, code: Sequence[Code] = ()) -> Concession:
    """The policy that a party has chosen; `code` holds the files of users' policies."""
    if chosen.parts:
        return _mix(chosen, code)
    if chosen.name in CONCESSIONS:
        return CONCESSIONS[chosen.name]
    found = own("concession", chosen.name, code)
    return Concession(found.demand, found.phrase, found.made.reacts)


def _mix(chosen: Policy, code: Sequence[Code]) -> Concession:
    """The mean of the demands of several policies by weight (Faratin, Sierra & Jennings, 1998, on strategies)."""
    parts = [(name, concession(part, code), dict(part.words)) for name, _, part in chosen.parts]

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
            for name, _, words in parts
        ]

    def demand(situation: Situation) -> Floats:
        each = situations(situation)
        weights = np.stack([np.maximum(one.settings["weight"], 0.0) for one in each])
        demanded = np.stack([part.demand(one) for (_, part, _), one in zip(parts, each, strict=True)])
        # A part without weight has no say, also where it demands something infinite: nothing is on the table.
        said = total(np.where(weights > 0.0, weights * demanded, 0.0))
        whole = total(weights)
        mean = np.divide(said, whole, out=situation.last.copy(), where=whole > 0.0)
        return np.where(whole > 0.0, mean, situation.top)

    def phrase(situation: Situation, _demand: float) -> str:
        told = []
        for (name, part, _), one in zip(parts, situations(situation), strict=True):
            weight = float(one.settings["weight"][0, 0])
            if weight > 0.0:
                own = float(part.demand(one)[0, 0])
                told.append(f"{weight:g} of {name} ({part.phrase(one, own)}, so {own:.3f})")
        return f"it mixes {', '.join(told)}"

    return Concession(demand, phrase, reacts=True)
