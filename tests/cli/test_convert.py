"""`detente convert`: where it writes, what it says, and that it replaces nothing unasked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from convert.samples import GENIUS_ANNA, GENIUS_BERT, GENIUS_DOMAIN

from sim.convert import placing
from sim.scenario.loading import loads

Detente = Callable[..., tuple[int, str, str]]


@pytest.fixture
def party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `party` with Genius's files in the working directory."""
    monkeypatch.chdir(tmp_path)
    folder = Path("party")
    folder.mkdir()
    for name, text in (("domain.xml", GENIUS_DOMAIN), ("anna.xml", GENIUS_ANNA), ("bert.xml", GENIUS_BERT)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


pytestmark = pytest.mark.usefixtures("party")


def test_without_a_target_the_scenario_goes_to_standard_output(detente: Detente) -> None:
    code, out, err = detente("convert", "party")
    assert code == 0
    scenario = loads(out)
    assert [party.id for party in scenario.parties] == ["anna", "bert"]
    assert out.startswith("# Written by detente ")
    assert "\n# What the source says and this file does not:\n# - " in out
    assert "\n# - <agent> (domain.xml:3:3)\n" in out
    assert "\ndropped: <agent> (party/domain.xml:3:3)\n" in err
    assert sorted(os.listdir()) == ["party"]


def test_the_ending_of_the_target_says_the_format(detente: Detente) -> None:
    assert detente("convert", "party", "--to", "s.yaml")[:2] == (0, "s.yaml\n")
    assert detente("validate", "s.yaml")[:2] == (0, "s.yaml: OK\n")
    assert detente("convert", "s.yaml", "--to", "out/d.xml")[:2] == (0, "out/d.xml\nout/anna.xml\nout/bert.xml\n")
    assert detente("convert", "s.yaml", "--to", "space")[1] == "space/domain.yml\nspace/anna.yml\nspace/bert.yml\n"
    assert detente("convert", "s.yaml", "--to", "g", "--as", "genius")[1].startswith("g/domain.xml\n")
    for folder in ("out", "space", "g"):
        code, out, _ = detente("convert", folder)
        assert code == 0
        assert [party.id for party in loads(out).parties] == ["anna", "bert"]
    assert sorted(os.listdir()) == ["g", "out", "party", "s.yaml", "space"]


def test_json_says_all_that_was_said(detente: Detente) -> None:
    code, out, err = detente("convert", "party", "--to", "s.yaml", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["from", "to", "files", "assumed", "changed", "dropped"]
    assert (found["from"], found["to"], found["files"]) == ("genius", "detente", ["s.yaml"])
    assert any("<agent>" in sentence for sentence in found["dropped"])
    assert json.loads(detente("convert", "party", "--json")[1])["text"] == Path("s.yaml").read_text(encoding="utf-8")


def test_a_scenario_file_is_written_as_it_stands(detente: Detente) -> None:
    text = detente("convert", "party")[1].replace("reservation: 0.25", "reservation: 0.25  # my own remark")
    Path("s.yaml").write_text(text, encoding="utf-8")
    assert detente("convert", "s.yaml")[:2] == (0, text)


def test_what_no_other_format_holds_is_listed(detente: Detente, small: str) -> None:
    assert "red_lines" not in small
    Path("s.yaml").write_text(
        small.replace(
            "    reservation: 0.4\n",
            "    reservation: 0.4\n    red_lines: {membership: [barred]}\n    concession: linear\n",
        ),
        encoding="utf-8",
    )
    code, _, err = detente("convert", "s.yaml", "--to", "space")
    assert code == 0
    for told in (
        "dropped: in the scenario: start, end, sides, meetings\n",
        "dropped: of the issue 'membership': status_quo, at\n",
        "dropped: of USA: side, red_lines, concession\n",
        "dropped: of POL: side, weight\n",
        "changed: numbers that are uncertain are at their central values: parties.RUS.reservation\n",
        "changed: positions and losses are written as the worth of each option: USA, RUS\n",
    ):
        assert told in err
    assert "# - of USA: side, red_lines, concession\n" in Path("space/domain.yml").read_text(encoding="utf-8")


def test_nothing_is_replaced_unasked(detente: Detente) -> None:
    for target in ("s.yaml", "out/d.xml", "space"):
        assert detente("convert", "party", "--to", target)[0] == 0
        before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        code, out, err = detente("convert", "party", "--to", target, "--rounds", "99")
        assert (code, out) == (2, "")
        assert "--overwrite" in err
        assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
        assert detente("convert", "party", "--to", target, "--overwrite")[0] == 0
    Path("out/anna.xml").write_text("mine", encoding="utf-8")
    Path("out/d.xml").unlink()
    assert detente("convert", "party", "--to", "out/d.xml")[0] == 2
    assert sorted(os.listdir("out")) == ["anna.xml", "bert.xml"]
    assert Path("out/anna.xml").read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_things_is_never_replaced(detente: Detente) -> None:
    assert detente("convert", "party", "--to", "space")[0] == 0
    Path("space/thesis.docx").write_text("years of work", encoding="utf-8")
    code, _, err = detente("convert", "party", "--to", "space", "--overwrite")
    assert code == 2
    assert "space: this folder is not replaced: it holds 'thesis.docx'; name another with --to\n" in err
    assert Path("space/thesis.docx").exists()
    code, _, err = detente("convert", "party", "--to", ".", "--as", "negmas", "--overwrite")
    assert code == 2
    assert Path("party/domain.xml").exists()


def test_a_failure_leaves_nothing_half_written(detente: Detente, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(draft: Path, path: Path, replace: bool) -> None:  # noqa: ARG001
        if path.name == "bert.xml":
            raise OSError(28, "No space left on device", str(path))
        os.link(draft, path)
        draft.unlink()

    monkeypatch.setattr(placing, "put", full)
    code, out, err = detente("convert", "party", "--to", "out/d.xml")
    assert (code, out) == (2, "")
    assert "cannot be written (No space left on device)" in err
    assert sorted(os.listdir()) == ["party"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.xml"], "none.xml: there is no such file\n"),
        (["party", "--to", "x.csv"], "--to x.csv: expected .yaml or .yml (a scenario file), .xml (Genius) or a folder"),
        (["party", "--as", "genuis", "--to", "x"], "--as genuis: this format is not written; did you mean 'genius'?"),
        (["party", "--as", "negmas"], "--as negmas: several files are written: say where with --to"),
        (["party/domain.xml"], "party/domain.xml: expected the profiles of at least two parties, found no profile"),
        (["party", "s.csv"], "s.csv: the format of this file is not known"),
        (["party", "t.csv"], "files of several formats"),
        (["empty"], "empty: there is no file to convert in this folder"),
        (["party", "--to", "party"], "party: this folder is not empty; name another with --to, or add --overwrite"),
        (["party", "--to", "party/anna.xml/x.yaml"], "party/anna.xml/x.yaml: this cannot be written"),
    ],
)
def test_mistakes_are_told_in_a_line(detente: Detente, arguments: list[str], told: str) -> None:
    Path("s.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Path("t.csv").write_text("actor,position\na,1\nb,2\n", encoding="utf-8")
    Path("empty").mkdir()
    code, out, err = detente("convert", *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
    assert sorted(os.listdir()) == ["empty", "party", "s.csv", "t.csv"]


def test_what_is_converted_plays(detente: Detente) -> None:
    assert detente("convert", "party", "--to", "s.yaml", "--rounds", "20")[0] == 0
    code, out, _ = detente("run", "s.yaml", "--worlds", "3", "--no-report", "--json", "--out", "r")
    assert code == 0
    assert json.loads(out)["outcomes"]["agreement"]["count"] == 3
