"""How the program `detente` is interrupted, and how it says why it ends."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

_INTERRUPTED = 130
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_LATER = 0.05
"""Seconds after which an interruption is repeated that came where nothing could be interrupted."""

_came: list[int] = []
_said: list[str] = []


def asked_to_end() -> bool:
    """Whether Ctrl-C, SIGTERM or SIGHUP has come."""
    return bool(_came)


def listen() -> None:
    """Answer signals that ask for an end as Ctrl-C is answered: tidy up, say so, exit; ignored ones stay ignored."""
    for one in _ENDING:
        if signal.getsignal(one) != signal.SIG_IGN:
            signal.signal(one, _end)
    sys.unraisablehook = _repeated


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    _came.append(number)
    raise KeyboardInterrupt


def _repeated(unraisable: Any) -> None:
    """Interrupt again where an interruption came in a place that swallows it; else report as usual."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt) and _came:
        from threading import Timer

        again = Timer(_LATER, os.kill, (os.getpid(), _came[0]))
        again.daemon = True
        again.start()
        return
    sys.__unraisablehook__(unraisable)


def _code() -> int:
    return 128 + _came[0] if _came else _INTERRUPTED


def leave(code: int) -> None:
    """Exit at once after tidying up.

    Python itself would wait for workers and for a solver in its thread, and end by SIGINT instead of with a code where
    code that was made from text was interrupted, as it is while libraries load.
    """
    processes = sys.modules.get("multiprocessing.process")
    for worker in processes.active_children() if processes else ():
        worker.kill()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # None, closed, or nobody reads
            stream.flush()
    os._exit(code)


def interrupted(kept: str = "nothing was left half-written") -> int:
    """End after Ctrl-C, SIGTERM or SIGHUP; further ones do not disturb what is left to tidy up.

    Parameters
    ----------
    kept
        What became of the work.

    Returns
    -------
    The exit code.
    """
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
    if not _said:
        _said.append(f"{'terminated' if _code() != _INTERRUPTED else 'interrupted'}; {kept}")
        say(_said[0], _code())
    return _code()


def say(message: str, code: int) -> int:
    """Say why the program ends, and give back the exit code."""
    from sim.interface import visible

    with suppress(OSError):  # the terminal may be gone
        print(visible(message, kept="\n"), file=sys.stderr)
    return code
