"""One world by the letter of the rules of play, in plain loops over numbers: what the tests hold the engine against.

Slow and simple on purpose; it shares with the program only the compiled scenario and the values that a world drew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

from sim.scenario.model import Event, Scenario
from sim.scenario.quantities import quantities
from sim.worlds.draws import draw

Package = tuple[int, ...]
TOLERANCE = 1e-9


class PlainWorld:
    """What everything is worth to everybody in one world, who objects, and what each side would sign."""

    def __init__(self, scenario: Scenario, world: int = 0, seed: int = 0) -> None:
        self.scenario = scenario
        drawn = draw(quantities(scenario).values(), seed, np.array([world], dtype=np.int64))
        self.values = {path: float(value[0]) for path, value in drawn.items()}
        self.moved: set[str] = set()
        self.shifts: dict[str, tuple[float, float]] = {}
        self.worths: dict[tuple[int, int, int], float] = {}
        self.lines: dict[tuple[int, int, int], bool] = {}

    def happens(self, event: Event) -> None:
        """An event's effects, from now on."""
        self.worths.clear()
        for effect in event.effects:
            amount = self.values[effect.amount.path]
            if effect.red_line is not None:
                self.lines[effect.red_line] = amount == 1.0
                continue
            self.moved.add(effect.path)
            if effect.path not in self.values:  # a reservation value that is the status quo plus something
                times, plus = self.shifts.get(effect.path, (1.0, 0.0))
                self.shifts[effect.path] = {
                    "add": (times, plus + amount),
                    "times": (times * amount, plus * amount),
                    "set": (0.0, amount),
                }[effect.how]
                continue
            old = self.values[effect.path]
            self.values[effect.path] = {"add": old + amount, "times": old * amount, "set": amount}[effect.how]

    # What things are worth

    def place(self, issue: int, option: int) -> float:
        """Where an option lies."""
        options = self.scenario.issues[issue].options
        quantity = options[option].at
        if quantity is not None:
            return self.values[quantity.path]
        left = max(k for k in range(option) if options[k].at is not None)
        right = min(k for k in range(option, len(options)) if options[k].at is not None)
        a, b = self.place(issue, left), self.place(issue, right)
        return a + (b - a) * (option - left) / (right - left)

    def salience(self, party: int, issue: int) -> float:
        """What a party cares; among issues with a position the saliences sum to 1."""
        preferences = self.scenario.parties[party].preferences
        preference = preferences[issue]
        if preference is None:
            return 0.0
        own = max(0.0, self.values[preference.salience.path])
        if preference.ideal is None:
            return own
        whole = sum(max(0.0, self.values[q.salience.path]) for q in preferences if q is not None and q.ideal)
        return own / whole if whole > 0 else 0.0

    def worth(self, party: int, issue: int, option: int) -> float:
        """Salience times value of an option."""
        key = party, issue, option
        if key not in self.worths:
            self.worths[key] = self._worth(*key)
        return self.worths[key]

    def _worth(self, party: int, issue: int, option: int) -> float:
        preference = self.scenario.parties[party].preferences[issue]
        if preference is None:
            return 0.0
        if preference.scores is not None:
            return self.salience(party, issue) * self.values[preference.scores[option].path]
        assert preference.ideal is not None
        ideal = self.values[preference.ideal.place.path]
        if preference.ideal.options:
            ideal = self.place(issue, preference.ideal.options[int(ideal)])
        distance = abs(self.place(issue, option) - min(1.0, max(0.0, ideal)))
        return self.salience(party, issue) * (1.0 - distance ** self.values[self.scenario.parties[party].loss.path])

    def utility(self, party: int, package: Package) -> float:
        """Sum over the issues."""
        return sum(self.worth(party, j, option) for j, option in enumerate(package))

    def reservation(self, party: int) -> float:
        """Below this the party prefers no deal."""
        stated = self.scenario.parties[party].reservation
        value = self.values[stated.amount.path]
        if stated.status_quo:
            quo = tuple(issue.status_quo for issue in self.scenario.issues)
            value += self.utility(party, quo)  # type: ignore[arg-type]
        whole = f"parties.{self.scenario.parties[party].id}.reservation"
        times, plus = self.shifts.get(whole, (1.0, 0.0))
        value = times * value + plus
        scored = any(one is not None and one.scores is not None for one in self.scenario.parties[party].preferences)
        if {stated.amount.path, whole} & self.moved and not scored:
            value = min(1.0, max(0.0, value))
        return value

    # Who would sign what

    def red_line(self, party: int, issue: int, option: int) -> bool:
        """Whether the party never accepts the option."""
        key = party, issue, option
        if key not in self.lines:
            its = self.scenario.parties[party]
            self.lines[key] = (issue, option) in its.red_lines
            for line in its.uncertain_red_lines:
                if (line.issue, line.option) == key[1:]:
                    probability, luck = self.values[line.probability.path], self.values[line.luck.path]
                    self.lines[key] = probability > 0 and 1 - probability <= luck
        return self.lines[key]

    def red_lines(self, party: int) -> set[tuple[int, int]]:
        """All of a party, as issue and option."""
        issues = self.scenario.issues
        every = {(j, k) for j, issue in enumerate(issues) for k in range(len(issue.options))}
        return {(j, k) for j, k in every if self.red_line(party, j, k)}

    def crosses(self, party: int, package: Package) -> bool:
        """Whether the package crosses a red line of the party."""
        return any(self.red_line(party, j, option) for j, option in enumerate(package))

    def objects(self, party: int, package: Package) -> bool:
        """Whether the party objects."""
        return self.crosses(party, package) or self.utility(party, package) < self.reservation(party) - TOLERANCE

    def stoppers(self, side: int) -> set[int]:
        """Members whose objection alone stops the side."""
        its = self.scenario.sides[side]
        if its.decides.rule in ("consensus", "unanimity"):
            return set(its.members)
        return set(its.veto) | ({its.decides.leader} - {None})  # type: ignore[return-value]

    def decides(self, side: int, present: Sequence[int], objecting: set[int], favouring: set[int]) -> bool:
        """Whether the members present pass something."""
        its = self.scenario.sides[side]
        weight = {p: max(0.0, self.values[self.scenario.parties[p].weight.path]) for p in present}
        carried, whole = sum(weight[p] for p in favouring), sum(weight.values())
        threshold = 0.5 if its.decides.number is None else self.values[its.decides.number.path]
        passed = {
            "consensus": not objecting and carried >= whole * threshold * (1 - TOLERANCE),
            "unanimity": set(present) == favouring,
            "quorum": len(favouring) >= threshold,
            "majority": carried >= whole * threshold * (1 - TOLERANCE),
            "leader": its.decides.leader in favouring,
        }[its.decides.rule]
        return passed and not objecting & set(its.veto)

    def acceptable(self, side: int, package: Package, present: Iterable[int] | None = None) -> bool:
        """Whether the side (of it those present) passes a package with all aspirations down."""
        members = [p for p in self.scenario.sides[side].members if present is None or p in present]
        objecting = {p for p in members if self.objects(p, package)}
        return self.decides(side, members, objecting, set(members) - objecting)

    def signed_by_enough(self, package: Package) -> bool:
        """Whether all whose agreement is needed find it acceptable."""
        agreement = self.scenario.agreement
        signing = {s for s in range(len(self.scenario.sides)) if self.acceptable(s, package)}
        if agreement.at_least is None:
            return len(signing) == len(self.scenario.sides)
        return len(signing) >= self.values[agreement.at_least.path] and signing >= set(agreement.veto)

    def packages(self) -> list[Package]:
        """All of them."""
        return list(product(*(range(len(issue.options)) for issue in self.scenario.issues)))

    def zone(self) -> set[Package]:
        """The zone of agreement."""
        return {package for package in self.packages() if self.signed_by_enough(package)}

    # The ladder, with everything on the table and everybody there

    def scaled(self, side: int, issue: int, option: int) -> float:
        """Worth to a side, its members' scaled by the range of what packages are worth to them."""
        part = whole = 0.0
        for p in self.scenario.sides[side].members:
            weight = max(0.0, self.values[self.scenario.parties[p].weight.path])
            span = 0.0
            for j, one in enumerate(self.scenario.issues):
                worths = [self.worth(p, j, k) for k in range(len(one.options))]
                span += max(worths) - min(worths)
            if span > TOLERANCE:
                part += weight * self.worth(p, issue, option) / span
                whole += weight
        return part / whole if whole else 0.0

    def ladder(self, side: int) -> list[Package]:
        """The rungs, first to last."""
        others = [s for s in range(len(self.scenario.sides)) if s != side]
        start, steps = [], []
        for j, issue in enumerate(self.scenario.issues):
            options = [
                k for k in range(len(issue.options)) if not any(self.red_line(p, j, k) for p in self.stoppers(side))
            ]
            if not options:
                return []
            own = {k: self.scaled(side, j, k) for k in options}
            theirs = {k: sum(self.scaled(s, j, k) for s in others) / len(others) for k in options}
            top = [k for k in options if own[k] >= max(own.values()) - TOLERANCE]
            here = min(k for k in top if theirs[k] >= max(theirs[t] for t in top) - TOLERANCE)
            start.append(here)
            while better := [k for k in options if theirs[k] > theirs[here] + TOLERANCE]:
                cost = {k: max(own[here] - own[k], 0.0) for k in better}
                ratio = {k: (theirs[k] - theirs[here]) / cost[k] if cost[k] > 0 else float("inf") for k in better}
                tied = [k for k in better if ratio[k] >= max(ratio.values()) * (1 - TOLERANCE)]
                here = min(k for k in tied if cost[k] <= min(cost[t] for t in tied) + TOLERANCE)
                steps.append((ratio[here], j, here))
        rungs = [tuple(start)]
        while steps:
            most = max(ratio for ratio, _, _ in steps)
            following = next(s for s in steps if s[0] >= most * (1 - TOLERANCE))
            steps.remove(following)
            package = list(rungs[-1])
            package[following[1]] = following[2]
            rungs.append(tuple(package))
        return rungs
