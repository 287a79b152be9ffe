"""Policies of users: from an installed package's entry point, or from a Python file that the scenario names.

An entry point in the group ``detente.concession`` (or ``.acceptance``, ``.offering``, ``.opponents``) gives its policy
a name like any other. ``my_policies.py:patient`` names a function in a file, relative to the scenario file; its code is
run only where the user has allowed it. The scenario keeps the file's text, so that other processes run the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.policies.setting import Setting
from sim.scenario.model import Code
from sim.scenario.policies import PolicyForm
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing

KINDS = ("concession", "acceptance", "offering", "opponents")
"""Kinds of policies that users can add."""

_TAKEN = ("name", "of", "weight", "source", "note")
"""Keys beside a policy's settings, which no setting can have."""

_IN_FILE = re.compile(r"^(?P<file>.+\.py):(?P<name>[^:/\\]+)$")


def in_file(name: str) -> tuple[str, str] | None:
    """The file and the function in it that a policy's name means, None where it means neither."""
    found = _IN_FILE.match(name)
    return None if found is None else (found["file"], found["name"])


@cache
def installed(kind: str) -> dict[str, Any]:
    """Entry points of a kind by name; none is loaded."""
    return {point.name: point for point in entry_points(group=f"detente.{kind}")}


def read_code(name: str, folder: Path | None, place: Place) -> Code:
    """The file of policies with this name, relative to the folder of the scenario.

    Raises
    ------
    ScenarioError
        If it cannot be read.
    """
    path = (folder or Path()) / name
    try:
        return Code(name, str(path.resolve()), path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError([Problem(place, f"the file '{name}' cannot be read ({reason})")]) from None


def policy(kind: str, name: str, code: Iterable[Code], place: Place | None = None) -> Any:
    """The policy with this name: of a file among `code`, else of an entry point.

    Raises
    ------
    ScenarioError
        If the code fails, or holds no policy of this kind with this name; told at `place`, else in the file.
    """
    where = in_file(name)
    if where is None:
        return _checked(kind, name, _loaded(kind, name, place or Place(name)), place)
    file = next((one for one in code if one.name == where[0]), None)
    if file is None:
        raise ScenarioError([Problem(place or Place(name), not_allowed(where[0]))])
    place = place or Place(file.name)
    module = _executed(file, place)
    if not hasattr(module, where[1]):
        known = [key for key, value in vars(module).items() if getattr(value, "kind", None) == kind]
        hint = did_you_mean(where[1], known) or (f"; it has {listing(known)}" if known else "")
        raise ScenarioError([Problem(place, f"there is no '{where[1]}' in '{where[0]}'{hint}")])
    return _checked(kind, name, getattr(module, where[1]), place)


def not_allowed(file: str) -> str:
    """What is said where code would have to be run that nobody has allowed."""
    return f"this runs code from '{file}'; if you trust it, say so with --allow-code"


def form_of(kind: str, name: str, code: Iterable[Code], place: Place) -> PolicyForm:
    """What settings a policy of a user has; raises as `policy`."""
    found = policy(kind, name, code, place)
    numbers = {}
    for key, one in getattr(found, "settings", {}).items():
        numbers[key] = setting = one if isinstance(one, Setting) else Setting(default=one)
        default = setting.default
        legal = default is None or (isinstance(default, int | float) and setting.low <= default <= setting.high)
        if key in _TAKEN or not legal:
            wrong = "is a word of the format" if key in _TAKEN else f"has no legal default: {default!r}"
            raise ScenarioError([Problem(place, f"the setting '{key}' of '{name}' {wrong}")])
    return PolicyForm(name, numbers)


def failure(
    error: BaseException, name: str, code: Iterable[Code], function: Any = None, hint: str = ""
) -> ScenarioError:
    """The error to show where a user's policy fails, at the line of its file where it did.

    `function` is the user's, from a file among `code` or from an installed package.
    """
    files = {one.path: one.name for one in code}
    if (source := getattr(function, "__code__", None)) is not None:
        files.setdefault(source.co_filename, source.co_filename)
    place, trace = Place(name), error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in files:
            place = Place(files[file], trace.tb_lineno, 1)
        trace = trace.tb_next
    message = f"the policy '{name}' failed: {type(error).__name__}: {error}"
    return ScenarioError([Problem(place, f"{message} ({hint})" if hint else message)])


def _checked(kind: str, name: str, found: Any, place: Place | None) -> Any:
    if getattr(found, "kind", None) != kind and not isfunction(found):
        other = f", but one of the kind {found.kind}" if getattr(found, "kind", None) in KINDS else ""
        raise ScenarioError([Problem(place or Place(name), f"'{name}' is no {kind} policy{other}")])
    return found


def _loaded(kind: str, name: str, place: Place) -> Any:
    """What an installed package's entry point of this name holds."""
    try:
        return installed(kind)[name].load()
    except (Exception, SystemExit) as error:
        message = f"the installed {kind} policy '{name}' cannot be loaded: {type(error).__name__}: {error}"
        raise ScenarioError([Problem(place, message)]) from None


_modules: dict[tuple[str, str], ModuleType] = {}


def _executed(file: Code, place: Place) -> ModuleType:
    """The module that a file's text makes, run once in a process."""
    key = (file.path, file.text)
    if key not in _modules:
        module = ModuleType(f"detente_policies_{sha256(file.path.encode() + file.text.encode()).hexdigest()[:16]}")
        module.__file__ = file.path
        sys.modules[module.__name__] = module  # where dataclasses look for the names of their types
        try:
            exec(compile(file.text, file.path, "exec"), module.__dict__)
        except SyntaxError as error:
            where = Place(file.name, error.lineno or 0, error.offset or 0)
            raise ScenarioError([Problem(where, f"this is no Python: {error.msg}")]) from None
        except (Exception, SystemExit) as error:
            told = failure(error, file.name, [file]).problems[0]
            message = f"the file '{file.name}' of policies failed: {type(error).__name__}: {error}"
            raise ScenarioError([Problem(told.place if told.place.line else place, message)]) from None
        _modules[key] = module
    return _modules[key]
