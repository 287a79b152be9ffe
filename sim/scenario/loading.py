"""Loading a scenario: a file or a bundled one, with changes, checked and compiled."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.scenario.bundled import bundled
from sim.scenario.changes import apply_changes
from sim.scenario.compile import compile_scenario
from sim.scenario.limits import MOST_BYTES
from sim.scenario.model import Code, Scenario
from sim.scenario.plain import SHOWN, plain_tree
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing
from sim.scenario.yaml_text import Node, check_entries, read_file, read_yaml


def load(
    scenario: str | os.PathLike[str] | Mapping[Any, Any], changes: Sequence[str] = (), *, allow_code: bool = False
) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    scenario
        A scenario file, the name of a bundled scenario, or what such a file holds as a dict.
    changes
        Changes as with ``--set``: each ``PATH=VALUE``, VALUE in YAML.
    allow_code
        Run the Python files of policies that the scenario names.

    Returns
    -------
    Scenario
        Checked and compiled.

    Raises
    ------
    ScenarioError
        With every problem of the file or the changes.
    """
    if isinstance(scenario, Mapping):
        root, text = plain_tree(scenario)
        return _from_tree(root, text, SHOWN, "", changes, [], allow_code)[0]
    shown, name, text = _read(scenario)
    return _compiled(text, shown, name, changes, allow_code)[0]


def loads(
    text: str,
    name: str = "",
    changes: Sequence[str] = (),
    *,
    allow_code: bool | None = False,
    code: Sequence[Code] = (),
    folder: Path | None = None,
) -> Scenario:
    """Load a scenario from its text; `name` stands for the file in messages. Otherwise as `load`.

    `code` holds files of policies that may be run, as a scenario keeps them; others are read from `folder`, by default
    that of `name`. With `allow_code` None others are left alone, and the scenario can be looked at but not played.
    """
    return _compiled(text, name or "<text>", Path(name).stem, changes, allow_code, code, folder)[0]


def check(
    path_or_name: str | os.PathLike[str], changes: Sequence[str] = (), *, allow_code: bool = False
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Check a scenario: as `examine`, but for the scenario."""
    return examine(path_or_name, changes, allow_code=allow_code)[1:]


def examine(
    path_or_name: str | os.PathLike[str], changes: Sequence[str] = (), *, allow_code: bool = False
) -> tuple[Scenario | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Load a scenario to be looked at, not played, and say all that is wrong with it.

    Parameters
    ----------
    path_or_name, changes
        As for `load`.
    allow_code
        Run the Python files that it names, to check the settings of their policies; else they are left alone.

    Returns
    -------
    Scenario or None, tuple of Problem, tuple of Problem
        The scenario; errors, for which it cannot be loaded, and warnings: what is odd. Warnings are looked for where
        there are no errors.
    """
    try:
        shown, name, text = _read(path_or_name)
        scenario, warnings = _compiled(text, shown, name, changes, allow_code or None)
        return scenario, (), warnings
    except ScenarioError as error:
        return None, error.problems, ()


def _compiled(
    text: str,
    shown: str,
    name: str,
    changes: Sequence[str],
    allow_code: bool | None,
    code: Sequence[Code] = (),
    folder: Path | None = None,
) -> tuple[Scenario, tuple[Problem, ...]]:
    if len(text) > MOST_BYTES:  # before it takes time to read
        raise ScenarioError([Problem(Place(shown), f"there are more than {MOST_BYTES:,} characters")])
    root, twice = _parsed(text.removeprefix("\ufeff"), shown)
    return _from_tree(root, text, shown, name, changes, list(twice), allow_code, code, folder)


def _from_tree(
    root: Node,
    text: str,
    shown: str,
    name: str,
    changes: Sequence[str],
    problems: list[Problem],
    allow_code: bool | None,
    code: Sequence[Code] = (),
    folder: Path | None = None,
) -> tuple[Scenario, tuple[Problem, ...]]:
    if changes:
        root = apply_changes(root, changes)
    check_entries(root)
    return compile_scenario(root, name, text, changes, problems, folder or Path(shown).parent, allow_code, code)


@lru_cache(maxsize=4)
def _parsed(text: str, shown: str) -> tuple[Node, tuple[Problem, ...]]:
    """The tree of a text, which nobody changes, and its keys that stand twice; a sweep asks for one text many times."""
    problems: list[Problem] = []
    return read_yaml(text, shown, problems=problems), tuple(problems)


def _read(path_or_name: str | os.PathLike[str]) -> tuple[str, str, str]:
    """Return the file as shown in messages, the scenario's name, and its text."""
    shown = os.fspath(path_or_name)
    path = Path(shown)
    is_name = os.sep not in shown and "/" not in shown and shown not in ("", ".", "..")
    known = bundled()
    if is_name and shown in known and not _is_file(path):
        return f"{shown}.yaml", shown, read_file(known[shown], shown)
    if is_name and not path.suffix and not _exists(path):
        hint = did_you_mean(shown, known) or (f"; bundled are {listing(list(known))}" if known else "")
        message = f"there is no such file, nor a bundled scenario of this name{hint}"
        raise ScenarioError([Problem(Place(shown), message)])
    if not _exists(path):
        is_bundled = f"; '{path.stem}' is the name of a bundled scenario" if path.stem in known else ""
        hint = is_bundled or did_you_mean(path.stem, known)
        raise ScenarioError([Problem(Place(shown), f"there is no such file{hint}")])
    return shown, path.stem, read_file(path, shown)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
