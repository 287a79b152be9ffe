"""DECIDE: the files of Stokman and Thomson's exchange models, lines that begin with what they hold.

``#A`` an actor, its full name, a comment; ``#P`` an issue and its description; ``#M`` a point on an issue's scale and
what it means (the ends of the scale are the lowest and the highest, 0 and 100 if there are none); ``#D`` actor, issue,
position, salience, power; ``#O`` what it is about; ``#/`` a remark.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.convert.cells import Cell, read_table
from sim.convert.draft import Draft, must_be, refuse
from sim.convert.opened import Opened
from sim.convert.stands import Actor, Scale, Stand, Stands, add_stands, any_deal_is_better, talks_among_all
from sim.convert.wishes import Wishes
from sim.scenario.problems import Place

NAME = "decide"
TITLE = "a table of the exchange models (DECIDE)"

SOURCE = "decide"
_MARKS = ("#A", "#P", "#M", "#D", "#O", "#/")


def knows(file: Opened) -> bool:
    """Whether its lines begin as they do in DECIDE."""
    if file.zipped:
        return False
    first = next((line for line in file.head.split("\n") if line.strip()), "").strip().strip("'\"")
    return first[:2] in _MARKS and not file.head.lstrip().startswith("<")


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read one table.

    Raises
    ------
    ScenarioError
        If a line is wrong.
    """
    if len(files) > 1:
        raise refuse(files[1].place, "one table at a time")
    draft = Draft()
    table = read_table(files[0])
    data = Stands()
    actors: dict[str, Actor] = {}
    issues: dict[str, Scale] = {}
    points: dict[str, list[tuple[float, str]]] = {}
    title, remarks = files[0].stem, []
    for row in table.rows:
        mark, cells = row[0].text, row[1:]
        if mark == "#O":
            title = " ".join(cell.text for cell in cells if cell.text) or title
        elif mark.startswith("#/"):
            remarks.append(" ".join(cell.text for cell in [Cell(mark[2:], row[0].place), *cells] if cell.text))
        elif mark == "#A":
            name = _text(cells, 0, "an actor", row[0].place)
            if name in actors:
                raise refuse(row[0].place, f"the actor '{name}' stands twice")
            actors[name] = Actor(name, _optional(cells, 1), _optional(cells, 2))
        elif mark == "#P":
            name = _text(cells, 0, "an issue", row[0].place)
            if name in issues:
                raise refuse(row[0].place, f"the issue '{name}' stands twice")
            second = _optional(cells, 1)
            third = _optional(cells, 2)
            issues[name] = Scale(name, second, note="" if third in (name, second) else third)
            points[name] = []
        elif mark == "#M":
            name = _text(cells, 0, "an issue", row[0].place)
            must_be(name, issues, cells[0].place, "issue")
            points[name].append(
                (table.number(_cell(cells, 1, "a point", row[0].place), "a point"), _optional(cells, 2))
            )
        elif mark == "#D":
            actor, issue = _text(cells, 0, "an actor", row[0].place), _text(cells, 1, "an issue", row[0].place)
            must_be(actor, actors, cells[0].place, "actor")
            must_be(issue, issues, cells[1].place, "issue")
            position = table.number(_cell(cells, 2, "a position", row[0].place), "a position")
            salience = table.number(_cell(cells, 3, "a salience", row[0].place), "a salience", low=0.0)
            power = table.number(_cell(cells, 4, "a power", row[0].place), "a power", low=0.0)
            data.stands.append(Stand(actor, issue, position, salience, power, row[0].place))
            if _optional(cells, 5):
                draft.dropped(f"the comment '{' '.join(cell.text for cell in cells[5:])}'", row[0].place)
        else:
            raise refuse(row[0].place, f"expected a line that begins with {', '.join(_MARKS)}, found '{mark[:20]}'")
    for name, scale in issues.items():
        values = [value for value, _ in points[name]]
        scale.low, scale.high = (min(values), max(values)) if values else (0.0, 100.0)
        if scale.low == scale.high:
            raise refuse(files[0].place, f"the issue '{name}' has one point, expected at least two")
        meant = "; ".join(f"{value:g}: {text}" for value, text in points[name] if text)
        scale.note = ". ".join(part for part in (scale.note, meant) if part)
    data.actors, data.issues = list(actors.values()), list(issues.values())
    if not data.stands:
        raise refuse(files[0].place, "there is no line that says where an actor stands (#D)")
    if any(remarks):
        draft.comments[""] = "\n".join(remark for remark in remarks if remark)
    draft.plain = {"format": 1, "title": title, "sources": {SOURCE: f"DECIDE table {files[0].name}"}}
    add_stands(draft, data, SOURCE, files[0].place)
    any_deal_is_better(draft, "the table has no status quo")
    talks_among_all(draft, wishes.rounds)
    return draft


def _cell(cells: Sequence[Cell], at: int, what: str, place: Place) -> Cell:
    if at >= len(cells):
        raise refuse(place, f"{what} is missing in this line")
    return cells[at]


def _text(cells: Sequence[Cell], at: int, what: str, place: Place) -> str:
    text = _cell(cells, at, what, place).text
    if not text:
        raise refuse(cells[at].place, f"{what} is missing in this line")
    return text


def _optional(cells: Sequence[Cell], at: int) -> str:
    return cells[at].text if at < len(cells) else ""
