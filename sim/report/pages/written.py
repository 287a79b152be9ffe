"""The minutes of one world as text, as Markdown or as a page."""

from __future__ import annotations

from sim.report.minutes.transcript import minutes_markdown, minutes_plain
from sim.trace.minutes import Minutes


def written(minutes: Minutes, form: str, command: str = "") -> str:
    """The minutes of one world as text, Markdown or a page.

    Parameters
    ----------
    minutes
        Of the world.
    form
        ``text``, ``markdown`` or ``html``.
    command
        The command that writes them again, to be shown on a page.
    """
    if form == "html":
        from sim.report.pages.minutes import minutes_page

        return minutes_page(minutes, command)
    return minutes_markdown(minutes) if form == "markdown" else minutes_plain(minutes)
