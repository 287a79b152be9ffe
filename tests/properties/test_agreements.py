"""What is agreed is acceptable to those who agree; where nothing is, nothing is agreed; who has come down, agrees."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hypothesis import assume, event, given
from hypothesis import strategies as st
from plain import Package, PlainWorld
from strategies import CERTAIN, WHOLE_FORMAT, Plain, load_plain, patient, scenarios

import sim
from sim.scenario.model import Scenario
from sim.trace.minutes import MeetingMinutes, Minutes

WORLDS = range(4)
FEW_EFFECTS = WHOLE_FORMAT.but(effects=False)
ONE_SITTING = CERTAIN.but(effects=False, ending_events=False, parts=False, harvest=False, meetings=1)


def codes(scenario: Scenario, package: dict[str, str]) -> Package:
    return tuple(issue.index(package[issue.id]) for issue in scenario.issues)


def as_it_went(minutes: Minutes, seed: int = 0) -> Iterator[tuple[MeetingMinutes, PlainWorld]]:
    """The meetings, each with the world as it was then."""
    world = PlainWorld(minutes.scenario, minutes.world, seed)
    events = {event.title: event for event in minutes.scenario.events}
    for entry in minutes.entries:
        if isinstance(entry, MeetingMinutes):
            yield entry, world
        elif entry.kind == "event":
            world.happens(events[entry.title])


@given(scenarios())
@patient(100)
def test_sides_offer_and_accept_only_what_is_acceptable_to_them(plain: Plain) -> None:
    scenario = load_plain(plain)
    party = {one.id: p for p, one in enumerate(scenario.parties)}
    side = {one.id: s for s, one in enumerate(scenario.sides)}
    for k in WORLDS:
        for meeting, world in as_it_went(sim.trace(scenario, k)):
            present = {party[name] for name in meeting.present}
            seen = set()
            for move in (move for one in meeting.rounds for move in one.moves):
                if move.act in ("offer", "counter", "accept"):
                    assert move.package is not None
                    seen.add((side[move.side], codes(scenario, move.package)))
            for s, package in seen:
                assert world.acceptable(s, package, present)
                assert not any(world.crosses(p, package) for p in world.stoppers(s) & present)


@given(scenarios())
@patient(100)
def test_an_agreement_is_acceptable_to_all_whole_sides_that_it_needs(plain: Plain) -> None:
    scenario = load_plain(plain)
    for k in WORLDS:
        minutes = sim.trace(scenario, k)
        event(minutes.outcome)
        if minutes.outcome != "agreement":
            continue
        assert minutes.package is not None
        package = codes(scenario, minutes.package)
        last, world = next(
            (meeting, world) for meeting, world in as_it_went(minutes) if meeting is minutes.meetings[-1]
        )
        assert world.signed_by_enough(package)
        for s in assenting(scenario, last):
            crossed = set().union(*(world.red_lines(p) for p in world.stoppers(s)))
            assert not crossed & set(enumerate(package))


def assenting(scenario: Scenario, last: MeetingMinutes) -> set[int]:
    """The sides whose assent was counted for an agreement made in a meeting; where it takes all, all."""
    if scenario.agreement.at_least is None:
        return set(range(len(scenario.sides)))
    assented: set[str] = set()
    for move in (move for one in last.rounds for move in one.moves):
        if move.act in ("offer", "counter"):
            assented = {move.side}
        elif move.act == "accept":
            assented.add(move.side)
    harvested = scenario.early_harvest
    return set() if harvested else {s for s, side in enumerate(scenario.sides) if side.id in assented}


@given(scenarios(FEW_EFFECTS))
@patient(100)
def test_an_empty_zone_of_agreement_never_ends_in_a_deal(plain: Plain) -> None:
    scenario = load_plain(plain)
    deals = sim.run(scenario, worlds=8).worlds[f"package.{scenario.issues[0].id}"].is_not_null()
    for k, deal in enumerate(deals):
        if deal:
            assert PlainWorld(scenario, k).zone()


@given(scenarios(FEW_EFFECTS))
@patient(100)
def test_what_is_agreed_or_settled_lies_in_the_zone_of_agreement(plain: Plain) -> None:
    scenario = load_plain(plain)
    names = [f"package.{issue.id}" for issue in scenario.issues]
    ids = [issue.id for issue in scenario.issues]
    for row in sim.run(scenario, worlds=8).worlds.iter_rows(named=True):
        if row[names[0]] is None:
            assert row["outcome"] not in ("agreement", "partial")
            continue
        world = PlainWorld(scenario, row["world"])
        package = codes(scenario, dict(zip(ids, (row[name] for name in names), strict=True)))
        assert world.signed_by_enough(package)
        for p, party in enumerate(scenario.parties):
            assert math.isclose(row[f"utility.{party.id}"], world.utility(p, package), abs_tol=1e-9)


@st.composite
def on_common_ground(draw: st.DrawFn) -> Plain:
    """Two parties who want the same on the first issue, but are far from each other on the others."""
    issues, wants = ["I0", "I1", "I2"], {"P0": [1, 0, 0], "P1": [1, 1, 1]}
    weights = st.lists(st.integers(1, 5), min_size=3, max_size=3)
    return {
        "format": 1,
        "title": "Generated",
        "issues": {
            name: {"options": [f"{name}o0", f"{name}o1"], "status_quo": f"{name}o{draw(st.integers(0, 1))}"}
            for name in issues
        },
        "parties": {
            party: {
                "positions": dict(zip(issues, ideals, strict=True)),
                "salience": dict(zip(issues, draw(weights), strict=True)),
                "reservation": draw(st.integers(0, 10)) / 10,
            }
            for party, ideals in wants.items()
        },
        "meetings": [{"rounds": draw(st.integers(1, 2))}],
        "early_harvest": True,
    }


@given(on_common_ground())
@patient(80)
def test_what_is_settled_by_itself_is_acceptable_with_the_rest_at_the_status_quo(plain: Plain) -> None:
    scenario = load_plain(plain)
    minutes = sim.trace(scenario)
    event(minutes.outcome)
    package, world = minutes.package, PlainWorld(scenario)
    if minutes.outcome == "partial":
        held = codes(scenario, package or {})
        settled = [j for j, one in enumerate(held) if one != world.status_quo()[j]]
        assert all(world.settles(side, held, settled) for side in (0, 1))
    elif package is not None:
        assert world.signed_by_enough(codes(scenario, package))
    elif len(minutes.last_offers) == 2:
        quo = {issue: entry["status_quo"] for issue, entry in plain["issues"].items()}
        alone = {**quo, "I0": "I0o1"}
        common = all(offer["I0"] == "I0o1" for offer in minutes.last_offers.values())
        settles = all(world.settles(side, codes(scenario, alone), [0]) for side in (0, 1))
        assert quo["I0"] == "I0o1" or not common or not settles


@given(scenarios(FEW_EFFECTS))
@patient(60)
def test_without_a_deal_everybody_has_the_reservation_value(plain: Plain) -> None:
    scenario = load_plain(plain)
    for row in sim.run(scenario, worlds=8).worlds.iter_rows(named=True):
        if row[f"package.{scenario.issues[0].id}"] is None:
            world = PlainWorld(scenario, row["world"])
            for p, party in enumerate(scenario.parties):
                assert math.isclose(row[f"utility.{party.id}"], world.reservation(p), abs_tol=1e-9)


def all_come_down(plain: Plain, by_clock: bool, rounds: int = 3) -> Plain:
    """The same with aspirations down at the reservation values: no patience at all, or a meeting at the very end."""
    parties = plain["parties"]
    if not by_clock:
        parties = {name: {**party, "concession": {"exponent": 0}} for name, party in parties.items()}
    day = plain["end"]["days"] if by_clock else 0
    clock = "days" if by_clock else "rounds"
    return {**plain, "parties": parties, "clock": clock, "meetings": [{"date": {"days": day}, "rounds": rounds}]}


@given(scenarios(ONE_SITTING.but(sides=(2, 2), members=(1, 1), red_lines=False)), st.booleans())
@patient(150)
def test_two_parties_that_have_come_down_agree_if_a_rung_is_acceptable_to_both(plain: Plain, by_clock: bool) -> None:
    for voice in [*plain["parties"].values(), *plain.get("sides", {}).values()]:
        voice.pop("offering", None)
    scenario = load_plain(all_come_down(plain, by_clock))
    world = PlainWorld(scenario)
    rungs = [rung for side in (0, 1) for rung in world.ladder(side)]
    possible = any(world.acceptable(0, rung) and world.acceptable(1, rung) for rung in rungs)
    event(f"possible: {possible}")
    needs_both = scenario.agreement.at_least is None or world.values[scenario.agreement.at_least.path] == 2
    outcome = sim.trace(scenario).outcome
    if possible:
        assert outcome == "agreement"
    elif needs_both and not world.zone():
        assert outcome != "agreement"


@given(scenarios(ONE_SITTING), st.booleans())
@patient(150)
def test_sides_that_have_come_down_agree_if_all_accept_the_last_rung_of_the_first_to_act(
    plain: Plain, by_clock: bool
) -> None:
    for voice in [*plain["parties"].values(), *plain.get("sides", {}).values()]:
        voice.pop("offering", None)
    scenario = load_plain(all_come_down(plain, by_clock, rounds=1))
    world = PlainWorld(scenario)
    rungs = [rung for rung in world.ladder(0) if world.acceptable(0, rung)]
    assume(rungs)
    possible = all(world.acceptable(s, rungs[-1]) for s in range(len(scenario.sides)))
    event(f"possible: {possible}")
    if possible:
        minutes = sim.trace(scenario)
        assert minutes.outcome == "agreement"
        assert minutes.package is not None
        assert codes(scenario, minutes.package) == rungs[-1]
