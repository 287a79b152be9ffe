"""Files that are there whole or not at all: written under another name beside their place, and then given their own."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from sim.disk.leftovers import clear, draft_beside, hold, let_go

_LONGEST = 80
"""Letters of a file's name in the name of its draft, so that it is not too long for the file system."""


def write_whole(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file; whatever comes between, what stood there before is whole, or what is written is.

    Parameters
    ----------
    path
        The file. A link is followed; what is no file (a terminal, a pipe) is written to directly.
    content
        All of it.
    replace
        Replace a file that is there.

    Raises
    ------
    FileExistsError
        If there is one and `replace` is not set.
    OSError
        If it cannot be written.
    """
    place = Path(os.path.realpath(path))
    there = _mode(place)
    if there is not None and not stat.S_ISREG(there) and replace:
        with path.open("wb") as stream:
            stream.write(content)
        return
    if there is not None and not replace:
        raise FileExistsError(17, "there is such a file already", str(path))
    prefix = draft_prefix(place)
    clear(place.parent, prefix)
    draft, lock = write_draft(place, content)
    try:
        if there is not None:
            shutil.copymode(place, draft)
        put(draft, place, replace)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    finally:
        let_go(lock)


def draft_prefix(place: Path) -> str:
    """How the names of a file's drafts begin."""
    return f".{place.name[:_LONGEST]}.partial-"


def write_draft(place: Path, content: bytes) -> tuple[Path, int | None]:
    """Write what a file shall hold beside it, on the disk; the draft, and the lock that says that it is still needed.

    Raises
    ------
    OSError
        If it cannot be written; then there is no draft.
    """
    while True:
        draft, lock = draft_beside(place.parent, draft_prefix(place)), None
        try:
            with draft.open("xb") as file:
                with suppress(FileNotFoundError):
                    lock = hold(draft)
                if not draft.exists():  # somebody took it for left behind before it was locked
                    let_go(lock)
                    continue
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            return draft, lock
        except BaseException:
            let_go(lock)
            with suppress(OSError):
                draft.unlink()
            raise


def put(draft: Path, place: Path, replace: bool) -> None:
    """Give a draft its name.

    Raises
    ------
    FileExistsError
        If that is taken and `replace` is not set.
    """
    if replace:
        os.replace(draft, place)
        return
    try:
        os.link(draft, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(draft, place)
        return
    draft.unlink()


def _mode(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None
