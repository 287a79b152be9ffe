"""What an acceptance condition is: a threshold, its settings and its phrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim.arrays.kinds import Floats
from sim.policies.setting import Setting
from sim.policies.situation import Situation


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An acceptance condition.

    Attributes
    ----------
    name
        Its name in a scenario.
    threshold
        From what worth on a party is for an offer, given what it demands now, both of shape (parties, worlds).
    phrase
        What a party accepts, from a situation of one party and one world and its threshold: "accepts what is ...".
    numbers
        Its numeric settings.
    words
        Its settings that are words, with the words allowed; the first is the default.
    """

    name: str
    threshold: Callable[[Situation, Floats], Floats]
    phrase: Callable[[Situation, float], str]
    numbers: Mapping[str, Setting] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
