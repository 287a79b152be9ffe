"""The first screen of a run's page: the answer before any scrolling, and what of it the file itself puts in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from sim.analysis.opening import Opening
from sim.report.findings.judgements import Judged, moves, too_few
from sim.report.words.digits import interval, percent, plural, whole
from sim.report.words.judgements import moved, quoted, strongest
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import cut, listed
from sim.report.words.world.naming import day_named
from sim.scenario.model import Scenario
from sim.sweeps.separation import Separation
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES
from sim.worlds.draws import central

_LONG = 70
_BY_EVENT = "by_event"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar of outcomes: its colour's name, its worlds, and what it says."""

    kind: str
    count: int
    share: str
    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """One of the three numbers: its value, what it counts, how sure it is by sampling, how far judgement moves it."""

    value: str
    what: str
    sure: str
    judged: str


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What is said before any scrolling.

    Attributes
    ----------
    answer
        Whether a deal is possible, how often one is reached, and who stands in the way.
    bar
        Outcomes in their order, of as many worlds as were played; without those that no world had.
    numbers
        A deal exists, is reached, is missed.
    change
        The one change that would open most.
    sure
        How sure that is, by sampling.
    judged
        What the second range of the numbers is, or why there is none.
    inputs
        What the file itself puts in, a sentence each.
    """

    answer: str
    bar: tuple[Segment, ...]
    numbers: tuple[Number, ...]
    change: str
    sure: str
    judged: str
    inputs: tuple[str, ...]


def first_screen(scenario: Scenario, summary: Summary, opened: Opening, found: Judged) -> FirstScreen:
    """Put a run's findings into the words of the first screen."""
    return FirstScreen(
        answer=_answer(scenario, summary),
        bar=_bar(summary),
        numbers=_numbers(scenario, summary, found),
        change=_change(scenario, opened),
        sure=_sure(scenario, summary),
        judged=_judged(scenario, summary, found),
        inputs=tuple(_inputs(scenario, summary)),
    )


def _agreed(summary: Summary) -> int:
    return int(summary.outcomes[OUTCOMES.index("agreement")])


def _zones(summary: Summary) -> tuple[int, int, int]:
    """Worlds in which it is known whether a deal exists, in which one does, and in which one was missed."""
    _, settled, exists = (int(row.sum()) for row in summary.possible.zones)
    return settled, exists, summary.missed_deals.missed


def _answer(scenario: Scenario, summary: Summary) -> str:
    """Whether a deal is possible, how often it is reached, and who stands in the way."""
    known, exists, missed = _zones(summary)
    agreed, worlds = _agreed(summary), summary.worlds
    failed = summary.by_outcome.get("not_ratified", 0)
    if worlds == 1:
        there = "a deal that all who are needed could sign" if exists else "no deal that all who are needed could sign"
        end = "the talks reached it" if agreed else "the talks ended without one"
        if failed:
            end = "the talks reached one that was refused at home"
        return f"In the one world that was played there was {there}, and {end}. One world is an example."
    reached = f"the talks reach one in {percent(agreed, worlds)}" if agreed else "the talks reach none"
    if failed:
        reached += f" and {'sign' if agreed else 'have'} one refused at home in {percent(failed, worlds)}"
    if not known:
        start = f"Whether a deal exists could not be told; {reached}"
    elif not exists:
        start = "No deal that all who are needed could sign exists in any world"
        start += f"; where events open one, {reached}" if agreed else ", and none is reached"
    elif exists == known:
        start = "A deal that all who are needed could sign exists in every world; "
        start += "all of them reach one" if agreed == worlds else reached
    else:
        start = f"A deal that all who are needed could sign exists in {percent(exists, known)} of the worlds; {reached}"
    return f"{start}. {_in_the_way(scenario, summary, missed)}".strip()


def _in_the_way(scenario: Scenario, summary: Summary, missed: int) -> str:
    """Who stands in the way: whose limits alone rule a deal out most often, and over what."""
    possible = summary.possible
    if not summary.without_agreement or not possible.pivots_of:
        return ""
    counts = possible.by_party
    if not counts.any():
        if possible.without_zone:
            return (
                "No single party stands in the way: where no deal exists, the limits of several rule it out together."
            )
        return "Nobody's limits rule a deal out; what is missing is time or movement." if missed else ""
    first = int(counts.argmax())
    rivals = [int(p) for p in np.flatnonzero(counts >= 0.95 * counts[first])]
    share = percent(int(counts[first]), possible.pivots_of)
    most = "all" if counts[first] == possible.pivots_of else f"{share} of the"
    if len(rivals) > 1:
        names = listed([cut(scenario.parties[p].title, _LONG) for p in rivals], 3)
        return (
            f"Most often in the way: {names}; the limits of each alone rule a deal out in "
            f"{'all' if counts[first] == possible.pivots_of else f'up to {share} of the'} worlds without an agreement."
        )
    issue = cut(scenario.issues[int(possible.pivots[first].argmax())].title, _LONG)
    return (
        f"{cut(scenario.parties[first].title, _LONG)} stands in the way most often: its needs and red lines alone rule "
        f"a deal out in {most} worlds without an agreement, above all over {issue}."
    )


def _bar(summary: Summary) -> tuple[Segment, ...]:
    total, by_event = summary.worlds, int(summary.ended_by.sum())
    found = []
    for name, count in summary.by_outcome.items():
        own = count - by_event if name == "breakdown" else count
        if own:
            found.append(Segment(name, own, percent(own, total), outcome_name(name).lower()))
    if by_event:
        found.append(Segment(_BY_EVENT, by_event, percent(by_event, total), "ended by an event of the file"))
    return tuple(found)


def _numbers(scenario: Scenario, summary: Summary, found: Judged) -> tuple[Number, ...]:
    known, exists, missed = _zones(summary)
    agreed, worlds = _agreed(summary), summary.worlds
    sampled = "" if known == worlds else f" of the first {whole(known)}"
    over = "" if _shared(found) is None else "as judged"
    return (
        Number(
            percent(exists, known),
            f"of the worlds{sampled} have a deal to be had, before any event",
            _sampling(exists, known),
            moved(scenario, found.exists, over),
        ),
        Number(
            percent(agreed, worlds),
            "reach a deal on every issue",
            _sampling(agreed, worlds),
            moved(scenario, found.reached, over),
        ),
        Number(
            percent(missed, known),
            "miss a deal that was there",
            _sampling(missed, known),
            moved(scenario, found.missed, over),
        ),
    )


def _shared(found: Judged) -> Separation | None:
    """The judgement that moves more than one of the numbers most, if it is the same for all that one moves."""
    named = [one for one in map(strongest, (found.exists, found.reached, found.missed)) if one is not None]
    return named[0] if len(named) > 1 and len({one.path for one in named}) == 1 else None


def _sampling(count: int, total: int) -> str:
    return f"95% interval {interval(count, total)}" if total > 1 else ""


def _change(scenario: Scenario, opened: Opening) -> str:
    """The one change that would open most, at the central values."""
    if opened.feasible:
        return "At the central values of the file a deal exists already, before anything changes."
    if opened.repair is None:
        return "What would open a deal at the central values of the file could not be told."
    changes = [
        f"{cut(scenario.parties[p].title, _LONG)} giving up its red line on "
        f"“{cut(scenario.issues[j].options[k].title, _LONG)}” ({cut(scenario.issues[j].title, _LONG)})"
        for p, j, k in opened.repair.red_lines
    ]
    for p, value in opened.repair.reservations:
        before, after = _apart(float(opened.game.reservation[p]), value)
        changes.append(f"{cut(scenario.parties[p].title, _LONG)}’s value of no deal falling from {before} to {after}")
    if len(changes) == 1:
        return f"What would open a deal with least, at the central values of the file: {changes[0]}."
    few = f"{listed(changes, 4)}"
    return f"No single change opens a deal at the central values of the file; the fewest are {len(changes)}: {few}."


def _apart(before: float, after: float) -> tuple[str, str]:
    """Two numbers with as many digits as tell them apart."""
    for places in range(2, 7):
        texts = f"{before:.{places}f}", f"{after:.{places}f}"
        if texts[0] != texts[1]:
            return texts
    return f"{before:g}", f"{after:g}"


def _sure(scenario: Scenario, summary: Summary) -> str:
    """How sure: sampling, which shrinks with worlds, and judgement, which does not."""
    judgements = scenario.judgements
    assumed = sum(1 for one in judgements if not set(one.sources) - {"assumed"})
    text = f"The 95% intervals are those of sampling {plural(summary.worlds, 'world')}; more worlds narrow them."
    text = text if summary.worlds > 1 else ""
    if not judgements:
        return text
    text += f"{' They say' if text else 'One world says'} nothing of whether the judgements in the file are right"
    if not assumed:
        return f"{text}."
    if assumed == len(judgements):
        return f"{text}, and none of these names a source."
    named = "names no source but its" if assumed == 1 else "name no source but their"
    return f"{text}: {whole(assumed)} of the {whole(len(judgements))} {named} author."


def _judged(scenario: Scenario, summary: Summary, found: Judged) -> str:
    """What the second range of the numbers is, or why they have none."""
    if summary.worlds == 1:
        return "With one world nothing varies: what sampling leaves open and what judgement moves cannot be told."
    if not found.reached.asked:
        return "Nothing in the file is uncertain, so no judgement moves the numbers; only chance within the talks does."
    shared = _shared(found)
    if shared is not None:
        ends = "without it and with it" if len(shared.parts) == 2 else "from fifth to fifth of its range in the file"
        return f"“As judged”: over {quoted(scenario, shared)}, {ends}; more worlds do not narrow that."
    if any(one is not None and moves(one) for one in (found.exists, found.reached, found.missed)):
        return (
            "The second range is how far a number moves from fifth to fifth of what the file thinks possible of the "
            "judgement named (of what holds or not: without it and with it); more worlds do not narrow that."
        )
    if all(one is None or one.agreed in (0, one.worlds) for one in (found.exists, found.reached, found.missed)):
        return f"The three numbers are the same in all of {plural(found.reached.worlds, 'world')}, whatever they drew."
    if too_few(found.reached):
        return f"{plural(found.reached.worlds, 'world')} are too few to tell how far judgement moves the numbers."
    return (
        f"No single judgement of the file moves these numbers more than chance explains in "
        f"{whole(found.reached.worlds)} worlds."
    )


def _inputs(scenario: Scenario, summary: Summary) -> list[str]:
    """Shares that follow from an event's probability, from the end of watching or from a cap on meetings."""
    total, found = summary.worlds, []
    ended = int(summary.ended_by.sum())
    for event, count in zip(scenario.events, summary.ended_by, strict=True):
        if count:
            found.append(
                f"{percent(int(count), total)} end because of “{cut(event.title, _LONG)}”, which the file lets happen "
                f"with probability {central(event.probability):.2g}."
            )
    if ended and ended < total:
        agreed = _agreed(summary)
        found.append(f"Among the worlds that no event ended, {percent(agreed, total - ended)} reach an agreement.")
    open_ = summary.by_outcome.get("talks_continue", 0)
    if open_:
        last = scenario.start + timedelta(days=int(central(scenario.end_day)))
        found.append(f"{percent(open_, total)} are still talking when the file stops watching on {day_named(last)}.")
    return found
