"""Colours mean one thing each: sides, outcomes and what is set side by side never share one."""

from __future__ import annotations

import re
from pathlib import Path

from matplotlib.colors import to_rgb

from sim.report.figures import palette, style
from sim.talks.record.endings import OUTCOMES

REPORT = Path(__file__).parents[2] / "sim" / "report"


def test_no_colour_stands_for_two_kinds_of_things() -> None:
    kinds = [palette.SIDES, tuple(palette.OUTCOMES.values()), palette.VARIANTS]
    together = [colour for kind in kinds for colour in kind]
    assert len(set(together)) == len(together)
    assert set(palette.OUTCOMES) == set(OUTCOMES)
    for k, first in enumerate(kinds):  # far enough apart to be told from each other side by side
        for second in kinds[k + 1 :]:
            assert min(_apart(one, other) for one in first for other in second) > 0.12


def test_no_figure_has_colours_of_its_own() -> None:
    known = {*palette.SIDES, *palette.OUTCOMES.values(), *palette.VARIANTS}
    for path in (REPORT / "figures").glob("*.py"):
        if path.name != "palette.py":
            written = set(re.findall(r"#[0-9a-f]{6}", path.read_text(encoding="utf-8"), re.IGNORECASE))
            assert not written & known - {"#0072b2", "#d55e00", "#009e73"}, path.name


def test_the_bar_of_outcomes_on_a_page_has_the_colours_of_the_figures() -> None:
    css = (REPORT / "pages" / "templates" / "page.css").read_text(encoding="utf-8")
    for outcome, colour in palette.OUTCOMES.items():
        (said,) = re.findall(rf"\.{outcome} {{ background: ([^;]+); }}", css)
        named = re.match(r"var\((--[a-z]+)\)", said)
        assert (re.findall(rf"{named.group(1)}: ([^;]+);", css)[0] if named else said) == colour


def _apart(one: str, other: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(to_rgb(one), to_rgb(other), strict=True)) ** 0.5)


def test_a_figure_saved_from_a_page_keeps_its_light_colours() -> None:
    script = (REPORT / "pages" / "templates" / "figures.js").read_text(encoding="utf-8")
    told = dict(re.findall(r'"(--[a-z]+)": "(#[0-9a-f]{6})"', script))
    assert told == {name: colour for colour, name in style._VARIABLES.items()}
