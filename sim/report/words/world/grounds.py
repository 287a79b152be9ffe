"""Why a side puts what it puts, or nothing, in words."""

from __future__ import annotations

from sim.report.words.world.naming import issue_title, option_named, option_title, party_title
from sim.report.words.world.verdicts import clause, needed
from sim.scenario.model import Scenario
from sim.trace.grounds import Ground, Why
from sim.trace.minutes import Move
from sim.trace.packages import Package

_OFFERINGS = {
    "exhaustive": "of all packages that it would sign now, the one worth least to it",
    "trade_off": "of the packages worth about what it demands, the one most like the others' last offer",
}


def moved(scenario: Scenario, move: Move) -> str:
    """In what an offer differs from the side's last one."""
    if move.package is None or move.ground is None or move.act not in ("offer", "counter"):
        return ""
    before, after = move.ground.before, move.package
    if before is None:
        return "its opening offer"
    steps = [
        f"{issue_title(scenario, issue)}: {option_title(scenario, issue, before[issue])} → "
        f"{option_title(scenario, issue, now)}"
        for issue, now in after.items()
        if before[issue] != now
    ]
    return "moves on " + "; ".join(steps) if steps else "repeats its last offer"


def because(scenario: Scenario, move: Move) -> str:
    """Why it puts what it puts or nothing, as a clause."""
    ground = move.ground
    if ground is None:
        return ""
    text = _clause(scenario, move, ground)
    if ground.why not in (Why.NO_OPTION, Why.ALL_FORBIDDEN, Why.BEST_REFUSED) or move.verdict is None:
        return text
    word = "acceptable to it" if move.act == "defer" else "not acceptable to it"
    if len(move.verdict.members) > 1:
        word += f" ({needed(move.verdict.needs)})"
    return f"the offer is {word}, and {text}"


def halted(ground: Ground) -> str:
    """Why it goes no further, in a few words, where no package that it would not put tells it."""
    match ground.why:
        case Why.CHOSEN:
            return chosen(ground.policy)
        case Why.NO_INSTRUCTIONS:
            return "its caucus settled no common position, so it goes no further"
        case Why.MANDATE:
            return "its mandate goes no further"
        case Why.LAST_RUNG:
            return "it has nothing further to give"
        case _:
            return ""


def chosen(policy: str) -> str:
    """What an offer is, by the offering policy that chose it of all packages."""
    return _OFFERINGS.get(policy, f"the package that its policy {policy} chooses")


def step(refused: Package, offered: Package) -> str:
    """The issue on which the next rung gives something up."""
    return next(issue for issue, option in refused.items() if option != offered[issue])


def _clause(scenario: Scenario, move: Move, ground: Ground) -> str:
    rung = f"rung {ground.rung} of {ground.rungs} of its ladder"
    match ground.why:
        case Why.CHOSEN:
            return chosen(ground.policy)
        case Why.NO_INSTRUCTIONS:
            return f"{rung}; {halted(ground)}"
        case Why.MANDATE:
            return f"{rung}, as far as its mandate goes"
        case Why.LAST_RUNG:
            return f"{rung}, the last"
        case Why.ACCEPTABLE_ALONE:
            assert ground.own is not None
            why = clause(scenario, ground.own)
            return f"{rung}; no rung passes its own decision now, but the first is acceptable: {why}"
        case Why.NEXT_REFUSED:
            assert ground.refused is not None
            assert ground.verdict is not None
            assert move.package is not None
            issue = step(ground.refused, move.package)
            gives = option_named(scenario, issue, ground.refused[issue])
            return f"{rung}; on the next, {gives}, {clause(scenario, ground.verdict)}"
        case Why.NO_OPTION:
            stuck = ", ".join(issue_title(scenario, issue) for issue in ground.stuck)
            return f"it has no offer to make: red lines leave no option on {stuck or 'an issue'}"
        case Why.ALL_FORBIDDEN:
            return "it has no offer to make: what red lines leave, constraints forbid"
        case Why.BEST_REFUSED:
            assert ground.verdict is not None
            why = clause(scenario, ground.verdict)
            return f"it has no offer to make, as not even its own best package passes: {why}"
        case Why.LETS_STAND:
            return "it lets the offer stand, as enough others may accept it"
        case Why.LOST_PATIENCE:
            return _lost_patience(scenario, ground)


def _lost_patience(scenario: Scenario, ground: Ground) -> str:
    times = "a meeting" if ground.meetings == 1 else f"{ground.meetings} meetings in a row"
    member = next(one for one in scenario.parties if one.id == ground.party)
    side = scenario.sides[member.side]
    leaves = "it leaves" if len(side.members) == 1 else f"its side, {side.title}, leaves"
    who = party_title(scenario, ground.party)
    return f"{who} has now sat through {times} without a better offer than before, and {leaves} for good"
