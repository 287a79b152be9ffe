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
from secrets import token_hex
from types import TracebackType
from typing import Any
from weakref import finalize

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
        self.path = self.place.parent / f".{self.place.name}.partial-{token_hex(4)}"
        self.made = [folder for folder in self.place.parents if not folder.exists()]

    def __enter__(self) -> Path:
        try:
            self.path.mkdir(parents=True)
            finalize(self, shutil.rmtree, self.path, ignore_errors=True)  # if even the tidying up is interrupted
        except OSError as error:
            self._leave_nothing()
            raise OutputError(f"cannot write in {self.target.parent}: {error.strerror}") from error
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with uninterrupted():
            if kind is None:
                try:
                    self._put_in_place()
                except OSError:
                    self._leave_nothing()
                    raise
            else:
                self._leave_nothing()

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
        while self.place.exists() and any(self.place.iterdir()):
            number += 1
            self.place = self.place.with_name(f"{name}-{number}")
            self.target = self.target.with_name(self.place.name)
        self.path.rename(self.place)

    def _leave_nothing(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):  # not empty: somebody else has written there
            for folder in self.made:
                folder.rmdir()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put a Ctrl-C off until this is done; processes that are started meanwhile never see one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))  # noqa: ARG005
    masks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)
        if came:
            signal.raise_signal(signal.SIGINT)


def new_directory(name: str, root: Path = Path("results")) -> Path:
    """A directory under `root` that is not there yet: NAME-1, NAME-2, ..."""
    number = 1
    while (root / f"{name}-{number}").exists():
        number += 1
    return root / f"{name}-{number}"


def write_json(path: Path, content: Any) -> None:
    """Write readable JSON, the same bytes for the same content."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


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
