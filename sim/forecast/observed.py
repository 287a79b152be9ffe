"""What rounds or documents showed: who stood where on which day, from a table with a row an observation."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.scenario.bundled import folder
from sim.scenario.model import Scenario
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing
from sim.scenario.yaml_text import read_file

COLUMNS = ("date", "side", "issue", "option", "held_out", "source")
"""Columns of the table; the last two may be left out."""
MOST = 10_000
"""Observations that a table may hold."""
_NEEDED = COLUMNS[:4]
_HELD_OUT = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Observation:
    """On the evening of a day (from the start) a side stood for an option of an issue; indices as in the scenario."""

    day: int
    side: int
    issue: int
    option: int
    held_out: bool = False
    source: str = ""

    @property
    def document(self) -> tuple[int, int]:
        """What it was said in: all that a side said on one day."""
        return self.day, self.side


@dataclass(frozen=True, slots=True)
class Observed:
    """Observations in the order of their days."""

    rows: tuple[Observation, ...]

    @property
    def fitted(self) -> NDArray[np.bool_]:
        """Which are fitted and which held out; shape (observations,)."""
        return np.array([not row.held_out for row in self.rows])

    @property
    def days(self) -> tuple[int, ...]:
        """The days on which something was observed."""
        return tuple(sorted({row.day for row in self.rows}))

    def weights(self, which: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Weights of the observations marked, summing to 1: every document counts the same, as do its issues.

        Shape (observations,).
        """
        marked = [row.document for row, marks in zip(self.rows, which, strict=True) if marks]
        documents = sorted(set(marked))
        return np.array(
            [
                1.0 / (len(documents) * marked.count(row.document)) if marks else 0.0
                for row, marks in zip(self.rows, which, strict=True)
            ]
        )


def observed_of(scenario: Scenario) -> Path:
    """The bundled table of observations of a bundled scenario; a mistake where there is none."""
    path = folder() / "observed" / f"{scenario.name}.csv"
    if not path.is_file():
        message = f"no observations of '{scenario.name}' are bundled: name a table of them"
        raise ScenarioError([Problem(Place(option="--observed"), message)])
    return path


def read_observed(path: Path, scenario: Scenario) -> Observed:
    """Read a table of observations for a scenario.

    Parameters
    ----------
    path
        CSV with the columns date, side, issue, option, and if wanted held_out (yes or no) and source; separated by
        commas, semicolons or tabs.

    Raises
    ------
    ScenarioError
        With every mistake and its line.
    """
    text = read_file(path, str(path))
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=first.count)
    problems: list[Problem] = []
    rows: list[Observation] = []

    def wrong(line: int, message: str) -> None:
        problems.append(Problem(Place(str(path), line, 1), message))

    table = csv.reader(text.splitlines(), delimiter=separator)
    header = [name.strip().lower() for name in next(table, [])]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        wrong(1, f"the column '{missing[0]}' is missing; a table of observations has {listing(list(COLUMNS))}")
    for name in header:
        if name not in COLUMNS:
            wrong(1, f"unknown column '{name}'{did_you_mean(name, COLUMNS) or f'; known are {listing(list(COLUMNS))}'}")
        elif header.count(name) > 1:
            wrong(1, f"the column '{name}' stands twice")
    if problems:
        raise ScenarioError(problems[:1])
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST:
            wrong(table.line_num, f"a table may hold {MOST:,} observations")
            break
        if len(cells) != len(header):
            wrong(table.line_num, f"expected {len(header)} cells, found {len(cells)}")
            continue
        row = _observation(dict(zip(header, (cell.strip() for cell in cells), strict=True)), scenario)
        if isinstance(row, str):
            wrong(table.line_num, row)
        else:
            rows.append(row)
    if not problems and not any(not row.held_out for row in rows):
        wrong(1, "there is no observation to fit: every row is held out, or there is none")
    if problems:
        raise ScenarioError(problems)
    return Observed(tuple(sorted(rows, key=lambda row: (row.day, row.side, row.issue))))


def _observation(cells: dict[str, str], scenario: Scenario) -> Observation | str:
    """An observation, or what is wrong with it."""
    try:
        day = (date.fromisoformat(cells["date"]) - scenario.start).days
    except ValueError:
        return f"expected a date like {scenario.start.isoformat()}, found '{cells['date']}'"
    if day < 0:
        return f"{cells['date']} lies before the start of the talks, {scenario.start.isoformat()}"
    sides, issues = [side.id for side in scenario.sides], [issue.id for issue in scenario.issues]
    for what, known in (("side", sides), ("issue", issues)):
        if cells[what] not in known:
            hint = did_you_mean(cells[what], known) or f"; known are {listing(known)}"
            return f"there is no {what} '{cells[what]}'{hint}"
    issue = issues.index(cells["issue"])
    options = [option.id for option in scenario.issues[issue].options]
    if cells["option"] not in options:
        hint = did_you_mean(cells["option"], options) or f"; known are {listing(options)}"
        return f"there is no option '{cells['option']}' of {cells['issue']}{hint}"
    held_out = _HELD_OUT.get(cells.get("held_out", "").lower())
    if held_out is None:
        return f"expected yes or no for held_out, found '{cells['held_out']}'"
    return Observation(
        day, sides.index(cells["side"]), issue, options.index(cells["option"]), held_out, cells.get("source", "")
    )
