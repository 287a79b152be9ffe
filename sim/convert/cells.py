"""Tables as rows of cells that know their places: text with commas, semicolons or tabs between, or a spreadsheet.

How a text is separated is told by its first line, and whether numbers have a decimal comma by what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.convert.draft import refuse
from sim.convert.opened import Opened
from sim.convert.spreadsheet import first_sheet
from sim.scenario.problems import Place

MOST_CELLS = 500_000
"""Cells of a table."""

_WITH_COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
_WITH_POINT = re.compile(r"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, without blanks around it, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a table, without empty ones.

    Attributes
    ----------
    shown
        The file as the user named it.
    rows
        Its rows.
    comma
        Whether its numbers have a decimal comma.
    others
        Names of the spreadsheet's other sheets, which are left out.
    """

    shown: str
    rows: list[list[Cell]]
    comma: bool
    others: tuple[str, ...] = ()

    def number(self, cell: Cell, what: str, low: float = -1e15, high: float = 1e15) -> float:
        """The number in a cell.

        Raises
        ------
        ScenarioError
            If there is none, or one out of range.
        """
        text = cell.text.replace(",", ".") if self.comma and cell.text.count(",") == 1 else cell.text
        if not _NUMBER.fullmatch(text):
            hint = "; write numbers without marks between thousands" if re.fullmatch(r"[\d.,' ]+", text) else ""
            found = f"'{cell.text[:40]}'" if cell.text else "nothing"
            raise refuse(cell.place, f"expected a number for {what}, found {found}{hint}")
        value = float(text)
        if not low <= value <= high:
            between = (
                f"from {low:g} to {high:g}"
                if high < 1e15
                else f"of at least {low:g}"
                if low > -1e15
                else "of 1e15 at most"
            )
            raise refuse(cell.place, f"expected a number {between} for {what}, found {cell.text}")
        return value


def read_table(file: Opened) -> Sheet:
    """The table in a file.

    Raises
    ------
    ScenarioError
        If it is none, has too many cells, or writes numbers in two ways.
    """
    others: tuple[str, ...] = ()
    if file.zipped:
        texts, others = first_sheet(file)
        rows = [
            [Cell(text.strip(), Place(file.shown, line, column)) for column, text in enumerate(row, 1)]
            for line, row in enumerate(texts, 1)
        ]
    else:
        rows = list(_rows_of_text(file.text, file.shown))
    full = [row for row in rows if any(cell.text for cell in row)]
    if not full:
        raise refuse(file.place, "the table is empty")
    return Sheet(file.shown, full, _has_commas(full), others)


def _rows_of_text(text: str, shown: str) -> Iterator[list[Cell]]:
    """Rows of a text; every character is looked at a fixed number of times, however long a line is."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max("\t;,", key=lambda mark: (len(_split(first, mark)), ",;\t".index(mark)))
    quote = "'" if '"' not in first and re.search(rf"(^|{separator})\s*'", first) else '"'
    ends, blanks = re.compile(rf"[{separator}\n]"), re.compile(r" *" if separator == "\t" else r"[ \t\u00a0]*")
    row: list[Cell] = []
    line, line_start, at, count = 1, 0, 0, 0
    while at < len(text):
        blank = blanks.match(text, at)
        start = at if blank is None else blank.end()
        place = Place(shown, line, start - line_start + 1)
        value = ""
        if text.startswith(quote, start):
            value, after = _quoted(text, start, quote, place)
            if "\n" in value:
                line += text.count("\n", start, after)
                line_start = text.rfind("\n", start, after) + 1
            start = after
        found = ends.search(text, start)
        tail = len(text) if found is None else found.start()
        row.append(Cell((value + text[start:tail]).strip(), place))
        count += 1
        if count > MOST_CELLS:
            raise refuse(place, f"more than {MOST_CELLS:,} cells")
        at = tail + 1
        if tail >= len(text) or text[tail] == "\n":
            yield row
            row, line, line_start = [], line + 1, at
    if row:
        yield row


def _quoted(text: str, start: int, quote: str, place: Place) -> tuple[str, int]:
    """What stands between quotation marks, of which two stand for one, and where it ends."""
    pieces: list[str] = []
    at = start + 1
    while True:
        end = text.find(quote, at)
        if end < 0:
            raise refuse(place, f"a quotation mark {quote} is opened here and never closed")
        pieces.append(text[at:end])
        if not text.startswith(quote, end + 1):
            return "".join(pieces), end + 1
        pieces.append(quote)
        at = end + 2


def _split(line: str, separator: str) -> list[str]:
    """Cells of a line, roughly: separators between quotation marks do not count."""
    return re.sub(r'"[^"]*"', "", line).split(separator)


def _has_commas(rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    comma = next((cell for cell in cells if _WITH_COMMA.fullmatch(cell.text)), None)
    point = next((cell for cell in cells if _WITH_POINT.fullmatch(cell.text)), None)
    if comma is not None and point is not None:
        raise refuse(
            comma.place,
            f"numbers are written in two ways: {comma.text} here and {point.text} in line {point.place.line}; "
            "write all with a decimal point or all with a decimal comma",
        )
    return comma is not None
