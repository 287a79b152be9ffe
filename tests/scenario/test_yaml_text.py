"""Files that cannot be read, and how that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.loading import load, loads
from sim.scenario.problems import ScenarioError
from sim.scenario.yaml_text import Mapping, Scalar, read_yaml

START = b"format: 1\ntitle: T\n"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", ": the file is empty"),
        (b"# nothing but a comment\n", ": the file is empty"),
        (b"\x89PNG\r\n\x00\x00", ": this is a binary file, expected YAML text"),
        (START.decode().encode("utf-16"), ": the file is in UTF-16, expected UTF-8 text; save it as UTF-8"),
        (b"format: 1\ntitle: caf\xe9\n", ":2:11: byte 0xe9 is not UTF-8 text; save the file as UTF-8"),
        (b"format: 1\ntitle: a\x07b\n", ":2:9: the character U+0007 cannot stand in YAML text"),
        (START + b"issues:\n\tprice: 1\n", ":4:1: a tab cannot stand here in YAML; use spaces"),
        (
            START + b"issues: {a: 1\n",
            ":4:1: not valid YAML while parsing a flow mapping (line 3): expected ',' or '}', but got '<stream end>'",
        ),
        (START + b"note: @x\n", ":3:7: '@' cannot begin a value; put the text in quotes"),
        (
            START + b"note: a: b\n",
            ":3:8: a ':' is not expected here; put a text that contains ': ' in quotes, and check the indentation",
        ),
        (START + b"---\nformat: 1\n", ":3:1: a scenario file has one document, a second begins here"),
        (START + b"note: *x\n", ":3:7: '*x' names no '&x' above"),
        (START + b"issues: &x [*x]\n", ":3:13: '*x' contains itself"),
        (START + b"[a, b]: 1\n", ":3:1: expected a word as key, found a list"),
        (b"- format: 1\n", ":1:1: expected a scenario (a mapping with format, title, issues, parties), found a list"),
        (
            b"just a text\n",
            ":1:1: expected a scenario (a mapping with format, title, issues, parties), found 'just a text'",
        ),
    ],
)
def test_texts_that_are_no_scenario(data: bytes, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(data)
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert str(caught.value) == f"{file}{complaint}"


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "none.yaml")
    assert str(caught.value) == f"{tmp_path / 'none.yaml'}: there is no such file"
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: this is a directory, expected a scenario file"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, sample: str) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + sample.replace("\n", "\r\n").encode())
    assert load(file).title == "Two sides, two issues"
    assert loads("\ufeff" + sample).title == "Two sides, two issues"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("0x10", 16),
        ("0o17", 15),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("true", True),
        ("yes", "yes"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2022-01-10", "2022-01-10"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("~", None),
    ],
)
def test_scalars_are_read_as_yaml_1_2(written: str, value: object) -> None:
    node = read_yaml(f"key: {written}")
    assert isinstance(node, Mapping)
    inner = node.entries["key"]
    assert isinstance(inner, Scalar)
    assert inner.value == value
    assert type(inner.value) is type(value)


def test_aliases_are_what_they_name(sample: str) -> None:
    text = sample.replace(
        "positions: {membership: open_door, delay: 0}", "positions: &p {membership: open_door, delay: 0}"
    )
    text = text.replace("{side: nato, like: USA, weight: 0.5}", "{side: nato, positions: *p}")
    s = loads(text)
    assert s.parties[0].preferences[0].ideal.options == s.parties[1].preferences[0].ideal.options == (2,)  # type: ignore[union-attr]


def test_deep_nesting_is_no_trouble() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads("format: 1\ntitle: " + "[" * 100_000, "f.yaml")
    assert str(caught.value) == "f.yaml:2:57: nested more than 50 deep"


def test_a_file_too_long_for_a_scenario_is_read_no_further(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_bytes(b"#" * 500_001)
    for file in (tmp_path / "long.yaml", Path("/dev/zero")):
        with pytest.raises(ScenarioError) as caught:
            load(file)
        assert str(caught.value).endswith(
            "the file has more than 500,000 bytes, expected a scenario"
            if file.name == "long.yaml"
            else "this is a binary file, expected YAML text"
        )
