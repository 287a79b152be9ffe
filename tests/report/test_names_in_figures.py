"""Names in figures: told apart however long, in whatever script; characters that no font has are told."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.report.figures import fonts
from sim.report.figures.style import new_figure, save, styled
from sim.report.words.plain_text import breadth, cut, distinct, distinct_lines, wrapped

MINISTRIES = [
    "Ministry of Fisheries and of the Sea of the North",
    "Ministry of Fisheries and of the Sea of the South",
    "Ministry of Fisheries and of the Rivers of the South",
    "Union of Trawlers",
]


def test_names_that_begin_alike_are_cut_where_they_do_not_differ() -> None:
    shown = distinct(MINISTRIES, 26)
    assert len(set(shown)) == len(MINISTRIES)
    assert all(breadth(one) <= 26 for one in shown)
    assert shown[3] == "Union of Trawlers"
    assert "North" in shown[0]


def test_names_that_differ_in_the_middle_alone_are_told_apart() -> None:
    long = [f"The delegation of the republic of {name} to the talks on the waters" for name in ("Aland", "Belland")]
    assert len(set(distinct(long, 24))) == 2
    assert len(set(distinct_lines(long, 12, 2))) == 2


def test_names_that_nothing_short_tells_apart_are_numbered() -> None:
    shown = distinct(["x" * 40 + "a" + "y" * 60, "x" * 60 + "b" + "y" * 40, "x" * 50 + "c" + "y" * 50], 12)
    assert len(set(shown)) == 3
    assert all(breadth(one) <= 12 for one in shown)


@given(st.lists(st.text(st.characters(categories=["L", "N", "Zs", "Mn"]), max_size=60), max_size=6), st.integers(8, 40))
def test_what_differs_is_shown_different_and_fits(texts: list[str], width: int) -> None:
    shown = distinct(texts, width)
    assert all(breadth(one) <= width for one in shown)
    full = [" ".join(text.split()) for text in texts]
    assert len(set(shown)) >= len(set(full))


def test_wide_characters_count_for_two() -> None:
    name = "\u6f01\u696d\u6c34\u57df\u306e\u5883\u754c\u3068\u5171\u540c\u7ba1\u7406\u533a\u57df"
    assert breadth(name) == 28
    assert breadth(cut(name, 11)) <= 11
    assert all(breadth(line) <= 12 for line in wrapped(name, 12, 4).splitlines())


def drawn(text: str, folder: Path) -> str:
    """The characters that are missing in a figure with a text."""
    with styled():
        figure = new_figure(1.0)
        figure.subplots().text(0.1, 0.5, text)
        return save(figure, folder, "drawn", "Drawn").missing


@pytest.mark.parametrize(
    "text",
    [
        "Plain",
        "\u00dcber \u2192 \u221e",
        "\u0645\u0641\u0627\u0648\u0636\u0627\u062a",
        "\u05e9\u05d9\u05d7\u05d5\u05ea",
    ],
)
def test_what_the_usual_font_has_is_not_missing(text: str, tmp_path: Path) -> None:
    assert drawn(text, tmp_path) == ""


def test_characters_that_no_font_has_are_noted(tmp_path: Path) -> None:
    assert drawn("a \U00013000\ufe0f b \U00013001", tmp_path) == "\U00013000\U00013001"
    told = fonts.told("\U00013000\U00013001")
    assert "2 characters" in told
    assert "Egyptian" in told
    with pytest.warns(fonts.CharactersMissing):
        assert fonts.tell(["", "\U00013000"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fonts.tell(["", ""]) == ""


def test_a_font_that_has_the_characters_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, other = fonts._files()[fonts.USUAL], fonts._files()["STIXGeneral"]
    lacking = sorted(fonts._characters(other) - fonts._characters(usual))
    letter = next(one for one in lacking if not fonts._unseen(one))
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "_files", lambda: {fonts.USUAL: usual, "STIXGeneral": other})
        fonts._having.cache_clear()
        assert drawn(f"{letter} here", tmp_path) == ""
    fonts._having.cache_clear()
    assert "STIXGeneral" in (tmp_path / "drawn.svg").read_text(encoding="utf-8")


def test_a_page_says_which_characters_its_figures_lack(shared: Path, tmp_path: Path) -> None:
    scenario = sim.load(shared / "cases" / "scripts" / "talks.yaml")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        sim.run(scenario, 5, out=tmp_path / "r")
    said = [str(one.message) for one in caught if issubclass(one.category, fonts.CharactersMissing)]
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert len(said) <= 1
    assert page.count("No font installed where this was drawn") == len(said)
