"""Why a party demands what it demands: a phrase for each policy, of one party in one world, and of its demand."""

from __future__ import annotations

import numpy as np

from sim.parties.concession import rubinstein as equilibrium
from sim.parties.concession import tit_for_tat as behaviour
from sim.parties.situation import Situation


def time_dependent(situation: Situation, demand: float) -> str:
    """Of the polynomial family that begins at the best."""
    exponent = _number(situation, "exponent")
    name = "boulware" if exponent > 1.0 else "conceder" if exponent < 1.0 else "linear"
    return f"its {name} curve (exponent {exponent:.3g}) {_gives_up(situation, demand)}, {_passed(situation)}"


def polynomial(situation: Situation, demand: float) -> str:
    """Of the polynomial family with a first concession."""
    return f"its polynomial curve ({_settings(situation)}) {_gives_up(situation, demand)}, {_passed(situation)}"


def exponential(situation: Situation, demand: float) -> str:
    """Of the exponential family."""
    return f"its exponential curve ({_settings(situation)}) {_gives_up(situation, demand)}, {_passed(situation)}"


def deadline(situation: Situation, demand: float) -> str:
    """Of who waits for the deadline."""
    return f"its deadline policy ({_settings(situation)}) {_gives_up(situation, demand)}, {_passed(situation)}"


def hard_liner(situation: Situation, demand: float) -> str:  # noqa: ARG001
    """Of the hard-liner."""
    return f"it is a hard-liner and asks for {_number(situation, 'share'):.0%} of what it could gain throughout"


def resource_dependent(situation: Situation, demand: float) -> str:
    """Of who gives way as meetings or rounds run out."""
    of = situation.words["of"]
    left = int((situation.rounds_left if of == "rounds" else situation.meetings_left)[0])
    remaining = f"{left} {of if left != 1 else of.removesuffix('s')} left"
    return f"its resource policy ({_settings(situation)}) {_gives_up(situation, demand)}, with {remaining}"


def absolute(situation: Situation, demand: float) -> str:
    """Of absolute tit-for-tat."""
    whose = f"its absolute tit-for-tat (lag {_number(situation, 'lag'):g})"
    moved = behaviour.answered(situation, "lag", by_one=True)
    if (other := _unanswered(situation, demand, moved)) is not None:
        return f"{whose} {other}"
    earlier, later = moved
    done = f"gives up the {later - earlier:.3f} that it got" if later >= earlier else "takes back what it lost"
    return f"{whose} {done} as the others' offers went {_from(earlier, later)}"


def relative(situation: Situation, demand: float) -> str:
    """Of relative tit-for-tat."""
    return _in_proportion(situation, demand, "relative", "lag")


def averaged(situation: Situation, demand: float) -> str:
    """Of averaged tit-for-tat."""
    return _in_proportion(situation, demand, "averaged", "window")


def micro(situation: Situation, demand: float) -> str:
    """Of MiCRO."""
    seen = situation.seen
    own, others = int(seen.own_packages[0, 0]), int(seen.others_packages[0, 0])
    if own == 0:
        return "its MiCRO begins with its best package"
    put = f"it has put {own} different one{'s' if own != 1 else ''}, the others {others}"
    if others < own:
        return f"its MiCRO waits for a new package of the others: {put}"
    done = "goes on to its next package" if demand < float(situation.last[0, 0]) else "has no further package"
    return f"its MiCRO {done}: {put}"


def zeuthen(situation: Situation, demand: float) -> str:
    """Of Zeuthen's strategy."""
    seen = situation.seen
    if np.isnan(seen.own[0, 0, 0]) or np.isnan(seen.received[0, 0, 0]):
        return "by Zeuthen's strategy it begins with its best package"
    own, others = float(seen.risk[0, 0]), float(seen.others_risk[0, 0])
    done = "takes its next step" if demand < float(situation.last[0, 0]) else "holds"
    return (
        f"by Zeuthen's strategy it {done}: it would risk a failure up to a chance of {own:.3f}, the others {others:.3f}"
    )


def rubinstein(situation: Situation, demand: float) -> str:  # noqa: ARG001
    """Of the equilibrium of alternating offers."""
    own, other = float(situation.patience[0, 0]), float(situation.others_patience[0, 0])
    asks = f"{float(equilibrium.share(situation)[0, 0]):.1%} of what the others could grant it"
    return f"it plays Rubinstein's equilibrium: {asks}, as delay leaves it {own:g} of its gain and the others {other:g}"


def _in_proportion(situation: Situation, demand: float, name: str, setting: str) -> str:
    whose = f"its {name} tit-for-tat ({setting} {_number(situation, setting):g})"
    moved = behaviour.answered(situation, setting, by_one=setting == "lag")
    if (other := _unanswered(situation, demand, moved)) is not None:
        return f"{whose} {other}"
    earlier, later = (one - float(situation.worst[0, 0]) for one in moved)
    done = f"makes {earlier / later:.0%} of its demand" if min(earlier, later) > 0.0 else "makes no move"
    return f"{whose} {done}, as the others' offers went {_from(earlier, later)} above its worst"


def _unanswered(situation: Situation, demand: float, moved: tuple[float, float]) -> str | None:
    """What tit-for-tat does where it answers no move: it begins, cooperates of its own accord, or waits."""
    own, start = situation.seen.own[:2, 0, 0], _number(situation, "start")
    if np.isnan(own[0]):
        return "begins with the most that it could get"
    if np.isnan(own[1]) and demand == situation.between(np.array([[start]]))[0, 0]:
        return f"begins by giving up {start:.0%} of what it could gain of its own accord"
    return "waits, as it has not seen enough offers of the others yet" if np.isnan(moved).any() else None


def _from(earlier: float, later: float) -> str:
    return f"from {earlier:.3f} to {later:.3f}"


def _gives_up(situation: Situation, demand: float) -> str:
    gained = _gained(situation, demand)
    return "has nothing to give up" if gained is None else f"gives up {1.0 - gained:.1%} of what it could gain"


def _gained(situation: Situation, demand: float) -> float | None:
    """Which share of what it could gain above its reservation value it demands; None where there is nothing to gain."""
    floor, top = float(situation.reservation[0, 0]), float(situation.top[0, 0])
    return (demand - floor) / (top - floor) if top > floor else None


def _passed(situation: Situation) -> str:
    return f"with {float(situation.time[0, 0]):.0%} of the talks passed"


def _settings(situation: Situation) -> str:
    told = [f"{key} {word}" for key, word in situation.words.items()]
    return ", ".join(told + [f"{key} {float(values[0, 0]):.3g}" for key, values in situation.settings.items()])


def _number(situation: Situation, setting: str) -> float:
    return float(situation.settings[setting][0, 0])
