"""Red lines: options that are never accepted, by issue; whether an option is one may be uncertain."""

from __future__ import annotations

from sim.scenario.distributions import SHARE, is_distribution, quantity, shared_factors
from sim.scenario.format import RESERVED, Chance
from sim.scenario.issues import Question
from sim.scenario.model import Quantity, UncertainRedLine
from sim.scenario.reading import Reading, found
from sim.scenario.yaml_text import Mapping, Node, Scalar

Lines = tuple[frozenset[tuple[int, int]], tuple[UncertainRedLine, ...]]


def read_red_lines(reading: Reading, node: Node | None, base: str, questions: dict[str, Question]) -> Lines:
    """Red lines in a mapping of issues to lists of options.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The mapping, if there is one.
    base
        Its path, ``parties.RUS.red_lines``.
    questions
        The issues by id.

    Returns
    -------
    Pairs of issue and option (indices) that are red lines for certain, and those of which that is uncertain.
    """
    certain: set[tuple[int, int]] = set()
    uncertain: dict[tuple[int, int], UncertainRedLine] = {}
    if node is None:
        return frozenset(), ()
    for name, place, value in reading.table(node, "red_lines (by issue)"):
        if not reading.known(name, place, "issue", questions):
            continue
        question = questions[name]
        if not question.issue.options:
            continue
        for item in reading.items(value, "option ids for red_lines"):
            named, chance = _entry(reading, item)
            option = question.option(reading, named, "an option") if named is not None else None
            if option is None or named is None:
                continue
            line = (question.index, option)
            name_of_option = question.issue.options[option].id
            if line in certain or line in uncertain:
                reading.error(named.place, f"the option '{name_of_option}' stands twice in the list")
            elif chance is None:
                certain.add(line)
            else:
                uncertain[line] = _uncertain(reading, chance, f"{base}.{name}.{name_of_option}", line)
    return frozenset(certain), tuple(uncertain.values())


def read_certain_red_lines(
    reading: Reading, node: Node | None, base: str, questions: dict[str, Question]
) -> frozenset[tuple[int, int]]:
    """Red lines where none may be uncertain: at home, where `probability` says how unsure a deal's fate is."""
    certain, uncertain = read_red_lines(reading, node, base, questions)
    if uncertain and node is not None:
        option = _option_of(questions, uncertain[0])
        reading.error(
            node.place,
            f"red lines of a ratification are certain, and '{option}' is not; say by `probability` how unsure it is",
        )
    return certain


def _option_of(questions: dict[str, Question], line: UncertainRedLine) -> str:
    issue = next(question.issue for question in questions.values() if question.index == line.issue)
    return issue.options[line.option].id


def _entry(reading: Reading, item: Node) -> tuple[Node | None, Node | None]:
    """The option that an entry of the list names, and its probability, None where it is certain."""
    if not isinstance(item, Mapping):
        return item, None
    reading.annotations(item)
    names = [key for key in item.entries if key not in RESERVED]
    if len(names) != 1:
        reading.error(
            item.place, f"expected an option id or {{OPTION: probability}} for red_lines, found {found(item)}"
        )
        return None, None
    (name,) = names
    if not reading.has_value(item, name):
        return None, None
    return Scalar(item.keys[name], name, name), item.entries[name]


def _uncertain(reading: Reading, node: Node, path: str, line: tuple[int, int]) -> UncertainRedLine:
    """A red line with its probability: a number, a distribution, or {probability: p, shared: {NAME: r}}."""
    what = "the probability of a red line"
    factors: tuple[tuple[str, float], ...] = ()
    probability = node
    if isinstance(node, Mapping) and not is_distribution(node):
        entries = reading.entries(node, Chance, "a number, a distribution or ")
        factors = shared_factors(reading, entries["shared"]) if "shared" in entries else ()
        if "probability" not in entries:
            return UncertainRedLine(*line, Quantity(path, "fixed", (0.5,), 0.0, 1.0), _luck(path, factors))
        probability = entries["probability"]
    return UncertainRedLine(*line, quantity(reading, probability, path, SHARE, what), _luck(path, factors))


def _luck(path: str, factors: tuple[tuple[str, float], ...]) -> Quantity:
    return Quantity(f"{path}.drawn", "uniform", (0.0, 1.0), 0.0, 1.0, shared=factors)
