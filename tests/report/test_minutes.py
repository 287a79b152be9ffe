"""Minutes name everybody who stands in the way, and why; say nothing twice; leave no round out."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from report.dom import Page
from strategies import Plain, load_plain, patient, scenarios

import sim
from sim.report.minutes.lines import Line
from sim.report.minutes.reasons import reasons
from sim.report.minutes.text import lines
from sim.report.pages.minutes import minutes_page
from sim.report.words.options import option_name
from sim.report.words.plain_text import plain
from sim.scenario.model import Scenario
from sim.trace.minutes import Minutes, Move
from sim.trace.verdicts import Verdict

BUNDLED = [("nato_russia_2022", 4), ("price_haggle", 6), ("four_issue_trade", 6)]


def check(minutes: Minutes) -> None:
    for meeting in minutes.meetings:
        for move in (move for one in meeting.rounds for move in one.moves):
            check_move(minutes.scenario, move)
            for verdict, text in zip(verdicts(move), told(minutes.scenario, move), strict=False):
                check_verdict(minutes.scenario, verdict, text)


def told(scenario: Scenario, move: Move) -> list[str]:
    return [" ".join((one.text, *one.items)) for one in reasons(scenario, move)]


def verdicts(move: Move) -> list[Verdict]:
    own = None if move.ground is None else move.ground.verdict or move.ground.own
    return [one for one in (move.verdict, own) if one is not None]


def check_move(scenario: Scenario, move: Move) -> None:
    """Every move but an accepted last rung has a reason, and the reason is a sentence."""
    for one in reasons(scenario, move):
        assert one.head.endswith(":")
        assert one.text
        assert not one.text.endswith(".")
    assert told(scenario, move)


def check_verdict(scenario: Scenario, verdict: Verdict, text: str) -> None:
    """Who objects is named, or all but those who do not are; every red line and the worst shortfall are told."""
    titles = {party.id: plain(party.title) for party in scenario.parties}
    objectors = {one.party for one in verdict.objections}
    if 0 < len(objectors) < len(verdict.members):
        others = [titles[name] for name in verdict.members if name not in objectors]
        assert all(titles[name] in text for name in objectors) or all(name in text for name in others)
    for one in verdict.objections:
        for issue, option in one.red_lines.items():
            about = next(other for other in scenario.issues if other.id == issue)
            assert f"{plain(about.title)} “{option_name(about, about.index(option))}”" in text
    if verdict.objections:
        worst = max(one.shortfall for one in verdict.objections)
        assert worst < 1e-8 or f"{worst:.2g}" in text
    if len(verdict.members) == 1:
        assert ("no deal" in text or "red line" in text) == bool(objectors)
        assert ("demands" in text) == (not objectors)
    elif verdict.holds_out:
        closest = min(verdict.holds_out, key=lambda one: one.demands - one.utility)
        assert titles[closest.party] in text


@given(scenarios())
@patient(40)
def test_reasons_name_who_stands_in_the_way_and_why(plain: Plain) -> None:
    scenario = load_plain(plain)
    for world in range(2):
        check(sim.trace(scenario, world))


@pytest.mark.parametrize(("name", "worlds"), BUNDLED)
def test_reasons_of_bundled_scenarios_name_who_stands_in_the_way(name: str, worlds: int) -> None:
    scenario = sim.load(name)
    for world in range(worlds):
        check(sim.trace(scenario, world))


@given(scenarios())
@patient(40)
def test_every_round_is_told_once_in_its_order(plain: Plain) -> None:
    minutes = sim.trace(load_plain(plain))
    found: list[int] = []
    for line in lines(minutes):
        if line.kind == "round":
            numbers = [int(number) for number in re.findall(r"\d+", line.head)]
            found += range(numbers[0], numbers[-1] + 1)
    assert found == [one.number for meeting in minutes.meetings for one in meeting.rounds]


def test_a_reason_is_told_in_full_once_and_then_as_before() -> None:
    told = list(lines(sim.trace(sim.load("nato_russia_2022"), 0, seed=1)))
    full = [line for line in told if line.kind == "reason" and not line.text.startswith("as before")]
    assert len(full) > 10
    assert all(first != second for first, second in itertools.pairwise(full))
    assert any("for the same reasons as before" in line.text for line in told)


@pytest.mark.parametrize(("name", "worlds"), BUNDLED)
def test_the_end_is_told_in_sentences_none_of_which_comes_twice(name: str, worlds: int) -> None:
    for world in range(worlds):
        minutes = sim.trace(sim.load(name), world, seed=1)
        end = next(line for line in lines(minutes) if line.kind == "end")
        sentences = [one for one in re.split(r"(?<=[.])\s", end.text) if one]
        assert len(sentences) == len(set(sentences))
        assert end.text.endswith(".")
        settled = "Every issue was settled" in end.text
        assert settled == (minutes.outcome == "agreement")
        assert end.text.count("settled") <= 1


def test_lists_belong_to_what_stands_before_them() -> None:
    before: Line | None = None
    for line in lines(sim.trace(sim.load("nato_russia_2022"), 0, seed=1)):
        if line.kind == "ground":
            assert before is not None
            assert before.kind in ("reason", "ground", "move")
        before = line


def test_a_page_of_minutes_names_each_meeting_once() -> None:
    page = Page(minutes_page(sim.trace(sim.load("nato_russia_2022"), 0, seed=1)))
    heads = {one.text for one in page.find("h2")}
    assert len(heads) > 5
    assert heads.isdisjoint(one.text for one in page.find("b"))
