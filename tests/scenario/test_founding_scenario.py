"""The founding scenario has in it what it claims to have."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import ndiff

import pytest

from sim.scenario.bundled import bundled
from sim.scenario.loading import check, load
from sim.scenario.model import Quantity, Scenario
from sim.scenario.quantities import quantities

ALLIES = """
    ALB BEL BGR CAN CZE DEU DNK ESP EST FRA GBR GRC HRV HUN ISL ITA LTU LUX LVA MKD MNE NLD NOR POL PRT ROU SVK SVN
    TUR USA
"""


@pytest.fixture(scope="module")
def talks() -> Scenario:
    return load("nato_russia_2022")


def test_thirty_allies_decide_by_consensus_and_russia_is_alone(talks: Scenario) -> None:
    nato = next(side for side in talks.sides if side.id == "nato")
    assert sorted(talks.parties[member].id for member in nato.members) == sorted(ALLIES.split())
    assert nato.decides.rule == "consensus"
    assert [side.id for side in talks.sides if side.id != "nato"] == ["RUS"]


def test_every_issue_has_a_status_quo_and_russia_alone_insists_on_the_package(talks: Scenario) -> None:
    assert len(talks.issues) == 13
    assert all(issue.status_quo is not None for issue in talks.issues)
    assert talks.early_harvest
    nato, russia = (next(side for side in talks.sides if side.id == name) for name in ("nato", "RUS"))
    assert nato.package_only is False
    assert isinstance(russia.package_only, Quantity)
    assert 0.5 < russia.package_only.parameters[0] < 1


def test_patience_is_a_stated_uncertainty_of_each_side(talks: Scenario) -> None:
    assert all(side.deadline is not None and not side.deadline.certain for side in talks.sides)
    assert talks.follow_up is not None
    assert talks.follow_up.at_most.parameters[0] > 1000  # nothing limits their number
    russia = next(side for side in talks.sides if side.id == "RUS")
    assert russia.deadline is not None
    assert russia.deadline.parameters[-1] <= talks.end_day.parameters[0]


def test_ukraine_is_all_that_sets_its_variant_apart() -> None:
    """The file with Ukraine at the table is the founding one with one party more, and the texts that say so."""
    base, variant = (
        bundled()[name].read_text(encoding="utf-8").splitlines()
        for name in ("nato_russia_2022", "nato_russia_2022_ukraine")
    )
    start = variant.index("format: 1")
    added = [line[2:] for line in ndiff(base[base.index("format: 1") :], variant[start:]) if line.startswith("+ ")]
    removed = [line[2:] for line in ndiff(base[base.index("format: 1") :], variant[start:]) if line.startswith("- ")]
    assert [line.split(":")[0] for line in removed if ":" in line and line[0] not in " #"] == ["title"]
    assert len(removed) <= 4
    assert any(line == "  UKR:" for line in added)
    talks = load("nato_russia_2022_ukraine")
    ukraine = next(party for party in talks.parties if party.id == "UKR")
    wants = {issue.id for issue, preference in zip(talks.issues, ukraine.preferences, strict=True) if preference}
    assert wants == {"membership", "activity", "missiles_ukraine", "russian_forces"}
    assert talks.agreement.at_least is None


def test_the_week_of_january_with_those_who_took_part(talks: Scenario) -> None:
    week = [
        (
            meeting.venue,
            talks.start + timedelta(days=meeting.day.parameters[0]),
            None if meeting.parties is None else [talks.parties[p].id for p in meeting.parties],
            meeting.protocol,
        )
        for meeting in talks.meetings[:3]
    ]
    assert week == [
        ("Geneva", date(2022, 1, 10), ["RUS", "USA"], "alternating"),
        ("Brussels", date(2022, 1, 12), None, "alternating"),
        ("Vienna", date(2022, 1, 13), None, "plenary"),
    ]


def test_events_lie_before_the_horizon_and_none_is_certain(talks: Scenario) -> None:
    assert talks.start + timedelta(days=talks.end_day.parameters[0]) == date(2022, 2, 23)
    for event in talks.events:
        assert event.day.parameters[0] <= talks.end_day.parameters[0]
        assert 0 < event.probability.parameters[0] < 1
        assert event.ends_talks or event.effects


def judged(talks: Scenario) -> dict[str, Quantity]:
    """The numbers that are somebody's judgement: all of the parties' but their weights, and places of options."""
    stated = re.compile(r"parties\.\w+\.(positions|salience|reservation|concession)\b|issues\..*\.at|events\..*effects")
    ends = {f"issues.{i.id}.options.{o.id}.at" for i in talks.issues for o in (i.options[0], i.options[-1])}
    return {path: q for path, q in quantities(talks).items() if stated.match(path) and path not in ends}


def test_every_judgement_is_uncertain(talks: Scenario) -> None:
    assert [path for path, quantity in judged(talks).items() if quantity.certain] == []


def test_judgements_of_allies_err_together(talks: Scenario) -> None:
    own = re.compile(r"parties\.(?!RUS)\w+\.(positions|salience|reservation|concession)\b")
    alone = [path for path, quantity in judged(talks).items() if own.match(path) and not quantity.shared]
    assert alone == []


def test_places_of_options_keep_their_order_in_every_world(talks: Scenario) -> None:
    for issue in talks.issues:
        spans = []
        for option in issue.options:
            assert option.at is not None
            middle, width = (*option.at.parameters, 0.0)[:2]
            spans += [middle - width, middle + width]
        assert spans == sorted(spans), issue.id


def test_every_number_names_what_it_rests_on_and_every_source_is_used(talks: Scenario) -> None:
    assert check("nato_russia_2022") == ((), ())
    used = {source for judgement in talks.judgements for source in judgement.sources}
    assert used >= {"assumed"}
    assert all(judgement.sources for judgement in talks.judgements)
    text = bundled()["nato_russia_2022"].read_text(encoding="utf-8")
    for key, _ in talks.sources:
        assert re.search(rf"source: .*\b{key}\b|\n\s+.*\bsource: \[.*\b{key}\b", text), key


def test_no_two_groups_of_allies_want_the_same(talks: Scenario) -> None:
    """Mainstream, United States, eastern flank, dialogue first: each has positions of its own on the core."""
    by_id = {party.id: party for party in talks.parties}
    core = [i for i, issue in enumerate(talks.issues) if issue.id in ("membership", "forces", "activity")]
    wanted = {
        name: tuple(by_id[name].preferences[i].ideal.place.parameters for i in core)  # type: ignore[union-attr]
        for name in ("BEL", "USA", "POL", "DEU")
    }
    assert len(set(wanted.values())) == 4
