"""Any number may be a distribution: what is drawn is what the file says, and so is the central value."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

from sim.scenario.loading import loads
from sim.scenario.model import Quantity, Scenario
from sim.scenario.problems import ScenarioError
from sim.scenario.quantities import quantities
from sim.worlds.coding import central_coding, draw_coding
from sim.worlds.draws import central, draw

WORLDS = np.arange(4000)

# Every kind of number in one file, each with the value that `filled` replaces.
PLACES = {
    "issues.a.options.y.at": ("at: 0.5", 0.0, 1.0),
    "parties.P.weight": ("weight: 1", 0.0, math.inf),
    "parties.P.positions.a": ("a: x,", 0.0, 1.0),
    "parties.P.salience.a": ("a: 0.7", 0.0, math.inf),
    "parties.P.reservation": ("reservation: 0.3", 0.0, 1.0),
    "parties.P.loss.power": ("power: 2", 0.001, 100.0),
    "parties.P.concession.exponent": ("exponent: 3", 0.0, math.inf),
    "parties.P.walk_out.after": ("walk_out: {after: 2", 1.0, math.inf),
    "parties.Q.reservation.status_quo": ("status_quo: 0.05", -math.inf, math.inf),
    "parties.R.scores.c.m": ("m: 1.5", -math.inf, math.inf),
    "parties.R.reservation": ("reservation: 0.5", -math.inf, math.inf),
    "parties.R.opponents.noise": ("noise: 0.1", 0.0, math.inf),
    "sides.s.decides.quorum": ("quorum: 2", 1.0, 3.0),
    "sides.t.decides.majority": ("majority: 0.6", 0.0, 1.0),
    "end.days": ("end: {days: 90", 0.0, 1e6),
    "meetings.m.date.days": ("date: {days: 3", 0.0, 1e6),
    "meetings.m.rounds": ("rounds: 4", 1.0, 1e5),
    "follow_up.after.days": ("follow_up: {after: {days: 7", 1.0, 1e6),
    "follow_up.at_most": ("at_most: 6", 0.0, 1e6),
    "follow_up.rounds": ("rounds: 5", 1.0, 1e5),
    "events.e.date.days": ("date: {days: 9", 0.0, 1e6),
    "events.e.probability": ("probability: 0.4", 0.0, 1.0),
    "events.e.effects.parties.P.reservation": ("P.reservation: 0.02", -math.inf, math.inf),
    "events.e.effects.parties.Q.weight": ("Q.weight: {set: 1.25", 0.0, math.inf),
    "events.e.effects.parties.Q.salience.a": ("Q.salience.a: {times: 1.5", -math.inf, math.inf),
    "agreement.at_least": ("at_least: 2", 1.0, 3.0),
}
WHOLE = {p for p in PLACES if p.endswith(("days", "rounds", "after", "at_most", "quorum", "at_least"))}
FILE = """\
format: 1
title: Every kind of number
start: 2022-01-01
end: {days: 90}
issues:
  a: {options: [x, {id: y, at: 0.5}, z], status_quo: x}
  b: {scale: {from: 0, to: 20, step: 5, unit: years}, status_quo: 0}
  c: {options: [l, m, n], status_quo: l}
sides:
  s: {decides: {quorum: 2}}
  t: {decides: {majority: 0.6}}
parties:
  P: {side: s, weight: 1, positions: {a: x, b: 5}, salience: {a: 0.7}, reservation: 0.3, loss: {power: 2},
      concession: {exponent: 3}, walk_out: {after: 2}}
  Q: {side: s, positions: {a: z, b: 20}, reservation: {status_quo: 0.05}}
  Q2: {side: s, positions: {a: z}}
  R: {scores: {c: {l: 1, m: 1.5, n: 2}}, reservation: 0.5, opponents: {noise: 0.1}}
  T: {side: t, positions: {a: y}}
meetings:
  - {id: m, date: {days: 3}, rounds: 4}
follow_up: {after: {days: 7}, at_most: 6, rounds: 5}
events:
  - {id: e, date: {days: 9}, probability: 0.4,
     effects: {P.reservation: 0.02, Q.weight: {set: 1.25}, Q.salience.a: {times: 1.5}}}
agreement: {at_least: 2}
"""


def filled(path: str, number: str) -> Scenario:
    """The file with `number` at the path."""
    written = PLACES[path][0]
    assert FILE.count(written) == 1, written
    key, _, value = written.rpartition(" ")
    return loads(FILE.replace(written, f"{key} {number}" + "," * value.endswith(",")))


def drawn(quantity: Quantity) -> np.ndarray:
    return draw([quantity], 7, WORLDS)[quantity.path]


@cache
def span(path: str) -> tuple[float, float]:
    """Two numbers between which the number at the path may lie, with room between them."""
    _, low, high = PLACES[path]
    low = max(low, -1.0)
    return low, min(high, low + 3.0)


KINDS = ["uniform", "triangular", "normal", "plus_minus", "beta", "choice"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", PLACES)
def test_any_number_takes_any_distribution(path: str, kind: str) -> None:
    low, high = span(path)
    least, most = PLACES[path][1:]
    mode = low + (high - low) * 0.4
    wide = high - low
    if kind == "beta" and least > 0:
        with pytest.raises(ScenarioError, match="can fall to 0"):
            filled(path, "{beta: [2, 3]}")
        return
    written, law = {
        "uniform": (f"[{low}, {high}]", stats.uniform(low, wide)),
        "triangular": (f"[{low}, {mode}, {high}]", stats.triang(0.4, low, wide)),
        "normal": (f"[{mode}, {wide}]", stats.norm(mode, wide)),
        "plus_minus": (f"[{mode}, {wide}]", stats.uniform(mode - wide, 2 * wide)),
        "beta": ("[2, 3]", stats.beta(2, 3)),
        "choice": (f"[{high}, {low}, {mode}]", None),
    }[kind]
    quantity = quantities(filled(path, f"{{{kind}: {written}, shared: {{luck: 0.5}}}}"))[path]
    values = drawn(quantity)
    whole = path in WHOLE
    if law is None:
        first, *others = [math.floor(x + 0.5) if whole else x for x in (high, low, mode)]
        assert central(quantity) == pytest.approx(first)
        assert set(np.round(values, 9)) == {round(x, 9) for x in (first, *others)}
        return
    clipped = np.clip(law.ppf((np.arange(2000) + 0.5) / 2000), least, most)  # as it should be, evenly spaced
    expected = np.floor(clipped + 0.5) if whole else clipped
    median = float(np.clip(law.median(), least, most))
    assert central(quantity) == pytest.approx(math.floor(median + 0.5) if whole else median)
    assert values.min() >= least
    assert values.max() <= most
    assert stats.ks_2samp(values, expected).statistic < 0.05


@pytest.mark.parametrize(
    ("scale", "written", "low", "high"),
    [
        ("{from: 0, to: 20, step: 5, unit: years}", "{uniform: [5, 15]}", 0.25, 0.75),
        ("{from: 20, to: 0, step: 5, unit: years}", "{uniform: [5, 10]}", 0.5, 0.75),
        ("{from: 0, to: 20, step: 5, unit: years}", "{plus_minus: [20, 10]}", 0.5, 1.0),
        ("{from: 0, to: 20, step: 5, unit: years}", "{beta: [1, 1]}", 0.0, 0.05),
        ("{from: 20, to: 0, step: 5, unit: years}", "{beta: [1, 1]}", 0.95, 1.0),
        ("{from: -10, to: 10, step: 5, unit: years}", "{choice: [-10, 5]}", 0.0, 0.75),
    ],
)
def test_on_a_scale_it_is_drawn_in_the_units_of_the_scale(scale: str, written: str, low: float, high: float) -> None:
    text = FILE.replace("{from: 0, to: 20, step: 5, unit: years}", scale).replace("b: 5}", f"b: {written}}}")
    text = text.replace("b: 20}", "b: 10}")
    values = drawn(quantities(loads(text))["parties.P.positions.b"])
    assert (values.min(), values.max()) == pytest.approx((low, high), abs=0.005)


def test_a_skewed_beta_keeps_its_side_on_a_descending_scale() -> None:
    for scale, share in (("from: 0, to: 20", 0.0), ("from: 20, to: 0", 1.0)):
        text = FILE.replace("from: 0, to: 20", scale).replace("b: 5}", "b: {beta: [2, 8]}}")
        values = drawn(quantities(loads(text))["parties.P.positions.b"])
        assert np.median(abs(values - share) * 20) == pytest.approx(stats.beta(2, 8).median(), abs=0.01)


def test_whole_numbers_round_half_up() -> None:
    values = drawn(quantities(filled("meetings.m.rounds", "{choice: [1.5, 2.5, 0.5]}"))["meetings.m.rounds"])
    assert set(values) == {1.0, 2.0, 3.0}
    assert central(quantities(filled("follow_up.at_most", "{uniform: [0, 3]}"))["follow_up.at_most"]) == 2.0


def correlated(*shared: str) -> tuple[float, np.ndarray]:
    """Correlation of the normal scores of the numbers of two parties, and the numbers of the first."""
    text = FILE
    for old, one in zip(("reservation: 0.3", "weight: 1"), shared, strict=True):
        text = text.replace(old, f"{old.partition(':')[0]}: {one}")
    found = quantities(loads(text))
    one, other = drawn(found["parties.P.reservation"]), drawn(found["parties.P.weight"])
    scores = [stats.norm.ppf((stats.rankdata(x) - 0.5) / len(x)) for x in (one, other)]
    return float(np.corrcoef(*scores)[0, 1]), one


@pytest.mark.parametrize(
    ("one", "other", "r"),
    [
        ("{uniform: [0, 1], shared: {F: 0.6}}", "{triangular: [0, 1, 5], shared: {F: 0.6}}", 0.6),
        ("{uniform: [0, 1], shared: {F: 1}}", "{beta: [2, 5], shared: {F: 1}}", 1.0),
        ("{uniform: [0, 1], shared: {F: 0.9}}", "{normal: [9, 1], shared: {F: 0.4}}", 0.6),
        ("{uniform: [0, 1], shared: {F: 0.3, G: 0.5}}", "{normal: [9, 1], shared: {G: 0.5, F: 0.3}}", 0.8),
        ("{uniform: [0, 1], shared: {F: 0.9}}", "{normal: [9, 1], shared: {G: 0.9}}", 0.0),
        ("{uniform: [0, 1]}", "{uniform: [0, 1]}", 0.0),
    ],
)
def test_two_numbers_that_share_a_factor_correlate_by_r(one: str, other: str, r: float) -> None:
    found, values = correlated(one, other)
    assert found == pytest.approx(r, abs=0.04)
    assert stats.kstest(values, "uniform").statistic < 0.04  # and each by itself is as without the factor


def test_uncertain_numbers_reach_the_arrays_that_are_played() -> None:
    """What is drawn is what decides: an option's place moves its neighbours, an ideal among options moves with them."""
    text = FILE.replace("at: 0.5", "at: {uniform: [0.2, 0.8]}").replace("[x, {id", "[x, w, {id").replace("a: y", "a: w")
    scenario = loads(text.replace("weight: 1", "weight: {uniform: [2, 4]}"))
    coded = draw_coding(scenario, 3, WORLDS)
    place = draw([quantities(scenario)["issues.a.options.y.at"]], 3, WORLDS)["issues.a.options.y.at"]
    assert np.array_equal(coded.place[0, :4], [0 * place, place / 2, place, 0 * place + 1])
    assert np.array_equal(coded.ideal[4, 0], place / 2)
    assert coded.weight[0].min() > 2
    assert central_coding(scenario).weight[0] == pytest.approx([3.0])
