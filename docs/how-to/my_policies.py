"""Policies of one's own, for docs/how-to/write-a-policy.md."""

import numpy as np

from sim.parties.plugin import Setting, acceptance, concession, offering, opponents, per_world


def told(situation):
    """What the minutes say of it."""
    return f"it moves towards the best offer so far, {situation.seen.most[0, 0]:.2f}"


@concession(share=Setting(0, 1, default=0.1), explain=told)
def meet_them(situation):
    """Go a share of the way from the last demand to the best offer so far."""
    offered = np.where(np.isnan(situation.seen.most), situation.last, situation.seen.most)
    return situation.last - situation.settings["share"] * (situation.last - offered)


@concession(step=0.1)
@per_world
def haggler(view):
    """Give up a part of what is left every turn, and twice as much if their last offer was a better one."""
    if not view.received:
        return view.best
    step = view.settings["step"]
    if len(view.received) > 1 and view.received[0] > view.received[1]:
        step = 2 * step
    return view.last - step * (view.last - view.reservation)


@acceptance(margin=0.05)
def good_enough(situation, demand):
    """Take a little less than it demands once half of the talks has passed."""
    return np.where(situation.time >= 0.5, demand - situation.settings["margin"], demand)


@offering
def kindest(choice):
    """Of the packages that the side would sign now, put the one worth most to the others."""
    return np.where(choice.passing, choice.believed, -np.inf).argmax(axis=0)


@opponents
def fixed_pie(evidence):
    """Take the others to want the opposite on every issue, and to care for all alike."""
    return np.where(evidence.exists, 1 - evidence.own, 0) / len(evidence.own)
