"""Tables that lose nothing, however narrow the terminal: names wrap, and where that has no room rows stack."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Literal

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

_GAP = 2
_NARROW = 16
"""In fewer columns than this no name is wrapped."""


def fitted(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, names: int = 1, right: bool = True
) -> RenderableType:
    """A table in so many columns of a terminal.

    Numbers keep their width, names wrap. Where there is no room the heads of the first columns stand as letters that a
    list above explains; where that does not help either every row is told line by line.

    Parameters
    ----------
    heads, rows
        Text; every row has a cell for each head.
    width
        Of the terminal.
    names
        So many of the first columns may wrap.
    right
        Whether the other columns are set to the right.
    """
    for letters in (False, True) if 1 < names <= len(ascii_uppercase) else (False,):
        shown = [*ascii_uppercase[:names], *heads[names:]] if letters else [*heads]
        widths = _widths(shown, rows, width, names)
        if widths:
            table = _table(shown, rows, widths, names, right)
            key = _pairs([(letter, head) for letter, head in zip(ascii_uppercase, heads[:names], strict=False)])
            return Group(key, Text(), table) if letters else table
    return _stacked(heads, rows, names)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, names: int) -> list[int]:
    """The width of each column; none where there is no room."""
    columns = [[row[place] for row in rows] for place in range(len(heads))]
    fixed = [
        max(_word(head), *map(_line, cells), 0) for head, cells in zip(heads[names:], columns[names:], strict=True)
    ]
    wanted = [
        max(_line(head), *map(_line, cells), 0) for head, cells in zip(heads[:names], columns[:names], strict=True)
    ]
    least = [
        min(want, max(_word(head), *(min(_line(cell), _NARROW) for cell in cells), *map(_word, cells), 0))
        for want, head, cells in zip(wanted, heads[:names], columns[:names], strict=True)
    ]
    gaps = _GAP * (len(heads) - 1)
    whole = [max(_line(head), wide) for head, wide in zip(heads, [*wanted, *fixed], strict=True)]
    if sum(whole) + gaps <= width:
        return whole
    room = width - sum(fixed) - gaps
    if sum(least) > room:
        return []
    given = list(least)
    while sum(given) < min(room, sum(wanted)):
        place = min((p for p in range(names) if given[p] < wanted[p]), key=lambda p: given[p])
        given[place] += 1
    return [*given, *fixed]


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], names: int, right: bool
) -> Table:
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        side: Literal["left", "right"] = "right" if right and place >= names else "left"
        table.add_column(Text(head), justify=side, min_width=width, max_width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _stacked(heads: Sequence[str], rows: Sequence[Sequence[str]], names: int) -> RenderableType:
    found: list[RenderableType] = [Text(heads[0], style="dim")] if heads[0] else []
    if names > 1:
        found = [_pairs([(letter, head) for letter, head in zip(ascii_uppercase, heads[:names], strict=False)]), Text()]
    for row in rows:
        named = [f"{letter} {cell}" for letter, cell in zip(ascii_uppercase, row[:names], strict=False)]
        found.append(Text(row[0] if names == 1 else "; ".join(named)))
        found.append(_pairs([(f"  {head}", cell) for head, cell in zip(heads[names:], row[names:], strict=True)]))
    return Group(*found)


def _pairs(pairs: Sequence[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(max_width=24, overflow="fold")
    grid.add_column(overflow="fold")
    for one, other in pairs:
        grid.add_row(Text(one, style="dim"), Text(other))
    return grid


def _line(text: str) -> int:
    return max((cell_len(line) for line in text.split("\n")), default=0)


def _word(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=0)
