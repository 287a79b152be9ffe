"""Forecasts of a scenario: all models, in the units of the file, in the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.forecast.forecast import forecast
from sim.forecast.models import MODELS
from sim.scenario.loading import loads

TABLE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "emissions.csv"


@pytest.fixture
def detente() -> Callable[..., str]:
    def run(*arguments: str) -> str:
        from sim.cli.app import app

        result = CliRunner().invoke(app, list(arguments))
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return run


def test_a_plain_table_is_forecast_in_its_own_unit(detente: Callable[..., str], tmp_path: Path) -> None:
    file = str(tmp_path / "emissions.yaml")
    detente("convert", str(TABLE), "--to", file)
    told = json.loads(detente("forecast", file, "--worlds", "20", "--json"))
    assert list(told["models"]) == list(MODELS)
    said = {name: found["delay"] for name, found in told["models"].items()}
    assert all(list(found) == ["mean", "low", "high", "options"] for found in said.values())
    assert said["mean"]["mean"] == pytest.approx(7.38996, abs=1e-5)
    assert said["median"]["mean"] == pytest.approx(7.0)
    assert said["challenge"]["mean"] == pytest.approx(8.4159, abs=1e-4)
    assert said["mean"]["options"] is None
    assert said["status_quo"]["mean"] is None
    assert (told["scale"]["delay"]["from"], told["scale"]["delay"]["to"]) == (4.0, 10.0)
    first, second = told["challenge_rounds"]["delay"][1:3]
    assert first["mean"] == pytest.approx(7.4613, abs=1e-4)
    assert second["median"] == pytest.approx(9.6109, abs=1e-4)


def test_the_talks_of_a_forecast_are_those_of_a_run() -> None:
    scenario = sim.load("hanoi_2019")
    said = forecast(scenario, 60, seed=2, models=["talks"]).models["talks"]
    worlds = sim.run(scenario, worlds=60, seed=2).worlds
    for issue in scenario.issues:
        ended = worlds[f"package.{issue.id}"].to_list()
        quo = issue.options[issue.status_quo].id
        found = said[issue.id]
        for option in issue.options:
            share = sum((one or quo) == option.id for one in ended) / 60
            assert found.options[option.id] == pytest.approx(share)


def test_shares_of_options_are_shares() -> None:
    for said in forecast(sim.load("hanoi_2019"), 30).models.values():
        for found in said.values():
            assert sum(found.options.values()) == pytest.approx(1.0)
            assert found.low <= found.high
            assert 0.0 <= found.mean <= 1.0


def test_the_number_of_worlds_asked_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = sim.load("hanoi_2019")
    whole = forecast(scenario, 30, seed=4, models=["mean", "nash", "talks"]).as_json()
    monkeypatch.setattr(import_module("sim.forecast.forecast"), "_BLOCK", 7)
    apart = forecast(scenario, 30, seed=4, models=["mean", "nash", "talks"]).as_json()
    for name, said in whole["models"].items():
        for issue, found in said.items():
            assert found["mean"] == pytest.approx(apart["models"][name][issue]["mean"], abs=1e-12)
            assert found["options"] == pytest.approx(apart["models"][name][issue]["options"], abs=1e-12)


def test_a_scale_that_runs_downwards_is_told_in_its_own_numbers() -> None:
    scenario = loads(
        "format: 1\ntitle: Price\nissues:\n  price: {scale: {from: 100, to: 0, step: 10}}\n"
        "parties:\n  a: {positions: {price: 90}, reservation: 0}\n  b: {positions: {price: 20}, reservation: 0}\n"
    )
    found = forecast(scenario, 3, models=["mean"]).models["mean"]["price"]
    assert found.mean == pytest.approx(55.0)
    assert (found.low, found.high) == pytest.approx((20.0, 90.0))


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown model 'oracle'"):
        forecast(sim.load("price_haggle"), 2, models=["oracle"])


def test_the_table_has_a_line_a_model_within_eighty_columns(
    detente: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = detente("forecast", "hanoi_2019", "--worlds", "10").splitlines()
    assert max(map(len, told)) <= 80
    for model in MODELS.values():
        assert sum(line.startswith(f"  {model.title} ") for line in told) == 6
