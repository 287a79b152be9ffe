"""What development installs is locked with hashes, fits the ranges that users get, and names no place to fetch from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("packaging")
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKED = (ROOT / ".ci" / "locked.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("test", "sensitivity", "discovery", "cluster", "xlsx", "fuzz", "docs")


def locked() -> dict[str, list[tuple[str, int]]]:
    """Versions of each package, as for some Pythons there is another, each with the number of its hashes."""
    found: dict[str, list[tuple[str, int]]] = {}
    for entry in re.split(r"(?m)^(?=[a-z0-9])", LOCKED)[1:]:
        name, version = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", entry).groups()  # type: ignore[union-attr]
        found.setdefault(canonicalize_name(name), []).append((version, entry.count("--hash=sha256:")))
    return found


def test_every_dependency_is_locked_within_its_range_and_with_hashes() -> None:
    known = locked()
    asked = [*PROJECT["dependencies"], *(one for extra in EXTRAS for one in PROJECT["optional-dependencies"][extra])]
    for one in map(Requirement, asked):
        versions = known[canonicalize_name(one.name)]
        assert all(one.specifier.contains(version) for version, _ in versions), one
    assert all(hashes >= 1 for versions in known.values() for _, hashes in versions)


def test_the_lock_names_no_place_and_asks_for_no_option() -> None:
    assert "://" not in LOCKED
    options = set(re.findall(r"(?m)^\s*(--[a-z-]+)", LOCKED))
    assert options == {"--hash"}


def test_users_get_ranges_with_a_lower_bound() -> None:
    extras = [one for some in PROJECT["optional-dependencies"].values() for one in some]
    for one in map(Requirement, [*PROJECT["dependencies"], *extras]):
        assert {part.operator for part in one.specifier} == {">="}, one
