"""What tit-for-tat policies have in common: they answer what the others have given up by giving up themselves.

Faratin, Sierra & Jennings (1998), section 4.4, there for each issue, here for the utility of whole packages: what the
others' offers are worth to the party tells how far they have moved. "Random absolute" tit-for-tat without its random
part is the absolute one. A demand never rises above the best on the table or falls below the reservation value.

Like Axelrod's (The Evolution of Cooperation, 1984), it begins by cooperating: at its second offer it gives up at least
the share ``start`` of what lies between its best and its reservation value. With ``start: 0`` two of them never move.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats, Ints
from sim.policies.concession.said import number
from sim.policies.setting import Setting
from sim.policies.situation import LONGEST_MEMORY, Situation

START = Setting(0.0, 1.0, 0.05)
LAG = Setting(1.0, LONGEST_MEMORY, 1.0, whole=True)


def turns_back(situation: Situation, setting: str) -> Ints:
    """The setting as a whole number of turns, as far as the party remembers; (parties, worlds)."""
    depth = len(situation.seen.received)
    return np.clip(np.floor(situation.settings[setting] + 0.5), 1, depth - 1).astype(np.intp)


def received(situation: Situation, back: Ints) -> Floats:
    """What was received so many turns ago, shape (parties, worlds)."""
    return np.asarray(np.take_along_axis(situation.seen.received, back[None], axis=0)[0])


def begun(situation: Situation, demand: Floats) -> Floats:
    """At the second offer, cooperate of its own accord."""
    own = situation.seen.own
    second = ~np.isnan(own[0]) & np.isnan(own[1])
    first_step = situation.between(np.clip(situation.settings["start"], 0.0, 1.0))
    return situation.within(np.where(second, np.minimum(demand, first_step), demand))


def in_proportion(situation: Situation, setting: str, later: Ints) -> Floats:
    """Give up in the proportion in which the others did between `setting` and `later` turns ago."""
    earlier_value = received(situation, turns_back(situation, setting)) - situation.worst
    later_value = received(situation, later) - situation.worst
    known = ~np.isnan(earlier_value) & ~np.isnan(later_value) & (later_value > 0.0)
    ratio = np.divide(earlier_value, later_value, out=np.ones(known.shape), where=known)
    # From an offer worth as little as the worst package, no proportion can be told: it answers by no move.
    ratio = np.where(known & (earlier_value <= 0.0), 1.0, ratio)
    return begun(situation, situation.worst + (situation.last - situation.worst) * ratio)


def answered(situation: Situation, setting: str, by_one: bool) -> tuple[float, float]:
    """What the others' offers were worth before and after the move that is answered (one party and world); nan unknown.

    The move spans `setting` turns up to the latest offer; `by_one` the first turn of these alone.
    """
    back = turns_back(situation, setting)
    later = back - 1 if by_one else np.zeros_like(back)
    return float(received(situation, back)[0, 0]), float(received(situation, later)[0, 0])


def proportion_said(situation: Situation, demand: float, name: str, setting: str) -> str:
    """Of a policy that answers in proportion."""
    whose = f"its {name} tit-for-tat ({setting} {number(situation, setting):g})"
    moved = answered(situation, setting, by_one=setting == "lag")
    if (other := unanswered(situation, demand, moved)) is not None:
        return f"{whose} {other}"
    earlier, later = (one - float(situation.worst[0, 0]) for one in moved)
    done = f"makes {earlier / later:.0%} of its demand" if min(earlier, later) > 0.0 else "makes no move"
    return f"{whose} {done}, as the others' offers went {went(earlier, later)} above its worst"


def unanswered(situation: Situation, demand: float, moved: tuple[float, float]) -> str | None:
    """What tit-for-tat does where it answers no move: it begins, cooperates of its own accord, or waits."""
    own, start = situation.seen.own[:2, 0, 0], number(situation, "start")
    if np.isnan(own[0]):
        return "begins with the most that it could get"
    if np.isnan(own[1]) and demand == situation.between(np.array([[start]]))[0, 0]:
        return f"begins by giving up {start:.0%} of what it could gain of its own accord"
    return "waits, as it has not seen enough offers of the others yet" if np.isnan(moved).any() else None


def went(earlier: float, later: float) -> str:
    """From where to where offers moved."""
    return f"from {earlier:.3f} to {later:.3f}"
