"""A result directory appears whole or not at all: it is written beside its place and moved there at the end."""

from __future__ import annotations

import json
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from types import TracebackType
from typing import Any
from weakref import finalize

from sim.disk.leftovers import clear, draft_beside, let_go, make_draft
from sim.scenario.model import Code
from sim.version import VERSION


class OutputError(Exception):
    """The place for the results can't be used; the message says why and what to do."""


class Draft:
    """A directory that is being written; leave the `with` block without an error to put it in its place.

    Parameters
    ----------
    target
        Where the results shall stand. Afterwards, where they stand: if another run has taken the place meanwhile, and
        `overwrite` is not set, beside it.
    overwrite
        Replace what stands there.

    Raises
    ------
    OutputError
        If the place is taken and `overwrite` is not set, or nothing can be written there.
    """

    def __init__(self, target: Path, overwrite: bool = False) -> None:
        self.target = target
        self.overwrite = overwrite
        try:
            self.place = target.resolve()
            clear(self.place.parent, self._prefix, self.place)
            taken = self.place.is_dir() and any(self.place.iterdir())
            file = self.place.exists() and not self.place.is_dir()
        except (OSError, ValueError, RuntimeError) as error:
            raise OutputError(f"cannot write in {target}: {getattr(error, 'strerror', None) or error}") from error
        if file:
            raise OutputError(f"{target} is a file; results need a directory: name another with --out")
        if Path.cwd().is_relative_to(self.place):
            raise OutputError(f"{target} is the working directory or above it: name another directory with --out")
        if taken and not overwrite:
            raise OutputError(f"{target} is not empty: name another directory with --out, or add --overwrite")
        self.path = draft_beside(self.place.parent, self._prefix)
        self.lock: int | None = None
        self.made = [folder for folder in self.place.parents if not folder.exists()]

    def __enter__(self) -> Path:
        try:
            self.lock = make_draft(self.path)
            finalize(self, shutil.rmtree, self.path, ignore_errors=True)  # if even the tidying up is interrupted
        except OSError as error:
            self._leave_nothing()
            raise OutputError(f"cannot write in {self.target.parent}: {error.strerror}") from error
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with uninterrupted():
            try:
                if kind is None:
                    self._put_in_place()
                else:
                    self._leave_nothing()
            except OSError:
                self._leave_nothing()
                raise
            finally:
                let_go(self.lock)

    @property
    def _prefix(self) -> str:
        return f".{self.place.name}.partial-"

    def _put_in_place(self) -> None:
        old = self.path.with_name(self.path.name + "-old")
        if self.overwrite and self.place.exists():
            self.place.rename(old)
            try:
                self.path.rename(self.place)
            except OSError:
                old.rename(self.place)
                raise
            shutil.rmtree(old, ignore_errors=True)
            return
        name, number = self.place.name, 1
        while True:
            try:
                self.path.rename(self.place)
                return
            except OSError:
                if not (self.place.exists() and any(self.place.iterdir())):
                    raise
            number += 1
            self.place = self.place.with_name(f"{name}-{number}")
            self.target = self.target.with_name(self.place.name)

    def _leave_nothing(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):  # not empty: somebody else has written there
            for folder in self.made:
                folder.rmdir()


_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that ask a program to end."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C, SIGTERM and SIGHUP off until this is done; processes that are started meanwhile see no Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {
        one: signal.signal(one, lambda number, frame: came.append(number))  # noqa: ARG005
        for one in _ENDING
        if signal.getsignal(one) != signal.SIG_IGN
    }
    masks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for one, handler in before.items():
            signal.signal(one, handler if handler is not None else signal.SIG_DFL)
        for one in came[:1]:
            signal.raise_signal(one)


def left_aside(place: Path) -> str:
    """Where the earlier results of a place are that a killed `--overwrite` has moved aside, in words; else nothing."""
    try:
        old = [path for path in place.parent.iterdir() if path.name.startswith(f".{place.name}.partial-")]
    except OSError:
        return ""
    found = [path for path in old if path.name.endswith("-old")]
    return f" (what stood there is in {found[0]}: a program died while it replaced it)" if found else ""


def new_directory(name: str, root: Path = Path("results")) -> Path:
    """A directory under `root` that is not there yet: NAME-1, NAME-2, ..."""
    number = 1
    while (root / f"{name}-{number}").exists():
        number += 1
    return root / f"{name}-{number}"


def write_json(path: Path, content: Any) -> None:
    """Write readable JSON, the same bytes for the same content."""
    path.write_bytes(as_text(content))


def as_text(content: Any) -> bytes:
    """Readable JSON, the same bytes for the same content."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def kept_code(code: Sequence[Code]) -> dict[str, dict[str, str]]:
    """What a manifest keeps of the files of users' policies: their text by name; nothing where there are none."""
    return {"code": {one.name: one.text for one in code}} if code else {}


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on."""
    return {
        "detente": VERSION,
        "python": python_version(),
        **{name: version(name) for name in ("numpy", "scipy", "simpy", "polars")},
    }
