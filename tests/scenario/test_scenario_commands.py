"""`validate`, `schema`, `scenarios` and `new`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import sim
from sim.cli.new import new
from sim.cli.scenarios import scenarios
from sim.cli.schema import schema
from sim.cli.validate import validate
from sim.scenario.bundled import About, about, bundled
from sim.scenario.loading import check, load
from sim.scenario.schema import schema_text

app = typer.Typer()
for command in (validate, schema, scenarios, new):
    app.command()(command)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(sample.replace("{plus_minus: [20, 3]}", "20"), encoding="utf-8")
    Path("odd.yaml").write_text(sample, encoding="utf-8")
    Path("bad.yaml").write_text(
        sample.replace("like: USA", "like: UAS").replace("rounds: 4", "rounds: 0"), encoding="utf-8"
    )


@pytest.mark.usefixtures("files")
def test_validate_says_what_is_well_and_what_is_wrong() -> None:
    assert run("validate", "good.yaml", "price_haggle") == (0, "good.yaml: OK\nprice_haggle: OK\n", "")
    assert run("validate", "odd.yaml") == (
        0,
        "odd.yaml: OK, 1 warning\n",
        "odd.yaml:27:5: warning: uncertain numbers in positions have no source (give one, or `source: assumed`)\n",
    )
    assert run("validate", "bad.yaml", "good.yaml", "gone.yaml") == (
        2,
        "good.yaml: OK\n",
        "bad.yaml:25:27: there is no party 'UAS'; did you mean 'USA'?\n"
        "bad.yaml:30:65: expected a whole number from 1 to 100000 for rounds, found 0\n"
        "gone.yaml: there is no such file\n",
    )


@pytest.mark.usefixtures("files")
def test_validate_takes_changes() -> None:
    assert run("validate", "good.yaml", "--set", "meetings.geneva.rounds=0") == (
        2,
        "",
        "--set meetings.geneva.rounds=0: expected a whole number from 1 to 100000 for rounds, found 0\n",
    )


@pytest.mark.usefixtures("files")
def test_validate_as_json() -> None:
    code, out, err = run("validate", "--json", "bad.yaml", "odd.yaml", "gone.yaml")
    assert (code, err) == (2, "")
    assert json.loads(out) == {
        "files": [
            {
                "file": "bad.yaml",
                "valid": False,
                "errors": [
                    {"line": 25, "column": 27, "message": "there is no party 'UAS'; did you mean 'USA'?"},
                    {
                        "line": 30,
                        "column": 65,
                        "message": "expected a whole number from 1 to 100000 for rounds, found 0",
                    },
                ],
                "warnings": [],
            },
            {
                "file": "odd.yaml",
                "valid": True,
                "errors": [],
                "warnings": [
                    {
                        "line": 27,
                        "column": 5,
                        "message": "uncertain numbers in positions have no source (give one, or `source: assumed`)",
                    }
                ],
            },
            {
                "file": "gone.yaml",
                "valid": False,
                "errors": [{"line": None, "column": None, "message": "there is no such file"}],
                "warnings": [],
            },
        ]
    }


def test_schema_prints_the_schema() -> None:
    assert run("schema") == (0, schema_text(), "")


def test_scenarios_lists_what_each_is_about_and_how_it_ended() -> None:
    code, out, _ = run("scenarios")
    assert code == 0
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in heads] == list(bundled())
    listed = json.loads(run("scenarios", "--json")[1])["scenarios"]
    assert [entry["name"] for entry in listed] == list(bundled())
    for entry, head in zip(listed, heads, strict=True):
        scenario = load(entry["name"])
        happened = scenario.outcome
        assert entry["title"] == scenario.title
        assert entry["title"] in head
        assert entry["line"]
        assert " ".join(scenario.description.split()).startswith(entry["line"])
        assert (entry["outcome"] is None) == (happened is None) == ("[" not in head)
        if happened is not None:
            assert entry["outcome"]["agreement"] == happened.agreement
            assert entry["outcome"].get("date") == (happened.day and happened.day.isoformat())


def test_the_line_about_a_scenario_is_its_first_sentence_and_nothing_else_is_read(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(
        "format: 1\n# title: no\ntitle: T\ndescription: >\n  Mr. A met\n  J. F. Kennedy. He left.\nissues: [\n"
        "outcome:\n  agreement: false\n  ending: breakdown\n",
        encoding="utf-8",
    )
    assert about(file) == About("T", "Mr. A met J. F. Kennedy.", {"agreement": False, "ending": "breakdown"})


def test_new_writes_a_scenario_that_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("new", "arms_control")
    assert (code, out) == (0, "arms_control.yaml\n")
    assert check("arms_control.yaml") == ((), ())
    assert load("arms_control.yaml").title == "Arms control"
    assert Path("arms_control.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")


def test_new_leaves_a_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talks.yaml").write_text("mine", encoding="utf-8")
    assert run("new", "talks") == (2, "", "talks.yaml: there is such a file already; choose another name\n")
    assert Path("talks.yaml").read_text(encoding="utf-8") == "mine"
    assert run("new", "no/such/folder") == (
        2,
        "",
        "no/such/folder.yaml: cannot be written (No such file or directory)\n",
    )


@pytest.mark.parametrize("name", ["", ".", "folder/.."])
def test_new_needs_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("new", name)
    assert (code, out) == (2, "")
    assert "expected the name of a file to write" in err
    assert list(tmp_path.iterdir()) == []


def test_new_tells_commands_that_a_shell_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "`detente run 'two words.yaml'`" in run("new", "two words")[2]


def test_a_new_scenario_has_worlds_with_and_without_a_deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "talks")
    found = sim.run(load("talks.yaml"), worlds=200, seed=0)
    assert {kind for kind, outcome in found.outcomes.items() if outcome["count"] > 20} == {"agreement", "impasse"}
