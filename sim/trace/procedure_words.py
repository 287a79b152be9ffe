"""What a chair, a caucus and those who ratify did in one world, in words, from the arrays that decided it."""

from __future__ import annotations

import numpy as np

from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Chair, Scenario
from sim.talks.ratification import AtHome, homes, needed_at_home, worth_at_home
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.caucus import Caucus
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State
from sim.trace.verdicts import option_named
from sim.worlds.packages import Packages
from sim.worlds.preferences import crosses_red_line, utility


def chair_told(appraisal: Appraisal, chair: Chair, before: Packages, text: Packages, final: bool) -> str:
    """What the chair did to the text, by what, and who is still short of it; packages are (issues, 1)."""
    scenario = appraisal.sitting.scenario
    who = "The chair" if chair.party is None else f"{scenario.parties[chair.party].title}, in the chair,"
    if before[0, 0] == NONE:
        did = "puts its draft"
    else:
        moved = [
            f"{option_named(scenario, issue.id, issue.options[int(was)].id)} → {issue.options[int(now)].title}"
            for issue, was, now in zip(scenario.issues, before[:, 0], text[:, 0], strict=True)
            if was != now
        ]
        did = f"amends its text on {' and '.join(moved)}" if moved else "leaves its text as it is: no amendment helps"
    end = "; it puts it for a yes or no" if final else ""
    return f"{who} {did} ({_short(appraisal, text)}{_criterion(appraisal, chair, text)}){end}"


def _short(appraisal: Appraisal, text: Packages) -> str:
    scenario = appraisal.sitting.scenario
    first = np.zeros(1, dtype=np.intp)
    value = appraisal.utility(text)
    crossed = crosses_red_line(appraisal.sitting.state.coded.red[appraisal.parties], text)
    parts = []
    for m, p in enumerate(appraisal.parties):
        lacks = float(appraisal.reservation[m, 0] - value[m, 0])
        title = scenario.parties[p].title
        if crossed[m, 0]:
            parts.append(f"{title}: a red line")
        elif lacks > TOLERANCE:
            parts.append(f"{title} by {lacks:.3f}")
    if not parts:
        return "nobody is short of its reservation value"
    margins = appraisal.margins(value, crossed.astype(np.float64), first)
    enough = "" if float(appraisal.shortfall(margins, first)[0]) > TOLERANCE else ", but enough could live with it"
    return f"short: {', '.join(parts)}{enough}"


def _criterion(appraisal: Appraisal, chair: Chair, text: Packages) -> str:
    scenario = appraisal.sitting.scenario
    if chair.party is not None:
        worth = utility(appraisal.sitting.state.wants.worth, text, appraisal.sitting.cohort)[chair.party, 0]
        return f"; worth {worth:.3f} to itself"
    gains = appraisal.gains(appraisal.utility(text), np.zeros(1, dtype=np.intp))
    sides = [scenario.sides[delegation.side].title for delegation in appraisal.sitting.delegations]
    told = ", ".join(f"{side} {gain[0]:+.3f}" for side, gain in zip(sides, gains, strict=True))
    return f"; criterion {chair.criterion}, gains on each side's own range: {told}"


def caucus_told(sitting: Sitting, i: int, came: Caucus) -> tuple[str, str, dict[str, str]]:
    """What came of the caucus of the i-th side: a title, the course of it, and who broke silence on which drafts."""
    scenario, delegation = sitting.scenario, sitting.delegations[i]
    side = scenario.sides[delegation.side].title
    if came.first[0] == NONE:
        return f"{side} has no draft to circulate", "no rung of its ladder finds support enough", {}
    rungs = range(int(came.first[0]), int(came.first[0] - came.drafts[0]), -1)
    texts: list[str] = []
    broke: dict[str, str] = {}
    for number, rung in enumerate(rungs, 1):
        who = [scenario.parties[p] for m, p in enumerate(delegation.parties) if came.breaks[m, rung, 0]]
        kept = bool(came.adopted[0]) and rung == came.mandate[0]
        said = "silence is kept" if kept else _broken([party.title for party in who])
        texts.append(f"draft {number} (rung {rung + 1} of its ladder): {said}")
        for party in who:
            broke[party.id] = f"{broke[party.id]}, {number}" if party.id in broke else str(number)
    title = f"{side} settles its common position" if came.adopted[0] else f"{side} settles no common position"
    if not came.adopted[0]:
        texts.append("the deadline passes, and its delegation has no instructions")
    return title, "; ".join(texts), broke


def _broken(names: list[str]) -> str:
    return f"{', '.join(names)} {'breaks' if len(names) == 1 else 'break'} silence" if names else "not enough support"


def home_told(scenario: Scenario, state: State, deal: Packages, said: AtHome) -> dict[str, str]:
    """How each home that was asked took a deal (issues, 1)."""
    told = {}
    for home, asked, no in zip(homes(scenario), said.asked[:, 0], said.refuses[:, 0], strict=True):
        if not asked:
            continue
        crossed = [
            option_named(scenario, scenario.issues[j].id, scenario.issues[j].options[option].id)
            for j, option in sorted(home.terms.red_lines)
            if deal[j, 0] == option
        ]
        short = ""
        if home.terms.threshold is not None:
            worth, needed = float(worth_at_home(home, state, deal)[0]), float(needed_at_home(home, state)[0])
            short = f"worth {worth:.3f}, and home asks for {needed:.3f}"
        if not no:
            told[home.id] = "ratifies it" + (f": {short}" if short else "")
        elif crossed:
            told[home.id] = f"refuses it: {', '.join(crossed)} does not pass at home"
        elif short and worth < needed - TOLERANCE:
            told[home.id] = f"refuses it: {short}"
        else:
            chance = float(state.numbers[home.terms.probability.path][0]) if home.terms.probability else 1.0
            told[home.id] = f"refuses it, which had a chance of {1 - chance:.0%}"
        if no and not said.fails[0]:
            told[home.id] += "; but it passes without"
    return told
