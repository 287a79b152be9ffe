"""What commands print: text in which nothing that a file says can be obeyed by the terminal, and JSON."""

from __future__ import annotations

from math import isfinite
from typing import Any

import typer

from sim.scenario.visible import visible, visible_json


def tell(text: str, err: bool = False) -> None:
    """Print text on standard output, or on standard error; control characters are shown as escapes."""
    typer.echo(visible(text, kept="\n"), err=err)


def tell_json(content: Any) -> None:
    """Print one JSON object; a number that is not known is null."""
    from json import dumps

    typer.echo(visible_json(dumps(_known(content), ensure_ascii=False, allow_nan=False)))


def _known(content: Any) -> Any:
    if isinstance(content, float):
        return content if isfinite(content) else None
    if isinstance(content, dict):
        return {key: _known(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_known(value) for value in content]
    return content
