"""Parts of what is said of demands, of one party in one world."""

from __future__ import annotations

from sim.policies.situation import Situation


def gives_up(situation: Situation, demand: float) -> str:
    """Which share of what it could gain above its reservation value it no longer demands."""
    floor, top = float(situation.reservation[0, 0]), float(situation.top[0, 0])
    if top <= floor:
        return "has nothing to give up"
    return f"gives up {1.0 - (demand - floor) / (top - floor):.1%} of what it could gain"


def passed(situation: Situation) -> str:
    """How much of the talks has passed."""
    return f"with {float(situation.time[0, 0]):.0%} of the talks passed"


def settings(situation: Situation) -> str:
    """The policy's settings."""
    told = [f"{key} {word}" for key, word in situation.words.items()]
    return ", ".join(told + [f"{key} {float(values[0, 0]):.3g}" for key, values in situation.settings.items()])


def number(situation: Situation, setting: str) -> float:
    """One of its settings."""
    return float(situation.settings[setting][0, 0])


def along(curve: str, situation: Situation, demand: float) -> str:
    """Of a policy that follows a curve in time."""
    return f"its {curve} ({settings(situation)}) {gives_up(situation, demand)}, {passed(situation)}"
