"""What files compile to."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sim.scenario.bundled import bundled
from sim.scenario.loading import check, load, loads
from sim.scenario.model import Quantity, Scenario
from sim.scenario.problems import ScenarioError
from sim.scenario.quantities import quantities
from sim.scenario.template import starter

MINIMAL = """\
format: 1
title: T
issues:
  price: {scale: {from: 0, to: 10, step: 2.5}}
parties:
  a: {positions: {price: 0}, reservation: 0.3}
  b: {positions: {price: 10}, reservation: 0.3}
"""

EVERYTHING = """\
format: 1
title: Two sides, two issues
description: free text
sources: {nrc: "address or citation", book: {title: A book, url: "https://example.org"}}
start: 2022-01-10
end: 2022-02-23
worlds: 2000
issues:
  membership:
    title: Membership of new states
    options:
      - {id: barred, title: "No new members", at: 0}
      - moratorium
      - {id: open_door, at: 1}
    status_quo: open_door
  delay:
    scale: {from: 0, to: 20, step: 1, unit: years}
    status_quo: 0
sides:
  nato: {title: NATO, decides: consensus}
parties:
  USA:
    title: United States
    side: nato
    weight: 0.3
    positions: {membership: open_door}
    loss: linear
    scores: {delay: {"0": 10, "1": 9, SCORES}}
    salience: {membership: 0.9}
    red_lines: {membership: [barred]}
    reservation: 0.55
    concession: boulware
    walk_out: {after: 3}
    like: POL
  POL: {side: nato, positions: {membership: open_door, delay: 0}, source: nrc}
  RUS: {positions: {membership: barred, delay: 20}, offering: exhaustive, opponents: {noise: 0.1}, package_only: true}
meetings:
  - {id: geneva, title: Dialogue, date: 2022-01-10, venue: Geneva, parties: [USA, RUS], rounds: 4,
     protocol: alternating, agenda: [membership]}
follow_up: {after: {days: {uniform: [7, 21]}}, at_most: 6, rounds: 4}
events:
  - {date: 2022-01-17, title: Troops arrive, effects: {RUS.reservation: 0.03}, probability: 1.0}
  - {date: {days: {uniform: [30, 60]}}, title: Assault, ends: talks}
agreement: {all: true}
clock: rounds
early_harvest: true
""".replace("SCORES", ", ".join(f'"{i}": 1' for i in range(2, 21)))


def party(scenario: Scenario, name: str):  # type: ignore[no-untyped-def]
    return next(p for p in scenario.parties if p.id == name)


def test_what_is_left_out_has_its_default() -> None:
    s = loads(MINIMAL)
    assert (s.start, s.end_day.parameters, s.clock, s.early_harvest) == (date(2000, 1, 1), (366.0,), "rounds", False)
    assert s.worlds is None
    assert s.follow_up is None
    assert s.events == ()
    assert s.agreement.at_least is None
    (meeting,) = s.meetings
    assert (meeting.id, meeting.protocol, meeting.parties, meeting.agenda) == ("meeting_1", "alternating", None, None)
    assert (meeting.rounds.parameters, meeting.day.parameters) == ((10.0,), (0.0,))
    assert [(x.id, x.members, x.decides.rule, x.offering, x.opponents.kind) for x in s.sides] == [
        ("a", (0,), "consensus", "ladder", "known"),
        ("b", (1,), "consensus", "ladder", "known"),
    ]
    a = s.parties[0]
    assert a.concession.name == "time"
    assert a.concession.number("exponent").parameters == (4.0,)
    assert a.weight.parameters == a.loss.parameters == a.preferences[0].salience.parameters == (1.0,)


def test_a_file_with_every_key() -> None:
    s = loads(EVERYTHING, "full.yaml")
    assert (s.name, s.worlds, s.end_day.parameters) == ("full", 2000, (44.0,))
    assert s.sources == (("nrc", "address or citation"), ("book", "A book, https://example.org"))
    assert [o.id for o in s.issues[0].options] == ["barred", "moratorium", "open_door"]
    assert s.issues[0].options[1].at is None
    assert [o.id for o in s.issues[1].options][:3] == ["0", "1", "2"]
    assert s.issues[1].options[5].title == "5 years"
    assert [side.id for side in s.sides] == ["nato", "RUS"]
    assert s.sides[0].members == (0, 1)
    rus = s.sides[1]
    assert (rus.offering, rus.opponents.kind, rus.package_only) == ("exhaustive", "noise", True)
    assert rus.opponents.noise is not None
    assert rus.opponents.noise.path == "parties.RUS.opponents.noise"
    usa = party(s, "USA")
    assert usa.preferences[0].ideal.options == (2,)
    assert [q.parameters[0] for q in usa.preferences[1].scores][:3] == [10, 9, 1]
    assert usa.red_lines == frozenset({(0, 0)})
    assert usa.walk_out.parameters == (3.0,)
    assert (s.meetings[0].parties, s.meetings[0].agenda) == ((0, 2), (0,))
    assert s.follow_up is not None
    assert s.follow_up.after_days.kind == "uniform"
    assert s.follow_up.after_days.whole
    troops, assault = s.events
    assert troops.effects[0].path == "parties.RUS.reservation"
    assert troops.effects[0].amount.path == "events.0.effects.parties.RUS.reservation"
    assert (troops.day.parameters, assault.ends_talks, assault.day.path) == ((7.0,), True, "events.1.date.days")


def test_every_number_has_a_path_of_its_own() -> None:
    def count(value: object) -> int:
        if isinstance(value, Quantity):
            return 1
        if isinstance(value, tuple):
            return sum(map(count, value))
        if hasattr(value, "__dataclass_fields__"):
            return sum(count(getattr(value, name)) for name in value.__dataclass_fields__)
        return 0

    for text in (EVERYTHING, MINIMAL, starter("t")):
        s = loads(text)
        assert count(s) == len(quantities(s))


def test_numbers_on_a_scale_become_shares_of_it() -> None:
    def ideal(position: str, scale: str = "{from: 10, to: 30, step: 5}") -> Quantity:
        text = MINIMAL.replace("{from: 0, to: 10, step: 2.5}", scale).replace("price: 0}", f"price: {position}}}")
        text = text.replace("price: 10}", "price: 20}")
        return loads(text).parties[0].preferences[0].ideal.place

    assert ideal("15").parameters == (0.25,)
    assert ideal('"15"').parameters == (0.25,)
    assert (ideal("{uniform: [10, 20]}").kind, ideal("{uniform: [10, 20]}").parameters) == ("uniform", (0.0, 0.5))
    assert ideal("{plus_minus: [20, 4]}").parameters == (0.5, 0.2)
    assert ideal('{choice: [15, "30"]}').parameters == (0.25, 1.0)
    down = "{from: 30, to: 10, step: 5}"
    assert ideal("{triangular: [10, 20, 25]}", down).parameters == (0.25, 0.5, 1.0)
    assert ideal("{normal: [25, 2]}", down).parameters == (0.25, 0.1)
    q = ideal("15", down)
    assert (q.parameters, q.low, q.high) == ((0.75,), 0.0, 1.0)


def test_ids_of_a_scale_are_its_numbers_printed_shortest() -> None:
    assert [o.id for o in loads(MINIMAL).issues[0].options] == ["0", "2.5", "5", "7.5", "10"]
    tenths = loads(
        MINIMAL.replace("{from: 0, to: 10, step: 2.5}", "{from: 0, to: 0.5, step: 0.1}").replace(
            "price: 10}", "price: 0.3}"
        )
    )
    assert [o.id for o in tenths.issues[0].options] == ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]


def test_an_option_of_a_scale_may_be_named_by_any_form_of_its_number_and_by_nothing_else() -> None:
    def status_quo(written: str) -> int | None:
        return loads(MINIMAL.replace("step: 2.5}", f"step: 2.5}}, status_quo: {written}")).issues[0].status_quo

    for written in ("5", "5.0", '"5"', '"5.0"', "+5", "0x5", "5e0", '"5e0"'):
        assert status_quo(written) == 2
    for written in ("5_0e-1", "five", "true", '"1_0"', "nan"):
        with pytest.raises(ScenarioError, match="there is no option"):
            status_quo(written)


def test_numbers_serve_as_ids() -> None:
    text = """\
format: 1
title: T
issues:
  2024: {options: [0, 1, 2.50, no]}
parties:
  1: {scores: {2024: {0: 10, 1: 5, 2.5: 1, no: 0}}, reservation: 1}
  2: {positions: {2024: 1}, red_lines: {2024: [2.5, "no"]}, reservation: 0.1}
"""
    s = loads(text)
    assert s.issues[0].id == "2024"
    assert [o.id for o in s.issues[0].options] == ["0", "1", "2.50", "no"]  # as they are written
    assert s.parties[1].preferences[0].ideal.options == (1,)  # the option called 1, not the place at 1
    assert s.parties[1].red_lines == frozenset({(0, 2), (0, 3)})


def test_words_that_older_yaml_takes_for_booleans_are_words() -> None:
    text = "format: 1\ntitle: T\nissues: {i: {options: [no, yes, on, off]}}\n"
    text += "parties:\n  y: {positions: {i: no}, reservation: 0}\n  n: {positions: {i: off}, reservation: 0}\n"
    s = loads(text)
    assert [o.id for o in s.issues[0].options] == ["no", "yes", "on", "off"]
    assert [p.id for p in s.parties] == ["y", "n"]


def test_a_choice_of_options_is_a_choice_of_indices(sample: str, edit: Callable[..., str]) -> None:
    s = loads(edit(sample, ("{membership: open_door,", "{membership: {choice: [open_door, barred]},")))
    ideal = s.parties[0].preferences[0].ideal
    assert ideal.options == (2, 0)
    assert (ideal.place.kind, ideal.place.parameters) == ("choice", (0.0, 1.0))


def test_sides_stand_in_the_order_of_their_first_party() -> None:
    text = MINIMAL.replace("parties:", "sides: {x: {}, y: {}}\nparties:").replace("a: {", "a: {side: y, ")
    s = loads(text.replace("b: {", "b: {side: x, "))
    assert [side.id for side in s.sides] == ["y", "x"]


def test_without_a_sides_section_parties_name_their_side() -> None:
    s = loads(MINIMAL.replace("  a:", "  c: {side: team, reservation: 0}\n  a:").replace("a: {", "a: {side: team, "))
    assert [(side.id, side.members) for side in s.sides] == [("team", (0, 1)), ("b", (2,))]


def test_meetings_may_stand_in_any_order_and_need_no_ids(sample: str, edit: Callable[..., str]) -> None:
    s = loads(edit(sample, ("meetings:\n", "meetings:\n  - {date: {days: 20}}\n  - {}\n")))
    assert [(m.id, m.day.parameters[0]) for m in s.meetings] == [("meeting_1", 20), ("meeting_2", 0), ("geneva", 0)]


def test_random_days_may_lie_beyond_the_end(
    sample: str, edit: Callable[..., str], complaints: Callable[..., list[str]]
) -> None:
    assert complaints(edit(sample, ("date: 2022-01-17", "date: {days: {uniform: [30, 600]}}"))) == []


def test_whole_numbers_may_begin_where_they_round_up(sample: str, edit: Callable[..., str]) -> None:
    s = loads(edit(sample, ("rounds: 4", "rounds: {uniform: [0.5, 6.5]}")))
    assert s.meetings[0].rounds.whole


@pytest.mark.parametrize(
    ("written", "exponent"),
    [("boulware", 4), ("linear", 1), ("conceder", 0.25), ("{exponent: 2}", 2), ("{name: boulware}", 4)],
)
def test_time_policies_compile_to_an_exponent(written: str, exponent: float) -> None:
    policy = loads(MINIMAL.replace("a: {", f"a: {{concession: {written}, ")).parties[0].concession
    assert (policy.name, policy.number("exponent").parameters) == ("time", (exponent,))


@pytest.mark.parametrize(("written", "power"), [("linear", 1), ("quadratic", 2), ("{power: 1.5}", 1.5)])
def test_losses_compile_to_a_power(written: str, power: float) -> None:
    assert loads(MINIMAL.replace("a: {", f"a: {{loss: {written}, ")).parties[0].loss.parameters == (power,)


@pytest.mark.parametrize(
    ("path", "value", "target", "how", "amount"),
    [
        ("USA.reservation", "0.1", "parties.USA.reservation", "add", 0.1),
        ("parties.USA.weight", "{set: 0}", "parties.USA.weight", "set", 0.0),
        ("USA.salience.membership", "{times: 2}", "parties.USA.salience.membership", "times", 2.0),
        ("RUS.positions.delay", "-5", "parties.RUS.positions.delay", "add", -0.25),
        ("RUS.positions.delay", "{set: 5}", "parties.RUS.positions.delay", "set", 0.25),
        ("RUS.positions.delay", "{times: 0.5}", "parties.RUS.positions.delay", "times", 0.5),
        ("USA.concession.exponent", "{set: 1}", "parties.USA.concession.exponent", "set", 1.0),
        ("USA.loss.power", "1", "parties.USA.loss.power", "add", 1.0),
        ("RUS.reservation.status_quo", "{set: 0.2}", "parties.RUS.reservation.status_quo", "set", 0.2),
    ],
)
def test_effects_name_their_number_in_full(
    path: str, value: str, target: str, how: str, amount: float, sample: str, edit: Callable[..., str]
) -> None:
    (effect,) = loads(edit(sample, ("RUS.reservation: 0.03", f"{path}: {value}"))).events[0].effects
    assert (effect.path, effect.how, effect.amount.parameters) == (target, how, (amount,))
    assert effect.path in quantities(loads(sample))


@pytest.mark.parametrize(
    ("effect", "place"),
    [
        ("RUS.positions.membership: {set: moratorium}", 0.3),  # between its neighbours at 0 and 0.6
        ("RUS.positions.membership: {set: open_door}", 0.6),
        ('RUS.positions.delay: {set: "5"}', 0.25),
        ("RUS.positions.delay: {set: 5.0}", 0.25),
    ],
)
def test_an_event_may_set_a_position_to_an_option(
    effect: str, place: float, sample: str, edit: Callable[..., str]
) -> None:
    text = edit(sample, ("open_door, at: 1", "open_door, at: 0.6"), ("RUS.reservation: 0.03", effect))
    (made,) = loads(text).events[0].effects
    assert (made.how, made.amount.parameters) == ("set", (place,))


def test_effects_reach_the_rule_of_a_side(sample: str, edit: Callable[..., str]) -> None:
    text = edit(
        sample, ("decides: consensus", "decides: {quorum: 2}"), ("RUS.reservation: 0.03", "nato.decides.quorum: -1")
    )
    (effect,) = loads(text).events[0].effects
    assert effect.path == "sides.nato.decides.quorum"


def test_shared_factors_are_kept(sample: str, edit: Callable[..., str]) -> None:
    s = loads(edit(sample, ("reservation: 0.55", "reservation: {normal: [0.5, 0.1], shared: {eu: 0.4, us: 0.6}}")))
    amount = s.parties[0].reservation.amount
    assert amount.shared == (("eu", 0.4), ("us", 0.6))
    assert (amount.low, amount.high) == (0.0, 1.0)


def test_reservations_of_parties_with_scores_are_on_their_scale() -> None:
    text = MINIMAL.replace(
        "{positions: {price: 0}, reservation: 0.3}",
        "{scores: {price: {0: 9, 2.5: 7, 5: 5, 7.5: 2, 10: 0}}, reservation: 6}",
    )
    assert loads(text).parties[0].reservation.amount.parameters == (6.0,)


def test_warnings_tell_what_is_odd(tmp_path: Path, sample: str, edit: Callable[..., str]) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(
        edit(
            sample,
            ("positions: {membership: open_door, delay: 0}", "positions: {membership: open_door}"),
            ("salience: {membership: 0.9}", "salience: {delay: 0.9}"),
            ("decides: consensus", "decides: {leader: POL}"),
        )
    )
    errors, warnings = check(file)
    assert errors == ()
    assert [str(w).removeprefix(str(file)) for w in warnings] == [
        ":22:16: salience on the issue 'delay' has no effect: no position and no scores there",
        ":27:5: uncertain numbers in positions have no source (give one, or `source: assumed`)",
        ":30:5: the side 'nato' can decide nothing in 'geneva': its leader is absent",
    ]


def test_a_beta_on_a_scale_is_odd(tmp_path: Path, sample: str, edit: Callable[..., str]) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(edit(sample, ("{plus_minus: [20, 3]}", "{beta: [2, 3], source: assumed}")))
    assert "beta lies between 0 and 1 for the position on 'delay', not anywhere on its scale" in [
        w.message for w in check(file)[1]
    ]


def test_a_quorum_that_falls_to_who_is_in_a_meeting_is_odd(
    tmp_path: Path, sample: str, edit: Callable[..., str]
) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(edit(sample, ("decides: consensus", "decides: {quorum: 2}")))
    assert [w.message for w in check(file)[1]][1:] == [
        "the quorum of the side 'nato' is 2, but of its members only 1 is in 'geneva', where that many are enough"
    ]


def test_bundled_scenarios_load_by_name() -> None:
    assert bundled()
    for name in bundled():
        assert load(name).name == name


def test_a_bundled_name_misspelt() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("price_hagle")
    assert str(caught.value) == (
        "price_hagle: there is no such file, nor a bundled scenario of this name; did you mean 'price_haggle'?"
    )


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("elsewhere/price_haggle.yaml", "'price_haggle' is the name of a bundled scenario"),
        ("elsewhere/price_hagle.yaml", "did you mean 'price_haggle'?"),
    ],
)
def test_the_file_of_a_bundled_scenario_named_where_it_is_not(file: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert str(caught.value) == f"{file}: there is no such file; {hint}"


def test_the_oracle_cases_load(shared: Path) -> None:
    cases = sorted((shared / "oracles" / "rules").glob("*.yaml"))
    assert len(cases) == 90
    for case in [*cases, shared / "data" / "scorable_base.yaml"]:
        assert load(case).name == case.stem


def test_a_scenario_and_its_error_travel_between_processes(sample: str) -> None:
    s = loads(sample)
    assert pickle.loads(pickle.dumps(s)) == s
    with pytest.raises(ScenarioError) as caught:
        loads("format: 1", "f.yaml")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_large_file_loads_fast() -> None:
    issues = "".join(f"  issue_{i}: {{options: [a, b, c, d], status_quo: a}}\n" for i in range(13))
    wants = ", ".join(f"issue_{i}: {{plus_minus: [0.5, 0.1], shared: {{allies: 0.5}}}}" for i in range(13))
    members = "".join(f"  P{p}: {{side: s{p == 30}, positions: {{{wants}}}, reservation: 0.5}}\n" for p in range(31))
    text = f"format: 1\ntitle: Large\nissues:\n{issues}parties:\n{members}"
    loads(text)
    begin = time.process_time()
    loads(text)
    assert time.process_time() - begin < 2.0  # about 0.2 s; a slow machine may take longer


def test_an_effect_on_a_position_may_stand_where_the_position_is_an_option() -> None:
    s = loads(
        """
format: 1
title: t
issues: {a: {options: [x, y, z], status_quo: x}}
parties: {p: {positions: {a: z}}, q: {positions: {a: x}}}
events: [{date: 2000-02-01, effects: {p.positions.a: {set: 0.5}, q.reservation: {times: 0.5}}}]
""",
        "t",
    )
    assert [effect.path for effect in s.events[0].effects] == ["parties.p.positions.a", "parties.q.reservation"]
