"""What is said of sweeps: titles, what is bad, too few points, tables that lose nothing; no world is played."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import numpy as np
import polars as pl
import pytest
from matplotlib.figure import Figure
from rich.cells import cell_len

from sim.report.columns import fitted
from sim.report.console import PlainConsole
from sim.report.figures.sweep_axes import Scale
from sim.report.figures.sweep_bars import tornado_bars
from sim.report.figures.sweep_curves import curves, outcome_map
from sim.report.findings.tenths import means
from sim.report.words.sweep import best_choice, conditions, matters
from sim.report.words.varied import Names, names_of
from sim.sweeps.boxes import Box, Limit
from sim.sweeps.discovery import Discovery
from sim.sweeps.robustness import robustness
from sim.sweeps.sensitivity import Sensitivity, sensitivity
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep

TALKS = """
format: 1
title: Talks
start: 2022-01-01
issues:
  delay: {title: Delay, scale: {from: 0, to: 20, step: 1, unit: years}, status_quo: 0}
  entry: {title: Entry, options: [{id: shut, title: Door shut}, open], status_quo: open}
sides: {all_of_us: {title: Allies, decides: {quorum: 1}}}
parties:
  RUS: {title: Russia, positions: {delay: 20, entry: shut}, reservation: {uniform: [0, 1]}}
  USA: {title: United States, side: all_of_us, positions: {delay: 0}}
meetings: [{id: m, title: Geneva, rounds: 2}]
events: [{id: storm, title: A storm, date: {days: 3}, ends: talks, probability: 0.2}]
"""
R, W, Q = "parties.RUS.reservation", "meetings.m.rounds", "parties.RUS.positions.entry"


def swept(columns: dict[str, list[Any]], shares: list[float], text: str = TALKS, **more: Any) -> Sweep:
    """A sweep of the talks as it would be read, of 100 worlds a point."""
    levers = more.pop("levers", ())
    vary = [
        {
            "path": path,
            "role": "lever" if path in levers else "uncertainty",
            "kind": "list",
            "values": list(map(str, v)),
        }
        for path, v in columns.items()
    ]
    manifest = {"scenario": "talks", "text": text, "set": [], "vary": vary, "title": "Talks", "worlds": 100}
    results: dict[str, Any] = {}
    for name, values in (("agreement", shares), ("impasse", [1 - share for share in shares])):
        results |= {f"{name}.count": [round(100 * x) for x in values], f"{name}.share": values}
        results |= {f"{name}.low": [x - 0.05 for x in values], f"{name}.high": [x + 0.05 for x in values]}
    return Sweep(manifest | {"design": "list"} | more, pl.DataFrame(columns | results))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (R, "Russia’s value of no deal"),
        ("parties.USA.weight", "United States’ weight in its side"),
        ("parties.RUS.positions.delay", "Russia’s position on Delay (years)"),
        ("parties.RUS.scores.delay.4", "Russia’s worth of “4 years” on Delay"),
        ("parties.RUS.red_lines.entry.shut", "Russia’s red line at “Door shut” on Entry"),
        ("parties.RUS.reservation.uniform.0", "the lower end of the distribution of Russia’s value of no deal"),
        ("sides.all_of_us.decides.quorum", "Allies’ quorum (the number of members that must not object)"),
        ("events.storm.probability", "the probability of “A storm”"),
        (W, "the number of rounds of “Geneva”"),
        ("parties.RUS.nothing_known", "Russia’s nothing known"),
        ("parties.NOBODY.reservation", "parties.NOBODY.reservation"),
    ],
)
def test_numbers_are_told_by_title(path: str, name: str) -> None:
    assert names_of(swept({R: [0.1]}, [0.5])).name(path) == name


def test_a_sweep_whose_scenario_does_not_load_speaks_of_paths() -> None:
    names = names_of(swept({R: [0.1]}, [0.5], text="format: 99"))
    assert (names.name(R), names.measure("utility.RUS")) == (R, "mean utility of RUS")


def test_what_only_the_sweep_states_is_enough_to_name_it() -> None:
    text = TALKS.replace(", reservation: {uniform: [0, 1]}", "").replace(", status_quo: open", "")
    given = {R: [0.1], "parties.USA.reservation": [0.2]}
    assert names_of(swept(given, [0.5], text)).name(R) == "Russia’s value of no deal"


def test_measures_and_values_are_told_by_title() -> None:
    names = names_of(swept({R: [0.1]}, [0.5]))
    assert names.measure("impasse") == "share of worlds that end in impasse"
    assert names.measure("settlements.delay.4") == "share of deals with “4 years” on Delay"
    assert names.measure("utility.USA") == "mean utility of United States"
    assert names.value(Q, "shut") == "Door shut"


def test_a_condition_on_a_whole_number_is_one() -> None:
    names = names_of(swept({W: [1, 2]}, [0.5, 0.6]))
    assert names.condition(Limit(W, 1.5, None)) == "the number of rounds of “Geneva” is at least 2"
    assert names.condition(Limit(W, 1.5, 2.5)) == "the number of rounds of “Geneva” is 2"


@pytest.mark.parametrize(("above", "side"), [(True, "above 50%"), (False, "below 50%")])
def test_conditions_count_points_and_not_parts_of_them(above: bool, side: str) -> None:
    box = Box((Limit(R, None, 0.25),), 10, 1.0, 0.8, 0.5, 0.9, 0.4)
    found = Discovery("agreement", 0.5, above, 20, 8, (box,), None)
    (text,) = conditions(found, names_of(swept({R: [0.1]}, [0.5])))
    assert text.startswith(
        f"Where Russia’s value of no deal is at most 0.25, the share of worlds with an agreement lies {side}"
    )
    assert "at 8 of 10 points" in text
    assert "no such point lies elsewhere" in text


@pytest.mark.parametrize(("outcome", "best"), [("agreement", "“Door shut”"), ("impasse", "“open”")])
def test_the_best_choice_is_that_with_least_of_what_is_bad(outcome: str, best: str) -> None:
    shares = [0.9, 0.8, 0.2, 0.1] if outcome == "agreement" else [0.1, 0.2, 0.8, 0.9]
    sweep = swept({R: [0.1, 0.2] * 2, Q: ["shut", "shut", "open", "open"]}, shares, levers=[Q])
    text = best_choice(robustness(sweep, outcome, 0.5, outcome == "agreement"), names_of(sweep))
    assert f"Russia’s position on Entry at {best}: at no point would another choice have done better." in text


def test_choices_that_are_equally_good_are_all_named() -> None:
    sweep = swept({R: [0.1, 0.2] * 2, Q: ["shut", "shut", "open", "open"]}, [0.5] * 4, levers=[Q])
    found = robustness(sweep)
    assert best_choice(found, names_of(sweep)).startswith("No choice is more robust than another")
    assert found.choices["mean_low"].null_count() == found.choices["tenth"].null_count() == 2


@pytest.mark.parametrize("points", [1, 2, 5, 19])
@pytest.mark.parametrize("method", ["pawn", "delta"])
def test_too_few_points_give_no_number_and_a_sentence(points: int, method: str) -> None:
    pytest.importorskip("SALib")
    column = np.linspace(0, 1, points).tolist()
    sweep = swept({R: column, W: list(range(points))}, column)
    if points == 1:
        with pytest.raises(OutputError, match="a single point"):
            sensitivity(sweep, method)
        return
    found = sensitivity(sweep, method)
    assert found.indices["value"].null_count() == len(found.indices)
    assert f"{points} points where 20 are needed" in found.as_json()["note"]
    assert "cannot be told" in matters(found, names_of(sweep))


@pytest.mark.parametrize("base", [1, 2, 7])
def test_too_few_base_points_give_no_sobol_index(base: int) -> None:
    pytest.importorskip("SALib")
    column = np.random.default_rng(0).random(base * 4)
    sweep = swept({R: column.tolist(), W: list(range(base * 4))}, column.tolist(), design="sobol")
    found = sensitivity(sweep)
    assert found.unknown
    assert f"{base} base points where 8 are needed" in found.note


def test_a_mean_over_few_points_has_no_interval() -> None:
    _, mean, half = means(np.array([0.0] * 4 + [1.0] * 5), np.arange(9.0))
    assert mean.tolist() == [1.5, 6.0]
    assert np.isnan(half).tolist() == [True, False]


def test_no_line_joins_words_and_no_contour_runs_between_points() -> None:
    sweep = swept({Q: ["shut", "open"]}, [0.2, 0.8])
    axes = Figure().subplots()
    curves(sweep, Scale(Q, np.array([0.0, 1.0]), names_of(sweep), ("shut", "open")), axes)
    assert {line.get_linestyle() for line in axes.lines} == {"None"}
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["Door shut", "open"]
    names = Names()
    x, y = (Scale(path, np.array(numbers), names) for path, numbers in ((R, [0.0, 1, 0, 1]), (W, [0.0, 0, 1, 1])))
    axes = Figure().subplots()
    outcome_map("agreement", np.array([0.0, 0.9, 0.1, 0.8]), x, y, axes)
    drawn = {tuple(map(tuple, line.get_xydata().tolist())) for line in axes.lines}  # type: ignore[union-attr]
    assert drawn == {((0.5, -0.5), (0.5, 0.5)), ((0.5, 0.5), (0.5, 1.5))}


@pytest.mark.parametrize(("outcome", "hatched"), [("agreement", [False, True]), ("impasse", [True, False])])
def test_the_better_end_of_a_tornado_is_hatched(outcome: str, hatched: list[bool]) -> None:
    row = {
        "path": R,
        "index": "swing",
        "value": 0.6,
        "low": 0.1,
        "high": 0.7,
        "base": 0.4,
        "low_at": "0",
        "high_at": "1",
    }
    axes = tornado_bars(
        Sensitivity("tornado", outcome, pl.DataFrame([row]), pl.DataFrame(), pl.DataFrame()),
        Names(),
        Figure().subplots(),
    )
    assert [bool(bar.get_hatch()) for bar in axes.patches] == hatched  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 200])
@pytest.mark.parametrize("names", [1, 2])
def test_a_table_loses_no_word_in_any_width(width: int, names: int) -> None:
    heads = ["A rather long name of what was varied", "Another long name", "First order", "95% interval", "Points"]
    rows = [[f"row {i} with some words that wrap", "second", "0.25", "0.10 to 0.40", "1,234"] for i in range(3)]
    stream = StringIO()
    PlainConsole(file=stream, width=width).print(fitted(heads, rows, width, names))
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)
    words = re.findall(r"[^\s:;]+", stream.getvalue())
    for text in [*heads, *(cell for row in rows for cell in row)]:
        assert set(text.split()) <= set(words)
