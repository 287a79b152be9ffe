"""A scenario file as plain data, for the plain programs: read from its text, by the format's own words.

It reads files that are known to be right and checks nothing. With the program it shares how a number is drawn in a
world (`sim.worlds.draws`), so that the plain programs play the same worlds, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from sim.scenario.model import Quantity
from sim.worlds.draws import central, draw, uniforms

KINDS = ("uniform", "triangular", "normal", "beta", "choice", "plus_minus")
EXPONENTS = {"boulware": 4.0, "linear": 1.0, "conceder": 0.25}
POWERS = {"linear": 1.0, "quadratic": 2.0}
MOST_DAYS = 1_000_000.0

Tree = dict[str, Any]


@dataclass(frozen=True)
class Issue:
    """A question on the table: ids of its options, where they lie (None: between their neighbours), the status quo."""

    id: str
    options: list[str]
    at: list[Quantity | None]
    status_quo: int | None
    scale: tuple[float, float] | None  # its ends


@dataclass(frozen=True)
class Rule:
    """One of several rules joined: its name, its number, of what weight that is, and whether it is so much of it."""

    name: str
    number: Quantity | None
    of: str
    absolute: bool = False


@dataclass(frozen=True)
class Vote:
    """Rules joined."""

    rules: list[Rule]
    blocking: Quantity | None
    abstains: bool  # who holds out


@dataclass(frozen=True)
class RedLine:
    """An option that a party never accepts, with this probability; where it is uncertain, with what draws it."""

    probability: Quantity
    luck: Quantity | None = None


@dataclass(frozen=True)
class Party:
    """One decision maker. What it wants is by issue, red lines by issue and option."""

    id: str
    side: int
    weight: Quantity
    loss: Quantity
    places: dict[int, Quantity]  # ideal points; where `choices` has the issue, which of those options
    choices: dict[int, list[int]]
    scores: dict[int, list[Quantity]]
    salience: dict[int, Quantity]
    red_lines: dict[tuple[int, int], RedLine]
    over_status_quo: bool  # whether the reservation value is the status quo's worth plus the number
    reservation: Quantity
    exponent: Quantity
    walk_out: Quantity | None
    has_vote: bool
    votes: Quantity | None  # its weight if None
    weights: dict[str, Quantity]
    has_bonus: bool = False

    @property
    def scored(self) -> bool:
        """Whether its utility is in a unit of its own, not in [0, 1]."""
        return bool(self.scores) or self.has_bonus


Box = dict[int, set[int]]


@dataclass(frozen=True)
class Bonus:
    """What packages with these options, by issue, are worth more to some parties."""

    when: Box
    parties: list[int]
    worth: Quantity


@dataclass(frozen=True)
class Side:
    """Parties who speak with one voice."""

    id: str
    members: list[int]
    rule: str
    number: Quantity | None  # of a quorum or a majority
    leader: int | None
    veto: list[int]
    pace: Quantity | None  # None under a leader
    deadline: Quantity | None
    offering: str
    noise: Quantity | None
    package_only: bool | Quantity  # or how likely it is
    vote: Vote | None


@dataclass(frozen=True)
class Meeting:
    """Rounds on one day."""

    id: str
    day: Quantity
    rounds: Quantity
    parties: list[int] | None
    agenda: list[int] | None
    protocol: str


@dataclass(frozen=True)
class FollowUp:
    """Meetings that the sides may agree on."""

    after: Quantity
    rounds: Quantity
    at_most: Quantity | None
    protocol: str


@dataclass(frozen=True)
class Effect:
    """What an event does to the number at a path."""

    path: str
    how: str  # add, set or times
    amount: Quantity


@dataclass(frozen=True)
class Event:
    """Something that may happen meanwhile."""

    id: str
    title: str
    day: Quantity
    probability: Quantity
    effects: list[Effect]
    ends_talks: bool


@dataclass
class File:
    """A whole scenario. Issues, options, parties and sides go by their number in the file."""

    start: date
    issues: list[Issue]
    sides: list[Side]  # in the order of their first party
    parties: list[Party]
    meetings: list[Meeting]
    follow_up: FollowUp | None
    events: list[Event]
    end: Quantity
    deadline: Quantity | None
    at_least: Quantity | None
    veto: list[int]  # sides
    clock: str
    early_harvest: bool
    vote: Vote | None = None  # of the sides on an agreement
    pace: Quantity | None = None
    forbidden: list[Box] = field(default_factory=list)
    bonuses: list[Bonus] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)  # what it says that the plain programs do not play
    numbers: dict[str, Quantity] = field(default_factory=dict)  # all of it, by path

    def draw(self, world: int, seed: int) -> dict[str, float]:
        """Value of every number in a world, by path."""
        drawn = draw(self.numbers.values(), seed, np.array([world], dtype=np.int64))
        return {path: float(value[0]) for path, value in drawn.items()}

    def central(self) -> dict[str, float]:
        """Central value of every number, by path."""
        return {path: central(number) for path, number in self.numbers.items()}

    def luck(self, name: str, world: int, seed: int) -> float:
        """A number between 0 and 1 that a world draws under this name."""
        return float(uniforms(seed, name, np.array([world], dtype=np.int64))[0])


def read(scenario: Any) -> File:
    """Read a scenario: a file's path, or a loaded scenario (its text and the changes made to it)."""
    if isinstance(scenario, File):
        return scenario
    if isinstance(scenario, Path):
        return _from_text(scenario.read_text(encoding="utf-8"), ())
    return _from_text(scenario.text, tuple(scenario.changes))


def read_tree(tree: Tree) -> File:
    """Read a scenario that is already taken apart into mappings and lists."""
    return _Reader(tree).file()


def tree_of(text: str) -> Tree:
    """Mappings and lists of a file."""
    tree = json.loads(text) if text.lstrip().startswith("{") else YAML(typ="safe", pure=True).load(text)
    return dict(_plain(tree))


@lru_cache(maxsize=64)
def _from_text(text: str, changes: tuple[str, ...]) -> File:
    tree = tree_of(text)
    for change in changes:
        path, _, value = change.partition("=")
        put(tree, path.strip(), _plain(YAML(typ="safe", pure=True).load(value)))
    return read_tree(tree)


def put(tree: Any, path: str, value: Any, above: str = "") -> None:
    """Set what stands at a path of a file; in lists, items go by their id or their place."""
    key, rest = _split(path, tree)
    if isinstance(tree, list):
        names = [
            str(item.get("id", f"meeting_{i + 1}")) if isinstance(item, dict) else item for i, item in _count(tree)
        ]
        place: Any = names.index(key) if key in names else int(key)
        if rest and not isinstance(tree[place], dict):
            tree[place] = {"id": tree[place]}
    else:
        place = key
    if not rest:
        tree[place] = value
        return
    below = tree[place] if isinstance(tree, list) else tree.get(place)
    if not isinstance(below, dict | list):
        named = key == "concession" and isinstance(below, str)
        below = tree[place] = {"name": below} if named else [{}] if (above, key) == ("", "meetings") else {}
    put(below, rest, value, key)


def _split(path: str, tree: Any) -> tuple[str, str]:
    keys = sorted((key for key in tree if isinstance(key, str)), key=len, reverse=True)
    for key in keys:
        if path == key or path.startswith(f"{key}."):
            return key, path[len(key) + 1 :]
    key, _, rest = path.partition(".")
    return key, rest


def _count(items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    yield from enumerate(items)


def _plain(node: Any) -> Any:
    """The same with text for every key; dates stay dates."""
    if isinstance(node, dict):
        return {_id(key): _plain(value) for key, value in node.items() if key not in ("source", "note")}
    return [_plain(one) for one in node] if isinstance(node, list) else node


def _id(value: Any) -> str:
    """An id as text: whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


class _Reader:
    """Reads one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.beyond: list[str] = []
        self.start = self.date(tree.get("start", date(2000, 1, 1)))
        self.issues = [self.issue(name, one) for name, one in tree["issues"].items()]
        self.names = [issue.id for issue in self.issues]
        self.people = {name: self.like(name) for name in tree["parties"]}
        self.groups: dict[str, list[int]] = {}
        for p, (name, one) in enumerate(self.people.items()):
            self.groups.setdefault(_id(one.get("side", name)), []).append(p)
        self.only: str | None = None  # the only side, whose members agree among themselves
        if len(self.groups) == 1:
            self.only = next(iter(self.groups))
            self.groups = {name: [p] for p, name in enumerate(self.people)}

    def file(self) -> File:
        tree = self.tree
        agreement = tree.get("agreement", {})
        at_least = agreement.get("at_least")
        vote, veto = None, agreement.get("veto", [])
        counted = any(key in agreement for key in ("majority", "blocking", "holding_out"))
        voting = sum(any(self.votes_at_all(p) for p in members) for members in self.groups.values())
        if counted:
            vote = self.vote({"holding_out": "abstains", **agreement}, "agreement", voting)
        pace = self.number(agreement.get("pace", 0.5), "agreement.pace", 0, 1) if vote and not vote.abstains else None
        if self.only is not None:
            vote, pace, veto = self.within(self.only)
        sides = [self.side(name, members) for name, members in self.groups.items()]
        a_year = (self.start.replace(year=self.start.year + 1) - self.start).days
        self.movable = {"end": "end.days", "deadline": "deadline.days", "follow_up.after": "follow_up.after.days"}
        file = File(
            start=self.start,
            issues=self.issues,
            sides=sides,
            parties=[self.party(p, name, one) for p, (name, one) in enumerate(self.people.items())],
            meetings=[self.meeting(i, one) for i, one in enumerate(tree.get("meetings", [{}]))],
            follow_up=self.follow_up(tree["follow_up"]) if "follow_up" in tree else None,
            events=[],
            end=self.day(tree.get("end", {"days": a_year}), "end"),
            deadline=self.day(tree["deadline"], "deadline") if "deadline" in tree else None,
            at_least=None if at_least is None else self.number(at_least, "agreement.at_least", 1, voting, True),
            veto=[list(self.groups).index(_id(name)) for name in veto] if at_least or vote else [],
            clock=tree.get("clock", "rounds"),
            early_harvest=tree.get("early_harvest", False),
            vote=vote,
            pace=pace,
            forbidden=[box for one in tree.get("constraints", []) for box in self.constraint(one)],
            bonuses=self.bonuses(),
            beyond=self.beyond,
        )
        file.numbers = {number.path: number for number in _numbers(file)}
        file.events = [self.event(i, one, file) for i, one in enumerate(tree.get("events", []))]
        file.numbers |= {number.path: number for number in _numbers(file.events)}
        return file

    # Numbers

    def number(
        self, stated: Any, path: str, low: float = -inf, high: float = inf, whole: bool = False, scale: Any = None
    ) -> Quantity:
        """A number or a distribution; on an issue's scale it is turned into a place in [0, 1]."""
        from_, to = scale or (0.0, 1.0)
        stretch = to - from_

        def moved(x: float) -> float:
            return (x - from_) / stretch if scale else float(x)

        if not isinstance(stated, dict):
            return Quantity(path, "fixed", (moved(stated),), low, high, whole)
        kind = next(kind for kind in KINDS if kind in stated)
        given = stated[kind]
        if kind == "beta":
            ends = (moved(0.0), moved(1.0))
            numbers = (*given, *ends) if stretch > 0 else (*given[::-1], *ends[::-1])
        elif kind in ("normal", "plus_minus"):
            numbers = (moved(given[0]), given[1] / abs(stretch))
        else:
            numbers = tuple(map(moved, given))
            if stretch < 0 and kind != "choice":
                numbers = numbers[::-1]
        fixed = kind == "choice" and len(numbers) == 1
        shared = tuple((name, float(r)) for name, r in stated.get("shared", {}).items())
        numbers = tuple(map(float, numbers))
        return Quantity(path, "fixed" if fixed else kind, numbers, low, high, whole, () if fixed else shared)  # type: ignore[arg-type]

    def date(self, stated: Any) -> date:
        return stated if isinstance(stated, date) else date.fromisoformat(str(stated))

    def day(self, stated: Any, path: str, least: float = 0.0) -> Quantity:
        """A date or `{days: N}`, in days from the start."""
        if isinstance(stated, dict):
            return self.number(stated["days"], f"{path}.days", least, MOST_DAYS, True)
        return self.number((self.date(stated) - self.start).days, f"{path}.days", least, MOST_DAYS, True)

    # What is on the table

    def issue(self, name: str, one: Tree) -> Issue:
        base = f"issues.{name}.options"
        at: list[Quantity | None]
        if "scale" in one:
            from_, to, step = (float(one["scale"][key]) for key in ("from", "to", "step"))
            count = round(abs(to - from_) / abs(step))
            ids = [_id(float(repr(round(from_ + (to - from_) * k / count, 12)))) for k in range(count + 1)]
            at = [self.number(k / count, f"{base}.{option}.at", 0, 1) for k, option in enumerate(ids)]
            scale = (from_, to)
        else:
            ids, at, scale = [], [], None
            for k, stated in enumerate(one["options"]):
                option = stated if isinstance(stated, dict) else {"id": stated}
                ids.append(_id(option["id"]))
                end = {0: 0.0, len(one["options"]) - 1: 1.0}.get(k)
                place = option.get("at", end if k else 0.0)
                at.append(None if place is None else self.number(place, f"{base}.{ids[-1]}.at", 0, 1))
        return Issue(name, ids, at, ids.index(_id(one["status_quo"])) if "status_quo" in one else None, scale)

    # What joins issues

    def box(self, stated: Tree) -> Box:
        """Options by issue: one, a list, or a range."""
        return {
            self.names.index(name): self.among(self.issues[self.names.index(name)], x) for name, x in stated.items()
        }

    def among(self, issue: Issue, stated: Any) -> set[int]:
        """Options of an issue that are named: one, a list, or a range."""
        if isinstance(stated, dict):
            first = issue.options.index(_id(stated["from"])) if "from" in stated else 0
            last = issue.options.index(_id(stated["to"])) if "to" in stated else len(issue.options) - 1
            return set(range(first, last + 1))
        return {issue.options.index(_id(one)) for one in (stated if isinstance(stated, list) else [stated])}

    def constraint(self, one: Tree) -> list[Box]:
        """What a constraint forbids."""
        if "never" in one:
            return [self.box(one["never"])]
        given, found = self.box(one["if"]), []
        for j, options in self.box(one["then"]).items():
            rest = given.get(j, set(range(len(self.issues[j].options)))) - options
            found += [{**given, j: rest}] if rest else []
        return found

    def bonuses(self) -> list[Bonus]:
        """Those of all parties, then those of each."""
        found = []
        stated = [("bonuses", self.tree.get("bonuses", []), list(range(len(self.people))))]
        stated += [(f"parties.{n}.bonuses", one.get("bonuses", []), [p]) for p, (n, one) in _count(self.people.items())]
        for base, bonuses, parties in stated:
            for i, one in _count(bonuses):
                number = self.number(one["worth"], f"{base}.{_id(one.get('id', i))}.worth")
                found.append(Bonus(self.box(one["when"]), parties, number))
        return found

    # Who sits at it

    def like(self, name: str) -> Tree:
        """A party's entries over those of the party that it is like."""
        own = dict(self.tree["parties"][name] or {})
        if "like" not in own:
            return own
        base = self.like(_id(own["like"]))
        merged = {key: value for key, value in base.items() if key not in ("title", "like")} | own
        for key in ("positions", "salience", "scores", "red_lines", "weights"):
            if key in own and key in base:
                merged[key] = {**base[key], **own[key]}
        if "scores" in own and "scores" in base:
            for issue in own["scores"].keys() & base["scores"].keys():
                merged["scores"][issue] = {**base["scores"][issue], **own["scores"][issue]}
        for one, other in (("positions", "scores"), ("scores", "positions")):
            gone = set(own.get(one, {})) - set(own.get(other, {}))
            if other in merged:
                merged[other] = {issue: value for issue, value in merged[other].items() if issue not in gone}
        return merged

    def party(self, p: int, name: str, one: Tree) -> Party:
        base = f"parties.{name}"
        side = next(s for s, members in enumerate(self.groups.values()) if p in members)
        places, choices, scores, salience = {}, {}, {}, {}
        for j, issue in enumerate(self.issues):
            if issue.id in one.get("positions", {}):
                places[j], chosen = self.position(one["positions"][issue.id], f"{base}.positions.{issue.id}", issue)
                if chosen:
                    choices[j] = chosen
            elif issue.id in one.get("scores", {}):
                worth = {_id(option): x for option, x in one["scores"][issue.id].items()}
                path = f"{base}.scores.{issue.id}"
                scores[j] = [self.number(worth[option], f"{path}.{option}") for option in issue.options]
            else:
                continue
            salience[j] = self.number(one.get("salience", {}).get(issue.id, 1.0), f"{base}.salience.{issue.id}", 0)
        bonus = bool(self.tree.get("bonuses") or one.get("bonuses"))
        loss = one.get("loss", "linear")
        power = POWERS[loss] if isinstance(loss, str) else loss["power"]
        reservation = one.get("reservation", "status_quo")
        over = reservation == "status_quo" or (isinstance(reservation, dict) and "status_quo" in reservation)
        if over:
            plus = reservation["status_quo"] if isinstance(reservation, dict) else 0.0
            amount = self.number(plus, f"{base}.reservation.status_quo")
        else:
            low, high = (-inf, inf) if scores or bonus else (0.0, 1.0)
            amount = self.number(reservation, f"{base}.reservation", low, high)
        self.beyond += [f"{base}.{key}" for key in ("acceptance", "discount", "ratification") if key in one]
        return Party(
            id=name,
            side=side,
            weight=self.number(one.get("weight", 1.0), f"{base}.weight", 0),
            loss=self.number(power, f"{base}.loss.power", 0.001, 100),
            places=places,
            choices=choices,
            scores=scores,
            salience=salience,
            red_lines=self.red_lines(one.get("red_lines", {}), f"{base}.red_lines"),
            over_status_quo=over,
            reservation=amount,
            exponent=self.number(
                self.exponent(one.get("concession", "boulware"), base), f"{base}.concession.exponent", 0
            ),
            walk_out=self.number(one["walk_out"]["after"], f"{base}.walk_out.after", 1, inf, True)
            if "walk_out" in one
            else None,
            has_vote=self.votes_at_all(p),
            votes=self.number(one["votes"], f"{base}.votes", 0) if "votes" in one and self.votes_at_all(p) else None,
            weights={key: self.number(x, f"{base}.weights.{key}", 0) for key, x in one.get("weights", {}).items()},
            has_bonus=bonus,
        )

    def votes_at_all(self, p: int) -> bool:
        return bool(list(self.people.values())[p].get("votes") != "none")

    def position(self, stated: Any, path: str, issue: Issue) -> tuple[Quantity, list[int]]:
        """An ideal point: a place, or options of which one is drawn."""
        several = isinstance(stated, dict) and "choice" in stated
        ids = [_id(one) for one in (stated["choice"] if several else [stated])]
        if issue.scale is None and all(one in issue.options for one in ids):
            which = {**stated, "choice": list(range(len(ids)))} if several else 0.0
            return self.number(which, path, 0, len(ids) - 1), [issue.options.index(one) for one in ids]
        return self.number(float(stated) if isinstance(stated, str) else stated, path, 0, 1, scale=issue.scale), []

    def exponent(self, stated: Any, base: str) -> Any:
        if isinstance(stated, str):
            stated = {"name": stated}
        name = stated.get("name", "time")
        if name not in (*EXPONENTS, "time", "exponent") or stated.keys() - {"name", "exponent"}:
            self.beyond.append(f"{base}.concession")
            return 1.0
        return stated.get("exponent", EXPONENTS.get(name, 1.0))

    def red_lines(self, stated: Tree, base: str) -> dict[tuple[int, int], RedLine]:
        """Red lines, those certain that are but an option's id."""
        found = {}
        for name, entries in stated.items():
            j = self.names.index(name)
            for entry in entries:
                option, chance = next(iter(entry.items())) if isinstance(entry, dict) else (entry, None)
                path = f"{base}.{name}.{_id(option)}"
                k = self.issues[j].options.index(_id(option))
                if chance is None:
                    found[j, k] = RedLine(self.number(1.0, path, 0, 1))
                    continue
                stated = chance if isinstance(chance, dict) and "probability" in chance else {"probability": chance}
                luck = {"uniform": [0, 1], "shared": stated.get("shared", {})}
                probability = self.number(stated["probability"], path, 0, 1)
                found[j, k] = RedLine(probability, self.number(luck, f"{path}.drawn", 0, 1))
        return found

    def side(self, name: str, members: list[int]) -> Side:
        names = list(self.people)
        lone = self.only is not None or (len(members) == 1 and "side" not in self.people[names[members[0]]])
        one = self.people[name] if lone else self.tree.get("sides", {}).get(name) or {}
        base = f"parties.{name}" if lone else f"sides.{name}"
        if self.only is not None:
            one = {key: x for key, x in self.of_only().items() if key not in ("decides", "pace", "veto")}
        voters = len([p for p in members if self.votes_at_all(p)])
        rule, number, vote = self.decides("consensus" if lone else one.get("decides", "consensus"), base, voters)
        decides = one.get("decides")
        if vote is not None and vote.abstains:
            one = {"pace": 0.0, **one}
        pace = one.get("pace", 1.0 if rule == "unanimity" else 0.5)
        opponents, offering = one.get("opponents", "known"), one.get("offering", "ladder")
        noise = opponents.get("noise") if isinstance(opponents, dict) else None
        if (opponents != "known" and noise is None) or offering not in ("ladder", "exhaustive") or "caucus" in one:
            self.beyond.append(base)
        if "ratification" in one:
            self.beyond.append(base)
        return Side(
            id=name,
            members=members,
            rule=rule,
            number=number,
            leader=names.index(_id(decides["leader"])) if rule == "leader" else None,
            veto=[names.index(_id(member)) for member in one.get("veto", [])],
            pace=None if rule == "leader" else self.number(pace, f"{base}.pace", 0, 1),
            deadline=self.day(one["deadline"], f"{base}.deadline") if "deadline" in one else None,
            offering=offering if isinstance(offering, str) else "ladder",
            noise=None if noise is None else self.number(noise, f"{base}.opponents.noise", 0),
            package_only=self.insists(one.get("package_only", False), f"{base}.package_only"),
            vote=vote,
        )

    def of_only(self) -> Tree:
        """What the file says of the only side."""
        return self.tree.get("sides", {}).get(self.only) or {}

    def decides(self, stated: Any, base: str, voters: int) -> tuple[str, Quantity | None, Vote | None]:
        """The rule by which so many decide, its number, and rules joined."""
        if isinstance(stated, str):
            return stated, None, None
        first = next(iter(stated))
        plain = len(stated) == 1 and not isinstance(stated[first], list)
        if plain and isinstance(stated[first], dict):
            plain = not {"of", "share", "reach"} & stated[first].keys()
        if not plain or first == "blocking":
            return "joined", None, self.vote(stated, f"{base}.decides", voters)
        if first == "quorum":
            return first, self.number(stated[first], f"{base}.decides.quorum", 1, voters, True), None
        if first == "majority":
            return first, self.number(stated[first], f"{base}.decides.majority", 0, 1), None
        return first, None, None

    def vote(self, stated: Tree, base: str, voters: int) -> Vote:
        """Rules joined, of so many who have a vote."""
        rules = []
        for key in ("quorum", "at_least"):
            if key in stated:
                rules.append(Rule("quorum", self.number(stated[key], f"{base}.{key}", 1, voters, True), "members"))
        majority = stated.get("majority", [])
        several = isinstance(majority, list)
        for i, one in enumerate(majority if several else [majority]):
            path = f"{base}.majority.{i}" if several else f"{base}.majority"
            if not isinstance(one, dict) or not {"of", "share", "reach"} & one.keys():
                rules.append(Rule("majority", self.number(one, path, 0, 1), "votes"))
            elif "share" in one:
                number = self.number(one["share"], f"{path}.share", 0, 1)
                rules.append(Rule("majority", number, _id(one.get("of", "votes"))))
            else:
                number = self.number(one["reach"], f"{path}.reach", 0)
                rules.append(Rule("majority", number, _id(one.get("of", "votes")), absolute=True))
        blocking = None
        if "blocking" in stated:
            blocking = self.number(stated["blocking"], f"{base}.blocking", 1, voters, True)
        return Vote(rules, blocking, stated.get("holding_out") == "abstains")

    def within(self, only: str) -> tuple[Vote, Quantity, list[Any]]:
        """The rules by which the members of the only side agree, their pace, and who has a veto."""
        one, base = self.of_only(), f"sides.{only}"
        voters = len([p for p in range(len(self.people)) if self.votes_at_all(p)])
        rule, number, vote = self.decides(one.get("decides", "consensus"), base, voters)
        if vote is None:
            vote = Vote([Rule(rule, number, "votes" if rule == "majority" else "members")], None, False)
        pace = 0.0 if vote.abstains else 1.0 if rule == "unanimity" else 0.5
        return vote, self.number(one.get("pace", pace), f"{base}.pace", 0, 1), one.get("veto", [])

    def insists(self, stated: Any, path: str) -> bool | Quantity:
        return stated if isinstance(stated, bool) else self.number(stated, path, 0, 1)

    # The calendar

    def meeting(self, i: int, one: Tree) -> Meeting:
        name = _id(one.get("id", f"meeting_{i + 1}"))
        base = f"meetings.{name}"
        people = list(self.people)
        protocol = one.get("protocol", "alternating")
        if protocol not in ("alternating", "plenary"):
            self.beyond.append(base)
        return Meeting(
            id=name,
            day=self.day(one.get("date", {"days": 0}), f"{base}.date"),
            rounds=self.number(one.get("rounds", 10), f"{base}.rounds", 1, 100_000, True),
            parties=sorted(people.index(_id(p)) for p in one["parties"]) if "parties" in one else None,
            agenda=sorted(self.names.index(_id(j)) for j in one["agenda"]) if "agenda" in one else None,
            protocol=protocol,
        )

    def follow_up(self, one: Tree) -> FollowUp:
        base = "follow_up"
        protocol = one.get("protocol", "alternating")
        if protocol not in ("alternating", "plenary"):
            self.beyond.append(base)
        most = one.get("at_most")
        return FollowUp(
            after=self.day(one["after"], f"{base}.after", 1.0),
            rounds=self.number(one.get("rounds", 10), f"{base}.rounds", 1, 100_000, True),
            at_most=None if most is None else self.number(most, f"{base}.at_most", 0, MOST_DAYS, True),
            protocol=protocol,
        )

    def event(self, i: int, one: Tree, file: File) -> Event:
        name = _id(one.get("id", i))
        base = f"events.{name}"
        effects = []
        if "when" in one:
            self.beyond.append(base)
        for stated, amount in one.get("effects", {}).items():
            path = self.target(stated, file)
            how = next((key for key in ("set", "times") if isinstance(amount, dict) and key in amount), "add")
            effects.append(Effect(path, how, self.amount(path, how, amount, f"{base}.effects.{path}", file)))
        return Event(
            id=name,
            title=str(one.get("title", name)),
            day=self.day(one.get("date", {"days": 0}), f"{base}.date"),
            probability=self.number(one.get("probability", 1.0), f"{base}.probability", 0, 1),
            effects=effects,
            ends_talks="ends" in one,
        )

    def target(self, stated: str, file: File) -> str:
        """Whole path of the number that an effect names."""
        calendar = stated.removesuffix(".days")
        if calendar in ("end", "deadline", "follow_up.after") or (
            calendar.startswith("meetings.") and calendar.endswith(".date")
        ):
            return f"{calendar}.days"
        if stated.partition(".")[0] in ("meetings", "follow_up"):
            return stated
        for path in (stated, f"parties.{stated}", f"sides.{stated}"):
            if path in file.numbers or path.removesuffix(".reservation") in {f"parties.{p}" for p in self.people}:
                return path
            if f"{path}.days" in file.numbers:
                return f"{path}.days"
        owner, _, line = stated.removeprefix("parties.").partition(".red_lines.")
        if line:  # an option that is no red line unless an event makes it one
            party = next(one for one in file.parties if one.id == owner)
            j = next(j for j, name in enumerate(self.names) if line.startswith(f"{name}."))
            k = self.issues[j].options.index(line.removeprefix(f"{self.names[j]}."))
            number = self.number(0.0, f"parties.{owner}.red_lines.{line}", 0, 1)
            party.red_lines[j, k], file.numbers[number.path] = RedLine(number), number
            return number.path
        raise ValueError(f"no number at {stated}")

    def amount(self, path: str, how: str, stated: Any, own: str, file: File) -> Quantity:
        """By how much, or to what, an effect changes the number at a path."""
        value = stated[how] if how != "add" else stated
        if path.endswith(".days"):
            if how == "add":
                return self.number(value.get("days", value) if isinstance(value, dict) else value, own)
            if isinstance(value, date | str) or (isinstance(value, dict) and "days" in value):
                return replace_path(self.day(value, ""), own)
            return self.number(value, own, file.numbers[path].low, MOST_DAYS, True)
        changed = file.numbers.get(path)
        low, high, whole = (changed.low, changed.high, changed.whole) if changed is not None else (-inf, inf, False)
        _, _, issue = path.partition(".positions.")
        if issue:
            scale = self.issues[self.names.index(issue)].scale
            if how == "set":
                return self.number(value, own, 0, 1, scale=scale)
            stretch = scale[1] - scale[0] if scale else 1.0
            return self.number(value, own, scale=(0.0, stretch) if how == "add" and scale else None)
        if how == "set":
            return self.number(value, own, low, high, whole)
        return self.number(value, own)


def replace_path(number: Quantity, path: str) -> Quantity:
    """The same number at another path."""
    return Quantity(path, number.kind, number.parameters, number.low, number.high, number.whole, number.shared)


def day_of(file: File, on: date) -> int:
    """A date in days from the start."""
    return (on - file.start) // timedelta(days=1)


def _numbers(value: Any) -> Iterator[Quantity]:
    """All numbers in something, in the order of the file."""
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _numbers(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name != "numbers":
                yield from _numbers(getattr(value, name))
