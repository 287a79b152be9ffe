"""The page of a run: one file that fetches nothing, is put together soundly, shows any text as itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from report import cases, dom

from sim.interface import run
from sim.report.pages.run import publish

PAGES = (("nato_russia_2022", None), ("price_haggle", 1), *((name, None) for name in cases.EDGES if name != "scores"))
MOST_BYTES = 5_000_000


Written = Callable[..., str]
Pages = Callable[..., dom.Page]


@pytest.fixture(scope="module")
def written(published: Callable[..., Path]) -> Written:
    return lambda name, worlds=None: (published(name, worlds) / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(written: Written) -> Pages:
    return cache(lambda name, worlds=None: dom.Page(written(name, worlds)))


@pytest.mark.parametrize(("name", "worlds"), PAGES)
def test_a_page_is_sound(written: Written, page: Pages, name: str, worlds: int | None) -> None:
    found = page(name, worlds)
    assert found.faults == []
    assert dom.fetched(found) == []
    assert dom.dangling(found) == []
    assert dom.unnamed(found) == []
    assert dom.jumps(found) == []
    ids = [one.attributes["id"] for one in found.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", one) for one in ids)
    assert [one.attributes.get("lang") for one in found.find("html")] == ["en"]
    assert [len(found.find(tag)) for tag in ("h1", "main", "title")] == [1, 1, 1]
    assert len([one for one in found.find("script") if "type" not in one.attributes]) == 1
    assert len(written(name, worlds).encode()) < MOST_BYTES


@pytest.mark.parametrize(("name", "worlds"), PAGES)
def test_tables_name_their_rows_and_columns(page: Pages, name: str, worlds: int | None) -> None:
    for table in page(name, worlds).find("table"):
        heads = table.find("thead")[0].find("th")
        assert all(one.attributes.get("scope") == "col" for one in heads)
        rows = table.find("tbody")[0].find("tr")
        assert rows
        for row in rows:
            cells = [one for one in row.children if one.tag in ("th", "td")]
            assert [one.tag for one in cells] == ["th", *["td"] * (len(heads) - 1)]
            assert cells[0].attributes.get("scope") == "row"


def test_hostile_text_shows_as_itself(page: Pages) -> None:
    found = page("hostile")
    assert found.find("h1")[0].text == cases.HOSTILE
    assert found.find("title")[0].text == f"{cases.HOSTILE} – detente"
    assert {"img", "u", "iframe"}.isdisjoint(one.tag for one in found.elements)
    assert not any(name.startswith("on") for one in found.elements for name in one.attributes)
    body = found.find("main")[0].text
    for text in (cases.HOSTILE, cases.RIGHT_TO_LEFT, "$\\frac{1}{2}$ <b>", "</table><script>alert(2)</script>"):
        assert text in body
    drawn = " ".join(one.text for svg in found.find("svg") for one in svg.find("text"))
    assert "$x$ <u>" in drawn
    assert cases.HOSTILE in drawn
    links = [one.attributes["href"] for one in found.find("a") if ":" in one.attributes["href"]]
    assert links == ["https://example.org/?a=1&b="]


def test_the_answers_come_in_the_order_of_the_questions(page: Pages) -> None:
    heads = [one.text for one in page("nato_russia_2022").find("h2")]
    assert heads == [
        "Summary",
        "What happened",
        "How far apart, and whether it narrowed",
        "What the deals contain",
        "Who and what blocks",
        "Which judgements matter",
        "Single worlds",
        "What was assumed",
        "How to reproduce it",
    ]


def test_the_answer_comes_before_the_description(page: Pages) -> None:
    found = page("nato_russia_2022")
    header = found.find("header")[0].text
    answer = next(one for one in found.find("section") if one.attributes.get("id") == "answer")
    assert header.index(answer.find("p")[0].text) < header.index("Security talks between Russia")
    assert len(answer.find("dt")) == 3
    assert "which the file lets happen with probability" in answer.text


def test_every_figure_says_what_it_shows_and_how_to_read_it(page: Pages) -> None:
    shown = page("nato_russia_2022").find("figure")
    assert len(shown) >= 12
    for one in shown:
        assert len(one.find("figcaption")[0].text) > 80
        assert len(one.find("svg")[0].attributes["aria-label"]) > 60


def test_the_table_of_outcomes_says_what_the_run_says(page: Pages) -> None:
    outcomes = cases.results("nato_russia_2022").outcomes
    table = page("nato_russia_2022").find("table")[0]
    counts = [int(row.children[1].text) for row in table.find("tbody")[0].find("tr")]
    assert counts == [one["count"] for one in outcomes.values()]


def test_every_judgement_of_the_file_is_listed_with_its_sources(page: Pages) -> None:
    scenario = cases.scenario("nato_russia_2022")
    found = page("nato_russia_2022")
    tables = [table for table in found.find("table") if table.attributes.get("class") == "judgements"]
    rows = [row for table in tables for row in table.find("tbody")[0].find("tr")]
    assert len(rows) == len(scenario.judgements)
    body = found.find("main")[0].text
    for _, text in scenario.sources:
        assert " ".join(text.split()) in body


def test_how_to_reproduce_it_is_told(page: Pages) -> None:
    body = page("price_haggle", 1).find("main")[0].text
    assert "detente run price_haggle --worlds 1 --seed 1" in body
    assert re.search(r"[0-9a-f]{64}", body)
    assert re.search(r"numpy \d", body)


def test_single_worlds_can_be_chosen_and_read(page: Pages) -> None:
    results, found = cases.results("nato_russia_2022"), page("nato_russia_2022")
    chosen = [one for one in found.find("details") if one.attributes.get("name") == "world"]
    ended = [name for name, one in results.outcomes.items() if one["count"]]
    assert len(chosen) >= len(ended)
    assert ["open" in one.attributes for one in chosen] == [True, *[False] * (len(chosen) - 1)]
    by_world = dict(results.worlds.select("world", "outcome").iter_rows())
    for one in chosen:
        world = int(one.attributes["id"].removeprefix("world-"))
        assert by_world[world].replace("_", " ") in one.find("h3")[0].text
        assert len(one.find("svg")) == 1
        assert "Round 1" in one.text


def test_many_worlds_make_no_large_page(tmp_path: Path) -> None:
    publish(tmp_path, run(cases.scenario("price_haggle"), 5_000, seed=1))
    assert (tmp_path / "report.html").stat().st_size < 400_000
