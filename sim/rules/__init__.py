"""Decision rules of sides: one file each, and the list of them.

To add one, write its file, name it in the list here, and test it.
"""

from __future__ import annotations

from sim.rules import consensus, joined, leader, majority, quorum, unanimity
from sim.rules.rule import DecisionRule

RULES: dict[str, DecisionRule] = {one.RULE.name: one.RULE for one in (consensus, unanimity, quorum, majority, leader)}
"""By name; the first is the default."""


def rule_named(name: str) -> DecisionRule:
    """The rule of this name, also of several rules joined. Raises ValueError where there is none."""
    if name == joined.RULE.name:
        return joined.RULE
    if name not in RULES:
        raise ValueError(f"unknown decision rule {name!r}")
    return RULES[name]
