"""Limits: what is at one is accepted, what is beyond it is refused with its place before it takes time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sim.scenario import limits, pipes
from sim.scenario.loading import load, loads
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError

PARTIES = "parties: {a: {positions: {i0: yes}, reservation: 0}, b: {positions: {i0: no}, reservation: 0}}\n"
ISSUE = "issues: {i0: {options: [yes, no]}}\n"
HEAD = "format: 1\ntitle: Large\n"


def parties(count: int) -> str:
    return HEAD + ISSUE + "parties:\n" + "".join(f"  p{i}: {{reservation: 0}}\n" for i in range(count))


def issues(count: int) -> str:
    return HEAD + "issues:\n" + "".join(f"  i{i}: {{options: [yes, no]}}\n" for i in range(count)) + PARTIES


def options(count: int) -> str:
    return HEAD + f"issues: {{i0: {{options: [yes, no, {', '.join(f'o{i}' for i in range(count - 2))}]}}}}\n" + PARTIES


def meetings(count: int) -> str:
    return HEAD + ISSUE + PARTIES + "meetings:\n" + "".join(f"  - {{id: m{i}, rounds: 1}}\n" for i in range(count))


def events(count: int) -> str:
    one = "  - {date: 2000-01-02, effects: {a.reservation: 0.1}}\n"
    return HEAD + ISSUE + PARTIES + "events:\n" + one * count


def follow_ups(count: int) -> str:
    end = f"end: {{days: {count}}}\n"
    return HEAD + end + ISSUE + PARTIES + "follow_up: {after: {days: 1}, rounds: 1}\n"


def worlds(count: int) -> str:
    return HEAD + ISSUE + PARTIES + f"worlds: {count}\n"


def rounds(count: int) -> str:
    return HEAD + ISSUE + PARTIES + f"meetings: [{{id: m, rounds: {count}}}]\n"


def nested(count: int) -> str:
    """The document, `note` in it, and lists in that."""
    return HEAD + ISSUE + PARTIES + f"note: {'[' * (count - 1)}{']' * (count - 1)}\n"


def refused(text: str) -> str:
    began = time.perf_counter()
    with pytest.raises(ScenarioError) as caught:
        loads(text, "large.yaml")
    assert time.perf_counter() - began < 10
    assert all(problem.place.line or problem.place.file for problem in caught.value.problems)
    return str(caught.value)


@pytest.mark.parametrize(
    ("made", "most"),
    [
        (issues, limits.MOST_ISSUES),
        (options, limits.MOST_OPTIONS),
        (meetings, limits.MOST_MEETINGS),
        (events, limits.MOST_EVENTS),
        (follow_ups, limits.MOST_FOLLOW_UPS),
        (worlds, limits.MOST_WORLDS),
    ],
)
def test_the_most_is_accepted_and_one_more_is_refused(made: object, most: int) -> None:
    assert callable(made)
    assert isinstance(loads(made(most)), Scenario)
    said = refused(made(most + 1))
    assert f"{most:,}" in said or str(most) in said


@pytest.mark.parametrize(
    ("policy", "members", "most"),
    [
        ("exhaustive", 1, limits.MOST_PACKAGES),
        ("exhaustive", 2, limits.MOST_PACKAGES_A_TURN),
        ("trade_off", 1, limits.MOST_PACKAGES_A_TURN),
        ("exhaustive", 100, limits.MOST_PACKAGE_WORTHS // 101),
    ],
)
def test_packages_that_are_looked_at_are_limited_by_how_often_and_by_how_many(
    policy: str, members: int, most: int
) -> None:
    def file(packages: int) -> str:
        lines = ["format: 1", "title: Large", "issues:"]
        lines += [f"  i{n}: {{options: [{', '.join('abcde'[:count])}]}}" for n, count in enumerate(_factors(packages))]
        lines += ["sides:", f"  one: {{offering: {policy}}}", "parties:"]
        wants = (
            "reservation: 0.1, salience: {i0: 1}, positions: {"
            + ", ".join(f"i{n}: 0" for n in range(len(_factors(packages))))
            + "}"
        )
        lines += [f"  p{k}: {{side: one, {wants}}}" for k in range(members)]
        lines += [f"  q: {{{wants}}}", "meetings: [{id: m, title: M, date: 2000-01-05}]"]
        return "\n".join(lines)

    assert isinstance(loads(file(_smooth(most)), "large.yaml"), Scenario)
    said = refused(file(_smooth(2 * most)))
    assert f"{most:,}" in said


def _factors(number: int) -> list[int]:
    """Small factors of a number that has no others."""
    found = []
    for factor in (5, 2):
        while number % factor == 0:
            found.append(factor)
            number //= factor
    assert number == 1
    return found


def _smooth(most: int) -> int:
    """The largest number up to this one that has no factors but 2 and 5."""
    return max(2**a * 5**b for a in range(22) for b in range(10) if 2**a * 5**b <= most)


def test_very_many_parties_are_refused_with_their_number() -> None:
    said = refused(parties(limits.MOST_PARTIES + 1))
    assert said.startswith("large.yaml:")
    assert "5,001 parties, expected at most 5,000" in said


def test_rounds_are_limited_by_what_is_kept_of_each() -> None:
    measures = 2 * 2 + 2 * (1 + 2 + 1)
    most = limits.MOST_MEASURED // measures
    assert loads(rounds(most)).meetings[0].rounds.parameters == (most,)
    assert f"{most + 1:,} rounds in all, with {measures} distances" in refused(rounds(most + 1))


def test_a_thousand_parties_are_played_in_two_sides_but_not_each_on_its_own() -> None:
    sides = "sides: {s: {}, t: {}}\n"
    lone = "".join(f"  p{i}: {{positions: {{i0: yes}}, reservation: 0}}\n" for i in range(1000))
    together = "".join(
        f"  p{i}: {{side: {'st'[i % 2]}, positions: {{i0: yes}}, reservation: 0}}\n" for i in range(1000)
    )
    assert len(loads(HEAD + ISSUE + sides + "parties:\n" + together).parties) == 1000
    assert "fewer rounds or sides have fewer" in refused(HEAD + ISSUE + "parties:\n" + lone)


def test_rounds_that_events_may_add_count() -> None:
    text = rounds(40_000) + "events: [{date: 2000-01-02, effects: {meetings.m.rounds: 12000}}]\n"
    assert "52,000 rounds in all" in refused(text)


def test_nesting_ends_at_its_limit() -> None:
    assert str(limits.DEEPEST) in refused(nested(limits.DEEPEST + 1))
    assert "deep" not in refused(nested(limits.DEEPEST))  # refused too, for a note is a text


def test_long_files_are_refused_unread(tmp_path: Path) -> None:
    text = worlds(1) + "#" * limits.MOST_BYTES
    assert f"{limits.MOST_BYTES:,}" in refused(text)
    file = tmp_path / "long.yaml"
    file.write_text(text)
    with pytest.raises(ScenarioError, match=f"more than {limits.MOST_BYTES:,} bytes"):
        load(file)


def test_aliases_count_each_time() -> None:
    levels = "".join(f"  l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]\n" for i in range(1, 9))
    assert "values, expected at most" in refused("sources:\n  l0: &l0 [x, y]\n" + levels + HEAD + ISSUE + PARTIES)


def test_mistakes_end_after_many() -> None:
    text = HEAD + ISSUE + "parties:\n" + "".join(f"  p{i}: {{reservation: x}}\n" for i in range(1000))
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    assert len(caught.value.problems) <= limits.MOST_MISTAKES + 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_into_which_nobody_writes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.1)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(ScenarioError, match="nothing came from this pipe"):
        load(pipe)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    from threading import Thread

    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(worlds(7),))
    writer.start()
    assert load(pipe).worlds == 7
    writer.join()
