"""A scenario file with its uncertainty narrowed by what was observed: the text as it was, other numbers in it.

Only numbers that moved clearly are rewritten, each as a distribution of its own kind with the weighted mean and spread,
within the range that it had; all else, layout and comments too, stays. What numbers learned together (that if one is
high the other is low) is lost, as the format states one number at a time. A party that is `like` another follows what
stands there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sim.forecast.calibration import Calibration, Moved
from sim.scenario.model import Quantity, Scenario
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, read_yaml

KINDS = ("uniform", "plus_minus", "triangular", "normal")
"""Distributions that can be narrowed; a beta or a choice is left as it stands."""
_NUMBERS = re.compile(rf"\b({'|'.join(KINDS)})\s*:\s*\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A number rewritten: its path, what stood there, and what stands there now, as in the file."""

    path: str
    before: str
    after: str


def narrowed(text: str, result: Calibration, described: str) -> tuple[str, tuple[Narrowed, ...], tuple[str, ...]]:
    """The text of the scenario with narrowed distributions.

    Parameters
    ----------
    text
        The scenario file.
    result
        What was learned.
    described
        How the numbers came about, in one line for the top of the file.

    Returns
    -------
    The new text, what was rewritten, and paths of numbers that stand in the file and moved clearly but stay as they
    are: a kind of distribution that can't be narrowed, or one that is not written in braces.
    """
    root = read_yaml(text.removeprefix("\ufeff"))
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    changes: list[tuple[int, int, str, str]] = []
    done, left = [], []
    for moved in result.moved:
        node = _stands(root, moved.quantity.path) if moved.clear else None
        if node is None:
            continue
        first = starts[node.place.line - 1] + node.place.column - 1
        found = _NUMBERS.search(text, first, _closing(text, first)) if text[first : first + 1] == "{" else None
        if found is None or found[1] != moved.quantity.kind:
            left.append(moved.quantity.path)
            continue
        numbers = ", ".join(f"{x:g}" for x in _parameters(moved, _scale(result.scenario, moved.quantity.path)))
        new = f"{found[1]}: [{numbers}]"
        changes.append((found.start(), found.end(), new, found[0]))
        done.append(Narrowed(moved.quantity.path, found[0], new))
    for start, end, new, old in sorted(set(changes), reverse=True):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        text = f"{text[:start]}{new}{text[end:stop]}{'' if '#' in text[end:stop] else f'  # was {old}'}{text[stop:]}"
    return f"# {described}\n{text}", tuple(done), tuple(left)


def _stands(root: Node, path: str) -> Node | None:
    """The distribution of a number where it stands in the file itself, None where it stands nowhere."""
    for node in _at(root, path.split(".")):
        if isinstance(node, Mapping) and any(key in KINDS or key in ("beta", "choice") for key in node.entries):
            return node
    return None


def _at(node: Node, parts: list[str]) -> Iterator[Node]:
    """What stands at a path; an id may hold dots, and items of lists go by their ids."""
    if not parts:
        yield node
        if isinstance(node, Mapping) and "days" in node.entries:
            yield node.entries["days"]
        return
    for count in range(len(parts), 0, -1):
        key = ".".join(parts[:count])
        if isinstance(node, Mapping) and key in node.entries:
            yield from _at(node.entries[key], parts[count:])
        elif isinstance(node, Items):
            for item in node.items:
                given = item.entries.get("id") if isinstance(item, Mapping) else None
                if isinstance(given, Scalar) and given.text == key:
                    yield from _at(item, parts[count:])


def _closing(text: str, first: int) -> int:
    """Where the braces that open at `first` close."""
    depth = 0
    for at in range(first, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def _scale(scenario: Scenario, path: str) -> tuple[float, float]:
    """Shift and stretch from the compiled number to that of the file: positions may stand on an issue's scale."""
    for issue in scenario.issues:
        if issue.scale is not None and ".positions." in path and path.endswith(f".{issue.id}"):
            return issue.scale.start, issue.scale.stop - issue.scale.start
    return 0.0, 1.0


def _parameters(moved: Moved, scale: tuple[float, float]) -> list[float]:
    """Parameters of the narrowed distribution, in the units of the file."""
    (mean, spread, low, high), quantity = moved.after, moved.quantity
    first, last = _range(quantity)
    half = math.sqrt(3.0) * spread  # of a uniform distribution with this spread
    match quantity.kind:
        case "uniform":
            numbers = [max(mean - half, first), min(mean + half, last)]
        case "plus_minus":
            numbers = [mean, min(half, quantity.parameters[1])]
        case "normal":
            numbers = [mean, min(spread, quantity.parameters[1])]
        case _:
            numbers = [max(low, first), min(max(mean, low), high), min(high, last)]
    shift, stretch = scale
    relative = quantity.kind in ("plus_minus", "normal")
    filed = [x * abs(stretch) if relative and k == 1 else shift + stretch * x for k, x in enumerate(numbers)]
    if not relative:
        filed.sort()
    return [float(f"{x:.4g}") for x in filed]


def _range(quantity: Quantity) -> tuple[float, float]:
    numbers = quantity.parameters
    if quantity.kind in ("uniform", "triangular"):
        return numbers[0], numbers[-1]
    return quantity.low, quantity.high
