"""What a user can get wrong: one clear message with its place, exit code 2, nothing on standard output."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

Detente = Callable[..., tuple[int, str, str]]

WRONG_FILES = {
    "wrong key": ("decides: consensus", "decide: consensus", "f.yaml:13:10", "did you mean 'decides'"),
    "end before the start": ("end: 2022-02-23", "end: 2022-01-01", "f.yaml:4:6", "start"),
    "a meeting before the start": ("date: 2022-01-12", "date: 2021-12-31", "f.yaml:25:26", "start"),
    "no such day": ("date: 2022-01-12", "date: 2022-02-30", "f.yaml:25:26", "date"),
    "two sides": ("side: nato\n", "side: [nato, csto]\n", "f.yaml:16:11", "side"),
    "two sides, one after the other": ("side: nato\n", "side: nato\n    side: csto\n", "f.yaml:17:5", "side"),
    "a side that is not there": ("side: nato\n", "side: natto\n", "f.yaml:16:11", "did you mean 'nato'"),
    "a party given twice": ("  POL: {side", "  USA: {side", "f.yaml:19:3", "USA"),
    "unknown option": (": barred}\n    res", ": bared}\n    res", "f.yaml:21:29", "did you mean 'barred'"),
    "unknown issue": ("positions: {membership: barred", "positions: {member: barred", "f.yaml:21:17", "membership"),
    "a distribution out of range": ("plus_minus: [0.3, 0.3]", "uniform: [0.5, 1.2]", "f.yaml:22:28", "1.2"),
    "a distribution without numbers": ("plus_minus: [0.3, 0.3]", "uniform: [a, b]", "f.yaml:22:29", "number"),
    "an unknown distribution": ("plus_minus:", "plusminus:", "f.yaml:22:19", "did you mean 'plus_minus'"),
    "another format": ("format: 1", "format: 2", "f.yaml:1:9", "1"),
    "no issues": ("issues:", "questions:", "f.yaml", "issues"),
    "rounds below one": ("rounds: 4", "rounds: 0", "f.yaml:24:44", "from 1 to 100000"),
    "not YAML": ("sides:\n", "sides: [\n", "f.yaml:", ""),
}


def one_clear_message(code: int, out: str, err: str) -> str:
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("command", ["run", "trace", "validate"])
@pytest.mark.parametrize(("old", "new", "place", "words"), WRONG_FILES.values(), ids=list(WRONG_FILES))
def test_a_wrong_file_is_told_with_its_place(
    detente: Detente, small: str, command: str, old: str, new: str, place: str, words: str
) -> None:
    assert small.count(old) >= 1
    Path("f.yaml").write_text(small.replace(old, new, 1), encoding="utf-8")
    message = one_clear_message(*detente(command, "f.yaml"))
    told = [line for line in message.splitlines() if line.startswith(place) and words in line]
    assert told, message
    assert not Path("results").exists()


NO_SCENARIO = {
    "empty": b"",
    "blank": b" \n\t\n# nothing\n",
    "binary": bytes(range(256)) * 8,
    "latin-1": "title: é".encode("latin-1"),
    "a list": b"- 1\n- 2\n",
    "a word": b"hello",
    "deep lists": b"[" * 100_000,
    "deep blocks": b"".join(b" " * i + b"a:\n" for i in range(2000)),
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "directory",
        "empty",
        "blank",
        "binary",
        "latin-1",
        "a list",
        "a word",
        "deep lists",
        "deep blocks",
    ],
)
def test_what_is_no_scenario_is_refused(detente: Detente, kind: str) -> None:
    if kind == "directory":
        Path("f.yaml").mkdir()
    elif kind != "missing":
        Path("f.yaml").write_bytes(NO_SCENARIO[kind])
    message = one_clear_message(*detente("run", "f.yaml"))
    assert message.startswith("f.yaml")
    assert len(message.splitlines()) == 1
    assert len(message) < 500


@pytest.mark.usefixtures("small")
def test_aliases_that_multiply_are_refused_at_once(detente: Detente) -> None:
    lines = ["format: 1", "a: &a [x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1 or str()}'] * 8)}]" for i in range(1, 12)]
    Path("f.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert one_clear_message(*detente("run", "f.yaml")).startswith("f.yaml:")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(detente: Detente, small: str) -> None:
    assert small
    Path("small.yaml").chmod(0)
    assert "small.yaml" in one_clear_message(*detente("run", "small.yaml"))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "small.yaml", "--set", "parties.RUS.reservatoin=1"], "did you mean 'reservation'"),
        (["run", "small.yaml", "--set", "parties.RUS.reservation=two"], "--set parties.RUS.reservation=two"),
        (["run", "small.yaml", "--set", "parties.RUS.reservation=2"], "from 0 to 1"),
        (["run", "small.yaml", "--set", "parties.RUS.reservation"], "PATH=VALUE"),
        (["trace", "small.yaml", "--set", "=3"], "--set =3"),
        (["run", "small.yaml", "--worlds", "-5"], "--worlds"),
        (["run", "small.yaml", "--worlds", "0"], "--worlds"),
        (["run", "small.yaml", "--worlds", "many"], "--worlds"),
        (["run", "small.yaml", "--worlds", "1e3"], "--worlds"),
        (["run", "small.yaml", "--worlds", "99999999999999999999"], "--worlds"),
        (["run", "small.yaml", "--seed", "luck"], "--seed"),
        (["run", "small.yaml", "--seed", "-1"], "--seed"),
        (["run", "small.yaml", "--workers", "0"], "--workers"),
        (["run", "small.yaml", "--batch", "0"], "--batch"),
        (["run", "small.yaml", "--colour"], "--colour"),
        (["run", "small.yaml", "another.yaml"], "another.yaml"),
        (["run"], "SCENARIO"),
        (["run", "price_hagle"], "did you mean 'price_haggle'"),
        (["trace", "small.yaml", "--world", "-1"], "--world"),
        (["trace", "small.yaml", "--world", "99999999999999999999"], "--world"),
        (["conquer"], "conquer"),
        (["backtest", "weather"], "'weather' is not one of 'cases', 'deu'"),
        (["backtest", "--worlds", "0"], "--worlds"),
        (["sensitivity", "small.yaml", "--level", "high"], "--level"),
        (["run", "small.yaml", "--worlds", "9" * 5000], "--worlds"),
    ],
    ids=lambda one: " ".join(one)[:60] if isinstance(one, list) else "",
)
def test_a_wrong_option_is_told(detente: Detente, arguments: list[str], words: str) -> None:
    message = one_clear_message(*detente(*arguments))
    assert words in message
    assert not any(of_a_library in message for of_a_library in ("Input should", "Value error", "Assertion", "pydantic"))
    assert not Path("results").exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("full", "is not empty"),
        ("small.yaml", "is a file"),
        ("small.yaml/below", "cannot write"),
        (".", "working directory"),
        ("..", "working directory"),
        ("x" * 300, "cannot write"),
    ],
    ids=["not empty", "a file", "below a file", "here", "above", "too long a name"],
)
def test_a_place_where_nothing_can_be_written_is_told_before_anything_is_played(
    detente: Detente, monkeypatch: pytest.MonkeyPatch, out: str, words: str
) -> None:
    Path("full").mkdir()
    Path("full/mine.txt").write_text("kept", encoding="utf-8")
    monkeypatch.setattr("sim.sweeps.run.blocks", None)
    before = sorted(path.name for path in Path().iterdir())
    message = one_clear_message(*detente("run", "small.yaml", "--out", out))
    assert words in message
    assert len(message.splitlines()) == 1
    assert sorted(path.name for path in Path().iterdir()) == before
    assert Path("full/mine.txt").read_text(encoding="utf-8") == "kept"
