"""What the talks make of red lines that are uncertain, drawn or given up."""

from __future__ import annotations

import polars as pl
import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.scenario.policies import OFFERINGS

TEXT = """
format: 1
title: Half of it
end: {days: 20}
issues:
  i: {options: [all, half, none], status_quo: none}
  j: {options: [yes, no], status_quo: no}
sides: {pair: {offering: OFFERING}, other: {offering: OFFERING}}
parties:
  x: {side: pair, positions: {i: all, j: yes}, salience: {j: 0.2}, reservation: 0.3, concession: conceder}
  y: {side: pair, positions: {i: all}, reservation: {uniform: [0.1, 0.4]}, concession: linear}
  z: {side: other, positions: {i: none, j: no}, salience: {j: 0.3}, reservation: 0.3, concession: linear}
meetings:
  - {id: one, date: {days: 1}, rounds: 3, protocol: PROTOCOL}
  - {id: two, date: {days: 9}, rounds: 4, protocol: PROTOCOL}
EVENTS
"""
ONE_WORLD = ("outcome", "package.i", "package.j", "rounds", "gap")


def made(*changes: str, events: str = "", protocol: str = "alternating", offering: str = "ladder") -> Scenario:
    text = TEXT.replace("EVENTS", events).replace("PROTOCOL", protocol).replace("OFFERING", offering)
    return loads(text, "half.yaml", changes)


def table(scenario: Scenario, worlds: int = 60) -> pl.DataFrame:
    return sim.run(scenario, worlds=worlds).worlds


@pytest.mark.parametrize("offering", OFFERINGS)
@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_certain_to_be_one_is_a_red_line_and_certain_not_to_be_is_none(protocol: str, offering: str) -> None:
    def of(*changes: str) -> pl.DataFrame:
        return table(made(*changes, protocol=protocol, offering=offering), 40)

    assert of("parties.z.red_lines={i: [half]}").equals(of("parties.z.red_lines={i: [{half: 1}]}"))
    assert of().equals(of("parties.z.red_lines={i: [{half: 0}, {all: 0}]}"))


@pytest.mark.parametrize("offering", OFFERINGS)
@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_a_world_has_the_line_or_has_it_not(protocol: str, offering: str) -> None:
    line, settings = "parties.z.red_lines={i: [WHAT]}", {"protocol": protocol, "offering": offering}
    with_it = table(made(line.replace("WHAT", "half"), **settings)).rows()
    without = table(made(**settings)).rows()
    mixed = table(made(line.replace("WHAT", "{half: 0.5}"), **settings)).rows()
    assert with_it != without
    assert all(row in (with_it[k], without[k]) for k, row in enumerate(mixed))
    assert any(row != with_it[k] for k, row in enumerate(mixed))
    assert any(row != without[k] for k, row in enumerate(mixed))


EVENTS = "events: [{id: e, date: {days: 5}, probability: 0.6, effects: {z.red_lines.i.half: {set: 1}}}]"


@pytest.mark.parametrize("offering", OFFERINGS)
@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_a_world_of_a_run_is_the_world_that_trace_tells(protocol: str, offering: str) -> None:
    lines = ("parties.x.red_lines={i: [{none: 0.4}]}", "parties.y.red_lines={j: [{no: 0.3}]}", "meetings.one.rounds=1")
    scenario = made(*lines, events=EVENTS, protocol=protocol, offering=offering)
    played = table(scenario, 12)
    for row in played.iter_rows(named=True):
        minutes = sim.trace(scenario, row["world"])
        assert minutes.outcome == row["outcome"]
        assert minutes.package == (None if row["package.i"] is None else {"i": row["package.i"], "j": row["package.j"]})


def test_an_event_that_draws_a_line_holds_from_its_day_on() -> None:
    drawn = made("meetings.one.rounds=1", "meetings.one.protocol=plenary", events=EVENTS.replace("0.6", "1"))
    stated = made("parties.z.red_lines={i: [half]}", "meetings.one.rounds=1", "meetings.one.protocol=plenary")
    assert table(drawn)["package.i"].to_list() == table(stated)["package.i"].to_list()
    assert set(table(drawn)["package.i"]) != set(table(made())["package.i"])
    late = table(made(events=EVENTS.replace("0.6", "1").replace("days: 5", "days: 12")))
    assert late.equals(table(made(events=EVENTS.replace("0.6", "0").replace("days: 5", "days: 12"))))


def test_an_event_can_give_a_line_up() -> None:
    stated = "parties.z.red_lines={i: [half, all], j: [yes]}"
    given_up = EVENTS.replace("0.6", "1").replace("{set: 1}", "{set: 0}")
    yielding = "parties.z.concession={exponent: 0}"
    assert (table(made(stated, yielding))["outcome"] == "impasse").all()
    settled = table(made(stated, yielding, events=given_up))
    assert settled.select("package.i", "package.j").rows() == [("half", "no")] * 60


def test_the_minutes_say_who_draws_which_line() -> None:
    for to, told in ((1, "z's red line on i “half” is drawn"), (0, "z's red line on i “half” stays as it was")):
        events = EVENTS.replace("0.6", "1").replace("{set: 1}", f"{{set: {to}}}")
        assert told in str(sim.trace(made("meetings.one.protocol=plenary", events=events)).as_json()["between"])


def test_the_exact_analysis_takes_what_is_as_likely_as_not() -> None:
    def zone(line: str) -> int:
        return sim.analyze(made(f"parties.z.red_lines={{i: [{line}]}}")).as_json()["feasible_packages"]

    assert zone("half") == zone("{half: 0.5}") == zone("{half: {uniform: [0.3, 0.8]}}")
    assert zone("{half: 0.49}") > zone("half")
