"""The talks as one would first write them in SimPy: one process per party per world, plain Python, no arrays.

A second reading of the rules of play beside `tests/plain.py`, and the baseline of the engine's speed. It is written
from the rules, neither from the engine nor from the other program; they share the reading of scenario files
(`plain_file`), the drawn numbers of a world, so that all play the same worlds, and the form in which an ending is told.

In every world each party is a process that waits for questions in its inbox and answers them: which of these packages
do you object to, which are you for, do you want more than the least you can get. A side asks its members and applies
its decision rule. A chair keeps the calendar, holds the meetings and puts the call to meet again. Every event is a
process that waits for its day.

    from sim.scenario.loading import load
    endings = play(load("price_haggle"), seed=0, first=0, last=10)
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np
import plain_file as file
import simpy
from plain import Ending, Move, Package
from scipy.special import ndtri

from sim.scenario.model import Quantity
from sim.worlds.draws import draw, uniforms

CLOSE = 1e-9  # utilities differ if they differ by more; ratios and shares of weight, by more than this part of them
MIDNIGHT, NOON, EVENING, LAST = 0.0, 0.5, 0.75, 0.9  # hours of events, meetings, calls to meet again, the end

Asking = Generator[simpy.Event, Any, Any]  # a step of talks that may wait for answers


@dataclass
class Luck:
    """What was drawn for one world."""

    numbers: dict[str, float]  # by path
    happens: list[bool]  # by event
    insists: set[str]  # sides that settle nothing but the whole package
    errors: dict[str, list[list[float]]]  # by side that errs about the others: standard normal, by issue and option


def play(scenario: Any, seed: int, first: int, last: int) -> list[Ending]:
    """Play the worlds from `first` up to, not including, `last`, one after the other."""
    read = file.read(scenario)
    if read.beyond:
        raise NotImplementedError(", ".join(read.beyond))
    return [World(read, luck).play() for luck in draw_luck(read, seed, first, last)]


def draw_luck(scenario: file.File, seed: int, first: int, last: int) -> list[Luck]:
    """Draw all numbers of some worlds."""
    worlds = np.arange(first, last)
    drawn = {path: v.tolist() for path, v in draw(scenario.numbers.values(), seed, worlds).items()}

    def luck(name: str) -> Any:
        return uniforms(seed, name, worlds)

    happens = [
        (luck(f"events.{event.id}.happens") < drawn[event.probability.path]).tolist() for event in scenario.events
    ]
    insists = {side.id: np.full(len(worlds), side.package_only is True) for side in scenario.sides}
    for side in scenario.sides:
        if not isinstance(side.package_only, bool):
            insists[side.id] = luck(f"{side.package_only.path}.holds") < drawn[side.package_only.path]
    errors = {
        side.id: [
            [ndtri(luck(f"sides.{side.id}.opponents.error.{j}.{k}")).tolist() for k in range(len(issue.options))]
            for j, issue in enumerate(scenario.issues)
        ]
        for side in scenario.sides
        if side.noise is not None
    }
    return [
        Luck(
            {path: values[i] for path, values in drawn.items()},
            [event[i] for event in happens],
            {side for side, holds in insists.items() if holds[i]},
            {side: [[option[i] for option in issue] for issue in table] for side, table in errors.items()},
        )
        for i in range(len(worlds))
    ]


# ----------------------------------------------------------------------------------------------------------------------
# What is on the table
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Table:
    """The issues that a meeting can settle, and the options that hold on all others."""

    issues: list[int]
    holds: list[int]  # by issue; -1 where nothing holds, which can only be on the table
    options: list[int]  # how many each issue has

    def package(self, choice: dict[int, int]) -> Package:
        """Whole package with these options on the issues on the table."""
        return tuple(choice.get(j, held) for j, held in enumerate(self.holds))

    def packages(self) -> list[Package]:
        """All packages that can be agreed, counting up with the last issue fastest."""
        return [
            self.package(dict(zip(self.issues, choice, strict=True)))
            for choice in product(*(range(self.options[j]) for j in self.issues))
        ]


@dataclass
class Ladder:
    """How a side gives way: where it starts, and issue and option of each step, in order."""

    start: dict[int, int]
    steps: list[tuple[int, int]]

    def choices(self) -> list[dict[int, int]]:
        """The options on each rung."""
        rungs = [self.start]
        for j, k in self.steps:
            rungs.append({**rungs[-1], j: k})
        return rungs


def climb(
    table: Table, allowed: dict[int, list[int]], own: list[list[float]], others: list[list[float]]
) -> Ladder | None:
    """The way from a side's own best to what is best for the others; None where an issue has no option left.

    `own` and `others` are the scaled worth of options by issue; `allowed` are the options that the side could pass.
    """
    if not all(allowed[j] for j in table.issues):
        return None
    start: dict[int, int] = {}
    steps: dict[int, list[tuple[float, int]]] = {}  # by issue: gain per cost, option
    for j in table.issues:
        mine, theirs = own[j], others[j]
        best = [k for k in allowed[j] if mine[k] >= max(mine[i] for i in allowed[j]) - CLOSE]
        at = start[j] = next(k for k in best if theirs[k] >= max(theirs[i] for i in best) - CLOSE)
        steps[j] = []
        while True:
            rates = {}
            for k in allowed[j]:
                gain, cost = theirs[k] - theirs[at], mine[at] - mine[k]
                if gain > CLOSE:
                    rates[k] = gain / cost if cost > CLOSE else float("inf")
            if not rates:
                break
            highest = max(rates.values())
            tied = [k for k in rates if rates[k] == highest or rates[k] >= highest * (1 - CLOSE)]
            at = next(k for k in tied if mine[k] >= max(mine[i] for i in tied) - CLOSE)
            steps[j].append((rates[at], at))
    # Merge the issues' steps by gain per cost; within an issue it can only fall.
    merged = []
    while any(steps.values()):
        highest = max(steps[j][0][0] for j in table.issues if steps[j])
        j = next(j for j in table.issues if steps[j] and steps[j][0][0] >= highest * (1 - CLOSE))
        merged.append((j, steps[j].pop(0)[1]))
    return Ladder(start, merged)


# ----------------------------------------------------------------------------------------------------------------------
# Parties: a process each
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Question:
    """What a party is asked: its judgement of packages, at time t of its clock, at its least demand (t = None), or as
    a partial deal on some issues."""

    packages: list[Package]
    table: Table
    t: float | None
    settled: list[int] | None
    answer: simpy.Event


class Party:
    """One decision maker in one world."""

    def __init__(self, world: World, index: int) -> None:
        self.world = world
        self.model = world.scenario.parties[index]
        self.index = index
        self.inbox = simpy.Store(world.env)
        self.heard = float("-inf")  # worth of the best offer by another side so far
        self.waiting = 0  # meetings in a row without a better one
        self.think()
        world.env.process(self.live())

    def live(self) -> Asking:
        """Answer questions, for ever."""
        while True:
            question: Question = yield self.inbox.get()
            least = self.reservation if question.settled is None else self.for_part(question.settled)
            demand = least if question.t is None else self.aspiration(question.table, question.t)
            question.answer.succeed([self.judge(package, demand, least) for package in question.packages])

    def ask(self, packages: list[Package], table: Table, t: float | None, settled: list[int] | None) -> simpy.Event:
        """Put a question in the inbox; the event brings a judgement of each package."""
        answer = self.world.env.event()
        self.inbox.put(Question(packages, table, t, settled, answer))
        return answer

    def votes(self, of: str) -> float:
        """What its vote weighs by a name."""
        own = self.model.votes if of == "votes" else self.model.weights.get(of)
        if of == "weight" or (of == "votes" and own is None):
            return self.weight
        return 1.0 if of == "members" else self.world.number(own) if own is not None else 0.0

    def think(self) -> None:
        """Work out what it wants from the numbers as they are now."""
        number, model = self.world.number, self.model
        self.weight = number(model.weight)
        self.exponent = number(model.exponent)
        power = number(model.loss)
        cared = sum(number(model.salience[j]) for j in model.places)
        self.worth: list[list[float]] = []
        self.salience: list[float] = []  # as the gap between sides weighs the issues, before it is normalised
        for j, places in enumerate(self.world.places):
            if j in model.scores:
                scores = [number(model.salience[j]) * number(score) for score in model.scores[j]]
                self.worth.append(scores)
                self.salience.append(max(scores) - min(scores))
            elif j in model.places:
                salience = number(model.salience[j]) / cared if cared > 0 else 0.0
                ideal = self.ideal(j)
                self.worth.append([salience * (1 - abs(x - ideal) ** power) for x in places])
                self.salience.append(salience)
            else:
                self.worth.append([0.0] * len(places))
                self.salience.append(0.0)
        self.reservation = number(model.reservation)
        if model.over_status_quo:
            # Events may change the surplus over the status quo, or the whole value, which is a number only here.
            drawn = self.reservation + self.utility(self.world.status_quo)
            legal = (float("-inf"), float("inf")) if model.scores else (0.0, 1.0)
            self.reservation = self.world.changed(f"parties.{model.id}.reservation", drawn, *legal)
        self.reaches: dict[Any, tuple[float, float]] = {}  # by table
        self.red_lines = {line for line, number in model.red_lines.items() if self.world.is_red(number)}

    def ideal(self, issue: int) -> float:
        """Where it wants an issue settled."""
        number = self.model.places[issue]
        if issue not in self.model.choices:
            return self.world.number(number)
        chosen = self.model.choices[issue][int(self.world.luck.numbers[number.path])]
        return self.world.changed(number.path, self.world.places[issue][chosen], 0.0, 1.0)

    def utility(self, package: Iterable[int]) -> float:
        """What a package is worth."""
        return sum(worth[k] for worth, k in zip(self.worth, package, strict=True))

    def reach(self, table: Table) -> tuple[float, float]:
        """The least that it ever demands and the most that it can get; its reservation value where it rules all out."""
        known = tuple(table.issues), tuple(table.holds)
        if known not in self.reaches:
            self.reaches[known] = self.reach_anew(table)
        return self.reaches[known]

    def reach_anew(self, table: Table) -> tuple[float, float]:
        """The same, worked out."""
        worst = best = 0.0
        for j, worth in enumerate(self.worth):
            there = range(len(worth)) if j in table.issues else [table.holds[j]]
            open_to_it = [worth[k] for k in there if (j, k) not in self.red_lines]
            if not open_to_it:
                return self.reservation, self.reservation
            worst, best = worst + min(open_to_it), best + max(open_to_it)
        return max(self.reservation, worst), best

    def aspiration(self, table: Table, t: float) -> float:
        """Return the utility that it demands."""
        floor, best = self.reach(table)
        return max(self.reservation, best - (best - floor) * t**self.exponent)

    def wants_more(self, table: Table, t: float) -> bool:
        """Whether it demands more than the least it would ever demand."""
        return self.aspiration(table, t) > self.reach(table)[0] + CLOSE

    def for_part(self, settled: list[int]) -> float:
        """Its reservation value for a partial deal: the status quo and, of a surplus, the part at stake there."""
        quo = self.utility(self.world.status_quo)
        spreads = [max(worth) - min(worth) for worth in self.worth]
        at_stake = sum(spreads[j] for j in settled) / sum(spreads) if sum(spreads) > 0 else 0.0
        return quo + max(self.reservation - quo, 0.0) * at_stake

    def judge(self, package: Package, demand: float, least: float) -> str:
        """Say whether it objects to a package, is for it, or holds out."""
        utility = self.utility(package)
        if utility < least - CLOSE or any(line in self.red_lines for line in enumerate(package)):
            return "objects"
        return "for" if utility >= demand - CLOSE else "holds out"

    def sorest(self, package: Package) -> int:
        """Return the issue on which a package crosses a red line, or else the one on which it costs the party most."""
        for j, k in enumerate(package):
            if (j, k) in self.red_lines:
                return j
        losses = [max(worth) - worth[k] for worth, k in zip(self.worth, package, strict=True)]
        return next(j for j, loss in enumerate(losses) if loss >= max(losses) - CLOSE)

    def scaled(self, table: Table) -> list[list[float]] | None:
        """Worth of options scaled so that its best package has 1 more than its worst; None if it does not mind."""
        spread = sum(max(self.worth[j]) - min(self.worth[j]) for j in table.issues)
        return [[u / spread for u in worth] for worth in self.worth] if spread > CLOSE else None


# ----------------------------------------------------------------------------------------------------------------------
# Sides: members who sit together and speak with one voice
# ----------------------------------------------------------------------------------------------------------------------


class Delegation:
    """The members of a side who are at a meeting, all of them or some."""

    def __init__(self, world: World, model: file.Side, members: list[Party], table: Table) -> None:
        self.world = world
        self.model = model
        self.members = members
        self.table = table
        self.whole = len(members) == len(model.members)
        self.own = self.worth()
        self.way: Ladder | None = None

    def worth(self) -> list[list[float]]:
        """Scaled worth of options to the side, the mean of its members' by weight."""
        scaled = [(member.weight, member.scaled(self.table)) for member in self.members]
        counting = [(weight, worth) for weight, worth in scaled if worth is not None]
        total = sum(weight for weight, _ in counting)
        if not total:
            return [[0.0] * count for count in self.table.options]
        return [
            [sum(weight * worth[j][k] for weight, worth in counting) / total for k in range(count)]
            for j, count in enumerate(self.table.options)
        ]

    def prepare(self, delegations: list[Delegation]) -> None:
        """Plan how to give way, from what it believes the others want."""
        others = [d.own for d in delegations if d is not self]
        belief = [
            [sum(own[j][k] for own in others) / len(others) for k in range(count)]
            for j, count in enumerate(self.table.options)
        ]
        if self.model.noise is not None:
            sd = self.world.number(self.model.noise)
            errors = self.world.luck.errors[self.model.id]
            belief = [[u + sd * z for u, z in zip(*row, strict=True)] for row in zip(belief, errors, strict=True)]
        self.way = climb(self.table, self.allowed(), self.own, belief)

    def allowed(self) -> dict[int, list[int]]:
        """Options, by issue, that the side could pass if nobody objected but those with a red line there."""
        return {
            j: [
                k
                for k in range(self.table.options[j])
                if self.free(["objects" if (j, k) in member.red_lines else "for" for member in self.members])
            ]
            for j in self.table.issues
        }

    def passes(self, packages: list[Package], t: float | None, settled: list[int] | None = None) -> Asking:
        """Ask the members about packages and say for each whether the side passes it."""
        answers = []
        for asked in [member.ask(packages, self.table, t, settled) for member in self.members]:
            answers.append((yield asked))
        return [self.free(judgements) and self.content(judgements) for judgements in zip(*answers, strict=True)]

    def free(self, judgements: Iterable[str]) -> bool:
        """Whether nobody stops the side."""
        rule, said = self.model.rule, list(zip(self.members, judgements, strict=True))
        said = [(m, judgement) for m, judgement in said if m.index in self.electorate]
        objecting = [m.index for m, judgement in said if judgement == "objects"]
        standing = [m for m, judgement in said if judgement != "objects"]
        if not said or any(veto in objecting for veto in self.model.veto):
            return False
        if self.model.vote is not None:
            return self.world.count([[m] for m, _ in said], [[m] for m in standing], self.model.vote)
        if rule == "leader":
            return any(m.index == self.model.leader for m in standing)
        if rule == "quorum":
            assert self.model.number is not None
            return len(standing) >= min(self.world.number(self.model.number), len(said))
        if rule == "majority":
            assert self.model.number is not None
            votes = [sum(m.votes("votes") for m in some) for some in (standing, [m for m, _ in said])]
            return votes[0] >= self.world.number(self.model.number) * votes[1] * (1 - CLOSE)
        return not objecting

    @property
    def electorate(self) -> set[int]:
        """Members who have a vote; all where nobody of the side has one."""
        voting = {p for p in self.model.members if self.world.scenario.parties[p].has_vote}
        return voting or set(self.model.members)

    def content(self, judgements: Iterable[str]) -> bool:
        """Whether enough members are for it."""
        rule = self.model.rule
        voters = [m for m in self.members if m.index in self.electorate]
        in_favour = [m for m, said in zip(self.members, judgements, strict=True) if said == "for" and m in voters]
        vote = self.model.vote
        if vote is not None and vote.abstains:
            carried = self.world.count([[m] for m in voters], [[m] for m in in_favour], vote)
        else:
            carried = True
        if not carried:
            return False
        if rule == "leader":
            return any(m.index == self.model.leader for m in in_favour)
        assert self.model.pace is not None
        return self.weigh(in_favour) >= self.world.number(self.model.pace) * self.weigh(voters) * (1 - CLOSE)

    def weigh(self, members: Iterable[Party]) -> float:
        """Weight of some members."""
        return sum(member.weight for member in members)

    def offer(self, t: float) -> Asking:
        """Find the package that the side puts now, or None."""
        if self.model.offering == "exhaustive":
            packages = self.table.packages()
            passed = yield from self.passes(packages, t)
            return self.least([package for package, yes in zip(packages, passed, strict=True) if yes])
        if self.way is None:
            return None
        choices = self.way.choices()
        rungs = [self.table.package(choice) for choice in choices]
        passed = yield from self.passes(rungs, t)
        if not any(passed):
            acceptable = yield from self.passes(rungs, None)
            return next((rung for rung, yes in zip(rungs, acceptable, strict=True) if yes), None)
        furthest = max(i for i, yes in enumerate(passed) if yes)
        standing = choices[furthest]
        for j, k in self.way.steps[furthest:]:
            beside = {**standing, j: k}
            if (yield from self.passes([self.table.package(beside)], t))[0]:
                standing = beside
        return self.table.package(standing)

    def value(self, package: Package) -> float:
        """Scaled worth of a package to the side."""
        return sum(self.own[j][package[j]] for j in self.table.issues)

    def least(self, packages: list[Package]) -> Package | None:
        """Return the package worth least to the side, the first of those."""
        if not packages:
            return None
        values = [self.value(package) for package in packages]
        lowest = min(values)
        return next(package for package, value in zip(packages, values, strict=True) if value <= lowest + CLOSE)


# ----------------------------------------------------------------------------------------------------------------------
# The talks of one world
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Held:
    """A meeting that was held: its day, its rounds, all its offers with the index of the side."""

    day: float
    rounds: int
    offers: list[tuple[int, Package]] = field(default_factory=list)


class World:
    """One world: its calendar, its parties, its chair."""

    def __init__(self, scenario: file.File, luck: Luck) -> None:
        self.scenario = scenario
        self.luck = luck
        self.env = simpy.Environment()
        self.changes: dict[str, list[tuple[str, float]]] = {}  # effects of events so far, by path
        self.end = self.number(scenario.end)
        self.new_calendar = self.env.event()  # comes with every event, for whoever waits for a date
        self.places = [places(issue, self) for issue in scenario.issues]
        self.status_quo = [-1 if issue.status_quo is None else issue.status_quo for issue in scenario.issues]
        self.settled: dict[int, int] = {}
        self.last_offer: dict[int, Package] = {}  # by side, the latest last
        self.stance: dict[int, Package] = {}  # its last offer, or if it has made none the last it accepted
        self.moves: list[Move] = []
        self.times: list[float] = [0.0] * len(scenario.sides)  # of the last act, by each side's clock
        self.scheduled: dict[int, Held] = {}  # scheduled meetings that were held, by place in the file
        self.held = self.rounds = self.follow_ups = 0
        self.day = -1  # of the last meeting
        self.broken = False
        self.parties = [Party(self, i) for i in range(len(scenario.parties))]

    def play(self) -> Ending:
        """Let the time pass and say how it ended."""
        finished = self.env.process(self.close())
        for i in range(len(self.scenario.events)):
            if self.luck.happens[i]:
                self.env.process(self.event(i))
        self.env.process(self.chair())
        self.env.run(until=finished)
        package = tuple(self.holds()) if self.settled else None
        utilities = [p.utility(package) if package else p.reservation for p in self.parties]
        return Ending(
            self.outcome(),
            self.day,
            package,
            self.held,
            self.rounds,
            self.gap(),
            utilities,
            self.refusals(),
            self.moves,
        )

    def number(self, quantity: Quantity) -> float:
        """Value of a number now: as drawn, with the effects of events so far."""
        drawn = self.luck.numbers[quantity.path]
        return self.changed(quantity.path, drawn, quantity.low, quantity.high, quantity.whole)

    def changed(self, path: str, value: float, low: float, high: float, whole: bool = False) -> float:
        """Value of a number after the effects of events so far, kept in its legal range."""
        if path not in self.changes:
            return value
        for how, amount in self.changes[path]:
            value = value + amount if how == "add" else value * amount if how == "times" else amount
        if whole:
            value = (value + 0.5) // 1
        return min(max(value, low), high)

    def is_red(self, line: file.RedLine) -> bool:
        """Whether an option is a red line: if an event has not said so, by its probability."""
        probability = self.number(line.probability)
        if line.luck is None or line.probability.path in self.changes:
            return probability > 0.5
        return probability > 0 and self.luck.numbers[line.luck.path] + probability >= 1

    @property
    def agreed(self) -> bool:
        """Whether every issue is settled."""
        return len(self.settled) == len(self.scenario.issues)

    @property
    def over(self) -> bool:
        """Whether the talks have ended."""
        return self.agreed or self.broken

    def outcome(self) -> str:
        """Return the name of how it ended."""
        if self.agreed:
            return "agreement"
        if self.broken:
            return "breakdown"
        if self.settled:
            return "partial"
        willing = self.scenario.follow_up is not None and self.all_willing()
        return "talks_continue" if willing or self.next_meeting() is not None else "impasse"

    def holds(self) -> list[int]:
        """Return the options that hold now: what is settled, else the status quo."""
        return [self.settled.get(j, held) for j, held in enumerate(self.status_quo)]

    def table(self, agenda: Iterable[int] | None = None) -> Table:
        """Return what a meeting with this agenda can settle."""
        wanted = range(len(self.scenario.issues)) if agenda is None else agenda
        options = [len(issue.options) for issue in self.scenario.issues]
        return Table([j for j in wanted if j not in self.settled], self.holds(), options)

    # --- the calendar -------------------------------------------------------------------------------------------------

    @property
    def today(self) -> float:
        """The day that it is."""
        return self.env.now // 1

    def until(self, day: float, hour: float) -> simpy.Event:
        """Wait for an hour of a day."""
        return self.env.timeout(max(day + hour - self.env.now, 0.0))

    def close(self) -> Asking:
        """Wait for the end, which events may move."""
        while self.env.now < self.end + LAST:
            yield self.until(self.end, LAST) | self.new_calendar

    def event(self, index: int) -> Asking:
        """Wait for the event's day, then let it happen."""
        event = self.scenario.events[index]
        yield self.until(self.number(event.day), MIDNIGHT)
        if self.over:
            return
        for effect in event.effects:
            self.changes.setdefault(effect.path, []).append((effect.how, self.luck.numbers[effect.amount.path]))
        for party in self.parties:
            party.think()
        self.end = max(self.number(self.scenario.end), self.today)
        self.broken = event.ends_talks
        self.new_calendar.succeed()
        self.new_calendar = self.env.event()

    def order(self) -> list[tuple[float, int]]:
        """Day and place in the file of all scheduled meetings, in the order in which they come."""
        return sorted(
            (self.scheduled[i].day if i in self.scheduled else max(self.number(meeting.day), self.today), i)
            for i, meeting in enumerate(self.scenario.meetings)
        )

    def next_meeting(self) -> tuple[float, int] | None:
        """Day and place in the file of the next scheduled meeting, if there is another."""
        return next(((day, i) for day, i in self.order() if i not in self.scheduled), None)

    def chair(self) -> Asking:
        """Hold the scheduled meetings, then those that the sides agree on."""
        while (following := self.next_meeting()) is not None:
            day, i = following
            moved = self.new_calendar
            yield self.until(day, NOON) | moved
            if self.over:
                return
            if moved.triggered:
                continue
            meeting, rounds = self.scenario.meetings[i], self.rounds_of(i)
            before = sum(self.rounds_of(other) for other in self.earlier(i))
            times = [self.clocks(before + k) for k in range(rounds)]
            self.scheduled[i] = Held(day, rounds)
            yield from self.meet(meeting.parties, meeting.agenda, meeting.protocol, times, self.scheduled[i])
        if self.scheduled and self.scenario.follow_up is not None:
            yield from self.follow_up(self.scenario.follow_up)

    def earlier(self, i: int) -> list[int]:
        """The scheduled meetings before one, by place in the file."""
        order = [place for _, place in self.order()]
        return order[: order.index(i)]

    def rounds_of(self, i: int) -> int:
        """How many rounds a scheduled meeting has."""
        return self.scheduled[i].rounds if i in self.scheduled else int(self.number(self.scenario.meetings[i].rounds))

    def clocks(self, k: int | None) -> list[float]:
        """Return the time between 0 and 1 for each side: in round k of the scheduled meetings, or of a follow-up."""
        if self.scenario.clock == "days":
            return [min(self.today / day, 1.0) if day > 0 else 1.0 for day in self.deadlines()]
        rounds = sum(self.rounds_of(i) for i in range(len(self.scenario.meetings)))
        return [1.0 if k is None else (k + 1) / (rounds + 1)] * len(self.scenario.sides)

    def deadlines(self) -> list[float]:
        """The day on which each side's patience is used up."""
        common = self.end if self.scenario.deadline is None else self.number(self.scenario.deadline)
        return [common if side.deadline is None else self.number(side.deadline) for side in self.scenario.sides]

    def follow_up(self, model: file.FollowUp) -> Asking:
        """Put the call to meet again, and hold the meetings on which all agree."""
        while model.at_most is None or self.follow_ups < self.number(model.at_most):
            yield self.until(self.today, EVENING)
            if self.over:
                return
            called, willing = self.today, self.all_willing()
            while True:
                moved = self.new_calendar
                usual = called + self.number(model.after)
                following = min([day for day in self.deadlines() if called < day < usual], default=usual)
                yield self.until(max(following, self.today), NOON if willing else EVENING) | moved
                if self.over:
                    return
                if not moved.triggered:
                    break
            if willing:
                self.follow_ups += 1
                rounds = int(self.number(model.rounds))
                yield from self.meet(None, None, model.protocol, [self.clocks(None)] * rounds, Held(self.today, rounds))

    def all_willing(self) -> bool:
        """Ask all sides whether they will meet again."""
        played = None if self.follow_ups else sum(held.rounds for held in self.scheduled.values()) - 1
        table = self.table()
        return all(
            t < 1 and any(self.parties[p].wants_more(table, t) for p in side.members)
            for side, t in zip(self.scenario.sides, self.clocks(played), strict=True)
        )

    # --- a meeting ----------------------------------------------------------------------------------------------------

    def delegations(self, parties: Iterable[int] | None, table: Table) -> dict[int, Delegation]:
        """Seat the sides, in the order of their first party in the file."""
        there = range(len(self.parties)) if parties is None else parties
        seated = {}
        for i, side in enumerate(self.scenario.sides):
            members = [self.parties[p] for p in side.members if p in there]
            if members:
                seated[i] = Delegation(self, side, members, table)
        for delegation in seated.values():
            delegation.prepare(list(seated.values()))
        return seated

    def as_wholes(self, table: Table) -> dict[int, Delegation]:
        """All sides with all their members."""
        return {
            i: Delegation(self, side, [self.parties[p] for p in side.members], table)
            for i, side in enumerate(self.scenario.sides)
        }

    def enough(self, there: Iterable[int], for_it: set[int], against: set[int]) -> bool:
        """Whether these sides of those there are enough, where others find it unacceptable."""
        parties, vote = self.parties, self.scenario.vote
        by_side = {i: [parties[p] for p in self.scenario.sides[i].members] for i in there}
        voting = {i: [m for m in members if self.scenario.parties[m.index].has_vote] for i, members in by_side.items()}
        voting = {i: members for i, members in voting.items() if members}
        if not voting or against & set(self.scenario.veto):
            return False
        yes = [voting[i] for i in voting if i in for_it]
        if vote is None:
            least = self.scenario.at_least
            return len(yes) >= (len(voting) if least is None else min(self.number(least), len(voting)))
        if vote.abstains:
            return self.count(list(voting.values()), yes, vote)
        assert self.scenario.pace is not None
        weights = [sum(m.weight for members in some for m in members) for some in (yes, voting.values())]
        if weights[0] < self.number(self.scenario.pace) * weights[1] * (1 - CLOSE):
            return False
        return self.count(list(voting.values()), [voting[i] for i in voting if i not in against], vote)

    def count(self, voters: list[list[Party]], yes: list[list[Party]], vote: file.Vote) -> bool:
        """Whether those who say yes carry it by rules joined; each voter casts the votes of some parties."""
        if vote.blocking is not None and len(voters) - len(yes) < min(self.number(vote.blocking), len(voters)):
            return True
        for rule in vote.rules:
            if rule.number is None:
                if len(yes) < len(voters):
                    return False
                continue
            least = self.number(rule.number)
            if rule.name == "quorum":
                if len(yes) < min(least, len(voters)):
                    return False
                continue
            heads = rule.of == "members"
            cast, whole = (
                float(len(some)) if heads else sum(m.votes(rule.of) for one in some for m in one)
                for some in (yes, voters)
            )
            if cast < (min(least, whole) if rule.absolute else least * whole) * (1 - CLOSE):
                return False
        return True

    def agree(self, package: Package, for_it: set[int], sides: dict[int, Delegation]) -> Asking:
        """Whether enough of these sides are for a package, and none with a veto finds it unacceptable."""
        if not self.enough(sides, for_it, set()):
            return False
        vote, against = self.scenario.vote, set()
        for i in self.scenario.veto if vote is None or vote.abstains else sides:
            if i in sides and not (yield from sides[i].passes([package], None))[0]:
                against.add(i)
        return self.enough(sides, for_it, against)

    def meet(
        self,
        parties: Iterable[int] | None,
        agenda: Iterable[int] | None,
        protocol: str,
        times: list[list[float]],
        meeting: Held,
    ) -> Asking:
        """Hold a meeting: its rounds at these times of the sides' clocks, then what it leads to."""
        table = self.table(agenda)
        if not table.issues:
            return
        seated = self.delegations(parties, table)
        self.held += 1
        self.day = int(self.today)
        agreed = False
        if protocol == "plenary":
            yield from self.state_positions(meeting, seated, times)
        else:
            agreed = yield from self.bargain(meeting, seated, table, times)
            if not agreed and self.scenario.early_harvest:
                yield from self.harvest(table)
        if not self.agreed:
            self.walk_outs(meeting, seated, agreed)

    def put(self, meeting: Held, side: int, offer: Package) -> None:
        """Note an offer."""
        meeting.offers.append((side, offer))
        self.last_offer.pop(side, None)
        self.last_offer[side] = self.stance[side] = offer

    def moves_in(self, number: int, side: int, act: str, offer: Package | None = None) -> None:
        """Note what a side does in a round of this number."""
        self.moves.append(Move(self.day, number, side, act, offer))

    def state_positions(self, meeting: Held, seated: dict[int, Delegation], times: list[list[float]]) -> Asking:
        """Let every side in turn state what it would offer; nothing can be agreed."""
        for number, t in enumerate(times, 1):
            self.rounds, self.times = self.rounds + 1, t
            for i, delegation in seated.items():
                offer = yield from delegation.offer(t[i])
                self.moves_in(number, i, "defer" if offer is None else "offer", offer)
                if offer is not None:
                    self.put(meeting, i, offer)

    def bargain(self, meeting: Held, seated: dict[int, Delegation], table: Table, times: list[list[float]]) -> Asking:
        """Alternate offers until one is agreed or the rounds are over; say whether an agreement stands."""
        on_table: Package | None = None
        accepted: set[int] = set()
        refused: set[int] = set()
        rejected: set[int] = set()
        for number, t in enumerate(times, 1):
            self.rounds, self.times = self.rounds + 1, t
            for i, delegation in seated.items():
                answers = on_table is not None and i not in accepted
                answer = "defer"
                if on_table is not None and answers:
                    if (yield from delegation.passes([on_table], t[i]))[0]:
                        self.moves_in(number, i, "accept")
                        accepted.add(i)
                        refused.discard(i)
                        if i not in self.last_offer:
                            self.stance[i] = on_table
                        if (yield from self.agree(on_table, accepted, seated)):
                            return (yield from self.conclude(on_table, seated, accepted, table, t))
                        continue
                    refused.add(i)
                    if not (yield from delegation.passes([on_table], None))[0]:
                        answer = "reject"
                        rejected.add(i)
                    not_all = self.scenario.at_least is not None or self.scenario.vote is not None
                    not_all = not_all or not all(party.has_vote for party in self.scenario.parties)
                    if not_all and self.enough(seated, set(seated) - refused, rejected):
                        self.moves_in(number, i, answer)
                        continue
                offer = yield from delegation.offer(t[i])
                if offer is None:
                    self.moves_in(number, i, answer)
                    continue
                self.moves_in(number, i, "counter" if answers else "offer", offer)
                self.put(meeting, i, offer)
                on_table, accepted, refused, rejected = offer, {i}, set(), set()
                if (yield from self.agree(offer, accepted, seated)):
                    return (yield from self.conclude(offer, seated, accepted, table, t))
        return False

    def conclude(
        self, package: Package, seated: dict[int, Delegation], accepted: set[int], table: Table, t: list[float]
    ) -> Asking:
        """Settle what is agreed, if it stands: sides that were not wholly there must pass it as wholes."""
        passing = set()
        wholes = self.as_wholes(table)
        for i, whole in wholes.items():
            if i in seated and seated[i].whole:
                if i in accepted:
                    passing.add(i)
            elif (yield from whole.passes([package], t[i]))[0]:
                passing.add(i)
        if not (yield from self.agree(package, passing, wholes)):
            return False
        self.settled.update({j: package[j] for j in table.issues})
        return True

    def harvest(self, table: Table) -> Asking:
        """Settle single issues on which enough sides' last offers are the same."""
        for j in table.issues:
            for option in dict.fromkeys(self.last_offer[i][j] for i in sorted(self.last_offer)):
                same = [i for i, offer in self.last_offer.items() if offer[j] == option]
                if option == self.status_quo[j] or not self.enough(range(len(self.scenario.sides)), set(same), set()):
                    continue
                deal = self.holds()
                deal[j] = option
                passing = set()
                for i, whole in self.as_wholes(table).items():
                    passed = yield from whole.passes([tuple(deal)], None, [*self.settled, j])
                    if passed[0] and self.scenario.sides[i].id not in self.luck.insists:
                        passing.add(i)
                every = range(len(self.scenario.sides))
                if self.enough(every, passing & set(same), set(every) - passing):
                    self.settled[j] = option
                    break

    def walk_outs(self, meeting: Held, seated: dict[int, Delegation], agreed: bool) -> None:
        """Let sides leave for good whose members have waited too long for a better offer."""
        for i in seated:
            for member in (self.parties[p] for p in self.scenario.sides[i].members):
                offers = [member.utility(package) for side, package in meeting.offers if side != i]
                better = agreed or any(utility > member.heard + CLOSE for utility in offers)
                member.heard = max([member.heard, *offers])
                member.waiting = 0 if better else member.waiting + 1
                after = member.model.walk_out
                if after is not None and member.waiting >= self.number(after):
                    self.broken = True

    # --- who stands in the way ----------------------------------------------------------------------------------------

    def refusals(self) -> set[tuple[int, int]]:
        """Who objects to the latest offer of another side, or holds out if nobody objects; each on what issue."""
        found: dict[str, set[tuple[int, int]]] = {"objects": set(), "holds out": set(), "for": set()}
        for party in self.parties:
            offers = [offer for side, offer in self.last_offer.items() if side != party.model.side]
            if not self.agreed and offers:
                demand = party.aspiration(self.table(), self.times[party.model.side])
                judgement = party.judge(offers[-1], demand, party.reservation)
                found[judgement].add((party.index, party.sorest(offers[-1])))
        return found["objects"] or found["holds out"]

    # --- how far apart they are ---------------------------------------------------------------------------------------

    def gap(self) -> float | None:
        """Total gap between the offers by which the sides stand, the mean over their pairs."""
        if self.agreed:
            return 0.0
        if len(self.stance) < 2:
            return None
        saliences = {i: self.salience(i) for i in sorted(self.stance)}
        gaps = []
        for a, b in combinations(saliences, 2):
            weights = [x + y for x, y in zip(saliences[a], saliences[b], strict=True)]
            apart = [abs(at[self.stance[a][j]] - at[self.stance[b][j]]) for j, at in enumerate(self.places)]
            total = sum(weights)
            gaps.append(sum(w * x for w, x in zip(weights, apart, strict=True)) / total if total > 0 else 0.0)
        return sum(gaps) / len(gaps)

    def salience(self, side: int) -> list[float]:
        """How much a side cares for each issue: the mean of its members' by weight, each of which sums to 1."""
        members = [self.parties[p] for p in self.scenario.sides[side].members]
        weight = sum(member.weight for member in members)
        mean = [0.0] * len(self.places)
        for member in members:
            total = sum(member.salience) * weight
            if total > 0:
                mean = [m + member.weight * s / total for m, s in zip(mean, member.salience, strict=True)]
        return mean


def places(issue: file.Issue, world: World) -> list[float]:
    """Options' places on the issue's scale; those without one are evenly spaced between their neighbours."""
    at = [None if place is None else world.number(place) for place in issue.at]
    given = [k for k, x in enumerate(at) if x is not None]
    result = []
    for k, x in enumerate(at):
        if x is None:
            before, after = max(g for g in given if g < k), min(g for g in given if g > k)
            low, high = at[before], at[after]
            assert low is not None
            assert high is not None
            x = low + (high - low) * (k - before) / (after - before)
        result.append(x)
    return result
