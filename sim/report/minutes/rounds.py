"""The rounds of a meeting as minutes tell them: what is new in each, and rounds without news together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sim.report.minutes.lines import Line
from sim.report.minutes.reasons import Reason, judged, named, reasons
from sim.report.words.options import option_name
from sim.report.words.plain_text import listed, plain
from sim.report.words.world.drafting import drafted
from sim.report.words.world.motives import motivated, policies_of
from sim.scenario.model import Scenario
from sim.trace.minutes import MeetingMinutes, Move, Round
from sim.trace.packages import Package
from sim.trace.remarks import Common
from sim.trace.verdicts import Verdict

_VERBS = {
    "accept": "accepts the offer on the table.",
    "defer": "defers: it neither commits nor rejects.",
    "reject": "rejects the offer on the table.",
    "walk_out": "walks out.",
}

_Told = list[tuple[Move, list[Reason]]]
"""The moves of a round with their reasons."""


@dataclass(slots=True)
class Memory:
    """What has been told already: each side's last offer, its reasons and policies, and issues on common ground."""

    offers: dict[str, Package] = field(default_factory=dict)
    told: dict[tuple[str, str], Any] = field(default_factory=dict)
    news: dict[str, str] = field(default_factory=dict)
    policies: dict[str, Any] = field(default_factory=dict)
    common: set[Any] = field(default_factory=set)


def rounds(scenario: Scenario, meeting: MeetingMinutes, memory: Memory) -> Iterator[Line]:
    """Tell the rounds of a meeting; `memory` holds what was told before and is kept up to date."""
    quiet: list[tuple[Round, _Told]] = []
    for one in meeting.rounds:
        moves = [(move, reasons(scenario, move)) for move in one.moves]
        if one.text is None and moves and all(_is_old(move, why, memory) for move, why in moves):
            quiet.append((one, moves))
            continue
        yield from _quiet(scenario, quiet, memory)
        quiet = []
        yield from _round(scenario, meeting, one, moves, memory)
    yield from _quiet(scenario, quiet, memory)


def common_ground(scenario: Scenario, meeting: MeetingMinutes, memory: Memory) -> Iterator[Line]:
    """Issues on which the last offers agree, though they are not settled, and why not."""
    by_side: dict[tuple[str, ...], list[Common]] = {}
    for one in meeting.common:
        by_side.setdefault(one.insisting, []).append(one)
    for insisting, found in by_side.items():
        names = [_title(scenario, side) for side in insisting]
        insist = "insists" if len(names) == 1 else "insist"
        since = f", since {listed(names)} {insist} on the whole package" if names else ""
        yield Line("note", "Common ground:", f"the last offers agree on these issues, but they are not settled{since}.")
        known = []
        for one in found:
            key = one.issue, one.option, insisting, tuple((side, len(v.objections)) for side, v in one.refusals)
            if key in memory.common:
                known.append(one)
                continue
            memory.common.add(key)
            why = "".join(_refusal(scenario, side, verdict) for side, verdict in one.refusals)
            yield Line("change", "", f"{named(scenario, one.issue, one.option)}{why}.")
        if known:
            titles = [plain(scenario.issues[_place(scenario, one.issue)].title) for one in known]
            yield Line("change", "As in an earlier meeting:", f"{listed(titles, len(titles))}.")


def _refusal(scenario: Scenario, side: str, verdict: Verdict) -> str:
    """Why an option does not satisfy a side by itself."""
    text, items = judged(scenario, verdict, "it is")
    last = f"; {items[-1][:1].lower()}{items[-1][1:]}" if items and verdict.objections else ""
    return f"; by itself it is not acceptable to {_title(scenario, side)}: {text}{last}"


def _is_old(move: Move, why: list[Reason], memory: Memory) -> bool:
    """Whether a side repeats its offer, for reasons that have been told."""
    repeats = move.act in ("offer", "counter") and memory.offers.get(move.side) == move.package
    return repeats and all(memory.told.get((move.side, one.about)) == one.key for one in why)


def _quiet(scenario: Scenario, rounds: list[tuple[Round, _Told]], memory: Memory) -> Iterator[Line]:
    """Rounds in which nothing was said that had not been said before."""
    if not rounds:
        return
    first, (last, moves) = rounds[0][0], rounds[-1]
    number = f"Round {first.number}"
    if len(rounds) > 1:
        number = f"Rounds {first.number} {'and' if len(rounds) == 2 else 'to'} {last.number}"
    yield Line("round", number, _apart(last))
    names = [_title(scenario, move.side) for move, _ in moves]
    news = [(move.side, _news(memory, move, why).removeprefix("it ")) for move, why in moves]
    told = "; ".join(f"{_title(scenario, side)} {new}" for side, new in news if new)
    now = f" ({told})" if told else ""
    verb = "keeps to its offer" if len(names) == 1 else "each keep to their offers"
    yield Line("move", listed(names), f"{verb}, for the same reasons as before{now}.")


def _news(memory: Memory, move: Move, why: list[Reason]) -> str:
    """What is new in reasons that have been told, where anything is."""
    brief = why[-1].brief if why else ""
    if memory.news.get(move.side) == brief:
        return ""
    memory.news[move.side] = brief
    return brief


def _apart(one: Round) -> str:
    return "" if one.gap is None else f"the last offers are {one.gap:.2f} apart"


def _round(scenario: Scenario, meeting: MeetingMinutes, one: Round, moves: _Told, memory: Memory) -> Iterator[Line]:
    yield Line("round", f"Round {one.number}", _apart(one))
    if one.text is not None:
        if one.chair is not None:
            yield Line("note", "", f"{plain(drafted(scenario, one.text, one.chair))}.")
        if one.number == 1:
            for issue, text in _whole(scenario, meeting.agenda, one.text):
                yield Line("change", f"{issue}:", text)
    for move, why in moves:
        yield from _move(scenario, meeting, move, why, memory)


def _move(scenario: Scenario, meeting: MeetingMinutes, move: Move, why: list[Reason], memory: Memory) -> Iterator[Line]:
    old = [memory.told.get((move.side, one.about)) == one.key for one in why]
    memory.told.update({(move.side, one.about): one.key for one in why})
    verb, changes = _deed(scenario, meeting, move, memory)
    news = _news(memory, move, why)
    if why and all(old):
        now = f" ({news})" if news else ""
        verb = f"{verb.rstrip('.:')}, for the same reasons as before{now}{':' if changes else '.'}"
    yield Line("move", _title(scenario, move.side), verb)
    for issue, text in changes:
        yield Line("change", f"{issue}:", text)
    for one, known in zip(why, old, strict=True) if not all(old) else ():
        if known:
            new = f"; {news}" if news and one is why[-1] else ""
            yield Line("reason", one.head, f"as before{new}.")
            continue
        yield Line("reason", one.head, f"{one.text}.")
        for item in one.items:
            yield Line("ground", "", item)
    if move.motive is not None:
        policies = policies_of(scenario, move.motive)
        if memory.policies.get(move.side) != policies:
            memory.policies[move.side] = policies
            yield Line("reason", "Its policy:", f"{plain(motivated(scenario, move.motive))}.")


def _deed(scenario: Scenario, meeting: MeetingMinutes, move: Move, memory: Memory) -> tuple[str, list[tuple[str, str]]]:
    """What a side did, and its offer where that is new."""
    if move.act not in ("offer", "counter") or move.package is None:
        return _VERBS.get(move.act, move.act), []
    before = memory.offers.get(move.side)
    memory.offers[move.side] = move.package
    answer = "does not accept, and " if move.act == "counter" else ""
    if before is None:
        return f"{answer}puts its first offer:", _whole(scenario, meeting.agenda, move.package)
    if before == move.package:
        return f"{answer}keeps to its offer.", []
    return f"{answer}changes its offer:", _moved(scenario, before, move.package)


def _whole(scenario: Scenario, agenda: list[str], package: Package) -> list[tuple[str, str]]:
    return [
        (plain(issue.title), option_name(issue, issue.index(package[issue.id])))
        for issue in scenario.issues
        if issue.id in agenda
    ]


def _moved(scenario: Scenario, before: Package, after: Package) -> list[tuple[str, str]]:
    return [
        (
            plain(issue.title),
            f"{option_name(issue, issue.index(before[issue.id]))} → {option_name(issue, issue.index(after[issue.id]))}",
        )
        for issue in scenario.issues
        if before[issue.id] != after[issue.id]
    ]


def _title(scenario: Scenario, side: str) -> str:
    return next(plain(one.title) for one in scenario.sides if one.id == side)


def _place(scenario: Scenario, issue: str) -> int:
    return next(j for j, one in enumerate(scenario.issues) if one.id == issue)
