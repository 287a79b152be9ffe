"""A module's test is found: by its name, by its import, or in the table of `tests/README.md`."""

from __future__ import annotations

import re

import pytest
from examples import ROOT

ROOMS = ("worlds", "parties", "talks", "analysis", "rules")
TESTS = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
TABLE = dict(
    re.findall(r"^\| `(sim/[\w/]+\.py)` \| (.+) \|$", (ROOT / "tests" / "README.md").read_text("utf-8"), re.MULTILINE)
)


def imported(module: str) -> bool:
    """Whether a test imports the module."""
    package, _, name = module.rpartition(".")
    way = re.compile(
        rf"^\s*(?:from {re.escape(module)} import|from {re.escape(package)} import .*\b{name}\b)", re.MULTILINE
    )
    return any(way.search(text) for text in TESTS.values())


@pytest.mark.parametrize("room", ROOMS)
def test_the_test_of_every_module_is_found(room: str) -> None:
    named = {path.stem for path in TESTS}
    lost = []
    for path in sorted((ROOT / "sim" / room).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        module = place.removesuffix(".py").replace("/", ".")
        if path.name != "__init__.py" and f"test_{path.stem}" not in named and place not in TABLE:
            lost += [] if imported(module) else [place]
    assert lost == [], "name its test in tests/README.md"


def test_the_table_names_modules_and_tests_that_there_are() -> None:
    tests = {test for cell in TABLE.values() for test in re.findall(r"`([^`]+)`", cell)}
    assert {place for place in {*TABLE, *tests} if not (ROOT / place).is_file()} == set()
    assert all("`tests/" in cell for cell in TABLE.values())
