"""What was possible in many worlds at once is what looking at every package of every world tells."""

from __future__ import annotations

from math import inf
from unittest.mock import patch

import numpy as np
import pytest
from analysis.brute import Brute
from analysis.kinds import CROWDED, NO_TALKS, demanding
from hypothesis import given
from hypothesis import strategies as st
from plain import TOLERANCE, Package, PlainWorld
from strategies import GENERIC, WHOLE_FORMAT, Plain, load_plain, patient, scenarios

from sim.analysis.existence import witness
from sim.analysis.game import Packages, game
from sim.analysis.many_worlds import branches, zones
from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.narrowing import Reach
from sim.analysis.many_worlds.pivots import NONE, Prospects, prospects
from sim.analysis.relax import lifted
from sim.arrays.kinds import Bools
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.worlds.coding import draw_coding
from sim.worlds.draws import draw
from sim.worlds.preferences import preferences

WORLDS = 3
kinds = st.sampled_from(
    [
        WHOLE_FORMAT.but(**NO_TALKS),
        WHOLE_FORMAT.but(**{**NO_TALKS, "members": (1, 5)}),
        CROWDED,
        GENERIC.but(members=(1, 4), sides=(2, 4), **NO_TALKS),
    ]
).flatmap(scenarios)
tense = st.one_of(kinds, scenarios(CROWDED).map(demanding))


def asked(scenario: Scenario, worlds: list[int]) -> Prospects:
    some = np.array(worlds, dtype=np.int64)
    coded = draw_coding(scenario, 3, some)
    least = scenario.agreement.at_least
    return prospects(scenario, coded, preferences(coded), None if least is None else draw([least], 3, some)[least.path])


class Pivots(Brute):
    """Pivotal parties of one world."""

    def heard(self, party: int) -> bool:
        """Whether the party can matter: some set of others makes a deal with it and none without it."""
        others = [p for p in self.parties if p != party]
        sets = ({p for i, p in enumerate(others) if bits >> i & 1} for bits in range(2 ** len(others)))
        return any(self.decided(one | {party}) and not self.decided(one) for one in sets)

    def pivotal(self, party: int) -> bool:
        """Whether there would be a zone if the party's limits did not count."""
        return not self.zone and any(self.deal(package, self.limits_of(party)) for package in self.packages)

    def sorest(self, party: int, counted: list[int]) -> set[int]:
        """Issues on which the party loses most in the packages that come closest to those that count."""

        def crossed(package: Package) -> int:
            return sum((j, k) in self.scenario.parties[p].red_lines for p in counted for j, k in enumerate(package))

        def smallest(package: Package) -> float:
            return min((self.world.utility(p, package) - self.world.reservation(p) for p in counted), default=inf)

        def summed(package: Package) -> float:
            others = sum(self.world.utility(p, package) for p in counted)
            return others + self.world.utility(party, package) / 1000

        found = self.packages
        for value in (lambda package: -crossed(package), smallest, summed):
            most = max(map(value, found))
            found = [package for package in found if value(package) >= most - 2 * TOLERANCE]
        issues: set[int] = set()
        for package in found:
            lines = [(j, k) in self.scenario.parties[party].red_lines for j, k in enumerate(package)]
            own = [
                [self.world.worth(party, j, k) for k in range(len(i.options))]
                for j, i in enumerate(self.scenario.issues)
            ]
            loss = [inf if lines[j] else max(own[j]) - own[j][k] for j, k in enumerate(package)]
            issues |= {j for j, lost in enumerate(loss) if lost >= max(loss) - TOLERANCE}
        return issues


@given(tense)
@patient(100)
def test_zones_and_pivotal_parties_are_those_of_all_packages(plain: Plain) -> None:
    scenario = load_plain(plain)
    found = asked(scenario, list(range(WORLDS)))
    assert found.settled.all()
    assert found.told.all()
    for k in range(WORLDS):
        brute = Pivots(PlainWorld(scenario, k, 3))
        assert found.exists[k] == bool(brute.zone)
        pivots = [p for p in brute.parties if brute.pivotal(p)]
        assert [p for p in brute.parties if found.issue[p, k] != NONE] == pivots
        for p in pivots:
            assert brute.heard(p)
            counted = [q for q in brute.parties if q != p and structurally_heard(scenario, brute, q)]
            assert int(found.issue[p, k]) in brute.sorest(p, counted)


def structurally_heard(scenario: Scenario, brute: Brute, party: int) -> bool:
    """Whether the form of the rules lets the party matter."""
    agreement, number = scenario.agreement, scenario.parties[party].side
    if agreement.at_least is not None and number not in agreement.veto:
        needed = brute.world.values[agreement.at_least.path]
        if len(agreement.veto) >= needed:
            return False
    side = scenario.sides[number]
    return side.decides.named is None or party == side.decides.named or party in side.veto


@given(tense)
@patient(40)
def test_a_world_is_answered_alike_whatever_worlds_lie_beside_it(plain: Plain) -> None:
    scenario = load_plain(plain)
    together, alone = asked(scenario, [4, 0, 3]), asked(scenario, [3])
    for name in ("exists", "settled", "told"):
        assert getattr(together, name)[2] == getattr(alone, name)[0]
    assert (together.issue[:, 2] == alone.issue[:, 0]).all()


@given(tense)
@patient(40)
def test_dear_ways_give_what_cheap_ways_give(plain: Plain) -> None:
    scenario = load_plain(plain)
    cheap = asked(scenario, list(range(WORLDS)))

    def nothing_found(cases: Cases, reached: Reach, steps: int | None = None) -> tuple[Packages, Bools]:  # noqa: ARG001
        return np.zeros((len(cases.exists), cases.count), dtype=np.intp), np.zeros(cases.count, dtype=bool)

    with (
        patch.object(zones, "climbed", nothing_found),
        patch.object(zones, "_ROUNDS", 1),
        patch.object(branches, "_AT_ONCE", 3),
    ):
        dear = asked(scenario, list(range(WORLDS)))
    assert (cheap.exists == dear.exists).all()
    assert ((cheap.issue == NONE) == (dear.issue == NONE)).all()


@pytest.mark.parametrize(
    ("decides", "worlds"), [("consensus", 25), ("{quorum: 24}", 5), ("{majority: 0.7}", 5), ("{leader: USA}", 10)]
)
def test_the_founding_scenario_is_answered_as_world_by_world(decides: str, worlds: int) -> None:
    scenario = load("nato_russia_2022", [f"sides.nato.decides={decides}"])
    coded = draw_coding(scenario, 3, np.arange(worlds, dtype=np.int64))
    wants = preferences(coded)
    found = prospects(scenario, coded, wants)
    assert found.settled.all()
    assert found.told.all()
    for k in range(worlds):
        one = game(scenario, coded, wants, k)
        assert found.exists[k] == (witness(one) is not None)
        pivots = np.flatnonzero(found.issue[:, k] != NONE)
        for p in {*pivots.tolist(), 0, k + 1} if not found.exists[k] else ():
            lines = [(p, j, option) for j, option in np.argwhere(one.red[p]).tolist()]
            assert (witness(lifted(one, lines, [p])) is not None) == (p in pivots)
