"""Every answer of the analysis by looking at every package, in plain loops: what the tests hold it against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from math import inf

from plain import TOLERANCE, Package, PlainWorld

from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.worlds.draws import central

RedLine = tuple[int, int, int]
Change = RedLine | int


class CentralWorld(PlainWorld):
    """The world of the central values."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        self.values |= {path: central(quantity) for path, quantity in quantities(scenario).items()}


class Brute:
    """All answers about one world."""

    def __init__(self, world: PlainWorld) -> None:
        self.world = world
        self.scenario = world.scenario
        self.parties = range(len(self.scenario.parties))
        self.sides = range(len(self.scenario.sides))
        self.packages = world.packages()
        self.zone = [package for package in self.packages if self.deal(package)]

    # The zone

    def accepting(self, package: Package, without: Iterable[Change] = ()) -> set[int]:
        """Parties that do not object, where some limits do not hold."""
        given_up = set(without)
        return {p for p in self.parties if self.limits(p, package) <= given_up}

    def limits(self, party: int, package: Package) -> set[Change]:
        """Limits of a party that a package violates: red lines, and the party's number for its reservation value."""
        crossed: set[Change] = {(party, j, k) for j, k in enumerate(package) if self.world.red_line(party, j, k)}
        if self.world.utility(party, package) < self.world.reservation(party) - TOLERANCE:
            crossed.add(party)
        return crossed

    def decided(self, accepting: set[int]) -> bool:
        """Whether enough sides sign if just these parties accept."""
        signing = set()
        for s, side in enumerate(self.scenario.sides):
            objecting = {p for p in side.members if p not in accepting}
            if self.world.decides(s, side.members, objecting, set(side.members) - objecting):
                signing.add(s)
        agreement = self.scenario.agreement
        if agreement.at_least is None:
            return len(signing) == len(self.sides)
        return len(signing) >= self.world.values[agreement.at_least.path] and signing >= set(agreement.veto)

    def deal(self, package: Package, without: Iterable[Change] = ()) -> bool:
        """Whether a package is in the zone, where some limits do not hold."""
        return self.decided(self.accepting(package, without))

    def size_without(self, *changes: Change) -> int:
        """How large the zone is where some limits do not hold."""
        return sum(self.deal(package, changes) for package in self.packages)

    def limits_of(self, party: int) -> list[Change]:
        """All limits of a party."""
        return [party, *((party, j, k) for j, k in self.world.red_lines(party))]

    # Sides

    def concerned(self) -> list[int]:
        """Sides that solutions are worked out over."""
        agreement = self.scenario.agreement
        if agreement.at_least is None or self.world.values[agreement.at_least.path] >= len(self.sides):
            return list(self.sides)
        return sorted(agreement.veto) or list(self.sides)

    def mean(self, side: int, of: Callable[[int], float]) -> float:
        """Mean of the members by weight."""
        members = self.scenario.sides[side].members
        weights = [max(0.0, self.world.values[self.scenario.parties[p].weight.path]) for p in members]
        if sum(weights) == 0:
            weights = [1.0] * len(members)
        return sum(w * of(p) for w, p in zip(weights, members, strict=True)) / sum(weights)

    def side_utility(self, side: int, package: Package) -> float:
        """What a package is worth to a side."""
        return self.mean(side, lambda p: self.world.utility(p, package))

    def surplus(self, side: int, package: Package) -> float:
        """By how much that exceeds the side's reservation value."""
        return self.side_utility(side, package) - self.mean(side, self.world.reservation)

    # Solutions

    def solution(self, name: str) -> Package | None:
        """The package that a concept picks."""
        if not self.zone:
            return None
        sides = self.concerned()
        surplus = {package: [self.surplus(s, package) for s in sides] for package in self.zone}
        best = [max(surplus[package][i] for package in self.zone) for i in range(len(sides))]

        def share(package: Package) -> float:
            return min((x / b for x, b in zip(surplus[package], best, strict=True) if b > TOLERANCE), default=0.0)

        def product(package: Package) -> float:
            result = 1.0
            for x in surplus[package]:
                result *= x if x > TOLERANCE else 0.0
            return result

        def least(package: Package) -> float:
            return min(surplus[package])

        def total(package: Package) -> float:
            return sum(surplus[package])

        values = {"nash": product, "kalai_smorodinsky": share, "egalitarian": least, "utilitarian": total}
        found = _best(self.zone, values[name], relative=name == "nash")
        return _best(_best(found, least), total)[0]

    def frontier(self) -> set[tuple[float, float]]:
        """Utilities of the two sides in which no package beats another."""
        points = [(self.side_utility(0, package), self.side_utility(1, package)) for package in self.packages]
        return {
            (x, y)
            for x, y in points
            if not any(
                (a >= x - TOLERANCE and b > y + TOLERANCE) or (a > x + TOLERANCE and b >= y - TOLERANCE)
                for a, b in points
            )
        }

    # Why not, and what would do it

    def crossings(self, package: Package) -> int:
        """Red lines that a package crosses, of all parties."""
        return sum(self.world.red_line(p, j, k) for p in self.parties for j, k in enumerate(package))

    def shortfall(self, party: int, package: Package) -> float:
        """What a package lacks to the reservation value."""
        lacking = self.world.reservation(party) - self.world.utility(party, package)
        return lacking if lacking > TOLERANCE else 0.0

    def closest(self) -> Package:
        """Fewest red lines crossed, smallest largest shortfall, then as ties are broken everywhere."""
        sides = self.concerned()
        found = _best(self.packages, lambda package: -self.crossings(package))
        found = _best(found, lambda package: -max(self.shortfall(p, package) for p in self.parties))
        found = _best(found, lambda package: min(self.surplus(s, package) for s in sides))
        return _best(found, lambda package: sum(self.surplus(s, package) for s in sides))[0]

    def repairs(self) -> set[frozenset[Change]]:
        """All minimal sets of limits without which there is a deal."""
        found: set[frozenset[Change]] = set()
        for package in self.packages:
            for number in range(len(self.parties) + 1):
                for accepting in combinations(self.parties, number):
                    if self.decided(set(accepting)):
                        found.add(frozenset(limit for p in accepting for limit in self.limits(p, package)))
        return {changes for changes in found if not any(other < changes for other in found)}

    def least_fall(self, changes: frozenset[Change]) -> float:
        """The smallest largest fall of a reservation value among the packages that a set of changes opens."""
        opened = [package for package in self.packages if self.deal(package, changes)]
        parties = [change for change in changes if isinstance(change, int)]
        return min(
            max((self.world.reservation(p) - self.world.utility(p, package) for p in parties), default=-inf)
            for package in opened
        )


def _best(packages: list[Package], value: Callable[[Package], float], relative: bool = False) -> list[Package]:
    values = [value(package) for package in packages]
    most = max(values)
    slack = TOLERANCE * abs(most) if relative else TOLERANCE
    return [package for package, own in zip(packages, values, strict=True) if own >= most - slack]
