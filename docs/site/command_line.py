"""The reference of the command line, as Markdown, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from sim.cli.app import app

PROGRAM = "detente"


def command_line() -> str:
    """A section a command: what it is for, how it is called, and a table of its arguments and options."""
    program: Any = get_command(app)
    context = typer.Context(program, info_name=PROGRAM)
    return "\n".join(line for name in program.list_commands(context) for line in _section(program, context, name))


def _section(program: Any, above: typer.Context, name: str) -> Iterator[str]:
    command = program.commands[name]
    context = typer.Context(command, info_name=name, parent=above)
    yield f"## {PROGRAM} {name}\n"
    yield f"{command.help.strip()}\n"
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield f"```text\n{' '.join(usage.split())}\n```\n"
    yield "| argument or option | meaning |\n|---|---|"
    for parameter in command.params:
        if not parameter.hidden:
            yield f"| {_spelled(parameter)} | {_cell(_meaning(parameter))} |"
    yield ""


def _spelled(parameter: Any) -> str:
    """How it is written: `--worlds N`."""
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    names = [*parameter.opts, *parameter.secondary_opts]
    return ", ".join(f"`{name} {parameter.metavar}`" if parameter.metavar else f"`{name}`" for name in names)


def _meaning(parameter: Any) -> str:
    """Its help, and its default where that is a number or a word that the help leaves out."""
    told = str(parameter.help or "").strip()
    default = parameter.default
    plain = isinstance(default, (int, float, str)) and not isinstance(default, bool)
    return f"{told} By default {default}." if plain and "default" not in told.lower() else told


def _cell(text: str) -> str:
    """Text that stays in its cell and is no markup."""
    for mark in "|<*[":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())
