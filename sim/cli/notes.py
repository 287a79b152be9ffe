"""Notes of the program, which reach the command line as warnings of Python, on standard error in one line each."""

from __future__ import annotations

import warnings
from typing import TextIO

from sim.cli.output import tell


def heed() -> None:
    """From now on show the program's own warnings as notes; those of others stay as they are."""
    usual = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if category.__module__.partition(".")[0] == __name__.partition(".")[0]:
            tell(f"note: {message}", err=True)
        else:
            usual(message, category, filename, lineno, file, line)

    warnings.showwarning = show
