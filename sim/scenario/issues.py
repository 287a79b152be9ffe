"""Issues: their options, scales and status quo."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sim.scenario.distributions import ANY, SHARE, as_number, number, quantity
from sim.scenario.format import IssueEntry, OptionEntry, ScaleEntry
from sim.scenario.limits import MOST_ISSUES, MOST_OPTIONS
from sim.scenario.model import Issue, Option, Quantity, Scale
from sim.scenario.problems import Place, did_you_mean
from sim.scenario.reading import Reading, found, is_null
from sim.scenario.yaml_text import Mapping, Node, Scalar, id_text, number_id, plain_value


@dataclass(slots=True)
class Question:
    """An issue with what the reading of other entries needs.

    Attributes
    ----------
    issue, index
        The issue and its place among the issues.
    options
        Index of each option by its id.
    has_status_quo
        Whether the file gives it a status quo, be it a wrong one.
    """

    issue: Issue
    index: int
    options: dict[str, int] = field(default_factory=dict)
    has_status_quo: bool = False

    def find(self, node: Node) -> int | None:
        """Index of the option that a node names: by its id, else, if it is a number, by the only id of this value."""
        if not isinstance(node, Scalar) or is_null(node):
            return None
        name = id_text(node)
        if name in self.options:
            return self.options[name]
        value = _number_of(name)
        if value is None:
            return None
        if self.issue.scale is not None:
            return self.options.get(number_id(value))
        alike = [i for id_, i in self.options.items() if _number_of(id_) == value]
        return alike[0] if len(alike) == 1 else None

    def option(self, reading: Reading, node: Node, what: str) -> int | None:
        """Index of the option that a node names; if there is none, a mistake."""
        found_index = self.find(node)
        if found_index is None:
            name = reading.id(node, what)
            if name is not None:
                reading.known(name, node.place, "option", self.options, f" of the issue '{self.issue.id}'")
        return found_index


def _number_of(name: str) -> float | None:
    """The number that a text is when it stands there plainly."""
    value = plain_value(name)
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else float(value)


def read_issues(reading: Reading, node: Node) -> dict[str, Question]:
    """Issues of the file by id."""
    questions: dict[str, Question] = {}
    reading.at_most(node, MOST_ISSUES, "issues")
    for name, place, value in reading.table(node, "issues (id to issue)"):
        if reading.new_id(name, place, "an issue", questions):
            issue = _issue(reading, name, place, value)
            ids = {option.id: i for i, option in enumerate(issue.options)}
            questions[name] = Question(issue, len(questions), ids)
            entry = value.entries.get("status_quo") if isinstance(value, Mapping) else None
            if entry is not None and not is_null(entry) and ids:
                status_quo = questions[name].option(reading, entry, "the status quo")
                issue = Issue(issue.id, issue.title, issue.options, status_quo, issue.scale)
                questions[name].issue = issue
            keys = value.entries if isinstance(value, Mapping) else ("status_quo",)
            questions[name].has_status_quo = any(k == "status_quo" or did_you_mean(k, ["status_quo"]) for k in keys)
    for name in reading.empty(node):  # wrong, but there: others may name it
        questions[name] = Question(Issue(name, name, (), None, None), len(questions), has_status_quo=True)
    if not questions and isinstance(node, Mapping):
        reading.error(node.place, "a scenario needs at least one issue")
    return questions


def _issue(reading: Reading, name: str, place: Place, node: Node) -> Issue:
    entries = reading.entries(node, IssueEntry)
    title = reading.text(entries["title"], "title") if "title" in entries else name
    options: tuple[Option, ...] = ()
    scale = None
    if "options" in entries and "scale" in entries:
        reading.error(entries["options"].place, f"the issue '{name}' has both options and a scale; keep one of them")
    elif "options" in entries:
        options = _options(reading, name, entries["options"])
    elif "scale" in entries:
        scale, options = _scale(reading, name, entries["scale"])
    elif isinstance(node, Mapping) and not {"options", "scale"} & node.entries.keys():
        reading.error(place, f"the issue '{name}' has neither options nor a scale")
    return Issue(name, title, options, None, scale)


def _options(reading: Reading, issue: str, node: Node) -> tuple[Option, ...]:
    options: dict[str, Option] = {}
    items = reading.items(node, "options (ids, or {id, title, at})")
    if len(items) > MOST_OPTIONS:
        many = f"the issue '{issue}' has {len(items):,} options, expected at most {MOST_OPTIONS:,}"
        reading.error(items[MOST_OPTIONS].place, many)
        items = items[:MOST_OPTIONS]
    for item in items:
        entries: dict[str, Node] = {}
        if isinstance(item, Mapping):
            entries = reading.entries(item, OptionEntry)
            if "id" not in entries:
                continue
        id_node = entries.get("id", item)
        name = reading.id(id_node, "an option")
        if name is None or not reading.new_id(name, id_node.place, "an option", options):
            continue
        path = f"issues.{issue}.options.{name}.at"
        at = None
        if "at" in entries:
            at = quantity(reading, entries["at"], path, SHARE, "the place of an option")
        elif item is items[0] or item is items[-1]:
            at = Quantity(path, "fixed", (0.0 if item is items[0] else 1.0,), 0.0, 1.0)
        title = reading.text(entries["title"], "title") if "title" in entries else name
        options[name] = Option(name, title, at)
    if not items and not reading.errors:
        reading.error(node.place, f"the issue '{issue}' needs at least one option, found {found(node)}")
    return tuple(options.values())


def _scale(reading: Reading, issue: str, node: Node) -> tuple[Scale | None, tuple[Option, ...]]:
    entries = reading.entries(node, ScaleEntry)
    unit = reading.text(entries["unit"], "unit") if "unit" in entries else None
    given = {key: number(reading, entries[key], ANY, f"'{key}'") for key in ("from", "to", "step") if key in entries}
    start, stop, step = given.get("from"), given.get("to"), given.get("step")
    if start is None or stop is None or step is None:
        return None, ()
    if step == 0:
        reading.error(entries["step"].place, "the step of a scale cannot be 0")
        return None, ()
    if start == stop:
        reading.error(entries["to"].place, f"a scale needs two different ends, found {number_id(start)} twice")
        return None, ()
    first, exact_step = Decimal(repr(start)), abs(Decimal(repr(step)))
    span = Decimal(repr(stop)) - first
    if abs(span) / exact_step + 1 > MOST_OPTIONS:
        many = f"{abs(span) / exact_step + 1:.6g}"
        reading.error(entries["step"].place, f"the scale would have {many} options, expected at most {MOST_OPTIONS:,}")
        return None, ()
    if span % exact_step:
        shown = f"from {number_id(start)} to {number_id(stop)}"
        reading.error(entries["step"].place, f"the step {number_id(step)} does not divide the scale {shown}")
        return None, ()
    count = int(abs(span) / exact_step)
    signed = exact_step.copy_sign(span)
    options = []
    for i in range(count + 1):
        name = number_id(float(first + i * signed))
        at = Quantity(f"issues.{issue}.options.{name}.at", "fixed", (i / count,), 0.0, 1.0)
        options.append(Option(name, f"{name} {unit}" if unit else name, at))
    return Scale(start, stop, float(signed), unit), tuple(options)


def fixed_place(issue: Issue, option: int) -> float | None:
    """Place of an option on its issue's scale; None where it is uncertain.

    Where an option at an end is wrong, so that the place cannot be told, some place.
    """
    given = {i: each.at for i, each in enumerate(issue.options) if each.at is not None}
    left = max((i for i in given if i <= option), default=None)
    right = min((i for i in given if i >= option), default=None)
    if left is None or right is None:
        return 0.0
    if not (given[left].certain and given[right].certain):
        return None
    part = (option - left) / max(right - left, 1)
    return given[left].parameters[0] * (1.0 - part) + given[right].parameters[0] * part


def names_option(question: Question, node: Node) -> bool:
    """Whether a node stands for an option of the issue rather than for a number on its scale.

    On an issue with a numeric scale both are the same, so everything is a number there. Elsewhere a number that is, as
    it is written, also the id of an option stands for the option.
    """
    if question.issue.scale is not None or not isinstance(node, Scalar):
        return False
    return as_number(node) is None or id_text(node) in question.options
