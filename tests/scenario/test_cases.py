"""The cases from history: coded as they say, complete, and playable."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sim
from sim.scenario.bundled import about, bundled
from sim.scenario.distributions import central
from sim.scenario.loading import check, load
from sim.scenario.model import Scenario

HAPPENED = {name: about(path).outcome for name, path in bundled().items()}
HISTORY = [
    name for name, outcome in HAPPENED.items() if outcome is not None and not name.startswith("nato_russia_2022")
]
"""All cases with an outcome but the founding one and its variants, which have tests of their own."""

AGREED = [name for name in HISTORY if (HAPPENED[name] or {})["agreement"] is True]
FAILED = [name for name in HISTORY if name not in AGREED]


@cache
def case(name: str) -> Scenario:
    """A case as its file has it."""
    return load(name)


def text_of(name: str) -> str:
    return bundled()[name].read_text(encoding="utf-8")


def header(name: str) -> str:
    """The comment before the first key."""
    return "\n".join(
        line.removeprefix("#").removeprefix(" ")
        for line in text_of(name).partition("\nformat:")[0].splitlines()[1:]
        if line.startswith("#")
    )


def test_there_are_ten_and_more_and_half_of_them_failed() -> None:
    assert len(HISTORY) >= 10
    assert 2 * len(FAILED) >= len(HISTORY)
    endings = {(HAPPENED[name] or {})["ending"] for name in FAILED}
    assert endings >= {"impasse", "breakdown", "not_ratified", "talks_continue"}


@pytest.mark.parametrize("name", HISTORY)
def test_a_case_is_right_and_every_judgement_names_what_it_rests_on(name: str) -> None:
    assert check(name) == ((), ())
    scenario = case(name)
    assert [judgement.path for judgement in scenario.judgements if not judgement.sources] == []
    used = set(re.findall(r"\w+", " ".join(re.findall(r"source: (\[[^\]]*\]|\w+)", text_of(name)))))
    assert [key for key, _ in scenario.sources if key not in used] == []


@pytest.mark.parametrize("name", HISTORY)
def test_a_case_says_what_happened_when_and_by_which_source(name: str) -> None:
    scenario = case(name)
    happened = scenario.outcome
    assert happened is not None
    assert happened.day is not None
    assert happened.ending is not None
    assert happened.note
    assert set(happened.sources) - {"assumed"}
    if happened.agreement is True:
        assert {one.issue for one in happened.package} == set(range(len(scenario.issues)))


@pytest.mark.parametrize("name", AGREED)
def test_what_was_agreed_crosses_no_red_line_of_those_who_agreed(name: str) -> None:
    scenario = case(name)
    assert scenario.outcome is not None
    agreed = {(one.issue, one.option) for one in scenario.outcome.package}
    for party in scenario.parties:
        assert not agreed & party.red_lines, party.id


@pytest.mark.parametrize("name", HISTORY)
def test_judgements_are_uncertain_and_options_keep_their_order(name: str) -> None:
    scenario = case(name)
    assert 5 <= len(scenario.issues) <= 13
    for issue in scenario.issues:
        spans: list[float] = []
        for option in issue.options:
            assert option.at is not None, f"{issue.id}.{option.id}"
            middle, width = (*option.at.parameters, 0.0)[:2]
            spans += [middle - width, middle + width]
        assert spans == sorted(spans), issue.id
    for party in scenario.parties:
        assert not party.reservation.amount.certain, party.id
        assert not any(number.certain for _, number in party.concession.numbers), party.id
        ideals = [wish.ideal for wish in party.preferences if wish is not None and wish.ideal is not None]
        assert not any(ideal.place.certain for ideal in ideals if not ideal.options), party.id


def commands(name: str) -> Iterator[list[str]]:
    """The commands that a header invites to try."""
    for line in header(name).partition("To try")[2].splitlines():
        if line.strip().startswith("detente"):
            yield shlex.split(line.strip())[1:]


@pytest.mark.parametrize("name", HISTORY)
def test_a_header_tells_what_it_models_and_what_to_try_and_that_can_be_tried(name: str) -> None:
    for part in ("What it models.", "How to read it.", "What was known when.", "What it leaves out.", "What it says."):
        assert part in header(name), part
    tried = list(commands(name))
    assert len(tried) >= 2
    for command, scenario, *options in tried:
        assert scenario == name
        assert command in ("analyze", "run", "sweep", "trace")
        changes = [value for key, value in zip(options[::2], options[1::2], strict=True) if key == "--set"]
        load(name, changes)
        for key, value in zip(options[::2], options[1::2], strict=True):
            assert key in ("--set", "--vary", "--world")
            if key == "--vary":
                path, _, numbers = value.partition("=")
                load(name, [f"{path}={numbers.split(':')[0]}"])


@pytest.mark.parametrize("name", HISTORY)
def test_a_case_can_be_played(name: str) -> None:
    scenario = case(name)
    played = sim.run(scenario, worlds=3, seed=5)
    assert sum(one["count"] for one in played.as_json()["outcomes"].values()) == 3


def _ideals(scenario: Scenario, issue: str) -> dict[str, tuple[float, float]]:
    """Position (0 to 1) and salience of each party on an issue, at the central values."""
    at = next(i for i, one in enumerate(scenario.issues) if one.id == issue)
    wanted = {}
    for party in scenario.parties:
        wish = party.preferences[at]
        if wish is not None and wish.ideal is not None:
            wanted[party.id] = (central(wish.ideal.place), central(wish.salience))
    return wanted


COPENHAGEN = {
    "issues": dict(
        zip(
            ("Newtreaty", "DevlopC2020", "Domestred", "MRVdecrease", "Commitments", "Control", "Extra"),
            ("kyoto", "cuts_2020", "at_home", "checks", "voluntary", "control", "money"),
            strict=True,
        )
    ),
    "actors": {
        "USA": "USA",
        "EU (incl Norway)": "EU",
        "Australia": "AUS",
        "Canadas": "CAN",
        "Japans": "JPN",
        "Russia": "RUS",
        "China India": "CHN_IND",
        "Brazil": "BRA",
        "Least Developed Countries": "LDC",
        "Developing Countries": "G77",
        "Alliance of Small Island States": "AOSIS",
    },
}
PARIS = {
    "issues": {"ld": "loss_damage"},
    "actors": {
        "USA": "USA",
        "China": "CHN",
        "EU28": "EU",
        "India": "IND",
        "AOSISs": "AOSIS",
        "LDCs_BGD": "LDC",
        "African_grp": "AFR",
        "Arab_statess": "ARAB",
        "ALBA": "ALBA",
        "AILAC2": "AILAC",
        "Brazil": "BRA",
        "Japan": "JPN",
        "Russia": "RUS",
        "Umbrella_min": "UMB",
        "EIG": "EIG",
    },
}


@pytest.mark.parametrize(
    ("name", "file", "names"), [("copenhagen_2009", "copenhagen.csv", COPENHAGEN), ("paris_2015", "cop21.csv", PARIS)]
)
def test_the_climate_cases_are_the_published_table(
    name: str, file: str, names: dict[str, dict[str, str]], shared: Path
) -> None:
    scenario = case(name)
    told: dict[str, dict[str, tuple[float, float]]] = {}
    with (shared / "data" / file).open(encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quotechar="'"):
            if row[0] == "#D":
                issue = names["issues"].get(row[2], row[2])
                told.setdefault(issue, {})[names["actors"][row[1]]] = (float(row[3]) / 100, float(row[4]))
    assert {issue.id for issue in scenario.issues} == set(told)
    for issue, expected in told.items():
        found = _ideals(scenario, issue)
        for party, wish in expected.items():
            assert found[party] == pytest.approx(wish), f"{party} on {issue}"
        assert found.keys() - expected.keys() <= {"ALBA"}, issue  # the one that its header says is ours


def test_the_date_for_clean_cars_is_the_published_table(shared: Path) -> None:
    scenario = case("ec_emissions_1985")
    ids = {
        "Netherlands": "NLD",
        "Belgium": "BEL",
        "Luxembourg": "LUX",
        "Germany": "DEU",
        "France": "FRA",
        "Italy": "ITA",
        "UK": "GBR",
        "Ireland": "IRL",
        "Denmark": "DNK",
        "Greece": "GRC",
    }
    wanted = _ideals(scenario, "medium")
    weights = {party.id: central(party.weight) for party in scenario.parties}
    with (shared / "data" / "ec_emissions_1989.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(ids)
    votes = sum(weights[ids[row["Actor"]]] for row in rows)
    for row in rows:
        party = ids[row["Actor"]]
        assert 4 + 6 * wanted[party][0] == pytest.approx(float(row["Position"])), party
        assert weights[party] / votes == pytest.approx(float(row["Capability"]), abs=0.005), party


SAYS = re.compile(r"At the central values (there is no package|there are packages) .* in about (\d+) of 100 worlds")


@pytest.mark.parametrize("name", HISTORY)
def test_a_header_says_how_often_there_is_a_zone_of_agreement(name: str) -> None:
    assert SAYS.search(" ".join(header(name).split()))


@pytest.mark.slow
@pytest.mark.parametrize("name", HISTORY)
def test_and_that_is_so(name: str) -> None:
    said = SAYS.search(" ".join(header(name).split()))
    assert said is not None
    found = sim.analyze(case(name), worlds=200, seed=11).as_json()
    assert found["feasible"] == (said[1] == "there are packages")
    zone = found["worlds"]["feasible"]
    assert zone["low"] - 0.05 <= int(said[2]) / 100 <= zone["high"] + 0.05
