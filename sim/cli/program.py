"""The program `detente`, from its first moment: how it can be interrupted, and what it can print."""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper

_INTERRUPTED = 130


def main() -> None:
    """Run the program; exit 0 done, 1 the run failed, 2 bad input, 130 interrupted."""
    try:
        if isinstance(sys.stdout, TextIOWrapper):  # a letter that the terminal does not know shall end no command
            sys.stdout.reconfigure(errors="backslashreplace")
        from sim.cli.app import app

        app()
    except KeyboardInterrupt:
        _leave(interrupted())
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            _leave(_INTERRUPTED)
        raise


def _leave(code: int) -> None:
    """Exit; at once where a solver still runs in its thread, which listens to nobody and would be waited for."""
    from threading import enumerate as threads

    from sim.analysis.programme import SOLVER_THREAD

    if any(thread.name == SOLVER_THREAD for thread in threads()):
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def interrupted() -> int:
    """End after Ctrl-C; further ones do not disturb what is left to tidy up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return say("interrupted; nothing was left half-written", _INTERRUPTED)


def say(message: str, code: int) -> int:
    """Say why the program ends, and give back the exit code."""
    from sim.scenario.visible import visible

    print(visible(message, kept="\n"), file=sys.stderr)
    return code
