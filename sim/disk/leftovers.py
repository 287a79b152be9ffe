"""What a killed program leaves beside its place: found by the lock that nobody holds any more, and cleared away.

A directory that is being written is locked until it is done with, and a lock ends with its program however that ends.
So a draft, a file or a directory, that can be locked belongs to nobody.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

_TOKEN = re.compile(r"[0-9a-f]{8}")
_OLD = "-old"


def draft_beside(place: Path, prefix: str) -> Path:
    """A name for a draft in a directory, after its prefix."""
    return place / f"{prefix}{token_hex(4)}"


def make_draft(path: Path) -> int | None:
    """Make a draft directory and lock it; give back what keeps the lock, None where the system has no locks.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    while True:
        path.mkdir(parents=True, exist_ok=True)
        try:
            handle = hold(path)
        except FileNotFoundError:  # somebody took it for left behind before it was locked
            continue
        if path.is_dir():
            return handle
        let_go(handle)


def hold(path: Path, wait: bool = True) -> int | None:
    """Lock a file or directory, and give back what keeps the lock; None where the system has no locks.

    Raises
    ------
    BlockingIOError
        If another program holds it, and `wait` is not set.
    """
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a file system without locks
        os.close(handle)
        return None
    return handle


def let_go(handle: int | None) -> None:
    """Give a lock back."""
    if handle is not None:
        os.close(handle)


def clear(folder: Path, prefix: str, place: Path | None = None) -> None:
    """Remove drafts in a folder that no program holds; where one died replacing `place`, put the earlier one back."""
    try:
        there = sorted(path for path in folder.iterdir() if path.name.startswith(prefix))
    except OSError:
        return
    for path in there:
        token = path.name[len(prefix) :].removesuffix(_OLD)
        if not _TOKEN.fullmatch(token) or path.is_symlink() or not (path.is_dir() or path.is_file()):
            continue
        try:
            handle = hold(path, wait=False)
        except OSError:
            continue
        if handle is None:
            continue
        try:
            if path.is_file():
                with suppress(OSError):
                    path.unlink()
            elif not path.name.endswith(_OLD):
                shutil.rmtree(path, ignore_errors=True)
            elif path.with_name(path.name.removesuffix(_OLD)).exists():  # somebody is replacing it right now
                continue
            elif place is not None and not place.exists():
                with suppress(OSError):
                    path.rename(place)
            else:
                shutil.rmtree(path, ignore_errors=True)
        finally:
            let_go(handle)
