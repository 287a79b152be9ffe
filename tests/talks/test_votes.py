"""Votes as they are cast on what is settled: the tally by party, who abstains and who is outvoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from rules.councils import MILLIONS_2008, PERMANENT, VOTES, security_council

import sim
from sim.report.minutes.text import lines
from sim.report.words.divisions import divisions
from sim.scenario.loading import load, loads
from sim.trace.remarks import Divided

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
ISO = {"CHN": "China", "FRA": "France", "RUS": "Russia", "GBR": "UK", "USA": "US"}
"""Permanent members, as `rules.councils` calls them."""


def libya(*changes: str) -> sim.Scenario:
    return load(str(EXAMPLES / "libya_2011.yaml"), changes)


def test_resolution_1973_passes_with_ten_votes_and_five_abstentions() -> None:
    minutes = sim.trace(libya())
    assert minutes.package == {"measures": "all_means"}
    vote = dict(next(one for one in minutes.meetings[0].remarks if isinstance(one, Divided)).votes)
    assert {party for party, word in vote.items() if word == "abstained"} == {"BRA", "CHN", "DEU", "IND", "RUS"}
    assert sum(word == "for" for word in vote.values()) == 10
    told = " ".join(str(line) for line in lines(minutes))
    assert "5 abstaining (Brazil, China, Germany, India and Russia)" in told
    assert minutes.as_json()["meetings"][0]["votes"] == [vote]


def test_one_who_cannot_live_with_it_is_outvoted_and_with_a_veto_stops_it() -> None:
    against = "parties.RUS.reservation=0.6"
    stopped = sim.trace(libya(against))
    assert stopped.package != {"measures": "all_means"}
    without = sim.trace(libya(against, "agreement.veto=[CHN, FRA, GBR, USA]"))
    assert without.package == {"measures": "all_means"}
    vote = dict(without.meetings[0].remarks[-1].votes)  # type: ignore[union-attr]
    assert vote["RUS"] == "against"
    assert "1 against it, and outvoted (Russia)" in " ".join(str(line) for line in lines(without))
    outvoted = sim.trace(libya("parties.IND.reservation=0.6"))
    assert outvoted.package == {"measures": "all_means"}


def test_every_vote_of_a_run_carries_by_the_rule() -> None:
    results = sim.run(libya(), worlds=40, seed=2)
    rows = results.worlds.to_dicts()
    assert {row["outcome"] for row in rows} >= {"agreement"}
    for row in rows:
        votes = {key.removeprefix("vote."): vote for key, vote in row.items() if key.startswith("vote.")}
        if row["outcome"] != "agreement":
            assert set(votes.values()) == {None}
            continue
        cast = [[ISO.get(p, p) for p, word in votes.items() if word == by] for by in ("for", "against")]
        assert security_council(*cast)
        assert not set(cast[1]) & set(PERMANENT)
    counted = results.as_json()["votes"]
    deals = sum(row["outcome"] == "agreement" for row in rows)
    assert counted["FRA"]["for"]["count"] == deals
    assert counted["RUS"]["abstained"]["count"] == sum(row["vote.RUS"] == "abstained" for row in rows)
    assert "Abstained: " in divisions(results.scenario, results.summary)


def test_the_council_of_the_union_carries_the_regulation_by_three_majorities() -> None:
    results = sim.run(load(str(EXAMPLES / "car_emissions_2008.yaml")), worlds=4, seed=1)
    deals = results.worlds.filter(results.worlds["outcome"] == "agreement").to_dicts()
    assert deals
    for row in deals:
        yes = [name for name in VOTES if row[f"vote.{name}"] == "for"]
        inhabitants = sum(MILLIONS_2008[name] for name in yes) / sum(MILLIONS_2008.values())
        assert len(yes) >= 14
        assert sum(VOTES[name] for name in yes) >= 255
        assert inhabitants >= 0.62
        assert row["vote.COM"] == "no_vote"


WITHIN = """
format: 1
title: A side that decides by vote
issues: {price: {options: [low, mid, high], status_quo: low}}
sides: {sellers: {decides: {majority: {of: votes, share: 0.6}, holding_out: abstains}}}
parties:
  a: {side: sellers, weight: 5, positions: {price: high}, votes: 3}
  b: {side: sellers, positions: {price: mid}, reservation: 0.8, votes: 1}
  c: {side: sellers, positions: {price: low}, votes: none}
  buyer: {scores: {price: {low: 0, mid: 1, high: 0.9}}, reservation: 0.0, concession: conceder}
"""


@pytest.mark.parametrize(("share", "price"), [("0.6", "high"), ("0.8", "mid")])
def test_members_of_a_side_vote_by_their_votes(share: str, price: str) -> None:
    minutes = sim.trace(loads(WITHIN.replace("0.6", share)))
    assert minutes.package == {"price": price}
    vote = dict(minutes.meetings[0].remarks[-1].votes)  # type: ignore[union-attr]
    assert vote["a"] in ("for", "abstained")
    assert vote["b"] == ("against" if price == "high" else "for")
    assert vote["c"] == "no_vote"
    told = " ".join(str(line) for line in lines(minutes))
    assert "c objects" not in told  # nobody asks it


def test_a_file_that_does_not_say_how_votes_are_counted_tells_none() -> None:
    results = sim.run(load("price_haggle"), worlds=3)
    assert "votes" not in results.as_json()
    assert not [name for name in results.worlds.columns if name.startswith("vote.")]
