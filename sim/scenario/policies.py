"""The names that a scenario file may use for policies and protocols, and their settings.

Those of concession and acceptance are what `sim.policies` has. To add an offering policy, an opponent model or a
protocol, add its name here and what plays it in the room of the parties or talks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sim.policies.acceptance import ACCEPTANCES as ACCEPT
from sim.policies.concession import CONCESSIONS as CONCEDE
from sim.policies.setting import Setting


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


MIX = "mix"
"""The concession policy that is made of others, its parts in ``of``."""


def _concessions() -> dict[str, PolicyForm]:
    forms = {}
    for policy in CONCEDE.values():
        for short, values in policy.short.items():
            numbers = {
                key: replace(setting, default=values.get(key, setting.default))
                for key, setting in policy.numbers.items()
            }
            forms[short] = PolicyForm(policy.name, numbers, dict(policy.words))
        forms[policy.name] = PolicyForm(policy.name, dict(policy.numbers), dict(policy.words))
    return {**forms, MIX: PolicyForm(MIX)}


CONCESSIONS: dict[str, PolicyForm] = _concessions()
"""Concession policies; the first is the default. ``{exponent: e}`` without a name is ``time``."""

ACCEPTANCES: dict[str, PolicyForm] = {
    policy.name: PolicyForm(policy.name, dict(policy.numbers), dict(policy.words)) for policy in ACCEPT.values()
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
