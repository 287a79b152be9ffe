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


LONGEST_MEMORY = 10
"""How many of the others' offers back a policy can look."""

_EXPONENT = Setting(low=0.0, default=1.0)
_SHARE = Setting(0.0, 1.0, 0.0)
_LAG = Setting(1.0, LONGEST_MEMORY, 1.0, whole=True)
_FIRST = Setting(0.0, 1.0, 0.05)

CONCESSIONS: dict[str, PolicyForm] = {
    "boulware": _time(4.0),
    "linear": _time(1.0),
    "conceder": _time(0.25),
    "time": _time(None),
    "polynomial": PolicyForm("polynomial", {"exponent": _EXPONENT, "start": _SHARE}),
    "exponential": PolicyForm(
        "exponential", {"exponent": Setting(0.01, 100.0, 1.0), "start": Setting(1e-6, 1.0, 0.05)}
    ),
    "deadline": PolicyForm("deadline", {"hold": Setting(0.0, 1.0, 0.8), "exponent": _EXPONENT}),
    "resource": PolicyForm(
        "resource", {"start": _SHARE, "scale": Setting(low=0.01, default=1.0)}, {"of": ("meetings", "rounds")}
    ),
    "hard_liner": PolicyForm("hard_liner", {"share": Setting(0.0, 1.0, 1.0)}),
    "relative_tit_for_tat": PolicyForm("relative_tit_for_tat", {"lag": _LAG, "start": _FIRST}),
    "absolute_tit_for_tat": PolicyForm("absolute_tit_for_tat", {"lag": _LAG, "start": _FIRST}),
    "averaged_tit_for_tat": PolicyForm(
        "averaged_tit_for_tat", {"window": Setting(1.0, LONGEST_MEMORY, 3.0, whole=True), "start": _FIRST}
    ),
    "micro": PolicyForm("micro"),
    "zeuthen": PolicyForm("zeuthen"),
    "rubinstein": PolicyForm("rubinstein"),
    "mix": PolicyForm("mix"),
}
"""Concession policies; ``{exponent: e}`` without a name is ``time``, ``mix`` has its parts in ``of``."""

_OFFERS = ("best", "mean", "recent_best", "recent_mean", "anything")

ACCEPTANCES: dict[str, PolicyForm] = {
    "next": PolicyForm("next"),
    "previous": PolicyForm("previous"),
    "constant": PolicyForm("constant", {"share": Setting(0.0, 1.0)}),
    "time": PolicyForm("time", {"after": Setting(0.0, 1.0)}),
    "combined": PolicyForm("combined", {"after": Setting(0.0, 1.0)}, {"of": _OFFERS}),
}
"""Acceptance conditions; the first is the default."""

OFFERINGS: dict[str, PolicyForm] = {
    "ladder": PolicyForm("ladder"),
    "exhaustive": PolicyForm("exhaustive"),
    "trade_off": PolicyForm("trade_off", {"band": Setting(0.0, 1.0, 0.05)}),
}
"""How a side finds its offers; the first is the default."""

OPPONENTS = ("known", "positions", "learned")
"""What a side may believe of the others, beside ``{noise: sd}`` and ``{learned: MODEL}``; the first is the default."""

LEARNING = ("bayes", "frequency")
"""Models of what the others want, learned from their offers; the first is that of ``learned``."""

PROTOCOLS = ("alternating", "simultaneous", "single_text", "plenary")
"""Protocols of a meeting; the first is the default."""

TIES = ("nash", "chance", "first")
"""Which of several offers that are accepted at once stands, in a simultaneous exchange; the first is the default."""

CRITERIA = ("egalitarian", "nash", "utilitarian", "closest")
"""By what the chair of a single negotiating text amends it; the first is the default."""

DESIGNS = ("grid", "lhs", "sobol", "sobol2", "morris", "tornado")
"""How the points of a sweep are laid out; the first is the default."""
