"""Changes whose sign theory knows have that sign, and the page that shows them shows what is played."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from validity.__main__ import main
from validity.paired import CERTAIN, ON_AVERAGE, Paired
from validity.play import Program
from validity.table import END, START, heading, line, lines, written
from validity.what_ifs import FOUNDING, PRICE, TRADE, WHAT_IFS, WhatIf, play

PAGE = ROOT / "docs" / "validity.md"
KNOWN = {what_if.key: what_if for what_if in WHAT_IFS}
CHEAP = [what_if for what_if in WHAT_IFS if what_if.scenario in (PRICE, TRADE)]
STRONG = ("founding-quorum-24", "founding-leader", "founding-any-gain", "founding-veto")
"""What is clear on average in a few hundred worlds."""


@cache
def program() -> Program:
    return Program()


def assert_as_expected(what_if: WhatIf) -> None:
    paired = play(what_if, program())
    assert paired.worlds > 0 or what_if.measure.startswith("utility.")
    assert paired.holds(what_if.expected), line(what_if, paired)


def keys(what_if: WhatIf) -> str:
    return what_if.key


def test_there_are_what_ifs_of_every_kind() -> None:
    assert len(KNOWN) == len(WHAT_IFS) >= 20
    assert {what_if.expected for what_if in WHAT_IFS} <= {*CERTAIN, *ON_AVERAGE}
    assert {what_if.scenario for what_if in WHAT_IFS} == {FOUNDING, PRICE, TRADE, "all", ""}


@pytest.mark.parametrize("what_if", [one for one in WHAT_IFS if one.expected in CERTAIN], ids=keys)
def test_what_is_certain_holds_in_every_world(what_if: WhatIf) -> None:
    assert_as_expected(what_if.smaller(40 if what_if.scenario == "all" else 100, 3))


@pytest.mark.parametrize("key", STRONG)
def test_what_is_strong_on_average_shows_in_a_few_hundred_worlds(key: str) -> None:
    assert_as_expected(KNOWN[key].smaller(300, 4))


@pytest.mark.parametrize("what_if", CHEAP, ids=keys)
def test_the_page_shows_what_teaching_scenarios_show(what_if: WhatIf) -> None:
    assert_as_expected(what_if)
    assert line(what_if, play(what_if, program())) in PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("what_if", [one for one in WHAT_IFS if one not in CHEAP], ids=keys)
def test_the_page_shows_what_all_others_show(what_if: WhatIf) -> None:
    assert_as_expected(what_if)
    assert line(what_if, play(what_if, program())) in PAGE.read_text(encoding="utf-8")


def test_the_page_shows_the_what_ifs_that_there_are_and_no_others() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index(START) : page.index(END)].splitlines()
    shown = [row.split(" | ")[0].removeprefix("| ") for row in table if row.startswith("| ")]
    assert [one for one in shown if one != "what if"] == [what_if.change for what_if in WHAT_IFS]


def test_the_command_prints_a_line_each_and_writes_it_into_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{START}\n{END}\nAfter\n", encoding="utf-8")
    call = ["--only", "price-patient", "--worlds", "100", "--out", str(page)]
    assert main(call) == 0
    what_if = KNOWN["price-patient"].smaller(100, 1)
    expected = line(what_if, play(what_if, program()))
    assert expected in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"Before\n{START}\n")
    assert text.endswith(f"{END}\nAfter\n")
    assert expected in text
    assert main([*call[:1], "price-hasty", *call[2:]]) == 0
    assert expected in page.read_text(encoding="utf-8")


def paired(before: list[float], after: list[float]) -> Paired:
    return Paired(np.array(before), np.array(after), before == after, True)


def test_a_sign_is_judged_world_by_world_or_by_an_exact_test() -> None:
    won = paired([0.0] * 10, [1.0] * 5 + [0.0] * 5)
    assert (won.won, won.lost, won.means) == (5, 0, (0.0, 0.5))
    assert won.chance_of("more") == pytest.approx(1 / 32)  # McNemar: five coins, all heads
    assert [kind for kind in (*CERTAIN, *ON_AVERAGE) if won.holds(kind)] == ["none lost", "more", "no fewer", "open"]
    lost = paired([1.0] * 5, [0.0] * 5)
    assert [kind for kind in (*CERTAIN, *ON_AVERAGE) if lost.holds(kind)] == ["none won", "fewer", "no more", "open"]
    same = paired([1.0, 0.0], [1.0, 0.0])
    assert all(same.holds(kind) for kind in (*CERTAIN, "no fewer", "no more", "about the same"))
    assert not same.holds("more")
    four = paired([0.0] * 10, [1.0] * 4 + [0.0] * 6)
    assert not four.holds("more")  # 1 in 16 is no proof
    assert not paired([1.0] * 90 + [0.0] * 10, [1.0] * 50 + [0.0] * 50).holds("about the same")


def test_worlds_that_do_not_count_are_left_out() -> None:
    numbers = Paired(np.array([0.5, np.nan, 0.25]), np.array([0.75, 0.5, np.nan]), False, False)
    assert (numbers.worlds, numbers.won, numbers.lost, numbers.means) == (1, 1, 0, (0.5, 0.75))


def test_a_page_keeps_the_lines_of_what_ifs_that_were_not_played() -> None:
    what_if = KNOWN["price-patient"]
    old = line(what_if, paired([1.0], [0.0]))
    page = f"{START}\n{chr(10).join(lines(heading(what_if)))}\n{old}\n{END}"
    assert old in written(page, {})
