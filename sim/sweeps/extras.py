"""Parts that are installed only where asked for, and what to say where they are missing."""

from __future__ import annotations

from importlib.util import find_spec

from sim.sweeps.store import OutputError


def need(module: str, extra: str) -> None:
    """Make sure that a module of an extra is there.

    Raises
    ------
    OutputError
        With the command that installs it.
    """
    if find_spec(module) is None:
        raise OutputError(f"this needs {module}, which is not installed; run: pip install 'detente[{extra}]'")
