"""Genius: what its files mean is what its own formulas say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from convert.samples import (
    FOOD,
    GENIUS_ANNA,
    GENIUS_BERT,
    GENIUS_DOMAIN,
    GUESTS,
    PRICES,
    genius_anna,
    genius_bert,
    packages,
    utilities,
)

import sim
from sim.convert.formats import Converted, read_files
from sim.convert.wishes import Wishes
from sim.scenario.problems import ScenarioError
from sim.worlds.coding import central_coding
from sim.worlds.preferences import preferences


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A domain and two profiles."""
    for name, text in (("domain.xml", GENIUS_DOMAIN), ("anna.xml", GENIUS_ANNA), ("bert.xml", GENIUS_BERT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def said(converted: Converted, kind: str) -> str:
    return "\n".join(remark.text for remark in converted.draft.remarks if remark.kind == kind)


def complaint(*names: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_files(names)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_utilities_are_geniuss_own_in_every_package(folder: Path) -> None:
    scenario = read_files([folder]).scenario
    assert [issue.id for issue in scenario.issues] == ["Food", "Guests", "Price"]
    assert len(packages(scenario)) == 3 * 6 * 21
    for food, guests, price in packages(scenario):
        meant = FOOD[food], GUESTS[guests], PRICES[price]
        found = utilities(scenario, (food, guests, price))
        assert found["anna"] == pytest.approx(genius_anna(*meant), abs=1e-15)
        assert found["bert"] == pytest.approx(genius_bert(*meant), abs=1e-15)


def test_the_frontier_is_that_of_geniuss_utilities(folder: Path) -> None:
    points = [(genius_anna(f, g, p), genius_bert(f, g, p)) for f in FOOD for g in GUESTS for p in PRICES]
    best = {
        (round(a, 9), round(b, 9))
        for a, b in points
        if not any(c >= a and d >= b and (c > a + 1e-12 or d > b + 1e-12) for c, d in points)
    }
    frontier = sim.analyze(read_files([folder]).scenario).as_json()["frontier"]
    assert {(round(p["utilities"]["anna"], 9), round(p["utilities"]["bert"], 9)) for p in frontier} == best


def test_numbers_stand_in_the_file_as_they_stood(folder: Path) -> None:
    plain = read_files([folder]).draft.plain
    assert plain["parties"]["anna"]["scores"]["Food"] == {"Chips & Nuts": 41, "Catering": 370, "1.10": 0}
    assert plain["parties"]["anna"]["salience"]["Food"] == 0.3700625775371713 / 370
    assert plain["parties"]["anna"]["reservation"] == 0.25
    assert plain["issues"]["Food"]["options"][0] == {"id": "Chips & Nuts", "note": "cheap"}
    assert plain["issues"]["Guests"] == {"scale": {"from": -2, "to": 3, "step": 1}}


def test_what_delay_costs_is_spread_over_the_rounds(folder: Path) -> None:
    converted = read_files([folder], Wishes(rounds=4))
    anna = converted.draft.plain["parties"]["anna"]
    assert anna["discount"]["round"] ** 4 == pytest.approx(0.75, abs=1e-15)
    assert "discount" not in converted.draft.plain["parties"]["bert"]
    assert "discount factor 0.75" in said(converted, "changed")
    assert "reservation value shrinks" in said(converted, "dropped")


def test_everything_left_out_is_told(folder: Path) -> None:
    converted = read_files([folder])
    dropped, assumed = said(converted, "dropped"), said(converted, "assumed")
    for left_out in ("<agent>", "costs", "<comparisons> '10'"):
        assert left_out in dropped
    assert "no reservation value: 0" in assumed
    assert converted.draft.plain["parties"]["bert"]["source"] == ["genius", "assumed"]
    assert "21 evenly spaced" in said(converted, "changed")


def test_a_continuous_issue_has_as_many_values_as_are_wished(folder: Path) -> None:
    scenario = read_files([folder], Wishes(values=4)).scenario
    assert [option.id for option in scenario.issues[2].options] == ["10", "20", "30", "40"]


def test_raw_evaluations_are_what_negmas_takes(folder: Path) -> None:
    scenario = read_files([folder], Wishes(raw=True)).scenario
    found = utilities(scenario, (1, 3, 0))  # Catering, 1 guest, price 10
    expected = 0.3700625775371713 * 370 + 0.2 * (0.3 * 1 + 0.1) + 0.4299374224628287 * (1.5 - 0.05 * 10)
    assert found["anna"] == pytest.approx(expected, rel=1e-15)


def test_files_can_be_named_one_by_one_and_without_a_domain(folder: Path) -> None:
    converted = read_files([folder / "bert.xml", folder / "anna.xml"])
    assert [party.id for party in converted.scenario.parties] == ["bert", "anna"]
    assert [issue.id for issue in converted.scenario.issues] == ["Price", "Food", "Guests"]
    assert "no domain file" in said(converted, "assumed")


def test_issues_are_found_by_name_where_the_index_differs(folder: Path) -> None:
    swapped = GENIUS_BERT.replace('index="1" name="Food"', 'index="9" name="Food"')
    (folder / "bert.xml").write_text(swapped, encoding="utf-8")
    converted = read_files([folder])
    assert "has another index" in said(converted, "changed")
    assert utilities(converted.scenario, (0, 0, 0))["bert"] == pytest.approx(genius_bert("Chips & Nuts", -2, 10.0))


RECTANGLES = """<utility_space type="nonlinear"><objective index="0" name="root">
<issue index="1" name="Food"/><issue index="2" name="Guests"/><issue index="3" name="Price"/>
<utility maxutility="10"><ufun type="PlainUfun" weight="1" aggregation="sum">
<hyperRectangle utility="78"><INCLUDES index="1" min="3" max="9"/></hyperRectangle></ufun></utility>
</objective></utility_space>"""

WRONG = {
    "an aggregation": ("bert.xml", RECTANGLES.replace('"sum"', '"max"'), "expected a PlainUfun with aggregation sum"),
    "no such issue": ("bert.xml", RECTANGLES.replace('INCLUDES index="1"', 'INCLUDES index="9"'), "there is no issue"),
    "names in a rectangle": ("bert.xml", RECTANGLES, ":4:30: the issue 'Food' has no numbers"),
    "constraints": (
        "bert.xml",
        RECTANGLES.replace("utility maxutility", "rules x").replace("utility>\n", "rules>\n"),
        ":3:1: this is a constraint profile (<rules>)",
    ),
    "no evaluation": ("anna.xml", GENIUS_ANNA.replace(' evaluation="370"', ""), ":8:7: the value 'Catering' of the"),
    "no number": ("anna.xml", GENIUS_ANNA.replace('"370"', '"much"'), ":8:7: expected a number"),
    "a number with a mark": ("anna.xml", GENIUS_ANNA.replace('"370"', '"3_70"'), ":8:7: expected a number"),
    "infinite": ("anna.xml", GENIUS_ANNA.replace('"370"', '"inf"'), ":8:7: expected a number"),
    "unclosed": ("anna.xml", GENIUS_ANNA.replace("</objective>", ""), ":24:1: '</utility_space>' is not expected here"),
    "ends early": ("anna.xml", GENIUS_ANNA[:400], ": "),
    "unknown evaluator": ("bert.xml", GENIUS_BERT.replace("triangular", "faratin"), ":7:7: the evaluator 'faratin'"),
    "unknown type": ("domain.xml", GENIUS_DOMAIN.replace('"real" e', '"price" e'), ":12:7: the issue type 'price'"),
    "bounds": ("domain.xml", GENIUS_DOMAIN.replace('"40.0"', '"4"'), ":13:9: the lower bound 10 is above"),
    "a missing issue": (
        "bert.xml",
        GENIUS_BERT.replace('name="Food"', 'name="Feed"').replace('"1" name', '"7" name'),
        ": the profile lacks the issue 'Food'",
    ),
    "a second domain": ("bert.xml", GENIUS_DOMAIN, ": this is a second domain"),
    "entities": ("anna.xml", '<!DOCTYPE x [<!ENTITY a "b">]>' + GENIUS_ANNA, ":1:1: this file declares entities"),
    "twice": (
        "domain.xml",
        GENIUS_DOMAIN.replace('index="2" name', 'index="1" name'),
        ":11:7: two issues have the index 1",
    ),
}


@pytest.mark.parametrize(("name", "text", "told"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_file_is_told_with_its_place(folder: Path, name: str, text: str, told: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    message = complaint(folder)
    assert told in message
    assert name in message


def test_one_profile_makes_no_negotiation(folder: Path) -> None:
    assert "at least two parties, found one profile" in complaint(folder / "domain.xml", folder / "anna.xml")


def test_files_of_another_encoding_are_read(folder: Path) -> None:
    for name in ("domain.xml", "anna.xml", "bert.xml"):
        text = (folder / name).read_text(encoding="utf-8").replace("Catering", "Café €")
        (folder / name).write_bytes(text.replace("ISO-8859-1", "windows-1252").encode("cp1252"))
    anna = (folder / "anna.xml").read_bytes().replace(b'encoding="utf-8"', b"")
    (folder / "anna.xml").write_bytes(anna)
    assert read_files([folder]).scenario.issues[0].options[1].id == "Café €"


def test_a_value_that_stands_twice_counts_once(folder: Path) -> None:
    twice = GENIUS_DOMAIN.replace('<item index="3" value="1.10"></item>', '<item index="3" value="1.10"/>' * 2)
    (folder / "domain.xml").write_text(twice, encoding="utf-8")
    converted = read_files([folder])
    assert len(converted.scenario.issues[0].options) == 3
    assert "stands twice" in said(converted, "dropped")


def test_issues_of_nested_objectives_count_by_their_own_weights(folder: Path) -> None:
    inner = '<objective index="7" name="inner"><issue index="1" name="Food">'
    nested = GENIUS_BERT.replace('<issue index="1" name="Food">', inner)
    nested = nested.replace(
        'value="Catering" evaluation="0.125"/>\n    </issue>',
        'value="Catering" evaluation="0.125"/></issue><weight index="1" value="0.125"/></objective>',
    )
    nested = nested.replace('<weight index="1" value="0.25"/>', '<weight index="7" value="0.9"/>')
    (folder / "bert.xml").write_text(nested, encoding="utf-8")
    converted = read_files([folder])
    expected = genius_bert("Chips & Nuts", -2, 10.0) - 0.125
    assert utilities(converted.scenario, (0, 0, 0))["bert"] == pytest.approx(expected)
    assert "weight 0.9 of no issue" in said(converted, "dropped")


def rectangular(*rectangles: str, most: float = 10.0) -> str:
    """A nonlinear profile over three integer issues."""
    bounds = 'type="integer" lowerbound="0" upperbound="9"'
    issues = "".join(f'<issue index="{j}" name="i{j}" {bounds}/>' for j in (1, 2, 3))
    listed = "".join(
        f'<hyperRectangle utility="{one.split(":")[0]}">'
        + "".join(
            '<INCLUDES index="{}" min="{}" max="{}"/>'.format(*side.split(",")) for side in one.split(":")[1].split(" ")
        )
        + "</hyperRectangle>"
        for one in rectangles
    )
    return (
        f'<utility_space type="nonlinear"><objective index="0" name="root">{issues}<utility maxutility="{most}">'
        f'<ufun type="PlainUfun" weight="1" aggregation="sum">{listed}</ufun></utility></objective>'
        '<reservation value="0.25"/></utility_space>'
    )


ONE = ("4:1,0,3 2,5,9", "3:2,2,6", "-1:1,2,9 2,0,9 3,4,4", "4:3,7,9 1,1,8")
OTHER = ("5:1,5,9 2,0,4", "5:3,0,2 2,3,9")


def in_rectangles(rectangles: tuple[str, ...], bid: tuple[int, ...], most: float) -> float:
    """What a bid is worth by the rectangles as they stand."""
    found = 0.0
    for one in rectangles:
        worth, sides = one.split(":")
        ranges = [tuple(map(int, side.split(","))) for side in sides.split(" ")]
        found += float(worth) * all(low <= bid[issue - 1] <= high for issue, low, high in ranges)
    return found / most


@pytest.mark.parametrize("raw", [False, True])
def test_hyper_rectangles_are_worth_in_every_package_what_they_say(tmp_path: Path, raw: bool) -> None:
    (tmp_path / "one.xml").write_text(rectangular(*ONE), encoding="utf-8")
    (tmp_path / "other.xml").write_text(rectangular(*OTHER), encoding="utf-8")
    scenario = read_files([tmp_path], Wishes(raw=raw)).scenario
    found = preferences(central_coding(scenario))
    bids = packages(scenario)
    assert len(bids) == 1000
    worths = found.utility(np.array(bids).T, np.zeros(len(bids), dtype=np.intp))
    for rectangles, own in zip((ONE, OTHER), worths, strict=True):
        meant = [in_rectangles(rectangles, bid, 1.0 if raw else 10.0) for bid in bids]
        assert own == pytest.approx(meant, abs=1e-12)
    assert found.reservation[:, 0].tolist() == [0.25, 0.25]
    if not raw:
        deals = sum(min(in_rectangles(r, bid, 10.0) for r in (ONE, OTHER)) >= 0.25 - 1e-9 for bid in bids)
        assert sim.analyze(scenario).as_json()["feasible_packages"] == deals
