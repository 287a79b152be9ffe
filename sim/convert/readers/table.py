"""Plain tables: a row for each actor and issue, with columns for actor, issue, position, salience and power.

Only actor and position must be there. Without a column of issues the table is about one; without salience all issues
count the same to an actor, without power all actors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.convert.cells import Cell, Sheet, read_table
from sim.convert.draft import Draft, refuse
from sim.convert.opened import Opened
from sim.convert.stands import Actor, Scale, Stand, Stands, add_stands, any_deal_is_better, talks_among_all
from sim.convert.wishes import Wishes
from sim.scenario.problems import ScenarioError, listing

NAME = "table"
TITLE = "a table with columns actor, issue, position, salience, power (CSV or XLSX)"

SOURCE = "table"
COLUMNS: dict[str, tuple[str, ...]] = {
    "actor": ("actor", "party", "player", "stakeholder", "country", "name"),
    "issue": ("issue", "dimension", "question", "topic"),
    "position": ("position", "pos", "stance", "preference"),
    "salience": ("salience", "sal", "importance", "interest"),
    "power": ("power", "capability", "capabilities", "resources", "influence", "clout", "weight"),
}
"""Columns and the names under which they are known, in any case."""


def knows(file: Opened) -> bool:
    """Whether the first line of a table names at least an actor and a position."""
    if not file.zipped and (not file.head or file.head.lstrip().startswith(("<", "{", "["))):
        return False
    if not file.zipped:
        first = next((line for line in file.head.split("\n") if line.strip()), "")
        words = {word.strip(" \"'").lower() for word in re.split(r"[\t;,]", first)}
        return all(words & set(COLUMNS[column]) for column in ("actor", "position"))
    return True


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read one table.

    Raises
    ------
    ScenarioError
        If a column is missing or a row is wrong.
    """
    if len(files) > 1:
        raise refuse(files[1].place, "one table at a time")
    file = files[0]
    draft = Draft()
    table = read_table(file)
    if table.others:
        draft.dropped(f"the other sheets: {listing(table.others)}", file.place)
    columns = _columns(draft, table)
    data = _stands(table, columns, file.stem)
    if "issue" not in columns:
        draft.assumed(f"the table is about one issue, '{file.stem}'", file.place)
    draft.plain = {"format": 1, "title": file.stem, "sources": {SOURCE: f"table {file.name}"}}
    add_stands(draft, data, SOURCE, file.place)
    any_deal_is_better(draft, "the table has no status quo")
    talks_among_all(draft, wishes.rounds)
    return draft


def _columns(draft: Draft, table: Sheet) -> dict[str, int]:
    """Which column holds what."""
    header = table.rows[0]
    names = {name: column for column, known in COLUMNS.items() for name in known}
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        column = names.get(cell.text.lower())
        if column is None:
            if any(at < len(row) and row[at].text for row in table.rows):
                draft.dropped(f"the column '{cell.text}'", cell.place)
        elif column in columns:
            raise refuse(cell.place, f"a second column for {column}; the first is '{header[columns[column]].text}'")
        else:
            columns[column] = at
    for column in ("actor", "position"):
        if column not in columns:
            found = listing([cell.text for cell in header if cell.text], 8)
            raise refuse(header[0].place, f"expected a column '{column}' in the first line, found {found}")
    return columns


def _stands(table: Sheet, columns: dict[str, int], only: str) -> Stands:
    data = Stands()
    actors: dict[str, Actor] = {}
    issues: dict[str, Scale] = {}
    problems: list[ScenarioError] = []
    for row in table.rows[1:]:

        def cell(column: str, row: list[Cell] = row) -> Cell | None:
            at = columns.get(column)
            return row[at] if at is not None and at < len(row) and row[at].text else None

        actor, issue, position = cell("actor"), cell("issue"), cell("position")
        if actor is None or position is None or (issue is None and "issue" in columns):
            missing = "actor" if actor is None else "position" if position is None else "issue"
            problems.append(refuse(row[0].place, f"this row has no {missing}"))
            continue
        name = only if issue is None else issue.text
        actors.setdefault(actor.text, Actor(actor.text))
        issues.setdefault(name, Scale(name))
        salience, power = cell("salience"), cell("power")
        try:
            stand = Stand(
                actor.text,
                name,
                table.number(position, "a position"),
                None if salience is None else table.number(salience, "a salience", low=0.0),
                None if power is None else table.number(power, "a power", low=0.0),
                row[0].place,
            )
            data.stands.append(stand)
        except ScenarioError as error:
            problems.append(error)
    if problems:
        raise ScenarioError([problem for error in problems for problem in error.problems][:20])
    data.actors, data.issues = list(actors.values()), list(issues.values())
    return data
