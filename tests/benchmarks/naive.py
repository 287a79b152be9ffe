"""The talks as one would first write them in SimPy: one process per party per world, plain Python, no arrays.

An independent check of the engine and the baseline of its speed. It is written from the rules of play, not from the
engine; the two share the reading of scenario files and the drawn numbers of a world, so that both play the same worlds.

In every world each party is a process that waits for questions in its inbox and answers them: which of these packages
do you object to, which are you for. A side asks its members and applies its decision rule. A chair keeps the calendar,
holds the meetings and puts the call to meet again. Every event is a process that waits for its day.

    from sim.scenario.loading import load
    endings = play(load("price_haggle"), seed=0, first=0, last=10)
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np
import simpy
from scipy.special import ndtri

from sim.scenario.model import Issue, Quantity, Scenario
from sim.scenario.model import Side as SideModel
from sim.scenario.quantities import quantities
from sim.worlds.draws import draw, uniforms

CLOSE = 1e-9  # utilities differ if they differ by more; ratios and shares of weight, by more than this part of them
MIDNIGHT, NOON, EVENING = 0.0, 0.5, 0.75  # when on a day events happen, meetings begin, calls to meet again are put

Package = tuple[int, ...]
Asking = Generator[simpy.Event, Any, Any]  # a step of talks that may wait for answers


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
    """How the talks of one world ended, and how they came there; issues, options and parties by their index."""

    outcome: str
    day: int
    package: Package | None
    meetings: int
    rounds: int
    gap: float | None
    utilities: list[float]
    blockers: set[tuple[int, int]]
    moves: list[Move]


@dataclass
class Luck:
    """What was drawn for one world."""

    numbers: dict[str, float]  # by path
    happens: list[bool]  # by event
    errors: dict[str, list[list[float]]]  # by side that errs about the others: standard normal, by issue and option


def play(scenario: Scenario, seed: int, first: int, last: int) -> list[Ending]:
    """Play the worlds from `first` up to, not including, `last`, one after the other."""
    return [World(scenario, luck).play() for luck in draw_luck(scenario, seed, first, last)]


def draw_luck(scenario: Scenario, seed: int, first: int, last: int) -> list[Luck]:
    """Draw all numbers of some worlds."""
    worlds = np.arange(first, last)
    drawn = {path: v.tolist() for path, v in draw(quantities(scenario).values(), seed, worlds).items()}
    happens = [
        (uniforms(seed, f"events.{event.id}.happens", worlds) < drawn[event.probability.path]).tolist()
        for event in scenario.events
    ]
    errors = {
        side.id: [
            [ndtri(uniforms(seed, f"sides.{side.id}.opponents.error.{j}.{k}", worlds)).tolist() for k, _ in options]
            for j, options in ((j, list(enumerate(issue.options))) for j, issue in enumerate(scenario.issues))
        ]
        for side in scenario.sides
        if side.opponents.kind == "noise"
    }
    return [
        Luck(
            {path: values[i] for path, values in drawn.items()},
            [event[i] for event in happens],
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


def ladder(
    table: Table, allowed: dict[int, list[int]], own: list[list[float]], others: list[list[float]]
) -> list[Package]:
    """Rungs by which a side gives way: from its own best to what is best for the others.

    `own` and `others` are the scaled worth of options by issue; `allowed` are the options without the side's red lines.
    """
    if not all(allowed[j] for j in table.issues):
        return []
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
                    rates[k] = gain / cost if cost > 0 else float("inf")
            if not rates:
                break
            highest = max(rates.values())
            tied = [k for k in rates if rates[k] == highest or rates[k] >= highest * (1 - CLOSE)]
            at = next(k for k in tied if mine[k] >= max(mine[i] for i in tied) - CLOSE)
            steps[j].append((rates[at], at))
    # Merge the issues' steps by gain per cost; within an issue it can only fall.
    standing = dict(start)
    rungs = [table.package(standing)]
    while any(steps.values()):
        highest = max(steps[j][0][0] for j in table.issues if steps[j])
        j = next(j for j in table.issues if steps[j] and steps[j][0][0] >= highest * (1 - CLOSE))
        standing[j] = steps[j].pop(0)[1]
        rungs.append(table.package(standing))
    return rungs


# ----------------------------------------------------------------------------------------------------------------------
# Parties: a process each
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Question:
    """What a party is asked: its judgement of packages, at time t of the clock, or at its least demand (t = None)."""

    packages: list[Package]
    table: Table
    t: float | None
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
            demand = self.aspiration(question.table, question.t)
            question.answer.succeed([self.judge(package, demand) for package in question.packages])

    def ask(self, packages: list[Package], table: Table, t: float | None) -> simpy.Event:
        """Put a question in the inbox; the event brings a judgement of each package."""
        answer = self.world.env.event()
        self.inbox.put(Question(packages, table, t, answer))
        return answer

    def think(self) -> None:
        """Work out what it wants from the numbers as they are now."""
        number, model = self.world.number, self.model
        self.weight = number(model.weight)
        self.exponent = number(model.concession.number("exponent"))
        power = number(model.loss)
        cared = sum(number(p.salience) for p in model.preferences if p is not None and p.ideal is not None)
        self.worth: list[list[float]] = []
        self.salience: list[float] = []  # as the gap between sides weighs the issues, before it is normalised
        for j, preference in enumerate(model.preferences):
            places = self.world.places[j]
            if preference is None:
                self.worth.append([0.0] * len(places))
                self.salience.append(0.0)
            elif preference.scores is not None:
                scores = [number(preference.salience) * number(score) for score in preference.scores]
                self.worth.append(scores)
                self.salience.append(max(scores) - min(scores))
            elif preference.ideal is not None:
                salience = number(preference.salience) / cared if cared > 0 else 0.0
                ideal = number(preference.ideal.place)
                if preference.ideal.options:
                    ideal = places[preference.ideal.options[int(ideal)]]
                self.worth.append([salience * (1 - abs(x - ideal) ** power) for x in places])
                self.salience.append(salience)
        self.reservation = number(model.reservation.amount)
        if model.reservation.status_quo:
            # Events may change the surplus over the status quo, or the whole value, which is a number only here.
            drawn = self.reservation + self.utility(self.world.status_quo)
            scored = any(p is not None and p.scores is not None for p in model.preferences)
            legal = (float("-inf"), float("inf")) if scored else (0.0, 1.0)
            self.reservation = self.world.changed(f"parties.{model.id}.reservation", drawn, *legal)

    def utility(self, package: Iterable[int]) -> float:
        """What a package is worth."""
        return sum(worth[k] for worth, k in zip(self.worth, package, strict=True))

    def aspiration(self, table: Table, t: float | None) -> float:
        """Return the utility that it demands."""
        if t is None:
            return self.reservation
        best = 0.0
        for j, worth in enumerate(self.worth):
            if j in table.issues:
                best += max((u for k, u in enumerate(worth) if (j, k) not in self.model.red_lines), default=0.0)
            else:
                best += worth[table.holds[j]]
        return max(self.reservation, best - (best - self.reservation) * t**self.exponent)

    def judge(self, package: Package, demand: float) -> str:
        """Say whether it objects to a package, is for it, or holds out."""
        utility = self.utility(package)
        if utility < self.reservation - CLOSE or any((j, k) in self.model.red_lines for j, k in enumerate(package)):
            return "objects"
        return "for" if utility >= demand - CLOSE else "holds out"

    def sorest(self, package: Package) -> int:
        """Return the issue on which a package crosses a red line, or else the one on which it costs the party most."""
        for j, k in enumerate(package):
            if (j, k) in self.model.red_lines:
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

    def __init__(self, world: World, model: SideModel, members: list[Party], table: Table) -> None:
        self.world = world
        self.model = model
        self.members = members
        self.table = table
        self.whole = len(members) == len(model.members)
        self.own = self.worth()
        self.rungs: list[Package] = []

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
        if self.model.opponents.noise is not None:
            sd = self.world.number(self.model.opponents.noise)
            errors = self.world.luck.errors[self.model.id]
            belief = [[u + sd * z for u, z in zip(*row, strict=True)] for row in zip(belief, errors, strict=True)]
        if self.model.offering == "exhaustive":
            self.rungs = self.table.packages()
        else:
            self.rungs = ladder(self.table, self.allowed(), self.own, belief)

    def allowed(self) -> dict[int, list[int]]:
        """Options, by issue, on which nobody who can stop the side has a red line."""
        rule = self.model.decides
        stopping = [
            member.model.red_lines
            for member in self.members
            if rule.rule in ("consensus", "unanimity")
            or member.index in self.model.veto
            or (rule.rule == "leader" and member.index == rule.leader)
        ]
        return {
            j: [k for k in range(self.table.options[j]) if not any((j, k) in lines for lines in stopping)]
            for j in self.table.issues
        }

    def passes(self, packages: list[Package], t: float | None) -> Asking:
        """Ask the members about packages and say for each whether the side passes it."""
        answers = []
        for asked in [member.ask(packages, self.table, t) for member in self.members]:
            answers.append((yield asked))
        return [self.decide(judgements) for judgements in zip(*answers, strict=True)]

    def decide(self, judgements: tuple[str, ...]) -> bool:
        """Apply the decision rule to the members' judgements."""
        rule, members = self.model.decides, self.members
        if any(j == "objects" and m.index in self.model.veto for m, j in zip(members, judgements, strict=True)):
            return False
        in_favour = [m for m, j in zip(members, judgements, strict=True) if j == "for"]
        weight, total = sum(m.weight for m in in_favour), sum(m.weight for m in members)
        if rule.rule == "consensus":
            return "objects" not in judgements and weight >= 0.5 * total * (1 - CLOSE)
        if rule.rule == "unanimity":
            return len(in_favour) == len(members)
        if rule.rule == "leader":
            return any(m.index == rule.leader for m in in_favour)
        assert rule.number is not None
        if rule.rule == "quorum":
            return len(in_favour) >= self.world.number(rule.number)
        return weight >= self.world.number(rule.number) * total * (1 - CLOSE)

    def offer(self, t: float) -> Asking:
        """Find the package that the side puts now, or None."""
        if not self.rungs:
            return None
        passing = [rung for rung, yes in zip(self.rungs, (yield from self.passes(self.rungs, t)), strict=True) if yes]
        if self.model.offering == "exhaustive":
            return self.least(passing)
        if passing:
            return passing[-1]
        acceptable = yield from self.passes(self.rungs[:1], None)
        return self.rungs[0] if acceptable[0] else None

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

    def has_more_to_give(self, last: Package | None) -> Asking:
        """Say whether some acceptable package gives more away than its last offer."""
        if not self.rungs:
            return False
        acceptable = yield from self.passes(self.rungs, None)
        if last is not None:  # what has been settled since is not its to give
            last = self.table.package({j: last[j] for j in self.table.issues})
        if self.model.offering == "exhaustive":
            further = [last is None or self.value(package) < self.value(last) - CLOSE for package in self.rungs]
        else:
            stands = -1 if last is None else self.rungs.index(last) if last in self.rungs else 0
            further = [i > stands for i in range(len(self.rungs))]
        return any(a and f for a, f in zip(acceptable, further, strict=True))


# ----------------------------------------------------------------------------------------------------------------------
# The talks of one world
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Held:
    """What a meeting left behind."""

    before: dict[int, Package]  # last offers before it, by side
    offers: list[tuple[int, Package]] = field(default_factory=list)  # all its offers, with the index of the side


class World:
    """One world: its calendar, its parties, its chair."""

    def __init__(self, scenario: Scenario, luck: Luck) -> None:
        self.scenario = scenario
        self.luck = luck
        self.env = simpy.Environment()
        self.changes: dict[str, list[tuple[str, float]]] = {}  # effects of events so far, by path
        self.end = self.number(scenario.end_day)
        self.places = [places(issue, self) for issue in scenario.issues]
        self.status_quo = [-1 if issue.status_quo is None else issue.status_quo for issue in scenario.issues]
        self.settled: dict[int, int] = {}
        self.last_offer: dict[int, Package] = {}  # by side, the latest last
        self.moves: list[Move] = []
        self.time = 0.0  # of the last act
        self.held: list[Held] = []
        self.rounds = 0
        self.day = -1  # of the last meeting
        self.broken = self.further = False
        self.parties = [Party(self, i) for i in range(len(scenario.parties))]

    def play(self) -> Ending:
        """Let the time pass and say how it ended."""
        for i in range(len(self.scenario.events)):
            if self.luck.happens[i]:
                self.env.process(self.event(i))
        self.env.process(self.chair())
        self.env.run(until=self.end + 1)
        package = tuple(self.holds()) if self.settled else None
        utilities = [p.utility(package) if package else p.reservation for p in self.parties]
        return Ending(
            self.outcome(),
            self.day,
            package,
            len(self.held),
            self.rounds,
            self.gap(),
            utilities,
            self.blockers(),
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
        return "talks_continue" if self.further else "impasse"

    def holds(self) -> list[int]:
        """Return the options that hold now: what is settled, else the status quo."""
        return [self.settled.get(j, held) for j, held in enumerate(self.status_quo)]

    def table(self, agenda: Iterable[int] | None = None) -> Table:
        """Return what a meeting with this agenda can settle."""
        wanted = range(len(self.scenario.issues)) if agenda is None else agenda
        options = [len(issue.options) for issue in self.scenario.issues]
        return Table([j for j in wanted if j not in self.settled], self.holds(), options)

    # --- the calendar -------------------------------------------------------------------------------------------------

    def until(self, day: float, hour: float) -> simpy.Event:
        """Wait for an hour of a day."""
        return self.env.timeout(max(day + hour - self.env.now, 0.0))

    def event(self, index: int) -> Asking:
        """Wait for the event's day, then let it happen."""
        event = self.scenario.events[index]
        yield self.until(self.number(event.day), MIDNIGHT)
        if self.over:
            return
        for effect in event.effects:
            self.changes.setdefault(effect.path, []).append((effect.how, self.number(effect.amount)))
        for party in self.parties:
            party.think()
        self.broken = event.ends_talks

    def chair(self) -> Asking:
        """Hold the scheduled meetings, then those that the sides agree on."""
        meetings = sorted(self.scenario.meetings, key=lambda m: self.number(m.day))  # stable: then as in the file
        all_rounds = sum(int(self.number(m.rounds)) for m in meetings)
        counted = 0
        day = 0.0
        for meeting in meetings:
            day = self.number(meeting.day)
            if day > self.end:
                self.further = True
                return
            yield self.until(day, NOON)
            if self.over:
                return
            rounds = int(self.number(meeting.rounds))
            times = [self.clock(counted + k, all_rounds) for k in range(rounds)]
            yield from self.meet(meeting.parties, meeting.agenda, meeting.protocol, times)
            counted += rounds
        if meetings and self.scenario.follow_up is not None:
            yield from self.follow_up(day, all_rounds)

    def clock(self, k: int, rounds: int) -> float:
        """Return the time in round k, between 0 and 1."""
        if self.scenario.clock == "rounds":
            return min((k + 1) / (rounds + 1), 1.0)
        return min((self.env.now // 1) / self.end, 1.0) if self.end > 0 else 1.0

    def follow_up(self, day: float, all_rounds: int) -> Asking:
        """Put the call to meet again, and hold the meetings on which all agree."""
        model = self.scenario.follow_up
        assert model is not None
        after, rounds = self.number(model.after_days), int(self.number(model.rounds))
        left = self.number(model.at_most)
        while left > 0:
            yield self.until(day, EVENING)
            if self.over:
                return
            willing = yield from self.call()
            day += after
            if day > self.end:
                self.further = willing
                return
            if willing:
                yield self.until(day, NOON)
                if self.over:
                    return
                times = [self.clock(all_rounds + k, all_rounds) for k in range(rounds)]
                yield from self.meet(None, None, "alternating", times)
                left -= 1

    def call(self) -> Asking:
        """Ask all sides whether they will meet again."""
        if self.held and self.moved(self.held[-1]):
            return True
        delegations = self.delegations(None, self.table())
        for i, delegation in delegations.items():
            if not (yield from delegation.has_more_to_give(self.last_offer.get(i))):
                return False
        return True

    def moved(self, meeting: Held) -> bool:
        """Whether any side's offers moved in a meeting, from one to the next or from its last offer before."""
        latest = dict(meeting.before)
        return any(latest.setdefault(side, package) != package for side, package in meeting.offers)

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

    def enough(self, sides: Iterable[int], present: Iterable[int] | None = None) -> bool:
        """Whether the assent of these sides makes an agreement (among those present)."""
        sides, asked = set(sides), set(range(len(self.scenario.sides)) if present is None else present)
        rule = self.scenario.agreement
        if rule.at_least is None:
            return asked <= sides
        needed = min(self.number(rule.at_least), len(asked))
        return len(sides & asked) >= needed and (set(rule.veto) & asked) <= sides

    def meet(
        self, parties: Iterable[int] | None, agenda: Iterable[int] | None, protocol: str, times: list[float]
    ) -> Asking:
        """Hold a meeting: its rounds at these times of the clock, then what it leads to."""
        table = self.table(agenda)
        if not table.issues:
            return
        seated = self.delegations(parties, table)
        meeting = Held(dict(self.last_offer))
        self.held.append(meeting)
        self.day = int(self.env.now)
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
        self.last_offer[side] = offer

    def moves_in(self, number: int, side: int, act: str, offer: Package | None = None) -> None:
        """Note what a side does in a round of this number."""
        self.moves.append(Move(self.day, number, side, act, offer))

    def state_positions(self, meeting: Held, seated: dict[int, Delegation], times: list[float]) -> Asking:
        """Let every side in turn state what it would offer; nothing can be agreed."""
        for number, t in enumerate(times, 1):
            self.rounds, self.time = self.rounds + 1, t
            for i, delegation in seated.items():
                offer = yield from delegation.offer(t)
                self.moves_in(number, i, "defer" if offer is None else "offer", offer)
                if offer is not None:
                    self.put(meeting, i, offer)

    def bargain(self, meeting: Held, seated: dict[int, Delegation], table: Table, times: list[float]) -> Asking:
        """Alternate offers until one is agreed or the rounds are over; say whether an agreement stands."""
        on_table: Package | None = None
        accepted: set[int] = set()
        refused: set[int] = set()
        for number, t in enumerate(times, 1):
            self.rounds, self.time = self.rounds + 1, t
            for i, delegation in seated.items():
                answers = on_table is not None and i not in accepted
                answer = "defer"
                if on_table is not None and answers:
                    if (yield from delegation.passes([on_table], t))[0]:
                        self.moves_in(number, i, "accept")
                        accepted.add(i)
                        refused.discard(i)
                        if self.enough(accepted, seated):
                            return (yield from self.conclude(on_table, seated, accepted, table, t))
                        continue
                    answer = "defer" if (yield from delegation.passes([on_table], None))[0] else "reject"
                    refused.add(i)
                    if self.enough(set(seated) - refused, seated):
                        self.moves_in(number, i, answer)
                        continue
                offer = yield from delegation.offer(t)
                if offer is None:
                    self.moves_in(number, i, answer)
                    continue
                self.moves_in(number, i, "counter" if answers else "offer", offer)
                self.put(meeting, i, offer)
                on_table, accepted, refused = offer, {i}, set()
                if self.enough(accepted, seated):
                    return (yield from self.conclude(on_table, seated, accepted, table, t))
        return False

    def conclude(
        self, package: Package, seated: dict[int, Delegation], accepted: set[int], table: Table, t: float
    ) -> Asking:
        """Settle what is agreed, if it stands: sides that were not wholly there must pass it as wholes."""
        passing = set()
        for i, side in enumerate(self.scenario.sides):
            if i in seated and seated[i].whole:
                if i in accepted:
                    passing.add(i)
            else:
                whole = Delegation(self, side, [self.parties[p] for p in side.members], table)
                if (yield from whole.passes([package], t))[0]:
                    passing.add(i)
        if not self.enough(passing):
            return False
        self.settled.update({j: package[j] for j in table.issues})
        return True

    def harvest(self, table: Table) -> Asking:
        """Settle single issues on which enough sides' last offers are the same."""
        sides = self.scenario.sides
        for j in table.issues:
            for option in dict.fromkeys(self.last_offer[i][j] for i in sorted(self.last_offer)):
                same = [i for i, offer in self.last_offer.items() if offer[j] == option]
                if option == self.status_quo[j] or not self.enough(same):
                    continue
                deal = self.holds()
                deal[j] = option
                passing = []
                for i in same:
                    whole = Delegation(self, sides[i], [self.parties[p] for p in sides[i].members], table)
                    if not sides[i].package_only and (yield from whole.passes([tuple(deal)], None))[0]:
                        passing.append(i)
                if self.enough(passing):
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

    def blockers(self) -> set[tuple[int, int]]:
        """Who objects to the latest offer of another side, or holds out if nobody objects; each on what issue."""
        found: dict[str, set[tuple[int, int]]] = {"objects": set(), "holds out": set(), "for": set()}
        for party in self.parties:
            offers = [offer for side, offer in self.last_offer.items() if side != party.model.side]
            if not self.agreed and offers:
                demand = party.aspiration(self.table(), self.time)
                found[party.judge(offers[-1], demand)].add((party.index, party.sorest(offers[-1])))
        return found["objects"] or found["holds out"]

    # --- how far apart they are ---------------------------------------------------------------------------------------

    def gap(self) -> float | None:
        """Total gap between the sides' last offers, the mean over their pairs."""
        if self.agreed:
            return 0.0
        sides = range(len(self.scenario.sides))
        if any(i not in self.last_offer for i in sides):
            return None
        saliences = [self.salience(i) for i in sides]
        gaps = []
        for a, b in combinations(sides, 2):
            weights = [x + y for x, y in zip(saliences[a], saliences[b], strict=True)]
            apart = [abs(at[self.last_offer[a][j]] - at[self.last_offer[b][j]]) for j, at in enumerate(self.places)]
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


def places(issue: Issue, world: World) -> list[float]:
    """Options' places on the issue's scale; those without one are evenly spaced between their neighbours."""
    at = [None if option.at is None else world.number(option.at) for option in issue.options]
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
