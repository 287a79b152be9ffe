"""Decision rules of sides: one file each, and the list of them.

To add one, write its file, name it in the list here, and test it.
"""

from __future__ import annotations

from sim.parties.rules import consensus, leader, majority, quorum, unanimity
from sim.parties.rules.rule import DecisionRule

RULES: dict[str, DecisionRule] = {one.RULE.name: one.RULE for one in (consensus, unanimity, quorum, majority, leader)}
"""By name; the first is the default."""
