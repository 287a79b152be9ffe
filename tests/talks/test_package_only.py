"""A side may insist on the whole package in some worlds only."""

from __future__ import annotations

from sim import run, trace
from sim.scenario.loading import loads

TALKS = """
format: 1
title: Two issues, one of them easy
early_harvest: true
issues:
  easy: {options: [keep, change], status_quo: keep}
  hard: {options: [none, half, all], status_quo: none}
parties:
  A: {positions: {easy: change, hard: all}, reservation: 0, concession: {exponent: 9}}
  B: {positions: {easy: change, hard: none}, red_lines: {hard: [half, all]}, reservation: 0, package_only: PACKAGE}
"""


def played(package_only: str, worlds: int = 400) -> dict[str, int]:
    text = TALKS.replace("PACKAGE", package_only)
    return {name: one["count"] for name, one in run(loads(text), worlds=worlds).outcomes.items()}


def test_a_certain_one_is_never_partial_and_one_that_does_not_insist_always() -> None:
    assert played("true")["partial"] == played("1")["partial"] == 0
    assert played("false")["partial"] == played("0")["partial"] == 400


def test_a_chance_is_drawn_for_every_world() -> None:
    assert 0.2 * 400 < played("0.7")["partial"] < 0.4 * 400


def test_a_larger_chance_takes_partial_deals_away_and_adds_none() -> None:
    few, many = (run(loads(TALKS.replace("PACKAGE", share)), worlds=200) for share in ("0.8", "0.3"))
    partial = [run_.worlds["outcome"] == "partial" for run_ in (few, many)]
    assert not (partial[0] & ~partial[1]).any()


def test_the_minutes_tell_who_insists() -> None:
    scenario = loads(TALKS.replace("PACKAGE", "1"))
    minutes = trace(scenario)
    notes = [note for meeting in minutes.meetings for note in minutes.notes(meeting)]
    assert any("insists on the whole package" in note for note in notes)
