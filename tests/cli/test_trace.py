"""`detente trace`: its JSON, its formats, and that text from files shows as itself in each of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.dom import Page
from strategies import Plain, load_plain, patient, scenarios

import sim
from sim.report.minutes.transcript import minutes_markdown, minutes_plain
from sim.report.pages.minutes import minutes_page
from sim.report.words.world.moves import answered

Detente = Callable[..., tuple[int, str, str]]

PACKAGE = {"type": ["object", "null"], "additionalProperties": {"type": "string"}}
MOVE = {
    "type": "object",
    "required": ["side", "act", "package", "reason"],
    "properties": {
        "side": {"type": "string"},
        "act": {"enum": ["offer", "accept", "counter", "defer", "reject", "walk_out"]},
        "package": PACKAGE,
        "reason": {"type": "string", "minLength": 5},
    },
}
ROUND = {
    "type": "object",
    "required": ["round", "moves"],
    "properties": {"round": {"type": "integer", "minimum": 1}, "moves": {"type": "array", "items": MOVE}},
}
MEETING = {
    "type": "object",
    "required": ["id", "date", "venue", "rounds"],
    "properties": {
        "id": {"type": "string"},
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "venue": {"type": "string"},
        "rounds": {"type": "array", "items": ROUND},
    },
}
TRACE = {
    "type": "object",
    "required": ["world", "outcome", "day", "package", "utilities", "meetings"],
    "properties": {
        "world": {"type": "integer"},
        "outcome": {"type": "string"},
        "day": {"type": ["integer", "null"]},
        "package": PACKAGE,
        "utilities": {"type": "object", "additionalProperties": {"type": "number"}},
        "meetings": {"type": "array", "items": MEETING},
    },
}


def check(told: Plain, scenario: sim.Scenario) -> None:
    """The object that CONTRACT 3 describes, and that it hangs together."""
    jsonschema.validate(told, TRACE)
    issues = {issue.id: {option.id for option in issue.options} for issue in scenario.issues}
    assert set(told["utilities"]) == {party.id for party in scenario.parties}
    packages = [told["package"]]
    for meeting in told["meetings"]:
        assert [one["round"] for one in meeting["rounds"]] == list(range(1, len(meeting["rounds"]) + 1))
        for move in (move for one in meeting["rounds"] for move in one["moves"]):
            assert move["side"] in {side.id for side in scenario.sides}
            assert (move["package"] is not None) == (move["act"] in ("offer", "accept", "counter"))
            packages.append(move["package"])
    for package in filter(None, packages):
        assert package.keys() == issues.keys()
        assert all(package[issue] in options for issue, options in issues.items())


@pytest.mark.parametrize("name", ["nato_russia_2022", "price_haggle", "four_issue_trade"])
def test_the_json_of_bundled_scenarios_is_as_the_contract_says(detente: Detente, name: str) -> None:
    code, out, err = detente("trace", name, "--world", "3", "--seed", "2", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    told = json.loads(out)
    assert told["world"] == 3
    check(told, sim.load(name))


@given(scenarios(), st.integers(0, 50))
@patient(40)
def test_the_json_of_generated_scenarios_is_as_the_contract_says(plain: Plain, world: int) -> None:
    scenario = load_plain(plain)
    check(json.loads(json.dumps(sim.trace(scenario, world).as_json(), allow_nan=False)), scenario)


@given(scenarios())
@patient(25)
def test_every_format_tells_generated_worlds_to_the_end(plain: Plain) -> None:
    minutes = sim.trace(load_plain(plain))
    for text in (minutes_plain(minutes), minutes_markdown(minutes)):
        assert "The end: " in text
    page = Page(minutes_page(minutes))
    assert not page.faults
    labels = [one.attributes.get("aria-labelledby", "") for one in page.find("section")]
    assert len([label for label in labels if label.startswith("part-")]) == len(minutes.meetings) + 1


def test_minutes_have_titles_dates_venues_and_what_each_party_got(detente: Detente) -> None:
    code, out, _ = detente("trace", "nato_russia_2022", "--world", "7")
    text = " ".join(out.split())
    assert code == 0
    for part in (
        "US-Russian security dialogue 10 January 2022, Geneva",
        "NATO-Russia Council 12 January 2022, Brussels",
        "Present: Russia; United States for NATO, ad referendum",
        "NATO, which decides by consensus (30 members",
        "Why not: all 30 object.",
        "• Red lines of all 30: Enlargement and Ukraine's membership “",
        "Russia's reservation value goes from 0.",
        "The end: ",
    ):
        assert part in text


def test_no_answer_is_too_long_to_read_where_thirty_allies_object() -> None:
    scenario = sim.load("nato_russia_2022")
    for world in range(5):
        rounds = [one for meeting in sim.trace(scenario, world).meetings for one in meeting.rounds]
        assert max(len(answered(scenario, move)) for one in rounds for move in one.moves) < 1500


HOSTILE = """\
format: 1
title: '<script>alert(1)</script> # *a* $x$ [l](u) | שלום'
issues:
  "i":
    title: '<b>Land</b> & _sea_ | `code`'
    options: [{id: a, title: '<i>mine</i>'}, {id: b, title: '1. yours'}]
    status_quo: a
parties:
  A: {title: '<img src=x onerror=alert(1)>', positions: {i: a}, reservation: 0}
  B: {title: '- B |', positions: {i: b}, reservation: 0}
meetings: [{id: one, date: 2000-01-02, title: '# Not a heading <hr>', venue: '*Ge|neva*'}]
"""


def test_text_of_the_file_shows_as_itself_in_pages() -> None:
    from sim.scenario.loading import loads

    page = Page(minutes_page(sim.trace(loads(HOSTILE, "hostile.yaml")), "detente trace '<x>'"))
    assert not page.faults
    assert not page.find("img")
    assert not page.find("hr")
    assert len(page.find("script")) == 1
    (heading,) = page.find("h1")
    assert heading.text == "<script>alert(1)</script> # *a* $x$ [l](u) | שלום"
    for part in ("<b>Land</b> & _sea_ | `code`", "<img src=x onerror=alert(1)>", "# Not a heading <hr>", "'<x>'"):
        assert any(part in one.text for one in page.elements)


def test_text_of_the_file_shows_as_itself_in_markdown() -> None:
    from sim.scenario.loading import loads

    text = minutes_markdown(sim.trace(loads(HOSTILE, "hostile.yaml")))
    lines = text.splitlines()
    assert lines[0] == r"# \<script\>alert(1)\</script\> \# \*a\* \$x\$ \[l\](u) \| שלום"
    assert r"## \# Not a heading \<hr\>" in lines
    assert "<img" in text
    assert not re.search(r"(?<!\\)[<\[`$]", text)
    rows = [line for line in lines if line.startswith("| ") and "---" not in line]
    assert rows
    for row in rows:
        assert row.replace(r"\|", "").count("|") in (4 + 1, 3 + 1, 2 + 1)


@pytest.mark.usefixtures("small")
def test_the_ending_of_the_file_or_the_format_says_how_it_is_written(detente: Detente) -> None:
    for name in ("m.html", "m.md", "m.txt", "m.json"):
        assert detente("trace", "small.yaml", "--out", name) == (0, "", "")
    assert Path("m.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("m.md").read_text(encoding="utf-8").startswith("# Two sides\n")
    assert Path("m.txt").read_text(encoding="utf-8").startswith("Two sides\n")
    told = json.loads(Path("m.json").read_text(encoding="utf-8"))
    assert told == json.loads(detente("trace", "small.yaml", "--json")[1])
    assert detente("trace", "small.yaml", "--format", "markdown")[1] == Path("m.md").read_text(encoding="utf-8")
    assert detente("trace", "small.yaml", "--format", "html", "--out", "n.txt")[0] == 0
    assert Path("n.txt").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("small")
def test_what_cannot_be_written_is_one_message(detente: Detente) -> None:
    code, out, err = detente("trace", "small.yaml", "--out", "nowhere/m.html")
    assert (code, out) == (2, "")
    assert "nowhere/m.html" in err
    assert "Traceback" not in err
    assert detente("trace", "small.yaml", "--json", "--format", "html")[0] == 2
