"""What a party accepts by a condition of its own, in words: a phrase for each condition."""

from __future__ import annotations

from math import isinf

from sim.trace.motives import Condition

_OF = {
    "best": "what is as good as the best of the others' offers",
    "mean": "what is as good as the mean of the others' offers",
    "recent_best": "what is as good as the best of the others' recent offers",
    "recent_mean": "what is as good as the mean of the others' recent offers",
    "anything": "whatever it does not object to",
}


def accepts(condition: Condition) -> str:
    """What a party accepts by this condition; nothing where that is what it demands."""
    settings, threshold = condition.settings, condition.threshold
    match condition.name:
        case "next":
            if condition.patience >= 1.0:
                return ""
            left = f"since delay leaves it {condition.patience:g} of its gain by the time of a counter-offer"
            return f"accepts {threshold:.3f}, {left}"
        case "previous":
            return f"accepts what is worth its own last offer to it, {threshold:.3f} now (AC_prev)"
        case "constant":
            share = f"{settings['share']:.0%} of what it could gain whenever it comes"
            return f"accepts {share}, {threshold:.3f} now (AC_const)"
        case "time":
            after = f"{settings['after']:.0%} of the talks has passed (AC_time)"
            if threshold > 0.0:
                return f"accepts nothing before {after}"
            return f"accepts whatever it does not object to once {after}"
        case "combined":
            now = "" if isinf(threshold) else f", {threshold:.3f} now"
            once = f"once {settings['after']:.0%} of the talks has passed"
            return f"accepts what it demands, or {once} {_OF[condition.words['of']]}{now} (AC_combi)"
        case name:
            return f"accepts what its condition {name.rpartition(':')[2]} says, {threshold:.3f} now"
