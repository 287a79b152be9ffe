"""The commands of `detente`, and what becomes of errors in them."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sim.cli.analyze import analyze
from sim.cli.backtest import backtest
from sim.cli.calibrate import calibrate
from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.convert import convert
from sim.cli.forecast import forecast
from sim.cli.interruption import asked_to_end, interrupted, say
from sim.cli.new import new
from sim.cli.report import report
from sim.cli.run import run
from sim.cli.scenarios import scenarios
from sim.cli.schema import schema
from sim.cli.sensitivity import sensitivity
from sim.cli.sweep import sweep
from sim.cli.trace import trace
from sim.cli.usage import in_plain_words
from sim.cli.validate import validate
from sim.interface import visible
from sim.version import VERSION


class Program(TyperGroup):
    """All commands; exit 0 done, 1 the run failed, 2 bad input, 130 interrupted, each error with one message."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run a command, and end as its error says."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(interrupted()) from None
        except BrokenPipeError:
            raise typer.Exit(_nobody_reads_on()) from None
        except SystemExit as end:
            if isinstance(end.__context__, BrokenPipeError):  # rich has seen it first
                raise typer.Exit(_nobody_reads_on()) from None
            raise
        except Exception as error:
            if asked_to_end():  # what the interruption of a library's loading looks like is up to the library
                raise typer.Exit(interrupted()) from None
            code = _explained(error)
            if code is None:
                _show_safely(error)
                raise
            raise typer.Exit(code) from None

    def make_context(self, *args: Any, **settings: Any) -> Any:
        """Read the options of the program itself."""
        try:
            return super().make_context(*args, **settings)
        except Exception as error:
            _show_safely(error)
            raise


app = typer.Typer(
    cls=Program,
    name="detente",
    help="Simulate international negotiations: is there a deal, how likely is it, who blocks it, what would change it?",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_LOOKING = (report, check, analyze, validate, convert, scenarios, new, schema)
for command in (run, sweep, sensitivity, calibrate, forecast, backtest, trace, compare, *_LOOKING):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {VERSION}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def _explained(error: Exception) -> int | None:
    """Say what went wrong and return the exit code; None for what is a mistake of this program.

    Errors are known by the names of their kinds: to import these would load what the command did not need.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & {"ScenarioError", "OutputError"}:
        return say(str(error), 2)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return say(f"the run failed: {where}{error.strerror or error}", 1)
    if "BrokenProcessPool" in kinds:
        return say("the run failed: a worker process ended suddenly (is there enough memory?); try fewer --workers", 1)
    if isinstance(error, MemoryError):
        return say("the run failed: there is not enough memory", 1)
    if "PolarsError" in kinds:
        return say(f"the run failed: {str(error).splitlines()[0]}", 1)
    return None


def _show_safely(error: Exception) -> None:
    """In an error of usage, speak plainly, and show control characters of what was typed as escapes."""
    message = getattr(error, "message", None)
    if hasattr(error, "show") and isinstance(message, str):
        error.message = visible(in_plain_words(message))  # type: ignore[attr-defined]


def _nobody_reads_on() -> int:
    """Let what is still to be printed go nowhere: whoever was reading has had enough, and that is no failure."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
