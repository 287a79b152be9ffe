"""Text from files and from what was typed is shown as it is: no markup, and nothing that a terminal obeys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError
from sim.scenario.visible import visible, visible_json

TEXT = r"""{"format": 1, "title": "TITLE", "issues": {"i": {"options": ["NAME", "x"], "status_quo": "x"}},
"parties": {"a": {"positions": {"i": 0}}, "b": {"positions": {"i": 0}}}}"""


def ran(tmp_path: Path, *words: str, title: str = "T", name: str = "y") -> tuple[int, str, str]:
    file = tmp_path / "f.yaml"
    file.write_text(TEXT.replace("TITLE", title).replace("NAME", name))
    result = CliRunner().invoke(app, [words[0], str(file), *words[1:]])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", ["[red]deal[/red]", ":ship:", "[/]", "[link=x]"])
@pytest.mark.parametrize("command", ["analyze", "trace"])
def test_brackets_and_colons_are_letters(tmp_path: Path, command: str, name: str) -> None:
    code, out, _ = ran(tmp_path, command, title=name, name=name)
    assert code == 0
    assert name in out


def test_control_characters_are_escapes_in_what_is_printed(tmp_path: Path) -> None:
    code, out, err = ran(tmp_path, "analyze", title="\\u001b[31mred\\u0007\\u202e")
    assert code == 0
    assert "\\x1b[31mred\\x07\\u202e" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out + err)


@pytest.mark.parametrize("typed", ["parties.\x1b[31m=1", "parties.a.reservation=\x1b]0;x\x07"])
def test_control_characters_are_escapes_in_errors(tmp_path: Path, typed: str) -> None:
    code, out, err = ran(tmp_path, "validate", "--set", typed)
    assert code == 2
    assert "\\x1b" in out + err
    assert not {"\x1b", "\x07"} & set(out + err)


def test_json_says_the_same_by_escapes_of_its_own(tmp_path: Path) -> None:
    code, out, _ = ran(tmp_path, "run", "--worlds", "2", "--no-report", "--json", "--out", str(tmp_path / "o"),
                       name="\\u009b\\ud83d\\ude00")  # fmt: skip
    assert code == 0
    assert "\x9b" not in out
    assert list(json.loads(out)["settlements"]["i"]) == ["\x9b\N{GRINNING FACE}"]


def test_half_of_a_pair_of_surrogates_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError, match=r"f\.yaml:1:\d+: .*surrogate"):
        loads(TEXT.replace("NAME", "\\ud83d"), "f.yaml")


def test_what_is_seen_stays_as_it_is() -> None:
    text = "d\xe9tente \u65e5\u672c \u0939\u093f \U0001f600"
    assert visible(text) == visible_json(text) == text
