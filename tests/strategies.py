"""Hypothesis strategies that draw whole scenarios as plain dicts, and the way from there to a loaded scenario.

Every id is a word of its own (issue `I0`, its option `I0o1`, party `P2`, side `S1`, meeting `M0`, event `E0`), so that
a scenario can be renamed in its text. Numbers lie on coarse grids, where ties abound, or, with ``generic``, in general
position, where there are none; places are always whole multiples of a power of two, so that 1 - x is exact.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError

Plain = dict[str, Any]


def patient(examples: int) -> settings:
    """Settings for properties over whole scenarios, which take a while to draw and to play.

    A profile with more than Hypothesis's usual 100 examples draws so many times more of them here, too.
    """
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    count = max(1, examples * settings().max_examples // 100)
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


def as_text(plain: Plain) -> str:
    """The scenario file (JSON is YAML)."""
    return json.dumps(plain, indent=1, ensure_ascii=False)


def load_plain(plain: Plain) -> Scenario:
    """The scenario, checked and compiled."""
    return loads(as_text(plain), "generated.yaml")


def in_another_unit(plain: Plain, factor: float) -> Plain:
    """The same scenario with the scores and the reservation value of one party times a factor."""
    scored = [name for name, party in plain["parties"].items() if "scores" in party and "positions" not in party]
    assume(scored)
    scaled: Plain = json.loads(as_text(plain))
    party = scaled["parties"][scored[0]]
    party["scores"] = {
        issue: {option: score * factor for option, score in scores.items()} for issue, scores in party["scores"].items()
    }
    reservation = party.get("reservation", "status_quo")
    if isinstance(reservation, dict):
        party["reservation"] = {"status_quo": reservation["status_quo"] * factor}
    elif reservation != "status_quo":
        party["reservation"] = reservation * factor
    return scaled


@dataclass(frozen=True)
class Taste:
    """What may be in a drawn scenario; all of the format by default.

    Attributes
    ----------
    uncertain
        Distributions, events that may not happen, noise in what sides believe of the others.
    generic
        Numbers in general position, and everybody cares for every issue.
    ends_placed
        The first and the last option of every issue say where they are.
    all_placed
        Every option does.
    scales
        Issues with a numeric scale.
    effects, ending_events
        Events that change numbers, that end the talks.
    sides, members
        Fewest and most of them.
    red_lines, harvest, parts
        Red lines; early harvest; meetings of some of the parties and agendas of some of the issues.
    meetings
        Most scheduled meetings.
    at_least
        Agreements of some of the sides.
    """

    uncertain: bool = True
    generic: bool = False
    ends_placed: bool = False
    all_placed: bool = False
    scales: bool = True
    effects: bool = True
    ending_events: bool = True
    sides: tuple[int, int] = (2, 3)
    members: tuple[int, int] = (1, 3)
    red_lines: bool = True
    harvest: bool = True
    parts: bool = True
    meetings: int = 3
    at_least: bool = True

    def but(self, **changes: Any) -> Taste:
        """The same taste with changes."""
        return replace(self, **changes)


WHOLE_FORMAT = Taste()
CERTAIN = Taste(uncertain=False)
GENERIC = Taste(uncertain=False, generic=True)


@st.composite
def scenarios(draw: st.DrawFn, taste: Taste = WHOLE_FORMAT) -> Plain:
    """Whole scenarios as plain dicts."""
    return _Author(draw, taste).scenario()


@st.composite
def joined(draw: st.DrawFn, taste: Taste = WHOLE_FORMAT, constraints: bool = True, bonuses: bool = True) -> Plain:
    """Whole scenarios with options that are forbidden together, or worth a bonus together; there is a package left."""
    author = _Author(draw, taste)
    plain = author.scenario()
    assume(len(author.issues) > 1)
    if constraints:
        plain["constraints"] = [author.constraint() for _ in range(author.whole(1, 2))]
    if bonuses:
        kinds = author.whole(1, 3)
        if kinds & 1:
            plain["bonuses"] = [author.bonus() for _ in range(author.whole(1, 2))]
        if kinds & 2:
            plain["parties"][author.one_of(*author.parties)]["bonuses"] = [author.bonus()]
    try:
        load_plain(plain)
    except ScenarioError as error:
        assume("leave no package" not in str(error))
        raise
    return plain


class _Author:
    def __init__(self, draw: st.DrawFn, taste: Taste) -> None:
        self.draw = draw
        self.taste = taste
        self.random = Random(draw(st.integers(0, 2**32 - 1))) if taste.generic else None

    def scenario(self) -> Plain:
        taste = self.taste
        self.horizon = self.whole(8, 40)
        self.all_status_quo = self.chance(3)
        self.issues = {f"I{j}": self.issue(f"I{j}") for j in range(self.whole(1, 3))}
        self.options = {issue: _ids(entry) for issue, entry in self.issues.items()}
        members = [self.whole(*taste.members) for _ in range(self.whole(*taste.sides))]
        slots = [s for s, count in enumerate(members) for _ in range(count)]
        if self.chance(3):
            slots = self.draw(st.permutations(slots))
        self.side_of = {f"P{p}": f"S{s}" for p, s in enumerate(slots)}
        lone = {s for s, count in enumerate(members) if count == 1 and self.coin()}
        self.lone = {f"S{s}": next(p for p, side in self.side_of.items() if side == f"S{s}") for s in lone}
        self.groups = {
            f"S{s}": [p for p, side in self.side_of.items() if side == f"S{s}"]
            for s in range(len(members))
            if s not in lone
        }
        plain: Plain = {
            "format": 1,
            "title": "Generated",
            "end": {"days": self.unsure_whole(self.horizon, 0)},
            "issues": self.issues,
        }
        if self.groups:
            plain["sides"] = {side: self.side(group) for side, group in self.groups.items()}
        self.parties = {party: self.party(party) for party in self.side_of}
        plain["parties"] = self.parties
        if self.chance(5):
            plain["meetings"] = [self.meeting(f"M{m}") for m in range(self.whole(1, taste.meetings))]
        if self.chance(2):
            after = self.unsure_whole(self.whole(1, 9), 1)
            plain["follow_up"] = {"after": {"days": after}, "at_most": self.unsure_whole(self.whole(0, 3), 0)}
            plain["follow_up"]["rounds"] = self.unsure_whole(self.whole(1, 3), 1)
        if (taste.effects or taste.ending_events) and self.coin():
            plain["events"] = [self.event(f"E{e}", plain) for e in range(self.whole(1, 2))]
        if taste.at_least and self.chance(1):
            plain["agreement"] = self.agreement()
        if self.coin():
            plain["clock"] = self.one_of("rounds", "days")
        if taste.harvest and self.all_status_quo and self.chance(1):
            plain["early_harvest"] = True
        return plain

    def issue(self, name: str) -> Plain:
        entry: Plain = {}
        if self.taste.scales and self.chance(1):
            low, count = self.whole(-2, 3), self.whole(1, 3)
            low, high = (low, low + 2 * count) if self.coin() else (low + 2 * count, low)
            entry["scale"] = {"from": low, "to": high, "step": 2}
        else:
            entry["options"] = self.option_list(name, self.whole(2, 4))
        if self.all_status_quo or self.coin():
            entry["status_quo"] = self.one_of(*_ids(entry))
        return entry

    def option_list(self, name: str, count: int) -> list[Any]:
        ids = [f"{name}o{k}" for k in range(count)]
        places = [self.place() for _ in ids]
        if not self.generic and self.coin():
            places = sorted(places)
        options: list[Any] = []
        for k, option in enumerate(ids):
            end = k in (0, count - 1)
            placed = self.taste.all_placed or (end and self.taste.ends_placed) or self.coin()
            options.append({"id": option, "at": self.unsure(places[k], 0, 1)} if placed else option)
        return options

    def side(self, group: list[str]) -> Plain:
        entry = self.voice(group)
        rule = self.one_of("consensus", "consensus", "unanimity", "quorum", "majority", "leader", "nothing")
        if rule in ("consensus", "unanimity"):
            entry["decides"] = rule
        elif rule == "quorum":
            entry["decides"] = {"quorum": self.whole(1, len(group))}
        elif rule == "majority":
            entry["decides"] = {"majority": self.unsure(self.one_of(0.5, 0.6, 2 / 3, 1.0), 0, 1)}
        elif rule == "leader":
            entry["decides"] = {"leader": self.one_of(*group)}
        return entry

    def voice(self, group: list[str]) -> Plain:
        entry: Plain = {}
        if self.chance(1):
            entry["veto"] = self.some(group)
        if self.chance(1):
            entry["offering"] = self.one_of("ladder", "exhaustive")
        if self.taste.uncertain and self.chance(1):
            entry["opponents"] = {"noise": self.one_of(0, 0.1, 0.4)}
        if self.taste.harvest and self.chance(1):
            entry["package_only"] = self.coin()
        return entry

    def party(self, name: str) -> Plain:
        side = self.side_of[name]
        entry: Plain = self.voice([name]) if side in self.lone else {"side": side}
        positions, scores, salience = {}, {}, {}
        for issue in self.issues:
            kind = self.one_of("position", "position", "scores", "nothing")
            if kind == "scores":
                scores[issue] = {option: self.unsure(self.score(), -3, 20) for option in self.options[issue]}
            elif kind == "position" or self.generic:
                positions[issue] = self.ideal(issue)
            if (issue in positions or issue in scores) and (self.generic or self.coin()):
                salience[issue] = self.unsure(self.number(0.1, 2.0, 19), 0, 9)
        for key, given in (("positions", positions), ("scores", scores), ("salience", salience)):
            if given:
                entry[key] = given
        if self.coin():
            entry["weight"] = self.unsure(self.number(0.5, 3.0, 5), 0.25, 9)
        if self.coin():
            entry["loss"] = self.one_of("linear", "quadratic", {"power": self.unsure(self.number(0.5, 3, 5), 0.25, 5)})
        if self.taste.red_lines and self.chance(2):
            issues = self.some(list(self.issues))
            entry["red_lines"] = {
                issue: list(map(self.red_line, self.some(self.options[issue])[:2])) for issue in issues
            }
        reservation = self.reservation(scores, salience, bool(positions))
        if reservation is not None:
            entry["reservation"] = reservation
        if self.coin():
            names = ("boulware", "linear", "conceder")
            exponent = {"exponent": self.unsure(self.one_of(0, 0.5, 1, 2), 0, 9)}
            entry["concession"] = self.one_of(*names, exponent, exponent)
        if self.chance(1):
            entry["walk_out"] = {"after": self.unsure_whole(self.whole(1, 3), 1)}
        return entry

    def red_line(self, option: str) -> Any:
        """An option, or how likely it is to be a red line."""
        if not self.taste.uncertain or not self.chance(2):
            return option
        probability = self.unsure(self.one_of(0, 0.2, 0.5, 0.8, 1), 0, 1)
        if self.chance(4):
            return {option: probability}
        return {option: {"probability": probability, "shared": {self.one_of("coder", "mood"): self.one_of(0.4, 1.0)}}}

    def ideal(self, issue: str) -> Any:
        scale = self.issues[issue].get("scale")
        if self.coin():
            options = self.options[issue]
            if self.taste.uncertain and self.chance(1) and scale is None:
                return {"choice": self.some(options)}
            return self.one_of(*options)
        if scale is None:
            return self.unsure(self.place(), 0, 1)
        low, high = sorted((scale["from"], scale["to"]))
        return self.unsure(low + (high - low) * self.place(), low, high)

    def reservation(self, scores: Plain, salience: Plain, positions: bool) -> Any:
        kind = self.one_of("number", "number", "status_quo", "above", "left out")
        if not self.all_status_quo or kind == "number":
            most = float(positions)
            most += sum(_middle(salience.get(i, 1)) * max(map(_middle, one.values())) for i, one in scores.items())
            top = 1.0 if not scores else max(most, 1.0)
            return self.unsure(self.number(0, 1, 10) * top, 0, top)
        if kind == "status_quo":
            return "status_quo"
        if kind == "above":
            return {"status_quo": self.unsure(self.number(-0.1, 0.2, 6), -1, 1)}
        return None

    def meeting(self, name: str) -> Plain:
        days = self.unsure_whole(self.whole(0, self.horizon), 0)
        entry: Plain = {"id": name, "date": {"days": days}, "rounds": self.unsure_whole(self.whole(1, 5), 1)}
        if self.taste.parts and self.chance(1):
            entry["protocol"] = self.one_of("alternating", "plenary")
        if self.taste.parts and self.chance(2):
            first, second, *_ = self.draw(st.permutations([*self.groups, *self.lone]))
            there = {self.one_of(*self.members(first)), self.one_of(*self.members(second))}
            there |= {party for party in self.side_of if self.coin()}
            entry["parties"] = sorted(there)
        if self.taste.parts and self.chance(2):
            needed = {issue for issue, one in self.issues.items() if "status_quo" not in one}
            entry["agenda"] = sorted(needed | set(self.some(list(self.issues))))
        return entry

    def members(self, side: str) -> list[str]:
        return [party for party, its in self.side_of.items() if its == side]

    def event(self, name: str, plain: Plain) -> Plain:
        entry: Plain = {"id": name, "date": {"days": self.unsure_whole(self.whole(0, self.horizon), 0)}}
        if self.taste.uncertain and self.coin():
            entry["probability"] = self.unsure(self.number(0, 1, 4), 0, 1)
        if not self.taste.effects or (self.taste.ending_events and self.chance(1)):
            entry["ends"] = "talks"
        else:
            entry["effects"] = dict(self.effect(plain) for _ in range(self.whole(1, 2)))
        return entry

    def effect(self, plain: Plain) -> tuple[str, Any]:
        party = self.one_of(*self.parties)
        entry = plain["parties"][party]
        cares = [*entry.get("positions", {}), *entry.get("scores", {})]
        numeric = [
            i for i, x in entry.get("positions", {}).items() if isinstance(x, float) and "options" in self.issues[i]
        ]
        kinds = ["weight"] + ["red_lines"] * self.taste.red_lines
        if "reservation" in entry and not _from_status_quo(entry["reservation"]):
            kinds += ["reservation", "reservation"]
        kinds += ["salience"] * bool(cares) + ["positions"] * bool(numeric)
        kind = self.one_of(*kinds)
        if kind == "weight":
            return f"{party}.weight", {"times": self.unsure(self.one_of(0.5, 2.0), 0.25, 4)}
        if kind == "red_lines":
            issue = self.one_of(*self.issues)
            return f"{party}.red_lines.{issue}.{self.one_of(*self.options[issue])}", {"set": self.one_of(0, 1)}
        if kind == "salience":
            return f"{party}.salience.{self.one_of(*cares)}", {"times": self.one_of(0.5, 3.0)}
        if kind == "positions":
            path = f"{party}.positions.{self.one_of(*numeric)}"
            return path, self.one_of({"set": self.place()}, self.place() - 0.5)
        return f"{party}.reservation", self.unsure(self.number(-0.2, 0.2, 8), -0.5, 0.5)

    def agreement(self) -> Plain:
        sides = [*self.groups, *self.lone.values()]
        entry: Plain = {"at_least": self.whole(1, len(sides))}
        if self.coin():
            entry["veto"] = self.some(sides)
        return entry

    # What joins issues

    def constraint(self) -> Plain:
        if self.coin():
            return {"never": self.among(2)}
        whole = self.among(2)
        first = self.one_of(*whole)
        return {"if": {first: whole.pop(first)}, "then": whole}

    def bonus(self) -> Plain:
        return {"when": self.among(self.whole(1, 2)), "worth": self.unsure(self.number(-0.3, 0.3, 6), -1, 1)}

    def among(self, issues: int) -> Plain:
        """Options on so many issues."""
        chosen = self.draw(st.permutations(list(self.issues)))[:issues]
        return {issue: self.stretch(self.options[issue]) for issue in chosen}

    def stretch(self, options: list[str]) -> Any:
        kind = self.one_of("one", "some", "range")
        if kind == "range":
            first = self.whole(0, len(options) - 1)
            return {"from": options[first], "to": options[self.whole(first, len(options) - 1)]}
        return self.one_of(*options) if kind == "one" else self.some(options)

    # Numbers

    @property
    def generic(self) -> bool:
        return self.random is not None

    def place(self) -> float:
        if self.random is not None:
            return self.random.randrange(2**24 + 1) / 2**24
        return self.whole(0, 16) / 16

    def score(self) -> float:
        return self.number(0, 10, 5)

    def number(self, low: float, high: float, steps: int) -> float:
        if self.random is not None:
            return round(self.random.uniform(low, high), 9)
        return round(low + (high - low) * self.whole(0, steps) / steps, 6)

    def unsure(self, x: float, low: float, high: float) -> Any:
        """A number, or a distribution about it within the legal range."""
        if not self.taste.uncertain or not self.chance(2):
            return x
        width = (high - low) / 8
        a, b = max(low, x - width), min(high, x + width)
        kind = self.one_of("uniform", "triangular", "normal", "choice", "plus_minus", "beta")
        if kind == "beta" and (low, high) != (0, 1):
            kind = "uniform"
        numbers = {
            "uniform": [a, b],
            "triangular": [a, x, b],
            "normal": [x, width],
            "choice": [x, a, b],
            "plus_minus": [x, width],
            "beta": [2, 3],
        }
        unsure: Plain = {kind: numbers[kind]}
        if self.chance(2):
            unsure["shared"] = {self.one_of("coder", "mood"): self.one_of(0.3, 0.9, 1.0)}
        return unsure

    def unsure_whole(self, x: int, low: int) -> Any:
        if not self.taste.uncertain or not self.chance(2):
            return x
        return self.one_of({"choice": [x, max(low, x - 1), x + 2]}, {"uniform": [max(low, x - 1), x + 1]})

    # Choices

    def whole(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def coin(self) -> bool:
        return self.draw(st.booleans())

    def chance(self, of_six: int) -> bool:
        return self.whole(1, 6) > 6 - of_six

    def one_of(self, *things: Any) -> Any:
        return self.draw(st.sampled_from(things))

    def some(self, things: list[str]) -> list[str]:
        return self.draw(st.lists(st.sampled_from(things), min_size=1, max_size=len(things), unique=True))


def _ids(issue: Plain) -> list[str]:
    if "options" in issue:
        return [one if isinstance(one, str) else one["id"] for one in issue["options"]]
    scale = issue["scale"]
    step = scale["step"] if scale["to"] > scale["from"] else -scale["step"]
    return [str(x) for x in range(scale["from"], scale["to"] + (1 if step > 0 else -1), step)]


def _middle(number: Any) -> float:
    """The number, or one in the middle of its distribution."""
    if not isinstance(number, dict):
        return float(number)
    kind, numbers = next(iter(number.items()))
    return 0.4 if kind == "beta" else float(numbers[1] if kind == "triangular" else numbers[0])


def _from_status_quo(reservation: Any) -> bool:
    return reservation == "status_quo" or (isinstance(reservation, dict) and "status_quo" in reservation)
