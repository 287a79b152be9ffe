"""The directory of a sweep under way: parts that are there whole or not at all, and what they belong to.

While the sweep is under way its directory holds ``.plan.json``, what is being computed, and in ``.parts`` a file for
every finished stretch of points. A part is written under another name, forced to disk, and given its name, in which
stands a digest of its bytes: one that was cut short or damaged is found out and played again. At the end the parts are
joined, and ``.plan.json`` becomes ``manifest.json``: a directory with a manifest holds a finished sweep.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from sim.sweeps.seal import MANIFEST, find_manifest, sealed
from sim.sweeps.store import OutputError, as_text

_PLAN = ".plan.json"
_PARTS = ".parts"
_LOCK = ".lock"
_LEFT_BEHIND = (_PLAN, _PARTS, _LOCK, f"{_PLAN}.new")
_SHOWN = 60


class Ledger:
    """Parts of a sweep in its directory.

    Parameters
    ----------
    directory
        Of the sweep.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.parts = directory / _PARTS

    @property
    def finished(self) -> bool:
        """Whether the sweep is finished."""
        return (self.directory / MANIFEST).exists()

    @property
    def begun(self) -> bool:
        """Whether a sweep is under way here."""
        return (self.directory / _PLAN).exists()

    def begin(self, manifest: dict[str, Any]) -> None:
        """Begin a sweep here, or take up the same one.

        Raises
        ------
        OutputError
            If something else stands here, or another sweep; the message says what differs.
        """
        for name in (MANIFEST, _PLAN):
            path = self.directory / name
            if path.exists():
                _check_same(self.directory, path, manifest)
                return
        _check_ours(self.directory)
        write_whole(self.directory / _PLAN, as_text(manifest))
        self.parts.mkdir(exist_ok=True)

    def has(self, name: str, number: int) -> Path | None:
        """A finished part, if it is there and sound; one that is damaged is removed."""
        for path in sorted(self.parts.glob(f"{name}-{number:06d}-*.parquet")):
            if path.stem.rsplit("-", 1)[1] == _digest(path.read_bytes()):
                return path
            path.unlink()
        return None

    def add(self, name: str, number: int, table: pl.DataFrame) -> Path:
        """Write a part."""
        self.parts.mkdir(exist_ok=True)
        buffer = BytesIO()
        table.write_parquet(buffer)
        content = buffer.getvalue()
        path = self.parts / f"{name}-{number:06d}-{_digest(content)}.parquet"
        write_whole(path, content)
        return path

    def join(self, parts: Sequence[Path], name: str, rows: int) -> None:
        """Join parts, in order, into a table of the finished sweep, with so many rows in a group of rows."""
        target, unfinished = self.directory / name, self.parts / name
        try:
            whole = pl.scan_parquet(list(parts))
            whole.sink_parquet(unfinished, row_group_size=rows, maintain_order=True)
        except pl.exceptions.PolarsError as error:
            raise OSError(None, f"{target} cannot be written ({error})") from error
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)

    def finish(self) -> None:
        """Say that all is there, and clear away what was needed on the way."""
        plan = self.directory / _PLAN
        if plan.exists():
            if not self.finished:
                manifest = sealed(json.loads(plan.read_text(encoding="utf-8")), self.directory)
                write_whole(self.directory / MANIFEST, as_text(manifest))
            plan.unlink()
        shutil.rmtree(self.parts, ignore_errors=True)


@contextmanager
def ledger(directory: Path) -> Iterator[Ledger]:
    """Open the directory of a sweep, made if it isn't there; no other program may have it open.

    Raises
    ------
    OutputError
        If it can't be used.
    """
    if directory.exists() and not directory.is_dir():
        raise OutputError(f"{directory} is a file; results need a directory: name another with --out")
    _check_ours(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = _locked(directory)
    except OSError as error:
        raise OutputError(f"cannot write in {directory}: {error.strerror}") from error
    with lock:
        try:
            yield Ledger(directory)
        finally:
            (directory / _LOCK).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after any interruption it is there whole or not at all."""
    new = path.with_name(f".{path.name.lstrip('.')}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _sync(directory: Path) -> None:
    """Force the names in a directory to disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _locked(directory: Path) -> BinaryIO:
    """The lock of a directory, held until the file is closed, also by the end of the program, however it ends."""
    path = directory / _LOCK
    while True:
        lock = path.open("ab")
        try:
            _hold(lock, directory)
            if os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                return lock
        except FileNotFoundError:  # another program has just been done with it
            pass
        except BaseException:
            lock.close()
            raise
        lock.close()


def _hold(lock: BinaryIO, directory: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"{directory} is being written by another sweep that is under way") from None
    except OSError:  # a file system without locks
        return


def _check_ours(directory: Path) -> None:
    """Refuse a directory that holds something else than a sweep, before anything is written in it."""
    try:
        there = {path.name: path for path in directory.iterdir()} if directory.exists() else {}
    except OSError as error:
        raise OutputError(f"cannot write in {directory}: {error.strerror}") from error
    found = find_manifest(directory)
    if found is not None and found["kind"] != "sweep":
        raise OutputError(
            f"{directory} holds the results of `{found['kind']}`, not of a sweep: name another with --out"
        )
    begun = found is not None or _PLAN in there
    if _is_foreign(directory / _LOCK) or (not begun and any(name not in _LEFT_BEHIND for name in there)):
        raise OutputError(f"{directory} is not empty and holds no sweep: name another directory with --out")


def _is_foreign(lock: Path) -> bool:
    """Whether something stands in the place of the lock that is none: a lock is an empty file."""
    try:
        found = lock.lstat()
    except OSError:
        return False
    return not stat.S_ISREG(found.st_mode) or found.st_size > 0


def _check_same(directory: Path, path: Path, manifest: dict[str, Any]) -> None:
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise OutputError(f"{path} is damaged ({error}): name another directory with --out") from error
    if not isinstance(there, dict) or there.get("kind") != "sweep":
        raise OutputError(f"{path} is not of a sweep: name another directory with --out")
    here = json.loads(json.dumps(manifest))
    differ = [key for key in here if key not in ("text", "title") and there.get(key) != here[key]]
    if differ:
        said = "; ".join(_difference(key, there.get(key), here[key]) for key in differ)
        raise OutputError(
            f"{directory} holds another sweep ({said}): name another directory with --out, or repeat its command"
        )


def _difference(key: str, there: Any, here: Any) -> str:
    if key == "sha256":
        return "the text of the scenario file differs"
    if key == "points_sha256":
        return "its points differ"
    if key == "code":
        return "the code of its policies differs"
    if key == "vary":
        were, are = ([one.get("path") for one in said or ()] for said in (there, here))
        if were == are:
            return "the values of what is varied differ"
        there, here = were, are
    if key == "versions":
        there = there or {}
        found = [f"{name} {there.get(name)} there, {here[name]} here" for name in here if there.get(name) != here[name]]
        return f"versions: {', '.join(found)}"
    return f"{key}: {_short(there)} there, {_short(here)} here"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
