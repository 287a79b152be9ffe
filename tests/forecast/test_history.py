"""The backtest over cases from history: scores by hand, leave-one-out, and that outcomes reach no forecast."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from rich.console import Console
from typer.testing import CliRunner

import sim
from sim.forecast.history import REVISED, HistoryBacktest, backtest_cases, base_rates, judged, rescaled
from sim.forecast.models import MODELS
from sim.scenario.bundled import about_bundled

FEW = ("cyprus_2004", "camp_david_2000", "founding_act_1997", "hanoi_2019")


@pytest.fixture(scope="module")
def few() -> HistoryBacktest:
    return backtest_cases(20, cases=FEW)


@pytest.fixture
def detente(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Runs a command over few cases in this process; exit code, standard output, standard error."""
    from importlib import import_module

    module = import_module("sim.forecast.history")
    known = {name: about for name, about in about_bundled().items() if name in FEW}
    monkeypatch.setattr(module, "about_bundled", lambda: known)

    def run(*arguments: str) -> tuple[int, str, str]:
        from sim.cli.app import app

        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout, result.stderr

    return run


def test_scores_are_those_of_the_shares_of_a_run(few: HistoryBacktest) -> None:
    said, happened = [], []
    for name in FEW:
        scenario = sim.load(name)
        count = sim.run(scenario, worlds=20).outcomes["agreement"]["count"]
        said.append((count + 0.5) / 21)
        happened.append(float(scenario.outcome.agreement is True))
    p, y = np.array(said), np.array(happened)
    assert few.models["talks"].brier.mean == pytest.approx(((p - y) ** 2).mean())
    assert few.models["talks"].log.mean == pytest.approx(-np.log(np.where(y > 0, p, 1 - p)).mean())
    assert few.models["always_no"].brier.mean == pytest.approx(y.mean())
    assert few.models["half"].brier.mean == pytest.approx(0.25)
    assert sum(y) == 1


def test_a_deal_that_was_refused_at_home_is_none_but_says_how_it_settled_the_issues(few: HistoryBacktest) -> None:
    cyprus = next(case for case in few.cases if case.name == "cyprus_2004")
    assert cyprus.happened == 0.0
    assert sum(cyprus.endings.values()) == 20
    assert set(cyprus.errors) == set(MODELS)
    assert 0.0 <= cyprus.mae("mean") <= 1.0
    assert all(not case.errors for case in few.cases if case.name in ("camp_david_2000", "hanoi_2019"))


def test_the_error_is_the_distance_from_what_was_settled(few: HistoryBacktest) -> None:
    case = next(case for case in few.cases if case.name == "founding_act_1997")
    said = sim.forecast(case.scenario, 20, models=["mean"]).models["mean"]
    for one in case.scenario.outcome.package:
        issue = case.scenario.issues[one.issue]
        at = one.place if one.place is not None else sim_place(case, one.issue, one.option)
        assert case.errors["mean"][one.issue] == pytest.approx(abs(said[issue.id].mean - at), abs=1e-12)


def sim_place(case, issue: int, option: int) -> float:
    from sim.worlds.coding import central_coding

    return float(central_coding(case.scenario).place[issue, option, 0])


def test_a_base_rate_is_that_of_the_others() -> None:
    assert_allclose(base_rates(np.array([1.0, 1.0, 0.0, 0.0])), [1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_a_case_takes_no_part_in_the_rescaling_of_its_own_share() -> None:
    share = np.array([0.6, 0.7, 0.4, 0.3, 0.8])
    happened = np.array([1.0, 1.0, 0.0, 0.0, 1.0])
    found, factors = rescaled(share, happened)
    other, changed = rescaled(share, np.array([1.0, 1.0, 0.0, 0.0, 0.0]))
    assert factors[4] == changed[4]
    assert found[4] == other[4]
    assert factors[0] != changed[0]


def test_timid_shares_are_told_from_bold_ones() -> None:
    happened = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    timid, bold = np.where(happened > 0, 0.6, 0.4), np.array([0.95, 0.95, 0.05, 0.95, 0.05, 0.05])
    assert min(rescaled(timid, happened)[1]) > 1.0
    assert max(rescaled(bold, happened)[1]) < 1.0


def test_what_happened_reaches_no_forecast(few: HistoryBacktest) -> None:
    """With the outcomes turned round the shares stay, and so does the score of what knows nothing of them."""
    turned = judged([replace(case, happened=1.0 - case.happened) for case in few.cases], 20, 0)
    assert_allclose(turned.probability["talks"], few.probability["talks"])
    assert turned.models["half"].brier == few.models["half"].brier
    assert turned.models["talks"].brier != few.models["talks"].brier


def test_every_case_that_was_looked_at_again_is_one_with_an_outcome() -> None:
    known = {name for name, about in about_bundled().items() if about.outcome}
    assert set(REVISED) < known


def test_fewer_than_two_cases_and_cases_without_an_outcome_are_refused() -> None:
    with pytest.raises(ValueError, match="two cases"):
        backtest_cases(5, cases=["hanoi_2019"])
    with pytest.raises(ValueError, match="price_haggle states no outcome"):
        backtest_cases(5, cases=["hanoi_2019", "price_haggle"])


def test_the_command_prints_the_object_and_writes_a_page(
    detente: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    out = tmp_path / "page"
    code, printed, _ = detente("backtest", "--worlds", "20", "--json", "--out", str(out))
    told = json.loads(printed)
    assert (code, told["cases"]) == (0, len(FEW))
    for name in ("talks", "always_no", "base_rate", *MODELS):
        assert {"brier", "log", "mae"} <= told["models"][name].keys()
    assert told["models"]["mean"]["brier"] is None
    assert json.loads((out / "backtest.json").read_text(encoding="utf-8")) == told
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "hindsight" in page
    assert all(sim.load(name).title in page for name in FEW)
    assert detente("check", str(out))[0] == 0
    assert detente("backtest", "deu", "--out", str(out))[0] == 2


def test_it_is_told_within_eighty_columns(few: HistoryBacktest) -> None:
    from io import StringIO

    console = Console(width=80, record=True, file=StringIO())
    sim.interface.show(few, console=console)
    lines = [line.rstrip() for line in console.export_text().splitlines()]
    assert max(map(len, lines)) <= 80
    for title in few.titles.values():
        assert any(line.startswith(title) for line in lines)


@pytest.mark.slow
def test_the_document_tells_what_a_full_run_gives() -> None:
    from sim.report.words.backtest import cases, scores

    found = backtest_cases()
    text = (Path(__file__).resolve().parents[2] / "docs" / "backtest.md").read_text(encoding="utf-8")
    for row in [*scores(found), *scores(found, found.untouched)[:5], *cases(found)]:
        assert "| " + " | ".join(row) + " |" in text
