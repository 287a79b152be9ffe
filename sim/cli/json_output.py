"""One JSON object on standard output."""

from __future__ import annotations

from math import isfinite
from typing import Any

import typer

from sim.interface import visible_json


def print_json(content: Any) -> None:
    """Print content as JSON."""
    typer.echo(json_text(content), nl=False)


def json_text(content: Any) -> str:
    """Content as a line of JSON; a number that is none, or infinite, is null: JSON has no word for it.

    What a terminal could obey stands as an escape of JSON, which means the same.
    """
    from json import dumps

    return visible_json(dumps(_finite(content), ensure_ascii=False, allow_nan=False)) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value
