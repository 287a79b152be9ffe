"""What outcomes are called, and what they mean."""

from __future__ import annotations

from sim.report.words.plain_text import human

_NAMES = {
    "agreement": ("Agreement", "every issue was settled"),
    "partial": ("Partial agreement", "some issues were settled, the others left open"),
    "talks_continue": ("Talks continue", "no deal by the end of the time played, but a further meeting was fixed"),
    "impasse": ("Impasse", "no deal, and no further meeting was fixed"),
    "breakdown": ("Breakdown", "a walk-out or an event ended the talks"),
    "not_ratified": ("Not ratified", "a deal was signed, but refused at home"),
}


def outcome_name(outcome: str) -> str:
    """The outcome as a heading."""
    return _NAMES[outcome][0] if outcome in _NAMES else human(outcome)


def outcome_meaning(outcome: str) -> str:
    """What a world with this outcome is like."""
    return _NAMES[outcome][1] if outcome in _NAMES else ""
