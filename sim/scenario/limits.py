"""How large a scenario may be: limits far beyond any negotiation on record, told before memory or time is taken."""

from __future__ import annotations

MOST_BYTES = 500_000
"""Of a scenario file; thirty allies and thirteen issues take fifty thousand."""

MOST_ENTRIES = 200_000
"""Values in a scenario, those that stand under an alias counted each time."""

DEEPEST = 50
"""Lists and mappings in each other."""

MOST_PARTIES = 5_000

MOST_ISSUES = 200

MOST_OPTIONS = 1_001
"""Of an issue: a scale from 0 to 1000. Packages count further (`sim.worlds.packages`)."""

MOST_WORTHS = 1_000_000
"""Parties times issues times options of the issue that has most: the numbers by which a world values its options."""

MOST_PACKAGES, MOST_PACKAGES_A_TURN = 2_000_000, 400_000
"""Packages of a scenario whose sides look at all of them: once, as a lone party that offers by `exhaustive`, or in
every turn, as all others that have another offering policy than the ladder."""

MOST_PACKAGE_WORTHS = 20_000_000
"""Packages times parties of such a scenario."""

MOST_AMENDMENTS = 1_000_000
"""Pairs of options of different issues, where a chair amends a single text: it tries each in every round."""

MOST_BOXES = 1_000
"""Constraints and bonuses, each of the things that a constraint forbids counted by itself."""

MOST_JOINT_CASES = 20_000
"""Cases to be told apart, issue by issue, to say which constraints and bonuses apply (`sim.scenario.diagram`)."""

MOST_MEETINGS = 500

MOST_EVENTS = 500

MOST_EFFECTS = 5_000
"""Of all events together."""

MOST_FOLLOW_UPS = 1_000
"""That there could be by the end."""

MOST_MEASURED = 600_000
"""Rounds of all meetings times what is measured in each: the gap by issue, the offers and shortfalls by side."""

MOST_WORLDS = 100_000_000
"""Of a run, and of each point of a sweep."""

MOST_POINTS = 1_000_000
"""Of a sweep."""

LEAST_STAKES = 1e-6
"""If the best package is worth less than this more than the worst to a party with scores, a warning says so."""

MOST_MISTAKES = 200
"""So many mistakes are told of a file; the others may well come from these."""
