"""The `outcome` section: what happened in fact.

It is kept for whoever compares: nothing that plays or analyses a scenario reads it, and no result depends on it.
"""

from __future__ import annotations

from typing import Literal, get_args

from sim.scenario.distributions import SHARE, Legal, number
from sim.scenario.format import OutcomeEntry
from sim.scenario.issues import Question, names_option
from sim.scenario.model import Ending, Outcome, Settled
from sim.scenario.reading import Reading, found
from sim.scenario.schedule import Span, read_date
from sim.scenario.yaml_text import Mapping, Node, Scalar, number_id

ENDINGS: tuple[Ending, ...] = get_args(Ending)
"""How talks can end, in the words of results."""

_WITHOUT_DEAL: tuple[Ending, ...] = ("impasse", "breakdown", "talks_continue", "not_ratified")
"""Endings in which nothing came into force."""


def read_outcome(reading: Reading, node: Node, span: Span, questions: dict[str, Question]) -> Outcome | None:
    """What happened in fact.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The section.
    span
        The time that the scenario covers.
    questions
        The issues by id.

    Returns
    -------
    None where the section does not say whether there was an agreement, which is a mistake.
    """
    entries = reading.entries(node, OutcomeEntry)
    day = read_date(reading, entries["date"], "the date of the outcome", "") if "date" in entries else None
    if day is not None and day < span.start:
        reading.error(entries["date"].place, f"the outcome {day} lies before the start {span.start}")
    agreement = _agreement(reading, entries["agreement"]) if "agreement" in entries else None
    ending = _ending(reading, entries.get("ending"), agreement)
    package = _package(reading, entries.get("package"), questions)
    if agreement is False and ending != "not_ratified" and "package" in entries:
        reading.error(
            entries["package"].place,
            "an outcome without an agreement has no package, unless the ending is not_ratified: what had been signed",
        )
    if agreement is None or not isinstance(node, Mapping):
        return None
    source = node.entries.get("source")
    note = node.entries.get("note")
    return Outcome(
        agreement,
        ending,
        day,
        package,
        note.text if isinstance(note, Scalar) else "",
        reading.source_keys(source) if source is not None else (),
    )


def _agreement(reading: Reading, node: Node) -> bool | Literal["partial"] | None:
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    if isinstance(node, Scalar) and node.value == "partial":
        return "partial"
    reading.error(node.place, f"expected true, false or partial for agreement, found {found(node)}")
    return None


def _ending(reading: Reading, node: Node | None, agreement: bool | Literal["partial"] | None) -> Ending | None:
    """The ending, which must be one that fits the agreement; what the agreement alone tells where none is given."""
    told: dict[bool | Literal["partial"] | None, tuple[Ending, ...]] = {
        True: ("agreement",),
        "partial": ("partial",),
        False: _WITHOUT_DEAL,
        None: ENDINGS,
    }
    fitting = told[agreement]
    if node is None:
        return fitting[0] if len(fitting) == 1 else None
    word = reading.word(node, "ending", ENDINGS)
    if isinstance(node, Scalar) and node.text in ENDINGS and word not in fitting:
        reading.error(node.place, f"the ending '{word}' does not fit the agreement; expected {' or '.join(fitting)}")
    return next((ending for ending in ENDINGS if ending == word), None)


def _package(reading: Reading, node: Node | None, questions: dict[str, Question]) -> tuple[Settled, ...]:
    if node is None:
        return ()
    settled = []
    for name, place, value in reading.table(node, "the package of the outcome (issue to option)"):
        if reading.known(name, place, "issue", questions) and questions[name].issue.options:
            settled.append(_settled(reading, value, questions[name]))
    return tuple(settled)


def _settled(reading: Reading, node: Node, question: Question) -> Settled:
    issue = question.issue
    what = f"the outcome on '{issue.id}'"
    if names_option(question, node):
        return Settled(question.index, question.option(reading, node, "an option"))
    if issue.scale is None:
        return Settled(question.index, None, number(reading, node, SHARE, what))
    low, high = sorted((issue.scale.start, issue.scale.stop))
    value = number(reading, node, Legal(low, high, unit=issue.scale.unit or ""), what)
    place = None if value is None else (value - issue.scale.start) / (issue.scale.stop - issue.scale.start)
    option = None if value is None else question.options.get(number_id(value))
    return Settled(question.index, option, place)
