"""Files that want to cost too much, or are damaged: one clear error, in bounded time, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from convert import samples, test_tables
from hypothesis import given
from hypothesis import strategies as st
from strategies import patient

from sim.convert import cells, json_text, markup, nodes, spreadsheet
from sim.convert.formats import READERS, read_files
from sim.convert.wishes import Wishes
from sim.scenario.problems import ScenarioError

SECONDS = 120.0
"""Far above what any of these takes; an error of growth takes hours."""


def refused(files: dict[str, bytes], wishes: Wishes | None = None) -> str:
    with TemporaryDirectory() as place:
        for name, data in files.items():
            Path(place, name).write_bytes(data)
        started = time.monotonic()
        with pytest.raises(ScenarioError) as caught:
            read_files([Path(place, name) for name in files], wishes)
        assert time.monotonic() - started < SECONDS
    assert len(caught.value.problems) == 1
    return str(caught.value).removeprefix(place)


HUGE = 2_000_000
LIMITS = [
    (markup, "MOST"),
    (markup, "MOST_MARKS"),
    (json_text, "MOST_NODES"),
    (nodes, "LONGEST_YAML"),
    (cells, "MOST_CELLS"),
    (spreadsheet, "MOST_UNPACKED"),
    (spreadsheet, "MOST_ROWS"),
]
"""What bounds the cost; in the default run they and the files are a hundredth of their size."""


@pytest.fixture(params=[pytest.param(100, id="small"), pytest.param(1, id="real", marks=pytest.mark.slow)])
def part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Divides limits and files."""
    part = int(request.param)
    for module, limit in LIMITS:
        monkeypatch.setattr(module, limit, getattr(module, limit) // part)
    return part


CSV = b"actor,position\n"
BOMBS = {
    "entities": (
        "a.xml",
        lambda _: (
            b'<?xml version="1.0"?>\n<!DOCTYPE b [<!ENTITY a "'
            + b"x" * 99
            + b'"><!ENTITY c "&a;&a;">]>\n<utility_space>&c;</utility_space>'
        ),
        "entities of its own",
    ),
    "entities in a long declaration": (
        "a.xml",
        lambda _: b"<!DOCTYPE b [" + b'<!ENTITY a "xxxxxxxxxxxxxx">' * 9999 + b"]><utility_space/>",
        "entities of its own",
    ),
    "elements": ("a.xml", lambda n: b"<utility_space>" + b"<a/>" * n, "elements, expected"),
    "deep elements": ("a.xml", lambda n: b"<utility_space>" + b"<a>" * n, "more than 50 deep"),
    "attributes": (
        "a.xml",
        lambda n: b"<utility_space" + b"".join(b' a%d=""' % i for i in range(n // 10)) + b">",
        "more than 100 attributes",
    ),
    "comments": ("a.xml", lambda n: b"<utility_space>" + b"<!---->" * (n // 3), "tags and comments, expected"),
    "instructions": ("a.xml", lambda n: b"<utility_space>" + b"<?a>" * (n // 3), "tags and comments, expected"),
    "ampersands": ("a.xml", lambda n: b"<utility_space>" + b"&" * n, "never closed"),
    "blanks": ("a.xml", lambda n: b"<utility_space " + b" " * n, "never closed"),
    "a long file": ("a.xml", lambda _: b"<utility_space>" + b" " * 10_000_000, "bytes, expected the files"),
    "deep JSON": ("a.json", lambda n: b'{"LinearAdditiveUtilitySpace":' + b"[" * n, "nested more than 50 deep"),
    "much JSON": (
        "a.json",
        lambda n: b'{"LinearAdditiveUtilitySpace":[' + b"0," * (n // 2),
        "values, expected the files",
    ),
    "blank JSON": ("a.json", lambda n: b'{"LinearAdditiveUtilitySpace":[' + b"\n" * n, "the file ends early"),
    "much YAML": ("a.yml", lambda n: b"type: CartesianOutcomeSpace\n" + b"#" * n, "the YAML file has more than"),
    "aliases": (
        "a.yml",
        lambda n: (
            b"type: CartesianOutcomeSpace\nv: &v ["
            + b",".join(b"v%d" % i for i in range(n // 4_000))
            + b"]\nissues:\n"
            + b"- {type: CategoricalIssue, name: a, values: *v}\n" * (n // 2_000)
        ),
        "at least two parties",
    ),
    "aliases of aliases": (
        "a.yml",
        lambda _: (
            b"type: CartesianOutcomeSpace\nb0: &b0 [x]\n"
            + b"".join(b"b%d: &b%d [%s]\n" % (i, i, b",".join([b"*b%d" % (i - 1)] * 9)) for i in range(1, 30))
            + b"issues: *b29\n"
        ),
        "at least two parties",
    ),
    "cells": ("a.csv", lambda n: CSV + b"," * (n // 3), "cells"),
    "lines": ("a.csv", lambda n: CSV + b"\n" * (n // 3), "cells"),
    "an open quotation": ("a.csv", lambda n: CSV + b'"' + b"a\n" * (n // 2), "never closed"),
    "closed quotations": ("a.csv", lambda n: CSV + b'""' * (n // 2), "this row has no position"),
    "strangers": (
        "a.csv",
        lambda _: b"actor,issue,position\n" + b"".join(b"a%d,i%d,1\n" % (i, i) for i in range(1_000)),
        "1,000 actors and 1,000 issues",
    ),
}


@pytest.mark.parametrize(("name", "data", "told"), BOMBS.values(), ids=list(BOMBS))
def test_what_costs_too_much_is_refused(name: str, data: Callable[[int], bytes], told: str, part: int) -> None:
    assert told in refused({name: data(HUGE // part)})


def test_many_values_of_many_issues_are_refused() -> None:
    values = b"v: &v [" + b",".join(b"v%d" % i for i in range(5_000)) + b"]\n"
    issues = b"issues:\n" + b"- {type: CategoricalIssue, name: a, values: *v}\n" * 2_000
    function = b"type: LinearAdditiveUtilityFunction\nname: A\nvalues: {}\n"
    space = b"type: CartesianOutcomeSpace\n" + values + issues
    assert "values in all" in refused({"s.yml": space, "a.yml": function, "b.yml": function})


def spreadsheet(rows: bytes, declared: bytes = b"", parts: dict[str, bytes] | None = None) -> bytes:
    """An XLSX archive, part by part."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = b"http://schemas.openxmlformats.org/package/2006/"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
    start, main = b'<?xml version="1.0"?>', b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = b'<Override PartName="/%s" ContentType="' + kind + b'%s+xml"/>'
    types = part % (b"w.xml", b"sheet.main") + part % (b"s.xml", b"worksheet")
    related = start + b'<Relationships xmlns="' + package + b'relationships"><Relationship Id="r" Type="' + office
    book = b"<workbook " + main + b' xmlns:r="' + office + b'"><sheets><sheet name="s" sheetId="1" r:id="r"/></sheets>'
    texts = {
        "[Content_Types].xml": start + b'<Types xmlns="' + package + b'content-types">' + types + b"</Types>",
        "_rels/.rels": related + b'/officeDocument" Target="w.xml"/></Relationships>',
        "_rels/w.xml.rels": related + b'/worksheet" Target="s.xml"/></Relationships>',
        "w.xml": start + book + b"</workbook>",
        "s.xml": start + declared + b"<worksheet " + main + b"><sheetData>" + rows + b"</sheetData></worksheet>",
        **(parts or {}),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


CELL = b'<c r="%s" t="str"><v>%s</v></c>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY b0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY b%d "%s">' % (i, b"&b%d;" % (i - 1) * 10) for i in range(1, 12))
    + b"]>"
)
SHEETS = {
    "much in little": (lambda: spreadsheet(b"", parts={"big.bin": b"0" * 60_000_000}), "unpacked, this has 60,0"),
    "many parts": (lambda: spreadsheet(b"", parts={f"p{i}": b"" for i in range(2_000)}), "in 2,005 parts"),
    "entities": (lambda: spreadsheet(b'<row r="1">' + CELL % (b"A1", b"&b11;") + b"</row>", LAUGHS), "cannot be read"),
    "a far row": (
        lambda: spreadsheet(
            b'<row r="1">'
            + CELL % (b"A1", b"actor")
            + b'</row><row r="1048576">'
            + CELL % (b"A1048576", b"x")
            + b"</row>"
        ),
        "rows or 300 columns",
    ),
    "a far column": (
        lambda: spreadsheet(b'<row r="1">' + CELL % (b"A1", b"actor") + CELL % (b"KO1", b"x") + b"</row>"),
        "rows or 300 columns",
    ),
    "nothing": (lambda: spreadsheet(b""), "there is nothing in this spreadsheet"),
    "no position": (
        lambda: spreadsheet(b'<row r="1">' + CELL % (b"A1", b"actor") + b"</row>"),
        ":1:1: expected a column 'position'",
    ),
}


@pytest.mark.parametrize(("data", "told"), SHEETS.values(), ids=list(SHEETS))
@pytest.mark.usefixtures("part")
def test_what_costs_too_much_in_a_spreadsheet_is_refused(data: Callable[[], bytes], told: str) -> None:
    pytest.importorskip("openpyxl")
    assert told in refused({"t.xlsx": data()})


WEB_DOMAIN = """{
	"name": "party",
	"issuesValues": {"Food": {"values": ["Nuts", "Cake"]}, "Guests": {"range": ["1", "3", "1"]}}
}"""

WEB_PROFILE = """{"LinearAdditiveUtilitySpace": {
	"issueUtilities": {
		"Food": {"discreteutils": {"valueUtilities": {"Nuts": 0.5, "Cake": 1}}},
		"Guests": {"numberutils": {"lowValue": 1, "highValue": 3, "lowUtility": 1.0, "highUtility": 0.0}}
	},
	"issueWeights": {"Food": 0.75, "Guests": 0.25},
	"reservationBid": {"issuevalues": {"Food": "Nuts", "Guests": "2"}}
}}"""

OWN = """\
format: 1
title: T
issues: {a: {options: [x, y], status_quo: x}}
parties: {P: {positions: {a: x}}, Q: {positions: {a: y}}}
"""

GOOD: dict[str, dict[str, str]] = {
    "genius": {"d.xml": samples.GENIUS_DOMAIN, "a.xml": samples.GENIUS_ANNA, "b.xml": samples.GENIUS_BERT},
    "negmas": {"d.yml": samples.NEGMAS_SPACE, "a.yml": samples.NEGMAS_ANNA, "b.yml": samples.NEGMAS_BERT},
    "geniusweb": {"d.json": WEB_DOMAIN, "a.json": WEB_PROFILE, "b.json": WEB_PROFILE.replace("0.75", "0.5")},
    "decide": {"d.csv": test_tables.DECIDE.replace("'", "")},
    "ktab": {"s.xml": test_tables.SMP_XML},
    "ktab in CSV": {"s.csv": test_tables.SMP},
    "deu": {"deu.csv": test_tables.DEU},
    "table": {"t.csv": test_tables.TABLE},
    "detente": {"s.yaml": OWN},
}


def test_every_reader_has_a_sample() -> None:
    read = set()
    for files in GOOD.values():
        with TemporaryDirectory() as place:
            for name, text in files.items():
                Path(place, name).write_text(text, encoding="utf-8")
            read.add(read_files([Path(place, name) for name in files], Wishes(proposal="d1")).reader.NAME)
    assert read == {reader.NAME for reader in READERS}


SCRAPS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    [
        "<",
        ">",
        "/>",
        '"',
        "'",
        "&",
        "&#0;",
        "&#x110000;",
        "<!--",
        "]]>",
        "\x00",
        "\t",
        ",",
        ";",
        "1e400",
        "-1",
        "nan",
        "-.inf",
        "{",
        "]",
        "*v",
        "null",
        "\ud7ff",
        "\n",
        "99999999999999999999",
    ]
)


@given(st.data())
@patient(300)
def test_damaged_files_end_in_one_error_or_are_read(data: st.DataObject) -> None:
    files = dict(data.draw(st.sampled_from(list(GOOD.values()))))
    name = data.draw(st.sampled_from(sorted(files)))
    text = files[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + data.draw(st.sampled_from([0, 1, 5, 40])))))
        text = text[:start] + data.draw(SCRAPS) + text[end:]
    with TemporaryDirectory() as place:
        for other, content in {**files, name: text}.items():
            Path(place, other).write_text(content, encoding="utf-8")
        told = _outcome([Path(place, other) for other in files])
        assert told == "" or told.startswith(place)


def _outcome(files: list[Path]) -> str:
    """The error with which these files are refused, nothing if they make a scenario."""
    try:
        return "" if read_files(files, Wishes(proposal="d1")).scenario.parties else "no parties"
    except ScenarioError as error:
        return str(error)


@given(st.binary(max_size=200), st.sampled_from([".xml", ".json", ".yml", ".csv", ".xlsx", ".txt"]))
@patient(100)
def test_any_bytes_end_in_one_error(data: bytes, ending: str) -> None:
    with TemporaryDirectory() as place:
        file = Path(place, f"f{ending}")
        file.write_bytes(data)
        with pytest.raises(ScenarioError) as caught:
            read_files([file])
        assert str(caught.value).startswith(place)
