"""The names that a scenario file may use for policies and protocols, and their settings.

One table each: to add a policy, add its name here and the function that plays it in the room of the parties or talks.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Setting:
    """A numeric setting of a policy: its legal range and the value it has if left out (None: it must be given)."""

    low: float = float("-inf")
    high: float = float("inf")
    default: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PolicyForm:
    """How a policy's name in the file compiles: the name of what plays it, its numbers and its words.

    Attributes
    ----------
    plays
        The name in the compiled scenario.
    numbers
        Its numeric settings.
    words
        Its settings that are words, with the words allowed; the first is the default.
    """

    plays: str
    numbers: dict[str, Setting] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _time(exponent: float | None) -> PolicyForm:
    return PolicyForm("time", {"exponent": Setting(low=0.0, default=exponent)})


CONCESSIONS: dict[str, PolicyForm] = {
    "boulware": _time(4.0),
    "linear": _time(1.0),
    "conceder": _time(0.25),
    "time": _time(None),
}
"""Concession policies; ``{exponent: e}`` without a name is ``time``."""

OFFERINGS = ("ladder", "exhaustive")
"""How a side finds its offers; the first is the default."""

OPPONENTS = ("known",)
"""What a side may believe of the others, beside ``{noise: sd}``; the first is the default."""

PROTOCOLS = ("alternating", "plenary")
"""Protocols of a meeting; the first is the default."""

PLANNED = frozenset({"learned", "simultaneous", "single_text"})
"""Words of the format that this version does not play yet."""
