"""`detente scenarios`: what comes with the program."""

from __future__ import annotations

from sim.cli.json_output import print_json
from sim.cli.options import Json
from sim.cli.output import tell


def scenarios(json: Json = False) -> None:
    """List the bundled scenarios: what each is about, and how it ended where that is known.

    Each can be used by its name instead of a file.
    """
    from sim import interface

    listed = interface.about_bundled()
    if json:
        entries = [
            {"name": name, "title": one.title, "line": one.line, "outcome": one.outcome} for name, one in listed.items()
        ]
        print_json({"scenarios": entries})
        return
    from shutil import get_terminal_size
    from textwrap import fill

    width = max(map(len, listed), default=0) + 2
    columns = max(min(get_terminal_size().columns, 120), width + 40)
    for name, one in listed.items():
        tell(f"{name:{width}}{one.title}{_ended(one.outcome)}")
        if one.line:
            indent = " " * width
            tell(fill(one.line, columns, initial_indent=indent, subsequent_indent=indent))


def _ended(outcome: dict[str, bool | str] | None) -> str:
    """How a case ended, in brackets; nothing for a scenario without an outcome."""
    if outcome is None:
        return ""
    words = {True: "agreement", False: "no agreement", "partial": "partial agreement"}
    ended = [words.get(outcome.get("agreement", ""), "")]
    if outcome.get("agreement") is False and "ending" in outcome:
        ended.append(str(outcome["ending"]).replace("_", " "))
    if "date" in outcome:
        ended.append(str(outcome["date"]))
    return f" [{', '.join(filter(None, ended))}]"
