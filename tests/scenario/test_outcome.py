"""What happened in fact is kept with a case, and no result looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Outcome, Settled
from sim.scenario.outcome import ENDINGS
from sim.talks.record.endings import OUTCOMES

Complaints = Callable[..., list[str]]

DEAL = """\
outcome:
  agreement: true
  date: 2022-02-20
  package: {membership: 0.3, delay: 7.5}
  source: nrc
  note: Signed at night.
"""
OTHER = "outcome: {agreement: false, ending: not_ratified, package: {membership: moratorium}}\n"


def test_it_says_what_happened(sample: str) -> None:
    assert loads(sample).outcome is None
    assert loads(sample + DEAL).outcome == Outcome(
        agreement=True,
        ending="agreement",
        day=date(2022, 2, 20),
        package=(Settled(0, None, 0.3), Settled(1, None, 0.375)),
        note="Signed at night.",
        sources=("nrc",),
    )
    other = loads(sample + OTHER).outcome
    assert other == Outcome(agreement=False, ending="not_ratified", package=(Settled(0, 1),))


def test_a_number_on_a_scale_names_its_option_where_it_is_one(sample: str) -> None:
    text = "outcome: {agreement: partial, package: {delay: 5.0}}\n"
    assert loads(sample + text).outcome == Outcome("partial", "partial", package=(Settled(1, 5, 0.25),))


def test_its_endings_are_those_of_results() -> None:
    assert ENDINGS == OUTCOMES


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("outcome: {date: 2022-02-01}", "33:10: the key 'agreement' is missing in outcome"),
        ("outcome: {agreement: maybe}", "33:22: expected true, false or partial for agreement, found 'maybe'"),
        ("outcome: {agreement: 1}", "33:22: expected true, false or partial for agreement, found 1"),
        (
            "outcome: {agreement: true, dates: 2022-02-01}",
            "33:28: unknown key 'dates' in outcome; did you mean 'date'?",
        ),
        (
            "outcome: {agreement: true, date: {days: 3}}",
            "33:34: expected a date YYYY-MM-DD for the date of the outcome, found a mapping (days)",
        ),
        (
            "outcome: {agreement: true, date: 2021-12-31}",
            "33:34: the outcome 2021-12-31 lies before the start 2022-01-10",
        ),
        (
            "outcome: {agreement: true, ending: impasse}",
            "33:36: the ending 'impasse' does not fit the agreement; expected agreement",
        ),
        (
            "outcome: {agreement: false, ending: agreement}",
            "33:37: the ending 'agreement' does not fit the agreement; "
            "expected impasse or breakdown or talks_continue or not_ratified",
        ),
        (
            "outcome: {agreement: false, ending: collapse}",
            "33:37: expected agreement, partial, talks_continue, impasse, breakdown, not_ratified for ending, "
            "found 'collapse'",
        ),
        (
            "outcome: {agreement: true, package: {enlargement: barred}}",
            "33:38: there is no issue 'enlargement'; known are membership, delay",
        ),
        (
            "outcome: {agreement: true, package: {membership: moratorum}}",
            "33:50: there is no option 'moratorum' of the issue 'membership'; did you mean 'moratorium'?",
        ),
        (
            "outcome: {agreement: true, package: {membership: 1.5}}",
            "33:50: expected a number from 0 to 1 for the outcome on 'membership', found 1.5",
        ),
        (
            "outcome: {agreement: true, package: {delay: 21}}",
            "33:45: expected a number from 0 to 20 years for the outcome on 'delay', found 21",
        ),
        (
            "outcome: {agreement: false, package: {delay: 3}}",
            "33:38: an outcome without an agreement has no package, unless the ending is not_ratified: "
            "what had been signed",
        ),
        (
            "outcome: {agreement: true, source: memory}",
            "33:36: there is no source 'memory' in 'sources'; known are nrc, assumed",
        ),
        (
            "outcome: true",
            "33:10: expected a mapping (agreement, ending, date, package) for outcome, found true",
        ),
    ],
)
def test_what_is_wrong_with_it_is_told_with_its_place(
    text: str, complaint: str, sample: str, complaints: Complaints
) -> None:
    assert complaints(sample + text + "\n") == [f"f.yaml:{complaint}"]


def _without_checksums_of_the_copy(manifest: dict[str, Any], text: str) -> bytes:
    """A manifest without the copy of the file, the checksums of the pages that show it, and the seal over all."""
    assert manifest.pop("text", text) == text
    manifest.pop("seal", None)
    files = manifest.get("files", {})
    manifest["files"] = {name: entry for name, entry in files.items() if not name.endswith(".html")}
    return json.dumps(manifest).encode()


def _results(folder: Path, text: str, pages: bool) -> dict[str, bytes]:
    """All files of a run, with pages and an analysis too, with the copy of the scenario and its checksum taken out."""
    folder.mkdir()
    (folder / "f.yaml").write_text(text, encoding="utf-8")
    scenario = sim.load(folder / "f.yaml")
    sim.run(scenario, worlds=40, seed=3, out=folder / "run", report=pages)
    if pages:
        sim.analyze(scenario, out=folder / "analysis")
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "f.yaml":
            content = path.read_bytes().replace(sha256(text.encode()).hexdigest().encode(), b"CHECKSUM")
            if path.name == "manifest.json":
                content = _without_checksums_of_the_copy(json.loads(content), text)
            if path.suffix == ".html":
                before, copy, after = content.partition(b"format: 1\n")
                assert copy
                content = before + after.partition(b"</pre>")[2]
            files[path.relative_to(folder).as_posix()] = content.replace(str(folder).encode(), b"FOLDER")
    return files


def test_without_it_or_with_another_every_result_is_the_same_to_the_last_byte(sample: str, tmp_path: Path) -> None:
    without = _results(tmp_path / "without", sample, pages=True)
    deal = _results(tmp_path / "deal", sample + DEAL, pages=True)
    other = _results(tmp_path / "other", sample + OTHER, pages=False)
    assert {"run/worlds.parquet", "run/rounds.parquet", "run/summary.json", "run/report.html"} <= without.keys()
    assert {"analysis/report.html", "analysis/analysis.json"} <= without.keys()
    assert deal == without
    for table in ("run/worlds.parquet", "run/rounds.parquet", "run/counts.json"):
        assert other[table] == without[table]


def test_a_trace_says_the_same_with_it(sample: str) -> None:
    assert sim.trace(loads(sample + DEAL), world=7).as_json() == sim.trace(loads(sample), world=7).as_json()
