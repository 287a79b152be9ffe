"""Effects add up, and then the result is kept in its legal range."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads

TEXT = """\
format: 1
title: An event too much
clock: days
end: {days: 10}
issues:
  a: {options: [x, y, z], status_quo: y}
  b: {scale: {from: 10, to: 50, step: 10}, status_quo: 10}
sides:
  s: {decides: {quorum: 1}}
  t: {decides: {majority: 0.5}}
parties:
  P: {side: s, positions: {a: x, b: 20}, reservation: 0.1, loss: {power: 2}, walk_out: {after: 2}, discount: {day: 0.9},
      ratification: {probability: 0.5}}
  P2: {side: s, positions: {a: z}, reservation: 0.9}
  Q: {side: t, positions: {a: z}, reservation: 0.5, concession: {exponent: 2}}
meetings: [{date: {days: 5}, rounds: 3}]
events:
  - {date: {days: 1}, effects: {EFFECT}}
  - {date: {days: 2}, effects: {EFFECT}}
"""


@pytest.mark.parametrize(
    ("effect", "after_one", "after_two"),
    [
        ("s.decides.quorum: 5", 2.0, 2.0),  # as many as it has members
        ("s.decides.quorum: -5", 1.0, 1.0),
        ("s.decides.quorum: 0.3", 1.0, 2.0),  # 1.3, then 1.6, rounded half up
        ("t.decides.majority: 0.4", 0.9, 1.0),
        ("t.decides.majority: {times: -1}", 0.0, 0.5),  # the second on what the first made of the number itself
        ("P.weight: -3", 0.0, 0.0),
        ("P.positions.a: 7", 1.0, 1.0),
        ("P.positions.b: 25", 45.0, 50.0),
        ("P.salience.a: -0.6", 0.4, 0.0),
        ("P2.reservation: 0.06", 0.96, 1.0),
        ("P.loss.power: {times: 0}", 0.001, 0.001),
        ("P.walk_out.after: -4", 1.0, 1.0),
        ("P.discount.day: 0.2", 1.0, 1.0),
        ("Q.concession.exponent: -3", 0.0, 0.0),
        ("meetings.meeting_1.rounds: -9", 1.0, 1.0),
        ("meetings.meeting_1.rounds: 0.3", 3.0, 4.0),  # 3.3, then 3.6
        ("end: -4", 6.0, 2.0),
        ("P.ratification.probability: {times: -1}", 0.0, 0.5),
    ],
)
def test_a_number_is_kept_in_its_legal_range(effect: str, after_one: float, after_two: float) -> None:
    told = sim.trace(loads(TEXT.replace("EFFECT", effect))).as_json()["between"]
    changes = [one["changes"][0] for one in told if one["kind"] == "event"]
    assert [change["after"] for change in changes] == pytest.approx([after_one, after_two])


def test_a_quorum_driven_above_the_members_can_still_be_met() -> None:
    text = TEXT.replace("EFFECT", "s.decides.quorum: 5").replace("positions: {a: x, b: 20}", "positions: {a: z}")
    easy = text.replace("reservation: 0.9", "reservation: 0.1").replace("probability: 0.5", "probability: 1")
    assert sim.run(loads(easy), worlds=5).outcomes["agreement"]["count"] == 5
