"""What a party accepts, in words and numbers: a phrase for each condition, of one party in one world."""

from __future__ import annotations

from collections.abc import Callable

from sim.parties.situation import Situation


def next_offer(situation: Situation, threshold: float) -> str:
    """Of AC_next; nothing where delay costs nothing, as it then accepts what it demands."""
    left = float(situation.patience[0, 0])
    if left >= 1.0:
        return ""
    return f"accepts {threshold:.3f}, since delay leaves it {left:g} of its gain by the time of a counter-offer"


def previous_offer(situation: Situation, threshold: float) -> str:  # noqa: ARG001
    """Of AC_prev."""
    return f"accepts what is worth its own last offer to it, {threshold:.3f} now (AC_prev)"


def constant(situation: Situation, threshold: float) -> str:
    """Of AC_const."""
    share = float(situation.settings["share"][0, 0])
    return f"accepts {share:.0%} of what it could gain whenever it comes, {threshold:.3f} now (AC_const)"


def in_time(situation: Situation, threshold: float) -> str:
    """Of AC_time."""
    after = float(situation.settings["after"][0, 0])
    if threshold > 0.0:
        return f"accepts nothing before {after:.0%} of the talks has passed (AC_time)"
    return f"accepts whatever it does not object to once {after:.0%} of the talks has passed (AC_time)"


def combined(situation: Situation, threshold: float) -> str:
    """Of AC_combi."""
    of = {
        "best": "what is as good as the best of the others' offers",
        "mean": "what is as good as the mean of the others' offers",
        "recent_best": "what is as good as the best of the others' recent offers",
        "recent_mean": "what is as good as the mean of the others' recent offers",
        "anything": "whatever it does not object to",
    }[situation.words["of"]]
    now = f", {threshold:.3f} now" if abs(threshold) != float("inf") else ""
    after = float(situation.settings["after"][0, 0])
    return f"accepts what it demands, or once {after:.0%} of the talks has passed {of}{now} (AC_combi)"


PHRASES: dict[str, Callable[[Situation, float], str]] = {
    "next": next_offer,
    "previous": previous_offer,
    "constant": constant,
    "time": in_time,
    "combined": combined,
}
"""By the name that a compiled scenario gives the condition."""


def accepts(name: str, situation: Situation, threshold: float) -> str:
    """What a party accepts by the condition of this name, where that is not what it demands."""
    if name in PHRASES:
        return PHRASES[name](situation, threshold)
    return f"accepts what its condition {name.rpartition(':')[2]} says, {threshold:.3f} now"
