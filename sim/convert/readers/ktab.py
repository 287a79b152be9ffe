"""KTAB: input of the spatial model of politics (SMP) of KAPSARC's toolkit for the analysis of bargaining, CSV and XML.

Each actor has a capability, and on each dimension a position and a salience from 0 to 100. In CSV the first line has
the scenario's name, its description and the numbers of actors and of dimensions, the second the names of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.convert.cells import Cell, Sheet, read_table
from sim.convert.draft import Draft, must_be, refuse
from sim.convert.markup import Element, number_in, read_markup, root_tag
from sim.convert.opened import Opened
from sim.convert.stands import Actor, Scale, Stand, Stands, add_stands, any_deal_is_better, talks_among_all
from sim.convert.wishes import Wishes

NAME = "ktab"
TITLE = "input of KTAB's spatial model of politics (CSV or XML)"

SOURCE = "ktab"
_FULL = 100.0
_SUFFIX = re.compile(r"\s+(position|pstn|pos)$", re.IGNORECASE)


def knows(file: Opened) -> bool:
    """Whether this is SMP's XML, or a table whose second line begins with Actor and Description."""
    if root_tag(file.head) == "Scenario":
        return True
    if file.zipped or file.head.lstrip().startswith(("<", "{", "[")):
        return False
    lines = [line for line in file.head.split("\n") if line.strip()]
    return len(lines) > 1 and re.match(r'\s*"?actor"?\s*[,;\t]\s*"?description', lines[1], re.IGNORECASE) is not None


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read one scenario of SMP.

    Raises
    ------
    ScenarioError
        If the file is wrong.
    """
    if len(files) > 1:
        raise refuse(files[1].place, "one SMP scenario at a time")
    file = files[0]
    draft = Draft()
    data = Stands()
    if root_tag(file.head):
        title, about = _read_xml(draft, read_markup(file), data)
    else:
        title, about = _read_csv(read_table(file), data)
    draft.plain = {"format": 1, "title": title or file.stem}
    if about:
        draft.plain["description"] = about
    draft.plain["sources"] = {SOURCE: f"KTAB SMP scenario {file.name}"}
    add_stands(draft, data, SOURCE, file.place)
    any_deal_is_better(draft, "SMP has no status quo")
    talks_among_all(draft, wishes.rounds)
    return draft


def _read_csv(table: Sheet, data: Stands) -> tuple[str, str]:
    top, header = table.rows[0], table.rows[1]
    title, about = (top[0].text, top[1].text if len(top) > 1 else "")
    if len(top) < 4:
        raise refuse(top[0].place, "expected name, description, number of actors and of dimensions in the first line")
    actors, dimensions = _count(table, top[2], "actors"), _count(table, top[3], "dimensions")
    names = [header[3 + 2 * d].text if len(header) > 3 + 2 * d else "" for d in range(dimensions)]
    for d, name in enumerate(names):
        if not name:
            raise refuse(header[-1].place, f"the name of dimension {d + 1} is missing")
        data.issues.append(Scale(_SUFFIX.sub("", name), low=0.0, high=_FULL))
    if len(table.rows) - 2 != actors:
        raise refuse(top[2].place, f"{actors} actors are announced, found {len(table.rows) - 2}")
    taken: set[str] = set()
    for row in table.rows[2:]:
        if len(row) < 3 + 2 * dimensions:
            raise refuse(row[-1].place, f"this line ends early: expected {3 + 2 * dimensions} cells, found {len(row)}")
        name = row[0].text
        _new_actor(data, taken, name, row[1].text, row[0])
        power = table.number(row[2], "the power", low=0.0)
        for d, issue in enumerate(data.issues):
            position = table.number(row[3 + 2 * d], "a position", 0.0, _FULL)
            salience = table.number(row[4 + 2 * d], "a salience", 0.0, _FULL)
            data.stands.append(Stand(name, issue.name, position, salience, power, row[3 + 2 * d].place))
    return title, about


def _count(table: Sheet, cell: Cell, what: str) -> int:
    value = table.number(cell, f"the number of {what}", 1.0, 100_000.0)
    if not value.is_integer():
        raise refuse(cell.place, f"expected a whole number of {what}, found {cell.text}")
    return int(value)


def _new_actor(data: Stands, names: set[str], name: str, description: str, where: Cell | Element) -> None:
    if not name:
        raise refuse(where.place, "an actor has no name")
    if name in names:
        raise refuse(where.place, f"the actor '{name}' stands twice")
    names.add(name)
    data.actors.append(Actor(name, note=description))


def _read_xml(draft: Draft, root: Element, data: Stands) -> tuple[str, str]:
    dimensions, actors = root.first("Dimensions"), root.first("Actors")
    if dimensions is None or actors is None:
        raise refuse(root.place, "expected Dimensions and Actors, as SMP has them")
    for element in dimensions.all("dName"):
        name = element.text.strip()
        if not name or any(issue.name == name for issue in data.issues):
            raise refuse(element.place, f"expected the name of another dimension, found '{name}'")
        data.issues.append(Scale(name, low=0.0, high=_FULL))
    taken: set[str] = set()
    for actor in actors.all("Actor"):
        name = _text(actor, "name")
        _new_actor(data, taken, name, _text(actor, "description"), actor)
        power = _number(actor.first("capability"), actor, "capability", 1e15)
        positions, saliences = actor.first("Position"), actor.first("Salience")
        where = positions.all("dCoord") if positions else []
        how_much = saliences.all("dSal") if saliences else []
        if not len(where) == len(how_much) == len(data.issues):
            raise refuse(actor.place, f"expected {len(data.issues)} positions and saliences for '{name}'")
        for issue, coordinate, salience in zip(data.issues, where, how_much, strict=True):
            if not coordinate.text.strip():
                draft.dropped(
                    f"the salience of '{name}' on '{issue.name}', on which it has no position", coordinate.place
                )
                continue
            position = _number(coordinate, actor, "dCoord", _FULL)
            weight = _number(salience, actor, "dSal", _FULL)
            data.stands.append(Stand(name, issue.name, position, weight, power, coordinate.place))
    _note_unread(draft, root, data)
    return _text(root, "name"), _text(root, "desc")


def _note_unread(draft: Draft, root: Element, data: Stands) -> None:
    names = {actor.name for actor in data.actors}
    for element in root.children:
        if element.tag in ("name", "desc", "Dimensions", "Actors"):
            continue
        if element.tag == "ModelParameters":
            shown = ", ".join(f"{child.tag} {child.text.strip()}" for child in element.children)
            draft.dropped(f"the settings of SMP's own model: {shown}", element.place)
        elif element.tag == "IdealAdjustment":
            pairs = [pair for pair in element.all("iaPair") if _adjusts(pair)]
            for pair in element.all("iaPair"):
                must_be(_text(pair, "adjustingIdeal"), names, pair.place, "actor")
            if pairs:
                draft.dropped("the adjustment of ideals to others' positions (IdealAdjustment)", element.place)
        else:
            draft.dropped(f"<{element.tag}> '{element.text.strip()[:40]}'", element.place)


def _adjusts(pair: Element) -> bool:
    """Whether a pair says more than that an actor stays at its own ideal."""
    stays = _text(pair, "adjustingIdeal") == _text(pair, "referencePos")
    return _text(pair, "adjust").strip("0.") != ("1" if stays else "")


def _text(element: Element, tag: str) -> str:
    found = element.first(tag)
    return "" if found is None else " ".join(found.text.split())


def _number(element: Element | None, of: Element, what: str, high: float) -> float:
    if element is None:
        raise refuse(of.place, f"<{what}> is missing")
    value = number_in(element.text.strip(), element.place, f"<{what}>")
    if not 0.0 <= value <= high:
        raise refuse(element.place, f"expected a number from 0 to {high:g} for <{what}>, found {element.text.strip()}")
    return value
