"""Councils as they vote, held against their treaties over coalitions."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from rules import councils
from rules.councils import MILLIONS_2008, MILLIONS_2020, PERMANENT, SECURITY_COUNCIL, VOTES

from sim.analysis.game import Game, central_game
from sim.analysis.programme import deals
from sim.analysis.zone import can_stop, deal
from sim.arrays.kinds import Bools
from sim.parties.council import Council, council
from sim.scenario.loading import loads
from sim.worlds.coding import central_coding

NICE = "{at_least: 14, majority: [{of: votes, reach: 255}, {of: inhabitants, share: 0.62}]}"
LISBON = "{at_least: 15, majority: {of: inhabitants, share: 0.65}, blocking: 4}"
VETOES = f"{{at_least: 9, majority: {{of: members, share: 0.6}}, veto: [{', '.join(PERMANENT)}]}}"


def nice() -> str:
    own = {one: f"votes: {VOTES[one]}, weights: {{inhabitants: {MILLIONS_2008[one]}}}" for one in VOTES}
    return councils.scenario(VOTES, NICE, own=own)


def lisbon(within: bool = False) -> str:
    own = {one: f"weights: {{inhabitants: {of}}}" for one, of in MILLIONS_2020.items()}
    if not within:
        return councils.scenario(MILLIONS_2020, LISBON, own=own)
    rules = LISBON.replace("at_least", "quorum").replace("}, blocking", "}, holding_out: abstains, blocking")
    return councils.scenario(MILLIONS_2020, f"{{decides: {rules}}}", "side", own)


def council_in(text: str) -> Council:
    scenario = loads(text)
    found = council(scenario, central_coding(scenario), slice(None))
    assert found is not None
    return found


def coalitions(members: int, number: int) -> Bools:
    """Some at random, more of those of which it is not clear whether they carry anything; (coalitions, members)."""
    luck = np.random.default_rng(7)
    share = luck.uniform(0.4, 1.0, size=(number, 1))
    return np.asarray(luck.random((number, members)) < share)


def decided(game: Game, yes: Bools) -> Bools:
    """Whether the analysis takes these coalitions (coalitions, members) for enough."""
    return np.asarray(deal(game, list(yes.T)))


@pytest.mark.parametrize(
    ("text", "rule", "members"),
    [(nice(), councils.nice, VOTES), (lisbon(), councils.lisbon, MILLIONS_2020)],
    ids=["Nice", "Lisbon"],
)
def test_the_council_of_the_union_carries_what_its_treaty_says(text: str, rule, members: dict[str, float]) -> None:  # type: ignore[no-untyped-def]
    names, yes = list(members), coalitions(len(members), 2000)
    wanted = np.array([rule([name for name, one in zip(names, row, strict=True) if one]) for row in yes])
    assert 200 < wanted.sum() < 1800
    found = council_in(text)
    assert found.agrees(yes.T, ~yes.T).tolist() == wanted.tolist()
    assert decided(central_game(loads(text)), yes).tolist() == wanted.tolist()


def test_three_large_members_block_nothing_by_lisbon_and_a_fourth_does() -> None:
    names, found = list(MILLIONS_2020), council_in(lisbon())

    def carried(against: tuple[str, ...]) -> bool:
        yes = np.array([[one not in against] for one in names])
        return bool(found.agrees(yes, ~yes)[0])

    assert sum(MILLIONS_2020[one] for one in ("DE", "FR", "IT")) > 0.35 * sum(MILLIONS_2020.values())
    assert carried(("DE", "FR", "IT"))
    assert not carried(("DE", "FR", "IT", "MT"))
    assert not any(carried((*three, "MT")) for three in [("DE", "FR", "ES"), ("DE", "FR", "PL")])
    assert all(carried(three) for three in combinations(names[:6], 3))


def test_a_side_that_agrees_within_itself_votes_as_the_council_does() -> None:
    yes = coalitions(len(MILLIONS_2020), 300)
    within, across = council_in(lisbon(within=True)), council_in(lisbon())
    assert within.agrees(yes.T, ~yes.T).tolist() == across.agrees(yes.T, ~yes.T).tolist()


def test_the_security_council_passes_nine_votes_without_a_veto_and_an_abstention_is_none() -> None:
    found = council_in(councils.scenario(SECURITY_COUNCIL, VETOES))
    votes = [
        (*great, *("y" * small), *("n" * (10 - small))) for great in product("yan", repeat=5) for small in range(11)
    ]
    cast = np.array(votes).T
    agreed = found.agrees(cast == "y", cast == "n").tolist()
    for one, passed in zip(votes, agreed, strict=True):
        names = [[who for who, vote in zip(SECURITY_COUNCIL, one, strict=True) if vote == by] for by in "yn"]
        assert passed == councils.security_council(*names)


def test_a_consensus_by_silence_is_stopped_by_any_member_and_asks_for_half_of_the_weight() -> None:
    members = ["a", "b", "c", "d"]
    found = council_in(councils.scenario(members, "{decides: consensus}", "side"))
    for votes in product("yan", repeat=4):
        yes, no = np.array([[v == "y"] for v in votes]), np.array([[v == "n"] for v in votes])
        assert bool(found.agrees(yes, no)[0]) == ("n" not in votes and votes.count("y") >= 2)


def test_who_has_no_vote_counts_for_nothing() -> None:
    own = {"observer": "votes: none"}
    found = council_in(councils.scenario(["a", "b", "observer"], "{all: true}", own=own))
    for votes in product([False, True], repeat=3):
        yes = np.array(votes)[:, None]
        assert bool(found.agrees(yes, ~yes)[0]) == (votes[0] and votes[1])
    game = central_game(loads(councils.scenario(["a", "b", "observer"], "{all: true}", own=own)))
    assert can_stop(game).tolist() == [True, True, False]


def test_integer_programming_finds_a_deal_exactly_where_a_coalition_carries_it() -> None:
    """Who is against wants no text at all, so that the programme must do without just these."""
    names = ["DE", "FR", "IT", "ES", "PL", "RO", "NL"]
    own = {one: f"weights: {{inhabitants: {MILLIONS_2020[one]}}}" for one in names}
    rules = "{at_least: 4, majority: {of: inhabitants, share: 0.7}, blocking: 2}"
    whole = sum(MILLIONS_2020[one] for one in names)
    for against in [("DE",), *combinations(names[:4], 2), ("FR", "RO"), ("PL", "RO", "NL"), ("IT", "RO", "NL")]:
        left = [one for one in names if one not in against]
        wanted = len(against) < 2 or (len(left) >= 4 and sum(MILLIONS_2020[one] for one in left) >= 0.7 * whole)
        stated = {
            one: own[one] + (", red_lines: {text: [none, weak, strong]}" if one in against else "") for one in names
        }
        model = deals(central_game(loads(councils.scenario(names, rules, own=stated))))
        values, _, settled = model.programme.solve({}, 10.0)
        assert settled
        assert (values is not None) == wanted, against
