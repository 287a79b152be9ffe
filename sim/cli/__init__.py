"""The command line: one small module a command. Data on standard output, messages on standard error."""

from sim.cli.program import main

__all__ = ["main"]
