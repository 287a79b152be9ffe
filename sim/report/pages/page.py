"""Makes pages from templates: escaped, self-contained, with figures inside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sim.report.figures.exports import note
from sim.report.figures.fonts import tell
from sim.report.figures.style import Shown, inline
from sim.report.words.plain_text import plain

_ADDRESS = re.compile(r"https?://[^\s<>\"'|;,]+[^\s<>\"'|;,.:)\]]")


def write_page(path: Path, template: str, **values: Any) -> None:
    """Render a template of this package and write it.

    Parameters
    ----------
    path
        The file to write.
    template
        Its name in `templates/`.
    values
        What the template shows. Text is escaped.
    """
    path.write_text(rendered(template, **values), encoding="utf-8")


def rendered(template: str, **values: Any) -> str:
    """A template of this package, filled in."""
    loader = PackageLoader("sim.report.pages", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    missing: list[str] = []

    def shown(one: Shown) -> Markup:
        missing.append(one.drawing.missing)
        return drawn(one)

    environment.filters.update(plain=plain, linked=linked, drawn=shown, inert=inert)
    environment.globals["missing_characters"] = lambda: tell(missing)
    files = {
        "stylesheet": "page.css",
        "script": "page.js",
        "figures_script": "figures.js",
        "worlds_script": "worlds.js",
    }
    for name, file in files.items():
        environment.globals[name] = Markup(loader.get_source(environment, file)[0])
    return environment.get_template(template).render(**values)


def drawn(shown: Shown) -> Markup:
    """A figure as an element of the page."""
    note(shown.drawing.name, shown.title, shown.caption)
    return Markup(inline(shown.drawing, shown.alt))


def inert(data: str) -> Markup:
    """JSON that no browser takes for the end of the element around it."""
    return Markup(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def linked(text: str) -> Markup:
    """Text in which web addresses are links; all else is escaped."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found.group())
        parts.append(escape(text[end : found.start()]))
        parts.append(Markup(f'<a href="{address}" rel="noreferrer">{address}</a>'))
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
