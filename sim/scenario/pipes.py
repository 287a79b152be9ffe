"""Reading a file that may be a pipe: whoever should write into it may never come."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for something to be written."""

_PAUSE = 0.02


def read_bytes(path: Path, most: int) -> bytes:
    """Up to so many bytes of a file, a pipe or a device.

    Raises
    ------
    TimeoutError
        If nothing comes from a pipe for `PATIENCE` seconds.
    OSError
        If it cannot be read.
    """
    if not hasattr(os, "O_NONBLOCK") or not path.exists() or stat.S_ISREG(path.stat().st_mode) or path.is_dir():
        with path.open("rb") as opened:
            return opened.read(most)
    parts: list[bytes] = []
    missing, waited_since = most, time.monotonic()
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while missing:
            try:
                part = os.read(pipe, min(missing, 1 << 16))
            except BlockingIOError:
                part = None  # there is a writer, who has nothing yet
            if part:
                parts.append(part)
                missing, waited_since = missing - len(part), time.monotonic()
                continue
            if part == b"" and (parts or not stat.S_ISFIFO(os.fstat(pipe).st_mode)):
                break  # the writer has left
            if time.monotonic() - waited_since > PATIENCE:
                raise TimeoutError
            time.sleep(_PAUSE)
    finally:
        os.close(pipe)
    return b"".join(parts)
