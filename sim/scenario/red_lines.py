"""Red lines: options that are never accepted, by issue."""

from __future__ import annotations

from sim.scenario.issues import Question
from sim.scenario.reading import Reading
from sim.scenario.yaml_text import Node


def read_red_lines(reading: Reading, node: Node | None, questions: dict[str, Question]) -> frozenset[tuple[int, int]]:
    """Pairs of issue and option (indices) in a mapping of issues to lists of options."""
    lines: set[tuple[int, int]] = set()
    if node is None:
        return frozenset()
    for name, place, value in reading.table(node, "red_lines (by issue)"):
        if not reading.known(name, place, "issue", questions):
            continue
        question = questions[name]
        if not question.issue.options:
            continue
        for item in reading.items(value, "option ids for red_lines"):
            option = question.option(reading, item, "an option")
            if option is not None and (question.index, option) in lines:
                reading.error(item.place, f"the option '{question.issue.options[option].id}' stands twice in the list")
            elif option is not None:
                lines.add((question.index, option))
    return frozenset(lines)
