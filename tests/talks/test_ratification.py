"""Two-level constraints (Putnam, 1988): a deal that home refuses is an outcome of its own."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.sweeps.intervals import wilson

# The sides meet in the middle: each gets 0.5 of a price of 5.
DEAL = """
format: 1
title: A deal
start: 2024-01-01
issues:
  price: {scale: {from: 0, to: 10, step: 1}, status_quo: 0}
sides: {s: {title: Sellers, decides: unanimitySIDE}}
parties:
  buyer: {positions: {price: 0}, reservation: 0.3, concession: linearBUYER}
  s1: {side: s, positions: {price: 10}, reservation: 0.3, concession: linearSELLER}
  s2: {side: s, positions: {price: 10}, reservation: 0.3, concession: linear, weight: 3}
meetings: [{id: talks, protocol: simultaneous, rounds: 9}]
"""


def deal(buyer: str = "", seller: str = "", side: str = "", more: str = "") -> Scenario:
    text = DEAL
    for mark, terms in (("BUYER", buyer), ("SELLER", seller), ("SIDE", side)):
        text = text.replace(mark, f", ratification: {terms}" if terms else "")
    return loads(text + more, "deal.yaml")


def test_without_ratification_the_outcome_is_not_among_those_there_can_be() -> None:
    assert "not_ratified" not in sim.run(deal(), worlds=5).outcomes
    assert "ratification" not in sim.run(deal(), worlds=5).as_json()


def test_with_ratification_it_is_whether_or_not_it_happens() -> None:
    told = sim.run(deal(buyer="{probability: 1}"), worlds=5).as_json()
    assert list(told["outcomes"])[-1] == "not_ratified"
    assert told["outcomes"]["agreement"]["count"] == 5
    assert told["ratification"] == {
        "signed": 5,
        "refused": {"buyer": {"count": 0, "share": 0, "low": 0, "high": wilson(0, 5)[1]}},
    }


def test_a_threshold_at_home_that_the_deal_misses_fails_it() -> None:
    assert sim.trace(deal(buyer="{threshold: 0.5}")).outcome == "agreement"
    minutes = sim.trace(deal(buyer="{threshold: 0.51}"))
    assert minutes.outcome == "not_ratified"
    assert minutes.package is None
    assert minutes.settled == []
    assert minutes.utilities == {"buyer": 0.3, "s1": 0.3, "s2": 0.3}
    assert (
        minutes.ending == "A deal was signed, but not ratified: buyer refuses it: worth 0.500, and home asks for 0.510."
    )
    note = minutes.as_json()["between"][-1]
    assert note["kind"] == "ratification"
    assert note["deal"] == {"price": "5"}
    assert note["answers"] == {"buyer": "refused"}


def test_the_threshold_can_be_told_from_the_status_quo() -> None:
    # The status quo is worth 1 to the buyer and 0 to a seller.
    assert sim.trace(deal(buyer="{threshold: status_quo}")).outcome == "not_ratified"
    assert sim.trace(deal(seller="{threshold: status_quo}")).outcome == "agreement"
    assert sim.trace(deal(seller="{threshold: {status_quo: 0.6}}")).outcome == "not_ratified"


def test_red_lines_at_home_fail_a_deal_that_crosses_them() -> None:
    assert sim.trace(deal(seller="{red_lines: {price: ['5']}}")).outcome == "not_ratified"
    assert sim.trace(deal(seller="{red_lines: {price: ['4', '6']}}")).outcome == "agreement"


def test_a_deal_passes_at_home_as_often_as_its_probability_says() -> None:
    run = sim.run(deal(buyer="{probability: 0.8}", seller="{probability: 0.5}"), worlds=2000)
    assert run.outcomes["agreement"]["share"] == pytest.approx(0.8 * 0.5, abs=0.04)
    refused = run.as_json()["ratification"]["refused"]
    assert refused["buyer"]["share"] == pytest.approx(0.2, abs=0.03)
    assert refused["s1"]["share"] == pytest.approx(0.5, abs=0.04)
    failed = run.worlds.filter(run.worlds["outcome"] == "not_ratified")
    assert (failed["refused.buyer"] | failed["refused.s1"]).all()
    assert failed["package.price"].is_null().all()


def test_who_refuses_is_told() -> None:
    refusals = sim.run(deal(buyer="{threshold: 0.6}"), worlds=3).as_json()["refusals"]
    assert refusals == [{"party": "buyer", "issue": "price", "share": 1.0}]


def test_a_side_ratifies_as_a_whole_by_the_mean_of_its_members() -> None:
    text = DEAL.replace("s1: {side: s, positions: {price: 10}", "s1: {side: s, positions: {price: 6}")
    text = text.replace("BUYER", "").replace("SELLER", "")
    # At 5 the first member has 0.9 and the second, of three times the weight, 0.5: 0.6 on the whole.
    for threshold, outcome in ((0.59, "agreement"), (0.61, "not_ratified")):
        scenario = loads(text.replace("SIDE", f", ratification: {{threshold: {threshold}}}"), "side.yaml")
        package = sim.trace(loads(text.replace("SIDE", ""), "side.yaml")).package
        assert package == {"price": "5"}
        assert sim.trace(scenario).outcome == outcome


def test_an_event_can_move_the_chances_at_home() -> None:
    event = "events: [{date: 2024-01-01, effects: {buyer.ratification.probability: {set: 0}}}]\n"
    assert sim.trace(deal(buyer="{probability: 1}", more=event)).outcome == "not_ratified"
    event = "events: [{date: 2024-01-01, effects: {sides.s.ratification.threshold: {set: 0.9}}}]\n"
    assert sim.trace(deal(side="{threshold: 0.1}", more=event)).outcome == "not_ratified"


def test_a_partial_deal_must_be_ratified_too() -> None:
    text = DEAL.replace("sides:", "  other: {options: [x, y], status_quo: x}\nsides:").replace(
        "rounds: 9}", "rounds: 9, agenda: [price]}"
    )
    text = text.replace("SIDE", "").replace("SELLER", "")
    assert sim.trace(loads(text.replace("BUYER", ""), "part.yaml")).outcome == "partial"
    assert (
        sim.trace(loads(text.replace("BUYER", ", ratification: {probability: 0}"), "part.yaml")).outcome
        == "not_ratified"
    )


COUNCIL = """
format: 1
title: A council and a partner
issues:
  price: {scale: {from: 0, to: 10, step: 1}, status_quo: 0}
sides: {council: {decides: RULE}}
parties:
  partner: {positions: {price: 0}, reservation: 0.4, concession: linear}
  a: {side: council, positions: {price: 10}, reservation: 0.3, concession: linear, ratification: {probability: A}}
  b: {side: council, positions: {price: 10}, reservation: 0.3, concession: linear, ratification: {probability: B}}
  c: {side: council, positions: {price: 10}, reservation: 0.3, concession: linear, ratification: {probability: C}}
  d: {side: council, positions: {price: 10}, reservation: 0.9, concession: linear, ratification: {probability: D}}
meetings: [{id: talks, rounds: 20}]
"""


def council(rule: str, **chances: int) -> sim.Minutes:
    text = COUNCIL.replace("RULE", rule)
    for member in "ABCD":
        text = text.replace(f"probability: {member}", f"probability: {chances.get(member, 1)}")
    return sim.trace(loads(text, "council.yaml"))


def test_who_was_outvoted_inside_its_side_is_not_asked() -> None:
    minutes = council("{quorum: 3}", D=0)
    assert minutes.outcome == "agreement"
    note = minutes.as_json()["between"][-1]
    assert note["answers"] == {"a": "ratified", "b": "ratified", "c": "ratified"}


def test_a_refusal_at_home_fails_the_deal_where_the_side_cannot_do_without() -> None:
    assert council("{quorum: 3}", B=0).outcome == "not_ratified"
    minutes = council("{quorum: 2}", B=0)
    assert minutes.outcome == "agreement"
    note = minutes.as_json()["between"][-1]
    assert note["answers"] == {"a": "ratified", "b": "refused", "c": "ratified"}
    assert "but it passes without" in note["text"]


def test_under_a_leader_only_the_leader_and_who_has_a_veto_ratify() -> None:
    assert council("{leader: a}", B=0, C=0, D=0).outcome == "agreement"
    assert council("{leader: a}", A=0).outcome == "not_ratified"
    assert council("{leader: a}, veto: [b]", B=0).outcome == "not_ratified"


MINISTERS = """
format: 1
title: Two of three are enough
issues:
  price: {scale: {from: 0, to: 10, step: 1}, status_quo: 0}
parties:
  a: {positions: {price: 2}, reservation: 0.4, concession: linear}
  b: {positions: {price: 8}, reservation: 0.6, concession: linear}
  bystander: {positions: {price: 10}, reservation: 1, ratification: {probability: 0}}
meetings: [{id: talks, protocol: PROTOCOL, rounds: 20}]
agreement: {at_least: 2, veto: [a, b]}
"""


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text, chair: {final: true}"])
def test_a_party_whose_assent_is_not_needed_voids_no_deal_at_home(protocol: str) -> None:
    run = sim.run(loads(MINISTERS.replace("PROTOCOL", protocol), "ministers.yaml"), worlds=2)
    assert run.outcomes["agreement"]["count"] == 2
