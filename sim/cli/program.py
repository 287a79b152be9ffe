"""The program `detente`, from its first moment."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from sim.cli.interruption import asked_to_end, interrupted, leave, listen


def main() -> None:
    """Run the program; exit 0 done, 1 the run failed, 2 bad input, 130 interrupted, 143 by SIGTERM, 129 by SIGHUP."""
    try:
        listen()
        if isinstance(sys.stdout, TextIOWrapper):  # a letter that the terminal does not know shall end no command
            sys.stdout.reconfigure(errors="backslashreplace")
        from sim.cli.app import app
        from sim.cli.notes import heed

        heed()
        app()
    except SystemExit as end:
        if asked_to_end() and end.code:
            leave(interrupted())
        raise
    except BaseException as error:
        if asked_to_end() or isinstance(error, KeyboardInterrupt):
            leave(interrupted())
        raise
