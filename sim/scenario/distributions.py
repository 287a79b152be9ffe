"""Numbers of the file: fixed ones and distributions, checked against their legal range.

``normal`` and ``plus_minus`` are clipped to the legal range, so only their central value must lie in it. All others
must stay in it with certainty. A fixed whole number must be whole; a distribution on one is rounded half up when it is
drawn, so it may begin at half below the range and end at half above. A ``choice`` of one is a fixed number. A
``beta`` lies between 0 and 1 in the units of the file, also on an issue's scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.scenario.format import KINDS, Distribution, form
from sim.scenario.model import DistributionKind, Quantity
from sim.scenario.problems import did_you_mean
from sim.scenario.reading import Reading, found
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, number_id

LARGEST = 1e15
"""Numbers beyond it are mistakes; sums and squares of those up to it are exact enough and finite."""

_SHAPES: dict[str, tuple[int, str]] = {
    "uniform": (2, "[a, b]"),
    "triangular": (3, "[low, mode, high]"),
    "normal": (2, "[mean, sd]"),
    "beta": (2, "[a, b]"),
    "plus_minus": (2, "[x, d]"),
}


@dataclass(frozen=True, slots=True)
class Legal:
    """The numbers that may stand somewhere; messages say `also` before them and `unit` after."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    unit: str = ""
    also: str = ""

    def __contains__(self, x: float) -> bool:
        if self.whole:  # what rounds half up to a legal number is legal
            return self.low - 0.5 <= x and (math.isinf(self.high) or x <= self.high + 0.5)
        return self.low <= x <= self.high

    def __str__(self) -> str:
        kind = f"{self.also}a whole number" if self.whole else f"{self.also}a number"
        low, high = number_id(self.low), number_id(self.high)
        unit = f" {self.unit}" if self.unit else ""
        if math.isinf(self.low) and math.isinf(self.high):
            return f"{kind}{unit}"
        if math.isinf(self.high):
            return f"{kind} of at least {low}{unit}"
        return f"{kind} from {low} to {high}{unit}"


ANY = Legal()
SHARE = Legal(0.0, 1.0)
AT_LEAST_0 = Legal(0.0)
COUNT = Legal(1.0, whole=True)


def number(reading: Reading, node: Node, legal: Legal, what: str) -> float | None:
    """A plain number in its legal range; None, and a mistake noted, where it is none."""
    x = as_number(node)
    if x is None:
        plain = " (here it cannot be a distribution)" if is_distribution(node) else _too_large(node)
        reading.error(node.place, f"expected {legal} for {what}, found {found(node)}{plain}")
        return None
    if not legal.low <= x <= legal.high or (legal.whole and not x.is_integer()):
        reading.error(node.place, f"expected {legal} for {what}, found {found(node)}")
        return None
    return x


def count(reading: Reading, node: Node, most: int, what: str) -> int | None:
    """A plain whole number of at least 1 and at most so many; None, and a mistake noted, where it is none."""
    x = number(reading, node, COUNT, what)
    if x is not None and x > most:
        reading.error(node.place, f"expected at most {most:,} for {what}, found {found(node)}")
        return None
    return None if x is None else int(x)


def quantity(
    reading: Reading, node: Node, path: str, legal: Legal, what: str, shift: float = 0.0, stretch: float = 1.0
) -> Quantity:
    """A number or a distribution as a quantity.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        What stands in the file.
    path
        The quantity's address.
    legal
        Its legal range, in the units of the file.
    what
        How messages call it.
    shift, stretch
        The compiled number is (number of the file - shift) / stretch: for positions on an issue's scale. On a
        descending scale `stretch` is negative; a factor that the number shares then still moves the compiled number,
        the position in [0, 1], upwards.

    Returns
    -------
    Quantity
        Where the file is wrong, some legal fixed number.
    """
    ends = sorted(((legal.low - shift) / stretch, (legal.high - shift) / stretch))
    low, high = (legal.low, legal.high) if (shift, stretch) == (0.0, 1.0) else (ends[0], ends[1])

    def made(
        kind: DistributionKind, parameters: tuple[float, ...], factors: tuple[tuple[str, float], ...] = ()
    ) -> Quantity:
        return Quantity(path, kind, parameters, low, high, legal.whole, factors)

    fallback = made("fixed", (min(max(0.5, low), high),))
    if not isinstance(node, Mapping):
        x = number(reading, node, legal, what)
        return fallback if x is None else made("fixed", (_move(x, shift, stretch),))
    entries = reading.entries(node, Distribution)
    kinds: list[DistributionKind] = [key for key in KINDS if key in node.entries]
    if len(kinds) != 1:
        if kinds:
            reading.error(node.place, f"expected one distribution for {what}, found {len(kinds)} ({', '.join(kinds)})")
        elif all(key in form(Distribution).keys for key in node.entries):
            reading.error(node.place, f"expected {legal} or a distribution ({', '.join(KINDS)}) for {what}")
        return fallback
    kind = kinds[0]
    factors = shared_factors(reading, entries["shared"]) if "shared" in entries else ()
    numbers = _parameters(reading, entries[kind], kind) if kind in entries else None
    if numbers is None:
        return fallback
    wrong = _illegal(kind, numbers, legal)
    if wrong:
        reading.error(entries[kind].place, f"{wrong} for {what}")
        return fallback
    if kind == "beta" and abs(stretch) != 1.0:
        reading.warning(entries[kind].place, f"beta lies between 0 and 1 for {what}, not anywhere on its scale")
    return made(*_moved(kind, numbers, shift, stretch), factors)


def as_number(node: Node) -> float | None:
    """Return the number that stands there, if one does that is no larger than any may be."""
    if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        return None
    x = float(node.value)
    return x if abs(x) <= LARGEST else None


def _too_large(node: Node) -> str:
    """What to say of a number that is none here because of its size."""
    value = node.value if isinstance(node, Scalar) else None
    large = isinstance(value, float) and LARGEST < abs(value) < math.inf
    return f"; numbers end at {LARGEST:.0e}" if large else ""


def central(q: Quantity) -> float:
    """Central value of a quantity: the median, of a choice the first; for beta the mean, near enough for checks."""
    p = q.parameters
    if q.kind == "uniform":
        return (p[0] + p[1]) / 2
    if q.kind == "triangular":
        low, mode, high = p
        if high == low:
            return low
        if mode >= (low + high) / 2:
            return low + math.sqrt((high - low) * (mode - low) / 2)
        return high - math.sqrt((high - low) * (high - mode) / 2)
    if q.kind == "beta":
        a, b, low, high = p
        return low + (high - low) * a / (a + b)
    return p[0]


def _moved(
    kind: DistributionKind, numbers: tuple[float, ...], shift: float, stretch: float
) -> tuple[DistributionKind, tuple[float, ...]]:
    """Compile a distribution: its parameters moved onto the compiled scale."""
    if kind == "beta":
        shape, ends = numbers, (_move(0.0, shift, stretch), _move(1.0, shift, stretch))
        return kind, (*shape, *ends) if stretch > 0 else (*shape[::-1], *ends[::-1])
    moved = tuple(_move(x, shift, stretch) for x in numbers)
    if kind in ("normal", "plus_minus"):
        return kind, (moved[0], numbers[1] / abs(stretch))
    if kind == "choice":
        return ("choice" if len(moved) > 1 else "fixed"), moved
    return kind, moved if stretch > 0 else moved[::-1]


def _move(x: float, shift: float, stretch: float) -> float:
    return (x - shift) / stretch if (shift, stretch) != (0.0, 1.0) else x


def is_distribution(node: Node) -> bool:
    """Whether a mapping is meant as a distribution: one of its keys is the name of one, or nearly."""
    return isinstance(node, Mapping) and any(key in KINDS or did_you_mean(key, KINDS) for key in node.entries)


def _parameters(reading: Reading, node: Node, kind: str) -> tuple[float, ...] | None:
    """Return the numbers of a distribution, with the checks that need no legal range."""
    count, shape = _SHAPES.get(kind, (0, "[x, y, ...]"))
    if not isinstance(node, Items):
        reading.error(node.place, f"{kind} needs a list {shape}, found {found(node)}")
        return None
    numbers = [as_number(item) for item in node.items]
    bad = [item for item, x in zip(node.items, numbers, strict=True) if x is None]
    for item in bad:
        reading.error(item.place, f"{kind} needs numbers, found {found(item)}{_too_large(item)}")
    if (count and len(numbers) != count) or not numbers:
        counted = f"{count} numbers" if count else "at least one number"
        reading.error(node.place, f"{kind} needs {counted} {shape}, found {len(numbers)}")
        return None
    values = tuple(x for x in numbers if x is not None)
    if bad:
        return None
    shown = ", ".join(map(number_id, values))
    if kind in ("uniform", "triangular") and list(values) != sorted(values):
        order = "a <= b" if kind == "uniform" else "low <= mode <= high"
        reading.error(node.place, f"{kind} needs {shape} with {order}, found [{shown}]")
        return None
    if kind in ("normal", "plus_minus") and values[1] < 0:
        reading.error(node.place, f"{kind} needs {shape} with {shape[-3:-1].strip(' ,')} >= 0, found [{shown}]")
        return None
    if kind == "beta" and min(values) <= 0:
        reading.error(node.place, f"beta needs [a, b] both above 0, found [{shown}]")
        return None
    return values


def _illegal(kind: str, numbers: tuple[float, ...], legal: Legal) -> str:
    """Say how a distribution leaves the legal range, or nothing."""
    shown = f"{kind} [{', '.join(map(number_id, numbers))}]"
    if kind in ("normal", "plus_minus"):
        if numbers[0] not in legal:
            return f"the central value {number_id(numbers[0])} of {shown} is out of range: expected {legal}"
        return ""
    lowest, highest = (0.0, 1.0) if kind == "beta" else (min(numbers), max(numbers))
    if lowest not in legal and lowest < legal.low:
        return f"{shown} can fall to {number_id(lowest)}, below {number_id(legal.low)}: expected {legal}"
    if highest not in legal:
        return f"{shown} can rise to {number_id(highest)}, above {number_id(legal.high)}: expected {legal}"
    return ""


def shared_factors(reading: Reading, node: Node) -> tuple[tuple[str, float], ...]:
    """Common factors by name, ``{NAME: r}``."""
    factors: list[tuple[str, float]] = []
    for name, place, value in reading.table(node, "shared ({NAME: r})"):
        r = number(reading, value, SHARE, f"the correlation by '{name}'")
        if r is not None and reading.new_id(name, place, "a common factor", ()):
            factors.append((name, r))
    total = sum(r for _, r in factors)
    if total > 1 + 1e-9:
        reading.error(node.place, f"the correlations in shared sum to {number_id(round(total, 9))}, expected at most 1")
    return tuple(factors)
