"""The program `detente`: its commands, and what it does with errors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sim.cli.analyze import analyze
from sim.cli.new import new
from sim.cli.run import run
from sim.cli.scenarios import scenarios
from sim.cli.schema import schema
from sim.cli.sweep import sweep
from sim.cli.trace import trace
from sim.cli.validate import validate

app = typer.Typer(
    name="detente",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (run, sweep, trace, analyze, validate, scenarios, new, schema):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        from sim.version import VERSION

        typer.echo(f"detente {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Simulate international negotiations: is there a deal, how likely is it, who blocks it, what would change that?"""


def main() -> None:
    """Run the program; exit 0 done, 1 the run failed, 2 bad input, 130 interrupted."""
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(_say("interrupted; nothing was left half-written", 130))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from sim.scenario.problems import ScenarioError
        from sim.sweeps.store import OutputError

        if isinstance(error, ScenarioError | OutputError):
            sys.exit(_say(str(error), 2))
        if isinstance(error, OSError):
            sys.exit(_say(f"the run failed: {error.strerror or error}", 1))
        raise


def _say(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
