"""`detente validate`: check scenario files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import AllowCode, Changes, Json
from sim.cli.output import tell, tell_json

if TYPE_CHECKING:
    from sim.scenario.problems import Problem


def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files, or names of bundled ones.")],
    set_: Changes = None,
    allow_code: AllowCode = False,
    json: Json = False,
) -> None:
    """Check scenario files and list all that is wrong in them.

    Also says what is odd. Exit code 2 if anything is wrong.
    """
    results = [(file, *_examined(file, set_ or (), allow_code)) for file in files]
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
        tell_json({"files": entries})
    else:
        for file, errors, warnings in results:
            for problem in errors:
                tell(str(problem), err=True)
            for problem in warnings:
                tell(problem.as_warning(), err=True)
            if not errors:
                odd = f", {len(warnings)} warning{'s' * (len(warnings) > 1)}" if warnings else ""
                tell(f"{file}: OK{odd}")
    if any(errors for _, errors, _ in results):
        raise typer.Exit(2)


def _examined(file: str, changes: Sequence[str], allow_code: bool) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Errors and warnings, also those of the `sweep` section."""
    from sim.scenario.loading import examine

    scenario, errors, warnings = examine(file, changes, allow_code=allow_code)
    if scenario is not None and scenario.sweep is not None:
        from sim.sweeps.request import check_section

        errors = check_section(scenario, allow_code)
    return errors, warnings
