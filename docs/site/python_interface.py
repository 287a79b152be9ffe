"""The reference of the Python interface, as Markdown: what `sim` and `sim.interface` export, by its docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from importlib import import_module

import sim
from sim import interface

CONSTANTS = "Limits and other constants"


def python_interface() -> str:
    """Functions, then what they give, then what programs that sit on `sim.interface` find there besides."""
    first = [name for name in sim.__all__ if name != "__version__"]
    others = [name for name in interface.__all__ if name not in first]
    return "\n".join(
        [
            *_part("Functions", "sim", [name for name in first if _is_function("sim", name)]),
            *_part("What they give and take", "sim", [name for name in first if not _is_function("sim", name)]),
            "## For programs that sit on the interface\n",
            "The command line knows no other module than `sim.interface`. It exports all of the above and, besides:\n",
            *_members("sim.interface", others),
        ]
    )


def _part(heading: str, module: str, names: Iterable[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield from _members(module, names)


def _members(module: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        value = getattr(import_module(module), name)
        if inspect.isclass(value):
            how = f".. autoclass:: {module}.{name}\n   :members:\n   :exclude-members: __new__, __init__"
        elif callable(value):
            how = f".. autofunction:: {module}.{name}"
        else:
            shown = f"{value:,}" if isinstance(value, int) else f"``{value!r}``"
            how = f".. py:data:: {module}.{name}\n\n   {shown}"
        yield f"```{{eval-rst}}\n{how}\n```\n"


def _is_function(module: str, name: str) -> bool:
    return inspect.isfunction(getattr(import_module(module), name))
