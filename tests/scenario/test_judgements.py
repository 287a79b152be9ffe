"""The list of judgements and what they rest on."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.loading import check, loads

TEXT = """\
format: 1
title: T
sources: {book: A book, paper: A paper}
issues:
  i: {options: [a, b], status_quo: a, source: book, note: as drafted}
parties:
  x:
    source: [book, paper]
    positions: {i: {choice: [a, b], source: assumed}}
    reservation: {plus_minus: [0.5, 0.1]}
  y:
    positions: {i: b, source: paper, note: by letter}
    reservation: {plus_minus: [0.5, 0.1]}
  z: {like: x, salience: {i: 2}}
  w: {like: y, source: book}
meetings:
  - {source: book}
"""


def test_judgements_of_a_file() -> None:
    got = [(j.path, j.value, j.sources, j.note) for j in loads(TEXT).judgements]
    assert got == [
        ("issues.i", "options: [a, b], status_quo: a", ("book",), "as drafted"),
        ("parties.x", "positions: {i: {choice: [a, b]}}, reservation: {plus_minus: [0.5, 0.1]}", ("book", "paper"), ""),
        ("parties.x.positions.i", "choice: [a, b]", ("assumed",), ""),
        ("parties.y.positions", "i: b", ("paper",), "by letter"),
        ("parties.y.reservation", "plus_minus: [0.5, 0.1]", (), ""),
        ("parties.z.salience", "i: 2", (), ""),
        ("parties.z.positions.i", "choice: [a, b]", ("assumed",), ""),
        ("parties.z.reservation", "plus_minus: [0.5, 0.1]", ("book", "paper"), ""),
        ("parties.w", "", ("book",), ""),
        ("parties.w.positions", "i: b", ("paper",), "by letter"),
        ("meetings.meeting_1", "{}", ("book",), ""),
    ]


def test_uncertain_numbers_without_a_source_are_odd(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(TEXT)
    assert [(w.place.line, w.place.column) for w in check(file)[1]] == [(13, 5)]
