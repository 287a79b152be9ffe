"""One world by the letter of the rules of play, in plain loops over numbers: what the tests hold the engine against.

Slow and simple on purpose. It reads the scenario file itself (`plain_file`) and shares with the program only how a
number is drawn in a world. `PlainWorld` is what everything is worth to everybody and who would sign what;
`negotiate` plays the talks of one world from the first day to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from itertools import combinations, product
from typing import Any, TypeVar

from plain_file import Effect, File, Meeting, Rule, Vote, read
from scipy.special import ndtri

from sim.scenario.model import Quantity

Package = tuple[int, ...]
Step = tuple[float, int, int]  # gain per cost, issue, option
Members = tuple[int, ...]
Seats = dict[int, Members]  # the sides at a meeting, each with its members who are there
TOLERANCE = 1e-9


Method = TypeVar("Method", bound=Callable[..., Any])


def remembered(method: Method) -> Method:
    """Work something out once about a world as it is, and again when an event has changed it."""

    @wraps(method)
    def once(self: PlainWorld, *arguments: Any) -> Any:
        key = method.__name__, tuple(tuple(one.items()) if isinstance(one, dict) else one for one in arguments)
        if key not in self.memory:
            self.memory[key] = method(self, *arguments)
        return self.memory[key]

    return once  # type: ignore[return-value]


@dataclass(frozen=True)
class Table:
    """The issues that can be settled now, and the options that hold on all others (-1 where nothing holds)."""

    issues: tuple[int, ...]
    holds: Package

    def package(self, choice: dict[int, int]) -> Package:
        """These options on the issues on the table, and what holds on the others."""
        return tuple(choice[j] if j in self.issues else held for j, held in enumerate(self.holds))


class PlainWorld:
    """What everything is worth to everybody in one world, who objects, and what each side would sign."""

    def __init__(self, scenario: Any, world: int = 0, seed: int = 0) -> None:
        self.scenario = scenario
        self.file: File = read(scenario)
        self.world, self.seed = world, seed
        self.drawn = self.file.draw(world, seed)
        self.values = dict(self.drawn)  # as events have left them
        self.changes: dict[str, list[tuple[str, float]]] = {}  # effects of events so far, by path
        self.choices = {party.places[j].path for party in self.file.parties for j in party.choices}
        self.carefree: int | None = None  # a party that objects to nothing, to see what would be
        self.memory: dict[Any, Any] = {}

    # Numbers, and events that change them

    def number(self, quantity: Quantity) -> float:
        """Value of a number now."""
        return self.values[quantity.path]

    def happens(self, event: Any) -> None:
        """An event's effects, from now on."""
        own = next(one for one in self.file.events if one.id == event.id)
        for effect in own.effects:
            self.takes_effect(effect)

    def takes_effect(self, effect: Effect) -> None:
        """Effects add up on the value that the world drew, then the result is kept in its legal range."""
        self.memory.clear()
        self.changes.setdefault(effect.path, []).append((effect.how, self.drawn[effect.amount.path]))
        if effect.path in self.drawn and effect.path not in self.choices:
            number = self.file.numbers[effect.path]
            value = self.changed(effect.path, self.drawn[effect.path])
            if number.whole:
                value = (value + 0.5) // 1
            self.values[effect.path] = min(max(value, number.low), number.high)

    def changed(self, path: str, value: float) -> float:
        """A value after all effects on a path."""
        for how, amount in self.changes.get(path, []):
            value = {"add": value + amount, "times": value * amount, "set": amount}[how]
        return value

    def luck(self, name: str) -> float:
        """A number between 0 and 1 that this world draws."""
        return self.file.luck(name, self.world, self.seed)

    # Worth

    def place(self, issue: int, option: int) -> float:
        """Where an option lies."""
        at = self.file.issues[issue].at
        own = at[option]
        if own is not None:
            return self.number(own)
        left = max(k for k in range(option) if at[k] is not None)
        right = min(k for k in range(option, len(at)) if at[k] is not None)
        a, b = self.place(issue, left), self.place(issue, right)
        return a + (b - a) * (option - left) / (right - left)

    def ideal(self, party: int, issue: int) -> float:
        """Where a party wants an issue settled."""
        one = self.file.parties[party]
        number = one.places[issue]
        if issue not in one.choices:
            return self.number(number)
        place = self.place(issue, one.choices[issue][int(self.values[number.path])])
        return min(max(self.changed(number.path, place), 0.0), 1.0)

    def salience(self, party: int, issue: int) -> float:
        """What a party cares; among issues with a position the saliences sum to 1."""
        one = self.file.parties[party]
        if issue not in one.salience:
            return 0.0
        own = self.number(one.salience[issue])
        if issue in one.scores:
            return own
        whole = sum(self.number(one.salience[j]) for j in one.places)
        return own / whole if whole > 0 else 0.0

    @remembered
    def worth(self, party: int, issue: int, option: int) -> float:
        """Salience times value of an option."""
        one = self.file.parties[party]
        if issue in one.scores:
            return self.salience(party, issue) * self.number(one.scores[issue][option])
        if issue in one.places:
            distance = abs(self.place(issue, option) - self.ideal(party, issue))
            return self.salience(party, issue) * (1.0 - distance ** self.number(one.loss))
        return 0.0

    @remembered
    def utility(self, party: int, package: Package) -> float:
        """Sum over the issues, and bonuses for options that go together."""
        apart = sum(self.worth(party, j, option) for j, option in enumerate(package))
        return apart + sum(
            self.number(bonus.worth)
            for bonus in self.file.bonuses
            if party in bonus.parties and inside(bonus.when, package)
        )

    @remembered
    def spread(self, party: int, issue: int) -> float:
        """What is at stake for a party on an issue."""
        worths = [self.worth(party, issue, k) for k in self.options(issue)]
        return max(worths) - min(worths)

    @remembered
    def reservation(self, party: int) -> float:
        """Below this the party prefers no deal."""
        one = self.file.parties[party]
        value = self.number(one.reservation)
        if one.over_status_quo:
            path = f"parties.{one.id}.reservation"
            value = self.changed(path, value + self.utility(party, self.status_quo()))
            if path in self.changes and not one.scored:
                value = min(max(value, 0.0), 1.0)
        return value

    # What is on the table

    def options(self, issue: int) -> range:
        """The options of an issue."""
        return range(len(self.file.issues[issue].options))

    def status_quo(self) -> Package:
        """What holds if nothing is agreed, -1 where nothing does."""
        return tuple(-1 if issue.status_quo is None else issue.status_quo for issue in self.file.issues)

    def everything(self) -> Table:
        """All issues on the table."""
        return Table(tuple(range(len(self.file.issues))), self.status_quo())

    def packages(self, table: Table | None = None) -> list[Package]:
        """All that can be agreed, counting up with the last issue fastest."""
        table = table or self.everything()
        choices = product(*(self.options(j) for j in table.issues))
        found = [table.package(dict(zip(table.issues, choice, strict=True))) for choice in choices]
        return [package for package in found if not self.forbidden(package)]

    def forbidden(self, package: Package) -> bool:
        """Whether a constraint forbids the package."""
        return any(inside(box, package) for box in self.file.forbidden)

    @property
    def joint(self) -> bool:
        """Whether a package is more than its options one by one."""
        return bool(self.file.forbidden or self.file.bonuses)

    # Aspiration and judgement

    @remembered
    def red_line(self, party: int, issue: int, option: int) -> bool:
        """Whether the option is one that the party never accepts."""
        line = self.file.parties[party].red_lines.get((issue, option))
        if line is None:
            return False
        probability = self.number(line.probability)
        if line.luck is None or line.probability.path in self.changes:
            return probability == 1.0
        return probability > 0 and self.number(line.luck) >= 1 - probability

    def red_lines(self, party: int) -> set[tuple[int, int]]:
        """All of a party, as issue and option."""
        return {line for line in self.file.parties[party].red_lines if self.red_line(party, *line)}

    def crosses(self, party: int, package: Package) -> bool:
        """Whether the package crosses a red line of the party."""
        return any(self.red_line(party, j, option) for j, option in enumerate(package))

    @remembered
    def range(self, party: int, table: Table) -> tuple[float, float] | None:
        """What the worst and the best package on the table is worth, of those that the party does not rule out."""
        if self.joint:
            values = [self.utility(party, one) for one in self.packages(table) if not self.crosses(party, one)]
            return (min(values), max(values)) if values else None
        worst = best = 0.0
        for j, held in enumerate(table.holds):
            options = self.options(j) if j in table.issues else [held]
            worths = [self.worth(party, j, k) for k in options if not self.red_line(party, j, k)]
            if not worths:
                return None
            worst, best = worst + min(worths), best + max(worths)
        return worst, best

    @remembered
    def floor(self, party: int, table: Table) -> float:
        """Nobody demands less than the least it can get."""
        spanned = self.range(party, table)
        return self.reservation(party) if spanned is None else max(self.reservation(party), spanned[0])

    @remembered
    def aspiration(self, party: int, table: Table, time: float) -> float:
        """The utility that a party demands at a time."""
        spanned = self.range(party, table)
        if spanned is None:
            return self.reservation(party)
        best, floor = spanned[1], self.floor(party, table)
        fall = (best - floor) * time ** self.number(self.file.parties[party].exponent)
        return max(self.reservation(party), best - fall)

    def objects(self, party: int, package: Package, reservation: float | None = None) -> bool:
        """Whether the party objects; for a partial deal it has another reservation value."""
        if party == self.carefree:
            return False
        least = self.reservation(party) if reservation is None else reservation
        return self.crosses(party, package) or self.utility(party, package) < least - TOLERANCE

    def partial_reservation(self, party: int, settled: Iterable[int]) -> float:
        """The reservation value for a deal on these issues only: the surplus by their share in the party's stakes."""
        quo = self.utility(party, self.status_quo())
        surplus = self.reservation(party) - quo
        stakes = sum(self.spread(party, j) for j in range(len(self.file.issues)))
        share = sum(self.spread(party, j) for j in settled) / stakes if stakes > 0 else 0.0
        return quo + surplus * share if surplus > 0 else quo

    # Decisions of a side

    def weight(self, party: int) -> float:
        """Its weight within its side."""
        return self.number(self.file.parties[party].weight)

    def nobody_stops(self, side: int, present: Sequence[int], objecting: Iterable[int]) -> bool:
        """Whether those who object leave the side free to pass something."""
        its, against = self.file.sides[side], set(objecting)
        present = self.voters(side, present)
        rest = [p for p in present if p not in against]
        if against & set(its.veto):
            return False
        if not present:
            return False
        if its.vote is not None:
            return self.carried(its.vote, {p: [p] for p in present}, rest)
        if its.rule in ("consensus", "unanimity"):
            return len(rest) == len(present)
        if its.rule == "leader":
            return its.leader in rest
        assert its.number is not None
        if its.rule == "quorum":
            return len(rest) >= min(self.number(its.number), len(present))
        share = self.number(its.number) * sum(map(self.vote, present)) * (1 - TOLERANCE)
        return sum(map(self.vote, rest)) >= share

    def voters(self, side: int, present: Sequence[int]) -> Sequence[int]:
        """Those present who have a vote; of a side without any, all of them among themselves."""
        if not any(self.file.parties[p].has_vote for p in self.file.sides[side].members):
            return present
        return [p for p in present if self.file.parties[p].has_vote]

    def vote(self, party: int, of: str = "votes") -> float:
        """What the vote of a party weighs."""
        one = self.file.parties[party]
        if of == "members":
            return 1.0
        if of == "weight" or (of == "votes" and one.votes is None):
            return self.weight(party)
        votes = one.votes if of == "votes" else one.weights.get(of)
        return 0.0 if votes is None else self.number(votes)

    def carried(self, vote: Vote, voters: dict[int, list[int]], some: Iterable[int]) -> bool:
        """Whether some of those who vote carry it by rules joined; each votes for these parties."""
        yes = [one for one in voters if one in set(some)]
        if vote.blocking is not None:
            few = min(self.number(vote.blocking), len(voters))
            if len(voters) - len(yes) < few:
                return True
        return all(self.carried_by(rule, voters, yes) for rule in vote.rules)

    def carried_by(self, rule: Rule, voters: dict[int, list[int]], yes: Sequence[int]) -> bool:
        """Whether these carry it by one of the rules."""
        if rule.number is None:  # consensus and unanimity
            return len(yes) == len(voters)
        number = self.number(rule.number)
        if rule.name == "quorum":
            return len(yes) >= min(number, len(voters))

        def weighs(one: int) -> float:
            return 1.0 if rule.of == "members" else sum(self.vote(p, rule.of) for p in voters[one])

        whole = sum(map(weighs, voters))
        least = min(number, whole) if rule.absolute else number * whole
        return sum(map(weighs, yes)) >= least * (1 - TOLERANCE)

    def enough_are_content(self, side: int, present: Sequence[int], favouring: Iterable[int]) -> bool:
        """Whether those who are for something carry it."""
        its, content = self.file.sides[side], set(favouring)
        present = self.voters(side, present)
        content &= set(present)
        if its.rule == "leader":
            return its.leader in content
        assert its.pace is not None
        abstain = its.vote is not None and its.vote.abstains
        if its.vote is not None and abstain and not self.carried(its.vote, {p: [p] for p in present}, content):
            return False
        return self.carry(content, self.number(its.pace), present)

    def carry(self, some: Iterable[int], share: float, present: Sequence[int]) -> bool:
        """Whether some carry at least a share of the weight of those present."""
        whole = sum(self.weight(p) for p in present)
        return sum(self.weight(p) for p in some) >= share * whole * (1 - TOLERANCE)

    def decides(self, side: int, present: Sequence[int], objecting: set[int], favouring: set[int]) -> bool:
        """Whether the members present pass something: nobody stops it and enough are content."""
        return self.nobody_stops(side, present, objecting) and self.enough_are_content(side, present, favouring)

    def stoppers(self, side: int) -> set[int]:
        """Members whose objection alone stops the side."""
        members = self.file.sides[side].members
        return {p for p in members if not self.nobody_stops(side, members, [p])}

    def members(self, side: int, present: Iterable[int] | None = None) -> Members:
        """Members of a side, of those present."""
        return tuple(p for p in self.file.sides[side].members if present is None or p in present)

    def passes(self, side: int, package: Package, table: Table, time: float, present: Sequence[int]) -> bool:
        """Whether the members present pass a package at what they demand now."""
        objecting = {p for p in present if self.objects(p, package)}
        demands = {p: self.aspiration(p, table, time) for p in present}
        favouring = {p for p in present if self.utility(p, package) >= demands[p] - TOLERANCE}
        return self.decides(side, present, objecting, favouring - objecting)

    def acceptable(self, side: int, package: Package, present: Iterable[int] | None = None) -> bool:
        """Whether the side (of it those present) passes a package with all aspirations down."""
        members = self.members(side, present)
        objecting = {p for p in members if self.objects(p, package)}
        return self.decides(side, members, objecting, set(members) - objecting)

    def settles(self, side: int, package: Package, settled: Sequence[int]) -> bool:
        """Whether the side passes a partial deal on these issues."""
        its = self.file.sides[side]
        objecting = {p for p in its.members if self.objects(p, package, self.partial_reservation(p, settled))}
        if self.insists_on_the_package(side):
            return False
        return self.decides(side, its.members, objecting, set(its.members) - objecting)

    def insists_on_the_package(self, side: int) -> bool:
        """Whether the side settles nothing by itself."""
        insists = self.file.sides[side].package_only
        if isinstance(insists, bool):
            return insists
        return self.luck(f"{insists.path}.holds") < self.number(insists)

    # The zone of agreement

    def needed(self) -> int:
        """How many sides must agree."""
        at_least = self.file.at_least
        return len(self.file.sides) if at_least is None else int(self.number(at_least))

    def signed_by_enough(self, package: Package) -> bool:
        """Whether the package is acceptable to so many sides, among them all that have a veto."""
        every = range(len(self.file.sides))
        signing = {s for s in every if self.acceptable(s, package)}
        return self.agree(every, signing, set(every) - signing)

    def agree(self, there: Iterable[int], assenting: set[int], against: set[int]) -> bool:
        """Whether these sides make an agreement of those there, where others find it unacceptable."""
        if against & set(self.file.veto):
            return False
        votes = {s: [p for p in self.file.sides[s].members if self.file.parties[p].has_vote] for s in there}
        voters = {s: members for s, members in votes.items() if members}
        if not voters:
            return False
        vote, yes = self.file.vote, assenting & voters.keys()
        if vote is None:
            return len(yes) >= min(self.needed(), len(voters))
        if vote.abstains:
            return self.carried(vote, voters, yes)
        pace = 0.0 if self.file.pace is None else self.number(self.file.pace)
        content = sum(self.weight(p) for s in yes for p in voters[s])
        whole = sum(self.weight(p) for members in voters.values() for p in members)
        return self.carried(vote, voters, voters.keys() - against) and content >= pace * whole * (1 - TOLERANCE)

    def zone(self) -> set[Package]:
        """The zone of agreement."""
        return {package for package in self.packages() if self.signed_by_enough(package)}

    def pivotal(self) -> set[int]:
        """Parties without whose limits there would be a zone of agreement where there is none."""
        if self.zone():
            return set()
        return {p for p in range(len(self.file.parties)) if self.zone_without(p)}

    def zone_without(self, party: int) -> set[Package]:
        """The zone of agreement if one party objected to nothing."""
        self.carefree = party
        found = self.zone()
        self.carefree = None
        return found

    # The ladder

    @remembered
    def scaled(self, present: Members, table: Table) -> list[list[float]]:
        """Mean worth of options to some members, each's scaled so that its best package has 1 more than its worst."""
        worth = [[0.0 for _ in issue.options] for issue in self.file.issues]
        whole = 0.0
        for p in present:
            span = sum(self.spread(p, j) for j in table.issues)
            if span > TOLERANCE:
                whole += self.weight(p)
                for j in table.issues:
                    for k in self.options(j):
                        worth[j][k] += self.weight(p) * self.worth(p, j, k) / span
        return [[x / whole if whole > 0 else 0.0 for x in row] for row in worth]

    def belief(self, side: int, table: Table, there: Seats) -> list[list[float]]:
        """What the side believes that options are worth to the others: the mean of the other sides'."""
        others = [self.scaled(present, table) for s, present in there.items() if s != side]
        means = [
            [sum(one[j][k] for one in others) / len(others) for k in self.options(j)] for j in range(len(table.holds))
        ]
        its = self.file.sides[side]
        if its.noise is not None:
            name, size = f"sides.{its.id}.opponents.error", self.number(its.noise)
            for j, row in enumerate(means):
                for k in range(len(row)):
                    row[k] += size * float(ndtri(self.luck(f"{name}.{j}.{k}")))
        return means

    @remembered
    def path(self, side: int, table: Table, there: Seats) -> tuple[Package, list[Step]] | None:
        """Where a side starts and the steps by which it gives way, in order; None where an issue has no option left."""
        own, theirs = self.scaled(there[side], table), self.belief(side, table, there)
        start: dict[int, int] = {}
        steps: list[Step] = []
        for j in table.issues:
            options = [
                k
                for k in self.options(j)
                if self.nobody_stops(side, there[side], [p for p in there[side] if self.red_line(p, j, k)])
            ]
            if not options:
                return None
            start[j], its_steps = frontier(j, options, own[j], theirs[j])
            steps += its_steps
        ordered: list[Step] = []
        while steps:  # of those with the highest ratio the first: issues stand in the order of the file
            most = max(ratio for ratio, _, _ in steps)
            following = next(step for step in steps if step[0] >= most * (1 - TOLERANCE))
            steps.remove(following)
            ordered.append(following)
        return table.package(start), ordered

    def rungs(self, start: Package, steps: Iterable[Step]) -> list[Package]:
        """The starting package, and that after each step."""
        rungs = [start]
        for _, issue, option in steps:
            rungs.append(with_option(rungs[-1], issue, option))
        return rungs

    def allowed_rungs(self, side: int, table: Table, there: Seats) -> list[Package | None]:
        """The rungs, those that are forbidden replaced by the best package at the price paid there, if there is any."""
        path = self.path(side, table, there)
        assert path is not None
        own, theirs = self.scaled(there[side], table), self.belief(side, table, there)
        start, steps = path
        cost = [1 / ratio if ratio > 0 else 0.0 for ratio, _, _ in steps]
        found: list[Package | None] = []
        for r, rung in enumerate(self.rungs(start, steps)):
            if not self.forbidden(rung):
                found.append(rung)
                continue
            before, after = cost[r - 1] if r else 0.0, cost[r] if r < len(steps) else 0.0
            price = 1e-3 if r == 0 else 1e3 if r == len(steps) else (before + after) / 2
            sums = {
                package: sum(own[j][package[j]] + price * theirs[j][package[j]] for j in range(len(package)))
                for package in self.packages(table)
                if all(
                    self.nobody_stops(side, there[side], [p for p in there[side] if self.red_line(p, j, package[j])])
                    for j in range(len(package))
                )
            }
            found.append(next((p for p, x in sums.items() if x >= max(sums.values()) - TOLERANCE), None))
        return found

    def ladder(self, side: int) -> list[Package]:
        """The rungs, first to last, with everything on the table and everybody there."""
        there = {s: self.members(s) for s in range(len(self.file.sides))}
        path = self.path(side, self.everything(), there)
        if path is None:
            return []
        return [rung for rung in self.allowed_rungs(side, self.everything(), there) if rung is not None]

    # What a side offers

    def offer(self, side: int, table: Table, time: float, there: Seats) -> Package | None:
        """The package that a side puts now, or None."""

        def passes(package: Package) -> bool:
            return self.passes(side, package, table, time, there[side])

        if self.file.sides[side].offering == "exhaustive":
            return self.worth_least(
                side, [package for package in self.packages(table) if passes(package)], table, there
            )
        path = self.path(side, table, there)
        if path is None:
            return None
        _, steps = path
        rungs = self.allowed_rungs(side, table, there)
        passing = [i for i, rung in enumerate(rungs) if rung is not None and passes(rung)]
        if not passing:
            there_are = [rung for rung in rungs if rung is not None]
            return next((rung for rung in there_are if self.acceptable(side, rung, there[side])), None)
        package = rungs[passing[-1]]
        assert package is not None
        for _, issue, option in steps[passing[-1] :]:  # side steps
            aside = with_option(package, issue, option)
            if passes(aside) and not self.forbidden(aside):
                package = aside
        return package

    def worth_least(self, side: int, packages: list[Package], table: Table, there: Seats) -> Package | None:
        """The package worth least to the side, the first of those."""
        own = self.scaled(there[side], table)
        values = [sum(own[j][package[j]] for j in table.issues) for package in packages]
        if self.joint:
            values = self.as_wholes(packages, table, there[side])
        return next(
            (package for package, x in zip(packages, values, strict=True) if x <= min(values) + TOLERANCE), None
        )

    def as_wholes(self, packages: list[Package], table: Table, present: Members) -> list[float]:
        """Mean worth of packages to some members, each's scaled by what it can get on the table."""
        values, whole = [0.0 for _ in packages], 0.0
        for p in present:
            every = [self.utility(p, package) for package in self.packages(table)]
            span = max(every) - min(every)
            if span > TOLERANCE:
                whole += self.weight(p)
                for i, package in enumerate(packages):
                    values[i] += self.weight(p) * self.utility(p, package) / span
        return [x / whole if whole > 0 else 0.0 for x in values]


def inside(box: dict[int, set[int]], package: Package) -> bool:
    """Whether a package has one of these options on each of these issues."""
    return all(package[j] in options for j, options in box.items())


def with_option(package: Package, issue: int, option: int) -> Package:
    """The package with this option on this issue."""
    return (*package[:issue], option, *package[issue + 1 :])


def frontier(issue: int, options: list[int], own: list[float], theirs: list[float]) -> tuple[int, list[Step]]:
    """The option of an issue worth most to a side, and its steps to those worth more to the others."""
    best = max(own[k] for k in options)
    top = [k for k in options if own[k] >= best - TOLERANCE]
    at = start = next(k for k in top if theirs[k] >= max(theirs[o] for o in top) - TOLERANCE)
    steps: list[Step] = []
    while better := [k for k in options if theirs[k] > theirs[at] + TOLERANCE]:
        cost = {k: own[at] - own[k] for k in better}
        ratio = {k: (theirs[k] - theirs[at]) / cost[k] if cost[k] > TOLERANCE else float("inf") for k in better}
        most = max(ratio.values())
        tied = [k for k in better if ratio[k] >= most * (1 - TOLERANCE)]
        least = min(cost[k] for k in tied)
        at = next(k for k in tied if cost[k] <= least + TOLERANCE)
        steps.append((ratio[at], issue, at))
    return start, steps


# ----------------------------------------------------------------------------------------------------------------------
# The talks
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Move:
    """What a side did at its turn: the day, the round of the meeting (from 1), and the package that it put."""

    day: int
    round: int
    side: int
    act: str
    offer: Package | None = None


@dataclass
class Ending:
    """How the talks of one world ended, and how they came there; issues, options and parties by their number."""

    outcome: str
    day: int  # of the last meeting, -1 without any
    package: Package | None
    meetings: int
    rounds: int
    gap: float | None
    utilities: list[float]
    refusals: set[tuple[int, int]]  # parties, and the issue on which each refuses
    moves: list[Move]


@dataclass
class Held:
    """What the talks remember of a meeting."""

    offers: list[tuple[int, Package]] = field(default_factory=list)  # with who made them


def negotiate(scenario: Any, world: int = 0, seed: int = 0) -> Ending:
    """Play the talks of one world."""
    return Talks(PlainWorld(scenario, world, seed)).play()


class Talks:
    """The talks of one world."""

    def __init__(self, world: PlainWorld) -> None:
        if world.file.beyond:
            raise NotImplementedError(", ".join(world.file.beyond))
        self.world, self.file = world, world.file
        self.sides = range(len(self.file.sides))
        self.end = world.number(self.file.end)
        self.settled: dict[int, int] = {}
        self.broken = False
        self.held: dict[str, tuple[int, int]] = {}  # day and rounds of scheduled meetings, by id
        self.follow_ups = 0
        self.called: int | None = None  # when the call to meet again was put last
        self.they_will = False  # what it was answered
        self.meetings = self.rounds = 0
        self.day_of_last = -1
        self.times = dict.fromkeys(self.sides, 0.0)  # each side's clock in the last round
        self.offers: dict[int, Package] = {}  # last offer of each side, the latest last
        self.stands: dict[int, Package] = {}  # the same; of a side that has made none, the last that it accepted
        self.heard = [float("-inf")] * len(self.file.parties)  # the best offer of another side so far
        self.waiting = [0] * len(self.file.parties)  # meetings in a row without a better one
        self.moves: list[Move] = []

    def play(self) -> Ending:
        """Let the days pass, and say how it ended."""
        world = self.world
        happening = [event for event in self.file.events if self.occurs(event.id, event.probability)]
        self.day = 0
        while self.day <= self.end and not self.over:
            for event in happening:  # midnight
                if world.number(event.day) == self.day and not self.over:
                    world.happens(event)
                    self.broken = self.broken or event.ends_talks
                    self.end = max(world.number(self.file.end), self.day)
            evening = False  # whether the call to meet again is put today
            while not self.over and (meeting := self.due()) is not None:
                self.hold(meeting)
                evening = self.following() is None
            if self.called is not None and not self.over and self.next_day(self.called) <= self.day:
                if self.they_will:
                    self.hold(None)
                evening = True
            if evening and self.file.follow_up is not None and not self.over:
                self.called = self.day if self.more_follow_ups() else None
                self.they_will = all(self.willing(side) for side in self.sides)
            self.day += 1
        self.day = int(self.end)
        package = self.holds() if self.settled else None
        return Ending(
            outcome=self.outcome(),
            day=self.day_of_last,
            package=package,
            meetings=self.meetings,
            rounds=self.rounds,
            gap=self.gap(),
            utilities=[
                world.reservation(p) if package is None else world.utility(p, package)
                for p in range(len(self.file.parties))
            ],
            refusals=self.refusals(),
            moves=self.moves,
        )

    def occurs(self, event: str, probability: Quantity) -> bool:
        """Whether an event is one of this world's."""
        return self.world.luck(f"events.{event}.happens") < self.world.number(probability)

    # How it ends

    @property
    def agreed(self) -> bool:
        """Whether every issue is settled."""
        return len(self.settled) == len(self.file.issues)

    @property
    def over(self) -> bool:
        """Whether the talks have ended."""
        return self.agreed or self.broken

    def outcome(self) -> str:
        """Return the name of how it ended: the first that fits."""
        if self.agreed:
            return "agreement"
        if self.broken:
            return "breakdown"
        if self.settled:
            return "partial"
        to_meet = self.file.follow_up is not None and all(self.willing(side) for side in self.sides)
        return "talks_continue" if to_meet or self.following() is not None else "impasse"

    # The calendar

    def scheduled(self) -> list[tuple[float, int, Meeting]]:
        """All scheduled meetings by date, then by their order in the file."""
        days = [
            float(self.held[one.id][0]) if one.id in self.held else max(self.world.number(one.day), float(self.day))
            for one in self.file.meetings
        ]
        return sorted(zip(days, range(len(days)), self.file.meetings, strict=True), key=lambda one: one[:2])

    def following(self) -> tuple[float, int, Meeting] | None:
        """The next scheduled meeting."""
        return next((one for one in self.scheduled() if one[2].id not in self.held), None)

    def due(self) -> Meeting | None:
        """A scheduled meeting of today that has not been held."""
        following = self.following()
        return following[2] if following is not None and following[0] <= self.day else None

    def more_follow_ups(self) -> bool:
        """Whether the file allows another one."""
        follow_up = self.file.follow_up
        assert follow_up is not None
        return follow_up.at_most is None or self.follow_ups < self.world.number(follow_up.at_most)

    def deadline(self, side: int) -> float:
        """The day on which a side's patience is used up."""
        for stated in (self.file.sides[side].deadline, self.file.deadline):
            if stated is not None:
                return self.world.number(stated)
        return self.end

    def next_day(self, called: int) -> int:
        """When the sides meet next: after the usual time, or before that on the first deadline."""
        assert self.file.follow_up is not None
        usual = called + self.world.number(self.file.follow_up.after)
        deadlines = [self.deadline(side) for side in self.sides]
        return int(min([usual, *(day for day in deadlines if called < day < usual)]))

    def rounds_of(self, meeting: Meeting) -> int:
        """How many rounds a scheduled meeting has."""
        return self.held[meeting.id][1] if meeting.id in self.held else int(self.world.number(meeting.rounds))

    def clock(self, side: int, rounds_before: int | None) -> float:
        """The time for a side in a round of a scheduled meeting, after so many rounds of them; or in a follow-up."""
        if self.file.clock == "days":
            deadline = self.deadline(side)
            return min(self.day / deadline, 1.0) if deadline > 0 else 1.0
        if rounds_before is None:
            return 1.0
        return (rounds_before + 1) / (sum(self.rounds_of(one) for one in self.file.meetings) + 1)

    def willing(self, side: int) -> bool:
        """Whether a side has patience left: its clock is below 1, and a member still wants more than its floor."""
        played = None if self.follow_ups else sum(rounds for _, rounds in self.held.values()) - 1
        time, table = self.clock(side, played), self.table()
        return time < 1 and any(
            self.world.aspiration(p, table, time) > self.world.floor(p, table) + TOLERANCE
            for p in self.file.sides[side].members
        )

    # A meeting

    def holds(self) -> Package:
        """What is settled, else the status quo."""
        return tuple(self.settled.get(j, held) for j, held in enumerate(self.world.status_quo()))

    def table(self, agenda: Iterable[int] | None = None) -> Table:
        """What a meeting with this agenda can settle."""
        wanted = range(len(self.file.issues)) if agenda is None else agenda
        return Table(tuple(j for j in wanted if j not in self.settled), self.holds())

    def hold(self, meeting: Meeting | None) -> None:
        """Hold a scheduled meeting, or a follow-up."""
        follow_up = self.file.follow_up
        if meeting is not None:
            before = 0
            for _, _, one in self.scheduled():
                if one is meeting:
                    break
                before += self.rounds_of(one)
            rounds, agenda, parties, protocol = (
                self.rounds_of(meeting),
                meeting.agenda,
                meeting.parties,
                meeting.protocol,
            )
            self.held[meeting.id] = self.day, rounds
            numbers: list[int | None] = [before + k for k in range(rounds)]
        else:
            assert follow_up is not None
            self.follow_ups += 1
            agenda, parties, protocol = None, None, follow_up.protocol
            numbers = [None] * int(self.world.number(follow_up.rounds))
        table = self.table(agenda)
        if not table.issues or (self.file.forbidden and not self.world.packages(table)):
            return
        there = {side: self.world.members(side, parties) for side in self.sides}
        there = {side: present for side, present in there.items() if present}
        self.meetings, self.day_of_last = self.meetings + 1, self.day
        held = Held()
        if protocol == "plenary":
            agreed = False
            self.state_positions(held, table, there, numbers)
        else:
            agreed = self.bargain(held, table, there, numbers)
            if not agreed and self.file.early_harvest:
                self.harvest(table)
        if not self.agreed:
            self.walk_outs(held, there, agreed)

    def moves_in(self, number: int, side: int, act: str, offer: Package | None = None) -> None:
        """Note what a side does in a round of this number."""
        self.moves.append(Move(self.day, number, side, act, offer))

    def puts(self, held: Held, side: int, offer: Package) -> None:
        """Note an offer."""
        held.offers.append((side, offer))
        self.offers.pop(side, None)
        self.offers[side] = self.stands[side] = offer

    def round_begins(self, before: int | None) -> None:
        """Count a round, and set the clocks."""
        self.rounds += 1
        self.times = {side: self.clock(side, before) for side in self.sides}

    def state_positions(self, held: Held, table: Table, there: Seats, numbers: Sequence[int | None]) -> None:
        """A plenary: every side in turn states what it would offer; nothing can be agreed."""
        for number, before in enumerate(numbers, 1):
            self.round_begins(before)
            for side in there:
                offer = self.world.offer(side, table, self.times[side], there)
                self.moves_in(number, side, "defer" if offer is None else "offer", offer)
                if offer is not None:
                    self.puts(held, side, offer)

    def bargain(self, held: Held, table: Table, there: Seats, numbers: Sequence[int | None]) -> bool:
        """Alternating offers, until one is agreed or the rounds are over; whether an agreement stands."""
        world = self.world
        lies: Package | None = None  # on the table
        accepted: set[int] = set()
        refused: dict[int, str] = {}  # who has not accepted it, and how
        for number, before in enumerate(numbers, 1):
            self.round_begins(before)
            for side, present in there.items():
                answers = lies is not None and side not in accepted
                answer = "defer"
                if lies is not None and answers:
                    if world.passes(side, lies, table, self.times[side], present):
                        self.moves_in(number, side, "accept")
                        accepted.add(side)
                        refused.pop(side, None)
                        if side not in self.offers:
                            self.stands[side] = lies
                        if self.all_needed(lies, accepted, there):
                            return self.conclude(lies, table, there, accepted)
                        continue
                    answer = "defer" if world.acceptable(side, lies, present) else "reject"
                    refused[side] = answer
                    if self.may_still_be_agreed(there, refused):
                        self.moves_in(number, side, answer)
                        continue
                offer = world.offer(side, table, self.times[side], there)
                if offer is None:
                    self.moves_in(number, side, answer)
                    continue
                self.moves_in(number, side, "counter" if answers else "offer", offer)
                self.puts(held, side, offer)
                lies, accepted, refused = offer, {side}, {}
                if self.all_needed(lies, accepted, there):
                    return self.conclude(lies, table, there, accepted)
        return False

    def all_needed(self, package: Package, accepted: set[int], there: Seats) -> bool:
        """Whether so many have accepted as must, and no side with a veto finds it unacceptable."""
        against = {side for side in there if not self.world.acceptable(side, package, there[side])}
        return self.world.agree(there, accepted, against)

    def may_still_be_agreed(self, there: Iterable[int], refused: dict[int, str]) -> bool:
        """Where not all must agree: whether enough sides are left, and no veto has fallen."""
        all_must = self.file.at_least is None and self.file.vote is None
        if all_must and all(party.has_vote for party in self.file.parties):
            return False
        against = {side for side, answer in refused.items() if answer == "reject"}
        return self.world.agree(there, set(there) - refused.keys(), against)

    def conclude(self, package: Package, table: Table, there: Seats, accepted: set[int]) -> bool:
        """Settle what is agreed, if it stands: sides that were not wholly there must pass it as wholes."""
        passing = set()
        for side in self.sides:
            members = self.world.members(side)
            wholly = there.get(side) == members
            if side in accepted if wholly else self.world.passes(side, package, table, self.times[side], members):
                passing.add(side)
        whole = {side: self.world.members(side) for side in self.sides}
        if not self.all_needed(package, passing, whole):
            return False
        self.settled |= {j: package[j] for j in table.issues}
        return True

    def harvest(self, table: Table) -> None:
        """Settle issue by issue what is on common ground: where the last offers of all who are needed are the same."""
        for j in table.issues:
            for option in dict.fromkeys(self.offers[side][j] for side in sorted(self.offers)):
                same = [side for side, offer in self.offers.items() if offer[j] == option]
                if option == self.world.status_quo()[j] or not self.world.agree(self.sides, set(same), set()):
                    continue
                deal, settled = with_option(self.holds(), j, option), [*self.settled, j]
                if self.world.forbidden(deal):
                    continue
                passing = {side for side in self.sides if self.world.settles(side, deal, settled)}
                if self.world.agree(self.sides, passing & set(same), set(self.sides) - passing):
                    self.settled[j] = option
                    break

    def walk_outs(self, held: Held, there: Iterable[int], agreed: bool) -> None:
        """Let sides leave for good of which a member has waited too long for a better offer."""
        for side in there:
            for p in self.file.sides[side].members:
                utilities = [self.world.utility(p, offer) for by, offer in held.offers if by != side]
                better = agreed or any(utility > self.heard[p] + TOLERANCE for utility in utilities)
                self.heard[p] = max([self.heard[p], *utilities])
                self.waiting[p] = 0 if better else self.waiting[p] + 1
                after = self.file.parties[p].walk_out
                if after is not None and self.waiting[p] >= self.world.number(after):
                    self.broken = True

    # What is measured

    def gap(self) -> float | None:
        """Mean distance between what the sides stand by, over their pairs."""
        if self.agreed:
            return 0.0
        pairs = list(combinations(sorted(self.stands), 2))
        return sum(self.apart(a, b) for a, b in pairs) / len(pairs) if pairs else None

    def apart(self, a: int, b: int) -> float:
        """Mean over the issues of how far the places of two sides' options are apart, by what both care."""
        world = self.world
        ours, theirs = self.salience(a), self.salience(b)
        part = whole = 0.0
        for j in range(len(self.file.issues)):
            weight = ours[j] + theirs[j]
            part += weight * abs(world.place(j, self.stands[a][j]) - world.place(j, self.stands[b][j]))
            whole += weight
        return part / whole if whole > 0 else 0.0

    def salience(self, side: int) -> list[float]:
        """Mean over the members, by weight, of how much each cares for each issue, which sums to 1."""
        world, issues = self.world, range(len(self.file.issues))
        mean = [0.0 for _ in issues]
        whole = sum(world.weight(p) for p in self.file.sides[side].members)
        for p in self.file.sides[side].members:
            scores = self.file.parties[p].scores
            cares = [world.spread(p, j) if j in scores else world.salience(p, j) for j in issues]
            if sum(cares) * whole > 0:
                mean = [m + world.weight(p) * care / (sum(cares) * whole) for m, care in zip(mean, cares, strict=True)]
        return mean

    def refusals(self) -> set[tuple[int, int]]:
        """Who objects to the latest offer of another side, or holds out if nobody objects; each on what issue."""
        world = self.world
        objecting, waiting = set(), set()
        for p, party in enumerate(self.file.parties):
            offers = [offer for side, offer in self.offers.items() if side != party.side]
            if self.agreed or not offers:
                continue
            at = p, self.sorest(p, offers[-1])
            if world.objects(p, offers[-1]):
                objecting.add(at)
            elif world.utility(p, offers[-1]) < world.aspiration(p, self.table(), self.times[party.side]) - TOLERANCE:
                waiting.add(at)
        return objecting or waiting

    def sorest(self, party: int, package: Package) -> int:
        """The first issue on which a package crosses a red line, or else the one on which it costs the party most."""
        world = self.world
        crossed = [j for j, k in enumerate(package) if world.red_line(party, j, k)]
        losses = [
            max(world.worth(party, j, o) for o in world.options(j)) - world.worth(party, j, k)
            for j, k in enumerate(package)
        ]
        return crossed[0] if crossed else next(j for j, loss in enumerate(losses) if loss >= max(losses) - TOLERANCE)
