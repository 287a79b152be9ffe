"""`detente validate`: check scenario files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json
from sim.cli.output import tell

if TYPE_CHECKING:
    from sim.interface import Problem


def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files, or names of bundled ones.")],
    set_: Changes = None,
    allow_code: AllowCode = False,
    json: Json = False,
) -> None:
    """Check scenario files and list all that is wrong in them.

    Also says what is odd. Exit code 2 if anything is wrong.
    """
    from sim import interface

    results = [(file, *interface.examine(file, set_ or (), allow_code)) for file in files]
    if json:

        def listed(problems: tuple[Problem, ...]) -> list[dict[str, str | int | None]]:
            return [
                {"line": p.place.line or None, "column": p.place.column or None, "message": p.message}
                | ({"option": p.place.option} if p.place.option else {})
                for p in problems
            ]

        entries = [
            {"file": file, "valid": not errors, "errors": listed(errors), "warnings": listed(warnings)}
            for file, errors, warnings in results
        ]
        print_json({"files": entries})
    else:
        for file, errors, warnings in results:
            for problem in errors:
                tell(str(problem), err=True)
            for problem in warnings:
                tell(problem.as_warning(), err=True)
            if not errors:
                tell(f"{file}: OK" + (f", {len(warnings)} warning{'s' * (len(warnings) > 1)}" if warnings else ""))
    if any(errors for _, errors, _ in results):
        raise typer.Exit(2)
