"""What a reader hands on: a scenario as plain data, and all there is to say about how it came to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from sim.scenario.format import RESERVED
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing

Plain = dict[str, Any]
"""A scenario file's content, as `sim.load` takes it."""

RemarkKind = Literal["assumed", "changed", "dropped"]

KINDS: dict[RemarkKind, str] = {
    "assumed": "What the source does not say, and is assumed here",
    "changed": "What is said in another way than in the source",
    "dropped": "What the source says and this file does not",
}
"""Kinds of remarks, and what they are in a heading."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was assumed, put in another way, or dropped, and where, if it stands at one place."""

    kind: RemarkKind
    text: str
    place: Place | None = None


def told(remarks: Iterable[Remark], short: bool = False) -> list[tuple[RemarkKind, str]]:
    """Remarks as kind and sentence, those of one kind together, and what was noted at several places once.

    Parameters
    ----------
    remarks
        What there is to say.
    short
        Name files without their folders.
    """
    by_text: dict[tuple[RemarkKind, str], list[Place]] = {}
    for remark in remarks:
        where = [] if remark.place is None or not remark.place.file else [remark.place]
        by_text.setdefault((remark.kind, remark.text), []).extend(where)
    sentences: list[tuple[RemarkKind, str]] = []
    for kind in KINDS:
        for (own, text), places in by_text.items():
            if own == kind:
                names = [str(replace(place, file=Path(place.file).name) if short else place) for place in places]
                more = f" and {len(names) - 3} more" if len(names) > 3 else ""
                where_all = f" ({', '.join(names[:3])}{more})" if names else ""
                sentences.append((kind, text + where_all))
    return sentences


@dataclass(slots=True)
class Draft:
    """A scenario in the making.

    Attributes
    ----------
    plain
        The scenario as plain data.
    text
        The scenario file, where the source is one.
    remarks
        What was assumed, changed and dropped.
    comments
        Comments for the file, by the path of the entry above which they stand; ``""`` is the top.
    """

    plain: Plain = field(default_factory=dict)
    text: str | None = None
    remarks: list[Remark] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)

    def remark(self, kind: RemarkKind, text: str, place: Place | None = None) -> None:
        """Note something once."""
        remark = Remark(kind, text, place)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def assumed(self, text: str, place: Place | None = None) -> None:
        """Note what the source does not say."""
        self.remark("assumed", text, place)

    def changed(self, text: str, place: Place | None = None) -> None:
        """Note what is put in another way."""
        self.remark("changed", text, place)

    def dropped(self, text: str, place: Place | None = None) -> None:
        """Note what is lost."""
        self.remark("dropped", text, place)


def refuse(place: Place, message: str) -> ScenarioError:
    """One clear error."""
    return ScenarioError([Problem(place, message)])


def new_id(name: str, taken: dict[str, int], otherwise: str) -> str:
    """An id for something named so: the name itself where it can be one, else the nearest that can.

    Parameters
    ----------
    name
        Its name in the source.
    taken
        Ids that are taken, and how often each was asked for; the new one is added.
    otherwise
        Stands for an empty name.
    """
    clean = "".join(letter if letter.isprintable() else " " for letter in name).strip()
    wanted = clean or otherwise
    if wanted in RESERVED:
        wanted = f"{wanted}_"
    found = wanted
    while found in taken:
        taken[wanted] = taken.get(wanted, 1) + 1
        found = f"{wanted}_{taken[wanted]}"
    taken[found] = 1
    return found


def must_be(name: str, known: Collection[str], place: Place, what: str) -> None:
    """Refuse a name that is not known, with the nearest that is.

    Raises
    ------
    ScenarioError
        If it is not known.
    """
    if name not in known:
        hint = did_you_mean(name, known) or f"; known are {listing(list(known))}"
        raise refuse(place, f"there is no {what} '{name}'{hint}")
