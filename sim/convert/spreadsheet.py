"""Spreadsheets (XLSX), opened within bounds: an archive says how large its parts are before any is unpacked."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from sim.convert.draft import refuse
from sim.convert.opened import Opened
from sim.scenario.problems import ScenarioError

MOST_UNPACKED = 50_000_000
"""Bytes of all parts of a spreadsheet together."""

MOST_PARTS = 1_000
"""Files in the archive."""

MOST_ROWS = 20_000
MOST_COLUMNS = 300
"""Rows and columns that are looked at; beyond them a table is refused."""

MOST_CELLS = 200_000
"""Cells, empty ones before others counted."""


def first_sheet(file: Opened) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows of the first sheet in which anything stands, as text; formulas by the values that were stored with them.

    Returns
    -------
    list of list of str, tuple of str
        The rows, and the names of the sheets after it.

    Raises
    ------
    ScenarioError
        If it is no spreadsheet, too large, or openpyxl is missing.
    """
    if find_spec("openpyxl") is None:
        raise refuse(file.place, "spreadsheets need openpyxl, which is not installed; run: pip install 'detente[xlsx]'")
    _check_size(file)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are not read: styles, extensions
        try:
            book = load_workbook(BytesIO(file.data), read_only=True, data_only=True)
            for number, page in enumerate(book.worksheets):
                rows = _rows(file, page)
                if any(any(row) for row in rows):
                    return rows, tuple(str(other.title) for other in book.worksheets[number + 1 :])
        except (ScenarioError, MemoryError):
            raise
        except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
            reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
            raise refuse(file.place, f"this spreadsheet cannot be read ({reason})") from None
    raise refuse(file.place, "there is nothing in this spreadsheet")


def _check_size(file: Opened) -> None:
    try:
        with ZipFile(BytesIO(file.data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise refuse(file.place, "this is a damaged archive, expected a spreadsheet (.xlsx)") from None
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise refuse(file.place, "this is an archive, but no spreadsheet (.xlsx)")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise refuse(
            file.place,
            f"unpacked, this has {unpacked:,} bytes in {len(parts):,} parts, expected a spreadsheet with a table",
        )


def _rows(file: Opened, page: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for row in page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True):
        rows.append([_text(value) for value in row])
        while rows[-1] and not rows[-1][-1]:
            rows[-1].pop()
        if len(rows) > MOST_ROWS or len(rows[-1]) > MOST_COLUMNS:
            raise refuse(file.place, f"the sheet has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns")
        cells += len(rows[-1])
        if cells > MOST_CELLS:
            raise refuse(file.place, f"the sheet has more than {MOST_CELLS:,} cells")
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
