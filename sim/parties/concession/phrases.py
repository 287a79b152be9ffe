"""Why a party demands what it demands: a phrase for each policy, from a situation of one party in one world."""

from __future__ import annotations

import numpy as np

from sim.parties.concession import tit_for_tat as behaviour
from sim.parties.situation import Situation


def time_dependent(situation: Situation) -> str:
    """Of the polynomial family."""
    exponent = _number(situation, "exponent")
    how = "late" if exponent > 1.0 else "early" if exponent < 1.0 else "evenly"
    return f"it gives way {how} (exponent {exponent:g}), and {_passed(situation)}"


def polynomial(situation: Situation) -> str:
    """Of the polynomial family with a first concession."""
    return f"{time_dependent(situation)}, from a first concession of {_number(situation, 'start'):.0%}"


def exponential(situation: Situation) -> str:
    """Of the exponential family."""
    return f"{time_dependent(situation)}, exponentially from a first concession of {_number(situation, 'start'):.0%}"


def deadline(situation: Situation) -> str:
    """Of who waits for the deadline."""
    hold = _number(situation, "hold")
    done = "still holds" if float(situation.time[0]) <= hold else "gives way now"
    return f"it waits until {hold:.0%} of the talks has passed and {done}, as {_passed(situation)}"


def hard_liner(situation: Situation) -> str:
    """Of the hard-liner."""
    return f"it never gives way from {_number(situation, 'share'):.0%} of what it could gain"


def resource_dependent(situation: Situation) -> str:
    """Of who gives way as meetings or rounds run out."""
    of = situation.words["of"]
    left = int((situation.rounds_left if of == "rounds" else situation.meetings_left)[0])
    return f"it gives way as {of} run out, and {left} {'are' if left != 1 else 'is'} left"


def tit_for_tat(situation: Situation) -> str:
    """Of absolute and relative tit-for-tat."""
    if np.isnan(situation.seen.received[1, 0, 0]):
        return "it answers concessions in kind and has seen none yet"
    lag = int(_number(situation, "lag"))
    when = "in their last move" if lag == 1 else f"{lag} moves ago"
    return f"it answers in kind the {behaviour.concession(situation)[0, 0]:+.3f} that the others gave it {when}"


def averaged(situation: Situation) -> str:
    """Of averaged tit-for-tat."""
    window = int(_number(situation, "window"))
    moved = float(situation.seen.received[0, 0, 0] - situation.seen.received[window, 0, 0])
    if np.isnan(moved):
        return f"it answers in kind what the others give in {window} moves and has not seen so many yet"
    return f"it answers in kind the {moved:+.3f} that the others gave it in their last {window} moves"


def micro(situation: Situation) -> str:
    """Of MiCRO."""
    seen = situation.seen
    own, others = int(seen.own_packages[0, 0]), int(seen.others_packages[0, 0])
    return f"it goes on to its next package for every new one of the others: they have put {others}, it has put {own}"


def zeuthen(situation: Situation) -> str:
    """Of Zeuthen's strategy."""
    own, others = float(situation.seen.risk[0, 0]), float(situation.seen.others_risk[0, 0])
    done = "gives way" if own <= others else "holds"
    return f"it {done}, as it would risk a failure with a chance of {own:.3f}, the others with {others:.3f}"


def rubinstein(situation: Situation) -> str:
    """Of the equilibrium of alternating offers."""
    own, other = float(situation.patience[0, 0]), float(situation.others_patience[0, 0])
    return f"it plays the equilibrium in which delay leaves it {own:g} of its gain and the others {other:g}"


def _passed(situation: Situation) -> str:
    return f"{float(situation.time[0]):.0%} of the talks has passed"


def _number(situation: Situation, setting: str) -> float:
    return float(situation.settings[setting][0, 0])
