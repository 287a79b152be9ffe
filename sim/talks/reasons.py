"""Why a side answers as it does, in words and numbers, from the same arrays that decided it (a single world)."""

from __future__ import annotations

import numpy as np

from sim.parties.decisions import carried_weight
from sim.parties.ladder import Packages
from sim.scenario.model import Scenario
from sim.talks.observer import Turn
from sim.talks.sitting import Delegation, Sitting
from sim.talks.state import NONE, Bools
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE
from sim.worlds.sums import share, total

_SHOWN = 4


def judgement(sitting: Sitting, i: int, package: Packages, aspiration: Floats) -> str:
    """How the i-th delegation judges a package: who objects and why, who holds out, who is for it.

    `package` has shape (issues, 1), `aspiration` (members, 1).
    """
    scenario, delegation = sitting.scenario, sitting.delegations[i]
    value = sitting.utility(i, package)
    objects = sitting.judge(i, package, value)
    favours = ~objects & (value >= aspiration - TOLERANCE)
    lone = len(delegation.parties) == 1
    objectors = [
        _objection(scenario, delegation, int(m), package, float(value[m, 0])) for m in np.flatnonzero(objects[:, 0])
    ]
    waiting = np.flatnonzero(~objects[:, 0] & ~favours[:, 0])
    if lone:
        if objectors:
            return f"objects: {objectors[0]}"
        numbers = f"worth {value[0, 0]:.3f} to it, and it demands {aspiration[0, 0]:.3f}"
        return f"is for it: {numbers}" if favours[0, 0] else f"holds out: {numbers}"
    parts = []
    names = [scenario.parties[p].title for p in delegation.parties]
    if objectors:
        listed = [f"{names[m]} ({text})" for m, text in zip(np.flatnonzero(objects[:, 0]), objectors, strict=True)]
        parts.append(f"{_count(len(objectors), 'objects', 'object')}: {_some(listed)}")
    weight = share(carried_weight(favours, delegation.weight), total(delegation.weight))
    parts.append(
        f"{int(favours.sum())} of {len(names)} are for it, with {weight[0]:.0%} of the weight ({needs(delegation)})"
    )
    if len(waiting):
        short = sorted(waiting, key=lambda m: float(value[m, 0] - aspiration[m, 0]))
        listed = [f"{names[m]} gets {value[m, 0]:.3f} and demands {aspiration[m, 0]:.3f}" for m in short]
        parts.append(f"{_count(len(waiting), 'holds', 'hold')} out: {_some(listed)}")
    return "; ".join(parts)


def needs(delegation: Delegation) -> str:
    """What the side's rule asks for."""
    threshold = float(delegation.threshold[0])
    text = {
        "consensus": "consensus: nobody objects, and at least half of the weight",
        "unanimity": "unanimity: all",
        "quorum": f"quorum: at least {threshold:.0f}",
        "majority": f"majority: at least {threshold:.0%} of the weight",
        "leader": "its leader decides",
    }[delegation.rule.name]
    return text + (", and no veto" if delegation.rule.veto else "")


def change(scenario: Scenario, before: Packages, after: Packages) -> str:
    """In what an offer differs from the side's last one; both (issues,)."""
    if before[0] == NONE:
        return "its opening offer"
    moved = [
        f"{issue.title}: {issue.options[was].title} → {issue.options[now].title}"
        for issue, was, now in zip(scenario.issues, before, after, strict=True)
        if was != now
    ]
    return "moves on " + "; ".join(moved) if moved else "repeats its last offer"


def offer(sitting: Sitting, turn: Turn) -> str:
    """Why the side puts this offer and no other."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire = delegation.repertoire
    candidate = int(turn.candidate[0])
    text = change(sitting.scenario, sitting.last_offer[delegation.side][:, 0], turn.package[:, 0])
    if repertoire.rank is not None:
        return f"{text} (the package worth least to it that it demands now)"
    rungs = int(repertoire.valid[:, 0].sum())
    text += f" (rung {candidate + 1} of {rungs} of its ladder"
    if not passes_now(sitting, i, turn.package, turn.aspiration):
        return f"{text}; nothing on it passes its own decision, and the first rung is acceptable to it)"
    if candidate + 1 == rungs:
        return f"{text}, the last)"
    following = repertoire.options[candidate + 1, :, :]
    issue = int(np.flatnonzero(following[:, 0] != turn.package[:, 0])[0])
    to = sitting.scenario.issues[issue].options[int(following[issue, 0])].title
    why = judgement(sitting, i, following, turn.aspiration)
    return f"{text}); not yet {sitting.scenario.issues[issue].title}: {to} — {why}"


def passes_now(sitting: Sitting, i: int, package: Packages, aspiration: Floats) -> Bools:
    """Whether a package passes the i-th delegation's decision now, shape (1,)."""
    value = sitting.utility(i, package)
    objects = sitting.judge(i, package, value)
    return sitting.delegations[i].passes(objects, ~objects & (value >= aspiration - TOLERANCE))


def no_offer(sitting: Sitting, turn: Turn) -> str:
    """Why the side has no offer to make."""
    i, delegation = turn.delegation, sitting.delegations[turn.delegation]
    repertoire = delegation.repertoire
    if repertoire.rank is None and not repertoire.valid[0, 0]:
        barred = delegation.rule.barred(delegation.red)
        stuck = [
            issue.title
            for j, issue in enumerate(sitting.scenario.issues)
            if sitting.on_table[j, 0] and barred[j, : len(issue.options)].all()
        ]
        return f"has no offer to make: red lines leave no option on {', '.join(stuck) or 'an issue'}"
    first = repertoire.options[0]
    why = judgement(sitting, i, first, turn.aspiration)
    return f"has no offer to make: not even its own best package passes — {why}"


def _objection(scenario: Scenario, delegation: Delegation, m: int, package: Packages, value: float) -> str:
    crossed = [
        f"{issue.title}: {issue.options[int(package[j, 0])].title}"
        for j, issue in enumerate(scenario.issues)
        if delegation.red[m, j, int(package[j, 0])]
    ]
    reservation = float(delegation.reservation[m, 0])
    short = f"worth {value:.3f}, {reservation - value:.3f} short of its reservation value {reservation:.3f}"
    if crossed:
        line = "a red line" if len(crossed) == 1 else "red lines"
        return f"crosses {line} on {_some(crossed)}" + (f"; {short}" if value < reservation - TOLERANCE else "")
    return short


def _some(texts: list[str]) -> str:
    if len(texts) <= _SHOWN + 1:
        return ", ".join(texts)
    return ", ".join(texts[:_SHOWN]) + f" and {len(texts) - _SHOWN} more"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
