"""Why a side answered as it did and goes no further, as minutes tell it: from the verdicts of its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.arrays.tolerance import TOLERANCE
from sim.report.words.options import option_name
from sim.report.words.plain_text import listed, plain
from sim.report.words.world.grounds import because, halted, step
from sim.report.words.world.naming import crowd, part
from sim.report.words.world.verdicts import needed, numbers, terms
from sim.scenario.model import Scenario
from sim.trace.grounds import Ground
from sim.trace.minutes import Move
from sim.trace.verdicts import Objection, Reluctance, Verdict

_NAMED = 4
"""So many who hold out are named one by one."""
_ONE_BY_ONE = 2
"""So many red lines are told in the sentence; more make a list."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: a sentence with what it lists.

    Attributes
    ----------
    about
        The offer that it is about: "own", or whose.
    head, text, items
        The sentence with a word or two before it, and its list.
    key
        The same for two reasons that differ in nothing but what is demanded now.
    brief
        What is new in the second of them.
    """

    about: str
    head: str
    text: str
    items: tuple[str, ...] = ()
    key: Any = None
    brief: str = ""


def reasons(scenario: Scenario, move: Move) -> list[Reason]:
    """Why a side made its move: its answer to the offer before it, and why its own goes no further."""
    found = [] if move.verdict is None else [_answer(scenario, move, move.verdict)]
    own = _own(scenario, move)
    return [*found, own] if own is not None else found


def judged(
    scenario: Scenario, verdict: Verdict, what: str = "the offer is", only: str = "only "
) -> tuple[str, tuple[str, ...]]:
    """A verdict as a sentence without its full stop, and a list of who stands in the way and why.

    `only` stands before the number of those who are for it.
    """
    if len(verdict.members) == 1:
        return _of_one(scenario, verdict, what)
    return _support(scenario, verdict, only), _obstacles(scenario, verdict)


def named(scenario: Scenario, issue: str, option: str) -> str:
    """An option with its issue."""
    about = next(one for one in scenario.issues if one.id == issue)
    return f"{plain(about.title)} “{_option(scenario, issue, option)}”"


def _option(scenario: Scenario, issue: str, option: str) -> str:
    about = next(one for one in scenario.issues if one.id == issue)
    return option_name(about, about.index(option))


def _answer(scenario: Scenario, move: Move, verdict: Verdict) -> Reason:
    text, items = judged(scenario, verdict, only="" if move.act == "accept" else "only ")
    if move.act == "accept":
        head = "Why:"
    elif len(verdict.members) > 1:
        head = "Why not:"
    else:
        verb = "objects" if verdict.objections else "holds out" if verdict.holds_out else "is for it"
        head = f"{_who(scenario, move, verdict)} {verb}:"
    if move.owner:
        owner = next(side.title for side in scenario.sides if side.id == move.owner)
        head = f"On the offer of {plain(owner)}:"
    return Reason(f"other {move.owner}", head, text, items, (head, _key(verdict)), _demands_now(verdict))


def _own(scenario: Scenario, move: Move) -> Reason | None:
    """Why its own offer goes no further, or why it has none."""
    ground = move.ground
    if ground is None:
        return None
    if move.act in ("offer", "counter"):
        return _offered(scenario, move, ground)
    if ground.verdict is not None:
        head, where = "It makes no offer:", "not even what it wants most passes its own decision now"
        text, items = judged(scenario, ground.verdict, "that is")
        return Reason("own", head, f"{where}; {text}", items, (head, _key(ground.verdict)))
    why = because(scenario, move)
    return Reason("own", "Why:", plain(why), (), why)


def _offered(scenario: Scenario, move: Move, ground: Ground) -> Reason | None:
    """Why its offer goes no further."""
    if ground.verdict is not None and ground.refused is not None and move.package is not None:
        verdict, head = ground.verdict, "It goes no further:"
        issue = step(ground.refused, move.package)
        option, alone = ground.refused[issue], len(scenario.issues) == 1
        text, items = judged(scenario, verdict, "that is" if alone else "the package is then")
        what = _option(scenario, issue, option) if alone else named(scenario, issue, option)
        text = f"next would be {what}, but {text}"
        return Reason("own", head, text, items, (head, issue, option, _key(verdict)), _demands_now(verdict))
    if ground.own is not None:
        verdict, head = ground.own, "It stays with what it wants most:"
        text, items = judged(scenario, verdict, "it is")
        text = f"not even that passes its own decision for now, though it could live with it; {text}"
        return Reason("own", head, text, items, (head, _key(verdict)), _demands_now(verdict))
    head = "It chooses:" if ground.policy else "It goes no further:"
    halt = halted(ground)
    return Reason("own", head, plain(halt), (), (head, halt)) if halt else None


def _who(scenario: Scenario, move: Move, verdict: Verdict) -> str:
    """The lone party that judges: by name where it stands for others."""
    side = next(one for one in scenario.sides if one.id == move.side)
    return "It" if len(side.members) == 1 else _title(scenario, verdict.members[0])


def _of_one(scenario: Scenario, verdict: Verdict, what: str) -> tuple[str, tuple[str, ...]]:
    """The verdict of a lone party."""
    if not verdict.objections:
        value, _ = numbers(verdict.value[verdict.members[0]], verdict.demands[verdict.members[0]])
        return f"{what} worth {value} to it, and {_demands_now(verdict)}", ()
    one = verdict.objections[0]
    worth = ""
    if one.shortfall > TOLERANCE:
        gets, needs = numbers(one.utility, one.reservation)
        worth = f"{what} worth {gets} to it, {one.shortfall:.2g} less than no deal ({needs})"
    lines = [named(scenario, *line) for line in one.red_lines.items()]
    if not lines:
        return worth, ()
    crosses = f"{worth}, and it crosses" if worth else "it crosses"
    if len(lines) <= _ONE_BY_ONE:
        return f"{crosses} its red line{'s' if len(lines) > 1 else ''} on {listed(lines)}", ()
    return f"{crosses} {len(lines)} of its red lines", tuple(lines)


def _support(scenario: Scenario, verdict: Verdict, only: str) -> str:
    """Who objects, and how much support there is."""
    members, parts = verdict.members, []
    if verdict.objections:
        who = crowd(scenario, [one.party for one in verdict.objections], members)
        parts.append(f"{plain(who)} {'objects' if len(verdict.objections) == 1 else 'object'}")
    if len(verdict.objections) < len(members):
        count = len(verdict.in_favour)
        share = f" with {verdict.support:.0%} of the weight" if count else ""
        some = f"{only}{count} of {len(members)}" if count else f"none of {len(members)}"
        parts.append(f"{some} {'is' if count == 1 else 'are'} for it{share} ({needed(verdict.needs)})")
    return "; ".join(parts)


def _obstacles(scenario: Scenario, verdict: Verdict) -> tuple[str, ...]:
    """Crossed red lines by those whose they are, then who gets too little, then who holds out."""
    items = [*_red_lines(scenario, verdict)]
    short = sorted((one for one in verdict.objections if one.shortfall > TOLERANCE), key=lambda one: -one.shortfall)
    if short:
        items.append(_worth_too_little(scenario, verdict, short))
    if verdict.holds_out:
        items.append(_held_out(scenario, verdict.holds_out))
    return tuple(items)


def _red_lines(scenario: Scenario, verdict: Verdict) -> list[str]:
    members, objectors = verdict.members, [one.party for one in verdict.objections]
    owners: dict[tuple[str, str], list[str]] = {}
    for one in verdict.objections:
        for line in one.red_lines.items():
            owners.setdefault(line, []).append(one.party)
    lines: dict[tuple[str, ...], list[str]] = {}
    for line, parties in owners.items():
        lines.setdefault(tuple(parties), []).append(named(scenario, *line))
    return [
        f"Red line{'s' if len(crossed) > 1 else ''} of {_some(scenario, who, objectors, members)}: "
        + "; ".join(crossed)
        for who, crossed in sorted(lines.items(), key=lambda entry: -len(entry[0]))
    ]


def _worth_too_little(scenario: Scenario, verdict: Verdict, short: Sequence[Objection]) -> str:
    """Who gets less than without a deal, the worst off first; in the order of the file."""
    lacking = [one.party for one in verdict.objections if one.shortfall > TOLERANCE]
    who = _some(scenario, lacking, [one.party for one in verdict.objections], verdict.members)
    gets, needs = numbers(short[0].utility, short[0].reservation)
    if len(short) == 1:
        return f"Worth less than no deal to {who}, by {short[0].shortfall:.2g} (gets {gets}, needs {needs})"
    most, least = f"{short[0].shortfall:.2g}", f"{short[-1].shortfall:.2g}"
    by = f"by {least} to {most}" if least != most else f"by {most}"
    worst = _title(scenario, short[0].party)
    return f"Worth less than no deal to {who}, {by}: worst for {worst} (gets {gets}, needs {needs})"


def _some(scenario: Scenario, who: Sequence[str], objectors: Sequence[str], members: Sequence[str]) -> str:
    """Some of those who object."""
    if len(who) == len(objectors) and len(members) > len(objectors) > 1:
        return "all who object"
    return plain(part(scenario, who, objectors, members))


def _held_out(scenario: Scenario, who: Sequence[Reluctance]) -> str:
    closest = sorted(who, key=lambda one: one.demands - one.utility)
    shown = closest if len(closest) <= _NAMED + 1 else closest[:_NAMED]
    told = []
    for one in shown:
        gets, demands = numbers(one.utility, one.demands)
        wants = terms(one.demands, demands, one.accepts, now="")
        told.append(f"{_title(scenario, one.party)} (gets {gets}, {wants})")
    if len(closest) == 1:
        return f"{told[0]} holds out for more"
    rest = len(closest) - len(shown)
    nearest, more = ("; nearest to consent", f" and {rest} more") if rest else ("", "")
    return f"{len(closest)} hold out for more{nearest}: {', '.join(told)}{more}"


def _demands_now(verdict: Verdict) -> str:
    """What a lone party demands, where that is what it holds out for."""
    if len(verdict.members) > 1 or verdict.objections:
        return ""
    party = verdict.members[0]
    _, demands = numbers(verdict.value[party], verdict.demands[party])
    return f"it {terms(verdict.demands[party], demands, party in verdict.accepts)}"


def _key(verdict: Verdict) -> Any:
    """The same for two verdicts by the same members on the same grounds."""
    objections = tuple(
        (one.party, tuple(one.red_lines.items()), one.shortfall > TOLERANCE) for one in verdict.objections
    )
    worth = tuple(f"{verdict.value[party]:.3f}" for party in verdict.members)
    return verdict.members, objections, tuple(one.party for one in verdict.holds_out), worth


def _title(scenario: Scenario, party: str) -> str:
    return plain(next(one.title for one in scenario.parties if one.id == party))
