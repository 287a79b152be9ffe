"""Decisions of the European Union: the data, the Council's votes, and the figures by a second program."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from forecast import plain_deu
from numpy.testing import assert_allclose
from rich.console import Console
from typer.testing import CliRunner

import sim.interface
from sim.forecast.deu import talks
from sim.forecast.deu.backtest import DeuBacktest, backtest
from sim.forecast.deu.data import case_of_issues, issues, outcomes, proposals
from sim.forecast.deu.expected import benchmark_case
from sim.forecast.deu.parts import held_out, tuning
from sim.forecast.deu.votes import rules_on
from sim.forecast.models import challenge, mean, median, spread
from sim.forecast.scores import score
from sim.talks.play import play

ROOT = Path(__file__).resolve().parents[2]
SCORED = [issue for issue in issues() if issue.scored]


@pytest.fixture(scope="module")
def published(shared: Path) -> list[plain_deu.Issue]:
    return plain_deu.read(shared / "data" / "deu3.csv")


@pytest.fixture(scope="module")
def short() -> DeuBacktest:
    return backtest(worlds=6, proposals=10)


def test_the_bundled_table_is_the_published_one(published: list[plain_deu.Issue]) -> None:
    assert [issue.id for issue in SCORED] == [one.id for one in published]
    for issue, one in zip(SCORED, published, strict=True):
        assert list(issue.stands.values()) == list(zip(one.place, one.salience, strict=True))
        assert (issue.reference, issue.outcome) == (one.reference, one.outcome)
        assert_allclose(list(issue.powers().values()), one.power)


def test_figures_of_mean_and_median_are_those_of_the_plain_program(published: list[plain_deu.Issue]) -> None:
    case, happened = case_of_issues(SCORED), outcomes(SCORED)
    said = {"mean": mean.forecast(case), "median": median.forecast(case)}
    told = {name: score(prediction, happened, 100.0).summary() for name, prediction in said.items()}
    shares = [plain_deu.influence(one) for one in published]
    error = np.array([abs(plain_deu.mean(one) - one.outcome) for one in published])
    assert case.shape[1] == len(published) == 351
    assert told["mean"]["mae"] == pytest.approx(error.mean())
    assert told["mean"]["median_ae"] == pytest.approx(np.median(error))
    for most in (5, 10, 20):
        assert told["mean"][f"within_{most}"] == pytest.approx((error <= most).mean())
    scores = [plain_deu.crps(one.place, share, one.outcome) for one, share in zip(published, shares, strict=True)]
    assert told["mean"]["crps"] == pytest.approx(np.mean(scores))
    for level in (50, 90):
        assert told["mean"][f"coverage_{level}"] == pytest.approx(
            np.mean([plain_deu.inside(one, level / 100) for one in published])
        )
    middle = [abs(plain_deu.median(one.place, s) - one.outcome) for one, s in zip(published, shares, strict=True)]
    assert told["median"]["mae"] == pytest.approx(np.mean(middle))


def test_what_has_been_reported_for_these_issues_is_reproduced() -> None:
    """Errors of 22.99 (mean) and 26.83 (challenge model) and a CRPS of 18.14, each within a half."""
    case, happened = case_of_issues(SCORED), outcomes(SCORED)
    said = {"mean": mean.forecast(case), "challenge": challenge.forecast(case, challenge.EQUATIONS)}
    told = {name: score(prediction, happened, 100.0).summary() for name, prediction in said.items()}
    assert told["mean"]["mae"] == pytest.approx(22.99, abs=0.5)
    assert told["mean"]["crps"] == pytest.approx(18.14, abs=0.5)
    assert told["challenge"]["mae"] == pytest.approx(26.83, abs=0.5)


def test_challenges_by_the_equations_are_those_of_the_plain_program(published: list[plain_deu.Issue]) -> None:
    some = range(0, 351, 35)
    found = challenge.forecast(case_of_issues([SCORED[k] for k in some]), challenge.EQUATIONS).point[:, 0]
    assert_allclose(100 * found, [plain_deu.challenge(published[k]) for k in some], atol=1e-6)


def test_the_benchmark_scores_as_in_the_plain_program(published: list[plain_deu.Issue]) -> None:
    some = range(0, 351, 9)
    chosen = [SCORED[k] for k in some]
    found = score(spread.forecast(benchmark_case(chosen), 0.4, 0.25), outcomes(chosen), 100.0).crps
    plain = [plain_deu.crps(*plain_deu.spread(published[k], 0.4, 25.0), published[k].outcome) for k in some]
    assert_allclose(found, plain, atol=0.1)
    assert found.mean() == pytest.approx(np.mean(plain), abs=0.02)


def test_the_council_votes_by_the_treaty_in_force() -> None:
    amsterdam, nice, lisbon = (rules_on(date(*day)) for day in ((2001, 5, 30), (2008, 1, 1), (2016, 6, 1)))
    assert (sum(amsterdam.weights.values()), amsterdam.threshold) == (87, 62)
    assert (sum(nice.weights.values()), nice.threshold) == (345, 255)
    assert amsterdam.passes(amsterdam.weights.keys() - {"de", "fr", "lu"})
    assert not amsterdam.passes(amsterdam.weights.keys() - {"de", "fr", "es"})
    largest = {"de", "fr", "uk"}
    assert lisbon.passes(lisbon.weights.keys() - largest)  # 42 % of the people, but not four members
    assert not lisbon.passes(lisbon.weights.keys() - largest - {"it"})
    assert not lisbon.passes({"de", "fr", "uk", "it", "es", "pl", "ro"})


def test_the_parts_split_proposals_and_do_not_change() -> None:
    chosen = tuning()
    assert len(chosen) == round(0.6 * len(proposals()))
    assert chosen == tuning()
    assert chosen != tuning(1)
    marks = held_out(SCORED)
    assert sum(marks) == 127
    assert {one.proposal for one, held in zip(SCORED, marks, strict=True) if held}.isdisjoint(chosen)


def test_a_proposal_is_a_scenario_with_the_council_as_it_votes() -> None:
    proposal = proposals()["d00032"]
    scenario = talks.scenario(proposal)
    assert [issue.id for issue in scenario.issues] == [*(one.id for one in talks.contested(proposal)), "act"]
    assert [side.id for side in scenario.sides] == ["com", "ep", "council"]
    council = next(side for side in scenario.sides if side.id == "council")
    assert {scenario.parties[k].id for k in council.members} == set(proposal[0].stands) - {"com", "ep"}
    consulted = next(of for of in proposals().values() if of[0].procedure == "CNS" and talks.contested(of))
    assert [side.id for side in talks.scenario(consulted).sides] == ["presidency", "council"]


def test_talks_end_where_their_distribution_says() -> None:
    proposal = proposals()["d00032"]
    said = talks.forecast(proposal, 40, seed=3)
    ended = play(talks.scenario(proposal), 3, np.arange(40))
    for k, issue in enumerate(talks.contested(proposal)):
        option = ended.package[k]
        places = talks.grid(issue)[option[option >= 0]]
        j = proposal.index(issue)
        assert 100 * said.place[:, j, 0] @ said.share[:, j, 0] == pytest.approx(places.mean())
    assert_allclose(said.share.sum(axis=0)[~np.isnan(said.point)], 1.0)


def test_a_run_has_all_that_is_asked_of_it(short: DeuBacktest) -> None:
    told = json.loads(json.dumps(short.as_json()))
    keys = {"mae", "median_ae", "within_5", "within_10", "within_20", "crps", "coverage_50", "coverage_90"}
    for part in (told, told["held_out"], told["tuning"]):
        assert {"mean", "median", "challenge", "spread", "talks"} <= part["models"].keys()
        for said in part["models"].values():
            assert keys <= said.keys()
            assert said["within_5"] <= said["within_10"] <= said["within_20"] <= 1.0
    assert told["issues"] == told["held_out"]["issues"] + told["tuning"]["issues"] == len(short.issues)
    for groups in told["by"].values():
        assert sum(group["issues"] for group in groups.values()) == told["issues"]


def test_parts_add_up_to_the_whole(short: DeuBacktest) -> None:
    for name in ("mean", "talks", "talks_spread"):
        parts = [(part.issues, part.models[name]["mae"]) for part in (short.tuning, short.rest)]
        whole = sum(count * mae for count, mae in parts) / short.everything.issues
        assert short.everything.models[name]["mae"] == pytest.approx(whole)
    one = short.differences["talks", "mean"]["mae"]
    assert one.mean == pytest.approx(short.rest.models["talks"]["mae"] - short.rest.models["mean"]["mae"])
    assert one.low <= one.mean <= one.high


def test_what_is_held_out_takes_no_part_in_the_choice(short: DeuBacktest, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("sim.forecast.deu.backtest")
    known = module.outcomes

    def otherwise(chosen: list) -> np.ndarray:  # type: ignore[type-arg]
        return np.where(held_out(chosen), 1.0 - known(chosen), known(chosen))

    monkeypatch.setattr(module, "outcomes", otherwise)
    again = backtest(worlds=6, proposals=10)
    assert again.tuned == short.tuned
    assert again.tuning == short.tuning
    assert again.rest != short.rest


@pytest.mark.slow
def test_the_document_tells_what_a_full_run_gives() -> None:
    from sim.report.words.backtest_deu import table

    found = backtest()
    text = (ROOT / "docs" / "backtest.md").read_text(encoding="utf-8")
    for part in (found.rest, found.everything):
        for row in table(found, part):
            assert "| " + " | ".join(row) + " |" in text


def test_it_is_told_within_eighty_columns(short: DeuBacktest) -> None:
    console = Console(width=80, record=True, file=StringIO())
    sim.interface.show(short, console=console)
    lines = [line.rstrip() for line in console.export_text().splitlines()]
    assert max(map(len, lines)) <= 80
    for title in short.titles.values():
        assert sum(line.startswith(f"{title} ") for line in lines) >= 2
    assert any(line.startswith("Our talks less spread") for line in lines)


@pytest.mark.slow
def test_the_command_prints_the_object() -> None:
    from sim.cli.app import app

    told = CliRunner().invoke(app, ["backtest", "deu", "--worlds", "2", "--json"])
    assert (told.exit_code, json.loads(told.stdout)["issues"]) == (0, 351)
