"""What outcomes are called, and what they mean."""

from __future__ import annotations

from sim.report.words.plain_text import human
from sim.scenario.model import Scenario

_NAMES = {
    "agreement": ("Agreement", "every issue was settled"),
    "partial": ("Partial agreement", "some issues were settled, the others left open"),
    "talks_continue": (
        "Talks continue",
        "nothing was settled by the end of the time played, but all sides had patience left or a meeting was still to "
        "come",
    ),
    "impasse": ("Impasse", "nothing was settled, and not all sides had patience left to meet again"),
    "breakdown": ("Breakdown", "a walk-out or an event ended the talks"),
    "not_ratified": ("Not ratified", "a deal was signed, but refused at home"),
}
_WITHOUT_FOLLOW_UPS = {
    "talks_continue": "nothing was settled by the end of the time played, but a meeting was still to come",
    "impasse": "nothing was settled in the meetings that were foreseen",
}
"""Where the sides can meet in the scheduled meetings alone, patience does not matter."""


def outcome_name(outcome: str) -> str:
    """The outcome as a heading."""
    return _NAMES[outcome][0] if outcome in _NAMES else human(outcome)


def outcome_meaning(scenario: Scenario, outcome: str) -> str:
    """What a world with this outcome is like."""
    if scenario.follow_up is None and outcome in _WITHOUT_FOLLOW_UPS:
        return _WITHOUT_FOLLOW_UPS[outcome]
    return _NAMES[outcome][1] if outcome in _NAMES else ""
