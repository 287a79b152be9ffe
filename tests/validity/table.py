"""The table of what-ifs, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from validity.paired import Paired
from validity.what_ifs import TITLES, WHAT_IFS, WhatIf

START, END = "<!-- table made by python -m tests.validity -->", "<!-- end of the table -->"
COLUMNS = ("what if", "before", "after", "won", "lost", "change", "expected", "because")
SAID = {
    "identical": "**all the same**",
    "none lost": "**none lost**",
    "none won": "**none won**",
}


def heading(what_if: WhatIf) -> str:
    """The part of the table in which a what-if stands."""
    return TITLES[what_if.scenario]


def lines(title: str) -> list[str]:
    """The first lines of a part."""
    return ["", f"### {title}", "", f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]


def line(what_if: WhatIf, paired: Paired) -> str:
    """One line of the table."""
    before, after = paired.means
    change = paired.change

    def said(x: float) -> str:
        if isnan(x):
            return "-"
        return f"{100 * x:.1f} %" if paired.share else f"{x:.3f}"

    def signed(x: float) -> str:
        return f"{100 * x:+.1f}" if paired.share else f"{x:+.3f}"

    by = f"{signed(change.value)} ({signed(change.low)} to {signed(change.high)})" if paired.worlds else "-"
    expected = SAID.get(what_if.expected, what_if.expected)
    expected = expected if paired.share else expected.replace("fewer", "less")
    cells = [what_if.change, said(before), said(after), str(paired.won), str(paired.lost), by, expected, what_if.why]
    return f"| {' | '.join(cells)} |"


def written(page: str, played: Mapping[str, Paired]) -> str:
    """The page with the lines of these what-ifs as they are now; others stay."""
    start, end = page.index(START) + len(START), page.index(END)
    old: dict[tuple[str, str], str] = {}
    title = ""
    for row in page[start:end].splitlines():
        title = row.removeprefix("### ") if row.startswith("### ") else title
        if row.startswith("| "):
            old[title, row.split(" | ")[0].removeprefix("| ")] = row
    table: list[str] = []
    title = ""
    for what_if in WHAT_IFS:
        if title != (title := heading(what_if)):
            table += lines(title)
        known = old.get((title, what_if.change), f"| {what_if.change} |")
        table.append(line(what_if, played[what_if.key]) if what_if.key in played else known)
    return page[:start] + "\n" + "\n".join(table) + "\n\n" + page[end:]
