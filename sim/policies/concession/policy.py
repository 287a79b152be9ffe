"""What a concession policy is: a formula, its settings and its phrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim.arrays.kinds import Floats
from sim.policies.setting import Setting
from sim.policies.situation import Situation


@dataclass(frozen=True, slots=True)
class Concession:
    """A concession policy.

    Attributes
    ----------
    name
        Its name in a scenario.
    demand
        What the parties demand, shape (parties, worlds).
    phrase
        Why a party demands that, from a situation of one party and one world and its demand: "it is a hard-liner ...".
    numbers
        Its numeric settings.
    words
        Its settings that are words, with the words allowed; the first is the default.
    short
        Other names for it in the file, with the values that a setting then has if left out.
    reacts
        Whether it depends on more than time, settings, best and reservation value: on offers, on what is left.
    """

    name: str
    demand: Callable[[Situation], Floats]
    phrase: Callable[[Situation, float], str]
    numbers: Mapping[str, Setting] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    reacts: bool = False
