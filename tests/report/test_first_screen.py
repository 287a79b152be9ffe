"""The first screen of a run's page: its three numbers, who stands in the way, and what the file itself puts in."""

from __future__ import annotations

import pytest

import sim
from sim.analysis.opening import opening
from sim.report.findings.judgements import judged
from sim.report.words.first_screen import FirstScreen, first_screen
from sim.scenario.loading import loads

TWO = """
format: 1
title: Two
issues:
  price: {options: [low, middle, high]}
parties:
  A: {positions: {price: low}, reservation: 0.4, concession: linear}
  B: {positions: {price: high}, reservation: RESERVATION, concession: linear}
meetings: [{rounds: 6}]
"""


def screen(text: str, worlds: int = 40) -> FirstScreen:
    scenario = loads(text)
    results = sim.run(scenario, worlds)
    first = first_screen(scenario, results.summary, opening(scenario), judged(results))
    assert sum(one.count for one in first.bar) == worlds
    return first


def test_a_deal_in_every_world() -> None:
    first = screen(TWO.replace("RESERVATION", "0.4"))
    assert first.answer == "A deal that all who are needed could sign exists in every world; all of them reach one."
    assert [one.value for one in first.numbers] == ["100%", "100%", "0%"]
    assert first.change == "At the central values of the file a deal exists already, before anything changes."
    assert first.inputs == ()


def test_no_deal_and_what_would_open_one() -> None:
    first = screen(TWO.replace("RESERVATION", "0.8"))
    assert first.answer.startswith(
        "No deal that all who are needed could sign exists in any world, and none is reached."
    )
    assert "Most often in the way: A and B" in first.answer  # each of them alone could open it
    assert [one.value for one in first.numbers] == ["0%", "0%", "0%"]
    assert first.change.endswith("B’s value of no deal falling from 0.80 to 0.50.")


def test_who_stands_in_the_way_of_some_worlds() -> None:
    first = screen(TWO.replace("RESERVATION", "{choice: [0.4, 0.8]}"), worlds=400)
    shares = [int(one.value.rstrip("%")) for one in first.numbers]
    assert 40 < shares[0] < 60
    assert shares[1:] == [shares[0], 0]
    assert [one.judged for one in first.numbers] == ["0% to 100% as judged", "0% to 100% as judged", ""]
    assert first.judged == (  # one judgement moves both numbers: it is named once, below them
        "“As judged”: over “B’s value of no deal”, from fifth to fifth of its range in the file; "
        "more worlds do not narrow that."
    )
    assert f"exists in {shares[0]}% of the worlds; the talks reach one in {shares[0]}%." in first.answer


def test_what_an_event_of_the_file_ends_is_told_as_its_input() -> None:
    ended = "events: [{id: rupture, title: The rupture, date: 2000-01-01, ends: talks, probability: 0.5}]\n"
    first = screen(TWO.replace("RESERVATION", "0.4") + ended, worlds=400)
    assert [one.kind for one in first.bar] == ["agreement", "by_event"]
    share = first.bar[1].share
    assert first.inputs == (
        f"{share} end because of “The rupture”, which the file lets happen with probability 0.5.",
        "Among the worlds that no event ended, 100% reach an agreement.",
    )


def test_talks_that_the_file_stops_watching_are_told_as_its_input() -> None:
    patient = "clock: days\nend: {days: 9}\ndeadline: {days: 300}\nfollow_up: {after: {days: 4}}\n"
    first = screen(TWO.replace("RESERVATION", "0.4").replace("low, middle, high", "low, high") + patient)
    assert [one.kind for one in first.bar] == ["talks_continue"]
    assert first.inputs == ("100% are still talking when the file stops watching on 10 January 2000.",)


@pytest.mark.parametrize("reservation", ["0.4", "0.8"])
def test_one_world_is_told_as_an_example(reservation: str) -> None:
    first = screen(TWO.replace("RESERVATION", reservation), worlds=1)
    there, end = ("a", "the talks reached it") if reservation == "0.4" else ("no", "the talks ended without one")
    assert first.answer == (
        f"In the one world that was played there was {there} deal that all who are needed could sign, and {end}. "
        "One world is an example."
    )
    assert [one.sure for one in first.numbers] == ["", "", ""]


@pytest.mark.parametrize(("assumed", "words"), [(1, "1 of the 2 names no source but its author."), (0, "are right.")])
def test_a_single_judgement_without_a_source_is_told_in_the_singular(assumed: int, words: str) -> None:
    text = TWO.replace("RESERVATION", "{uniform: [0.3, 0.4]}, source: told").replace(
        "reservation: 0.4,", f"reservation: {{uniform: [0.3, 0.4]}}, source: {'assumed' if assumed else 'told'},"
    )
    assert screen("sources: {told: A book}\n" + text.lstrip()).sure.endswith(words)
