"""The list of bundled scenarios, as Markdown, from what they say of themselves."""

from __future__ import annotations

from sim.interface import about_bundled


def bundled_scenarios() -> str:
    """A table: the name with a link to the file, what it is about, and how it ended where that is known."""
    rows = ["| scenario | what it is about | how it ended |", "|---|---|---|"]
    for name, about in about_bundled().items():
        outcome = about.outcome or {}
        ended = str(outcome.get("ending", "")).replace("_", " ")
        told = f"**{about.title}.** {about.line}".replace("|", "\\|")
        rows.append(f"| [{name}](../../scenarios/{name}.yaml) | {told} | {ended} {outcome.get('date', '')} |")
    return "\n".join([*rows, ""])
