"""Inputs near those of the corpus, drawn by Hypothesis, which also makes small what it finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fuzz.bounds import TookTooMuch, bounded
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).with_name("corpus")
"""A folder a target: inputs to begin with, and every find, mended."""

_SCRAPS = [
    *b"{}[]:,-?|>#'\"~!&*%@\n\t 0123456789.eE+/\\<>=;".decode("ascii"),
    *(
        "null",
        ".nan",
        ".inf",
        "-.inf",
        "-1",
        "1e400",
        "1e308",
        "5e-324",
        "99999999999999999999999",
        "true",
        "yes",
        "0x1",
    ),
    *(
        "&a [*a]",
        "*a",
        "<<: *a",
        "!!int",
        "!!python/object:x",
        "---",
        "...",
        "? ",
        "2024-02-30",
        "9999-12-31",
        "0001-01-01",
    ),
    *("{uniform: [0, 1]}", "{choice: [1, 2]}", "{triangular: [0, 1, 2]}", "{normal: [0, 1]}", "{plus_minus: [0, 0]}"),
    *(
        "{days: 3}",
        "{status_quo: 0.1}",
        "{times: 1e308}",
        "{set: -1e308}",
        "shared: {a: 1}",
        "like: north",
        "source: a",
    ),
    *("parties", "north", "reservation", "issues", "limit", "scale", "meetings", "events", "effects", "opening"),
    *("grid", "lhs", "sobol", "sobol2", "morris", "tornado", "=0:1:3", "=0.1,0.2", "=2024-03-01:2024-03-05"),
    *("\x00", "\u2028", "\ufeff", "\ud800", "é", "א", "\U0001f600", "\r\n", " " * 60, "9" * 400, "[" * 60, "a: " * 60),
    *("<a>", "</a>", "<!DOCTYPE a>", "<![CDATA[", "&lt;", "&#0;", '""', ";;;", "\t\t"),
]


@dataclass(frozen=True, slots=True)
class Find:
    """An input that a target neither takes nor refuses, and what came instead."""

    target: str
    data: bytes
    what: str


def corpus(target: str) -> dict[str, bytes]:
    """The inputs of a target that are kept, by name."""
    return {one.name: one.read_bytes() for one in sorted((CORPUS / target).iterdir())}


def mutated(target: str) -> st.SearchStrategy[bytes]:
    """Inputs of the corpus with a few places overwritten, cut, doubled or crossed with another; sometimes any bytes."""
    kept = list(corpus(target).values())
    scraps = st.sampled_from(_SCRAPS).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=4)

    @st.composite
    def near(draw: st.DrawFn) -> bytes:
        data = draw(st.sampled_from(kept))
        for _ in range(draw(st.integers(1, 5))):
            at = draw(st.integers(0, len(data)))
            cut = draw(st.sampled_from((0, 0, 1, 1, 2, 4, 9, 30, 200)))
            match draw(st.integers(0, 5)):
                case 0:
                    other = draw(st.sampled_from(kept))
                    start = draw(st.integers(0, len(other)))
                    put = other[start : start + draw(st.integers(1, 60))]
                case 1:
                    put = data[at : at + cut] * draw(st.sampled_from((2, 3, 50)))
                case _:
                    put = draw(scraps)
            data = data[:at] + put + data[at + cut :]
        return data

    return near() if target == "results" else near() | st.binary(max_size=200)


def tried(target: str, data: bytes) -> str:
    """What came of an input beyond what may: nothing, or in words."""
    try:
        with bounded():
            TARGETS[target](data)
    except (Exception, TookTooMuch, RecursionError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def search(target: str, seconds: float, chance: int, told: Callable[[int], None] = lambda _: None) -> Find | None:
    """Try inputs for so long; the first find, made small."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        found = search_some(target, 200, chance + count)
        count += 200
        told(count)
        if found is not None:
            return found
    return None


def search_some(target: str, examples: int, chance: int) -> Find | None:
    """Try so many inputs; the first find, made small."""
    last: list[Find] = []

    @seed(chance)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(mutated(target))
    def one(data: bytes) -> None:
        what = tried(target, data)
        if what:
            last[:] = [Find(target, data, what)]
        assert not what

    try:
        one()
    except AssertionError:
        return last[0]
    return None
