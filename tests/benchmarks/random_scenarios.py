"""Scenarios of every kind, made at random, to compare programs on.

    text = random_scenario(random.Random(17))

The text is JSON, so it is YAML. Numbers are coarse in half of the scenarios, so that ties are common.
"""

from __future__ import annotations

import json
import random
from math import prod
from typing import Any

FACTORS = ("mood", "price_of_oil")
MOST_PACKAGES = 100
"""Most packages for which a side offers by exhaustive search."""


def random_scenario(rng: random.Random) -> str:
    """Return the text of a valid scenario."""
    return json.dumps(_Writer(rng).scenario(), indent=1)


class _Writer:
    """Writes one scenario."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.coarse = rng.random() < 0.5
        self.sure = rng.random() < 0.2  # no uncertain numbers
        self.issues: dict[str, dict[str, Any]] = {}
        self.options: dict[str, list[str]] = {}  # ids
        self.all_status_quo = False

    def scenario(self) -> dict[str, Any]:
        rng = self.rng
        self._issues()
        members = self._members()
        end = self.end = rng.randint(5, 60)
        parties = {name: self._party() for side in members.values() for name in side}
        sides = {}
        for side, names in members.items():
            voice = self._voice(names)
            if names == [side]:
                voice.pop("decides", None)
                parties[side].update(voice)
            else:
                sides[side] = voice
                for name in names:
                    parties[name]["side"] = side
        order = list(parties)
        rng.shuffle(order)
        text: dict[str, Any] = {"format": 1, "title": "Random", "issues": self.issues}
        if sides:
            text["sides"] = sides
        text["parties"] = {name: parties[name] for name in order}
        certain_end = self.sure or rng.random() < 0.8
        text["end"] = {"days": end} if certain_end else {"days": {"uniform": [end, end + 20]}}
        if rng.random() < 0.4:
            text["deadline"] = self._deadline(end)
        if rng.random() < 0.9:
            text["meetings"] = [self._meeting(i, members, end) for i in range(rng.randint(1, 4))]
        if rng.random() < 0.7:
            text["follow_up"] = {"after": {"days": self._whole(1, 12)}, "rounds": self._whole(1, 4)}
            if rng.random() < 0.3:
                text["follow_up"]["at_most"] = self._whole(0, 4)
        if rng.random() < 0.6:
            text["events"] = [self._event(members, text, end) for _ in range(rng.randint(1, 4))]
        if len(members) > 1 and rng.random() < 0.4:
            text["agreement"] = {"at_least": self._whole(1, len(members))}
            if rng.random() < 0.5:
                text["agreement"]["veto"] = rng.sample(list(members), rng.randint(1, len(members)))
        text["clock"] = rng.choice(["rounds", "days", "days"])
        if self.all_status_quo and rng.random() < 0.5:
            text["early_harvest"] = True
        return text

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _plain(self, low: float, high: float) -> float:
        steps = 4 if self.coarse else 1000
        return round(low + (high - low) * self.rng.randint(0, steps) / steps, 4)

    def _number(self, low: float, high: float) -> Any:
        """Write a number of this range, perhaps uncertain."""
        rng = self.rng
        if self.sure or rng.random() < 0.6:
            return self._plain(low, high)
        a, b, c = sorted(self._plain(low, high) for _ in range(3))
        number: dict[str, Any] = rng.choice(
            [
                {"uniform": [a, c]},
                {"triangular": [a, b, c]},
                {"plus_minus": [b, round(c - a, 4)]},
                {"choice": [b, a, c]},
            ]
        )
        if (low, high) == (0.0, 1.0) and rng.random() < 0.3:
            number = rng.choice([{"beta": [2, 3]}, {"normal": [b, 0.2]}])
        if rng.random() < 0.4:
            number["shared"] = {factor: rng.choice([0.3, 0.5]) for factor in rng.sample(FACTORS, rng.randint(1, 2))}
        return number

    def _whole(self, low: int, high: int) -> Any:
        rng = self.rng
        if self.sure or rng.random() < 0.7 or low == high:
            return rng.randint(low, high)
        a, b = sorted(rng.sample(range(low, high + 1), 2))
        return rng.choice([{"uniform": [a, b]}, {"choice": [a, b]}])

    # --- issues -------------------------------------------------------------------------------------------------------

    def _issues(self) -> None:
        rng = self.rng
        self.all_status_quo = rng.random() < 0.7
        for name in ("land", "water", "tariffs", "prisoners")[: rng.randint(1, 4)]:
            issue: dict[str, Any] = {}
            count = rng.randint(2, 5)
            if rng.random() < 0.2:
                issue["scale"] = rng.choice(
                    [{"from": 0, "to": count - 1, "step": 1}, {"from": 10, "to": 10 - 2 * (count - 1), "step": 2}]
                )
                start, step = (0, 1) if issue["scale"]["from"] == 0 else (10, -2)
                ids = [str(start + step * k) for k in range(count)]
            else:
                ids = [f"{name}_{k}" for k in range(count)]
                places = sorted(self._plain(0.0, 1.0) for _ in range(count - 2))
                options: list[Any] = [{"id": ids[0], "at": 0}] if rng.random() < 0.5 else [ids[0]]
                for k, at in enumerate(places):
                    sure = self.sure or rng.random() < 0.8
                    given = {"id": ids[k + 1], "at": at if sure else {"plus_minus": [at, 0.1]}}
                    options.append(given if rng.random() < 0.6 else ids[k + 1])
                options.append({"id": ids[-1], "at": 1} if rng.random() < 0.5 else ids[-1])
                issue["options"] = options
            if self.all_status_quo or rng.random() < 0.4:
                issue["status_quo"] = rng.choice(ids)
            self.issues[name], self.options[name] = issue, ids
        self.all_status_quo = all("status_quo" in issue for issue in self.issues.values())

    # --- parties ------------------------------------------------------------------------------------------------------

    def _members(self) -> dict[str, list[str]]:
        """Return the members of each side; a lone party has the side's name."""
        rng = self.rng
        members = {}
        for side in ("North", "South", "East", "West")[: rng.choice([2, 2, 2, 3, 3, 4])]:
            count = rng.choice([0, 0, 1, 2, 3, 4])
            members[side] = [f"{side}_{i}" for i in range(count)] if count else [side]
        return members

    def _voice(self, names: list[str]) -> dict[str, Any]:
        rng = self.rng
        voice: dict[str, Any] = {
            "decides": rng.choice(
                [
                    "consensus",
                    "consensus",
                    "unanimity",
                    {"quorum": rng.randint(1, len(names))},
                    {"quorum": {"choice": [1, len(names)]}},
                    {"majority": self._number(0.25, 0.75)},
                    {"leader": rng.choice(names)},
                ]
            )
        }
        if rng.random() < 0.3:
            voice["veto"] = rng.sample(names, rng.randint(1, min(2, len(names))))
        if prod(len(ids) for ids in self.options.values()) <= MOST_PACKAGES and rng.random() < 0.25:
            voice["offering"] = "exhaustive"
        if rng.random() < 0.25:
            voice["opponents"] = {"noise": self._number(0.0, 0.5)}
        if rng.random() < 0.2:
            voice["package_only"] = self.sure or rng.choice([True, self._number(0.0, 1.0)])
        if rng.random() < 0.35:
            voice["pace"] = rng.choice([0, 0.25, 0.5, 0.75, 1, self._number(0.0, 1.0)])
        if rng.random() < 0.25:
            voice["deadline"] = self._deadline(self.end)
        return voice

    def _deadline(self, end: int) -> Any:
        """Write the day on which patience is used up: before the end or after it."""
        return {"days": self._whole(max(1, end // 3), 2 * end)}

    def _party(self) -> dict[str, Any]:
        rng = self.rng
        party: dict[str, Any] = {}
        positions, scores, salience, red_lines = {}, {}, {}, {}
        style = rng.choice(["positions", "positions", "scores", "both"])
        best = 0.0
        for name, ids in self.options.items():
            if rng.random() < 0.1:
                continue
            if style == "positions" or (style == "both" and rng.random() < 0.5):
                positions[name] = self._position(name)
                best += 0.5
            else:
                factor = 1.0 if style == "both" else 10.0
                worth = {option: self._number(0.0, factor) for option in ids}
                scores[name] = worth
                best += 0.8 * factor
            if rng.random() < 0.6:
                salience[name] = self._number(0.2, 1.0)
            if rng.random() < 0.15:
                red_lines[name] = [self._red_line(one) for one in rng.sample(ids, rng.randint(1, len(ids) - 1))]
        for key, value in [
            ("positions", positions),
            ("scores", scores),
            ("salience", salience),
            ("red_lines", red_lines),
        ]:
            if value:
                party[key] = value
        kind = rng.random()
        if self.all_status_quo and kind < 0.3:
            party["reservation"] = {"status_quo": self._number(-0.2, 0.3)}
        elif self.all_status_quo and kind < 0.4:
            party["reservation"] = "status_quo"
        elif not self.all_status_quo or kind < 0.9:
            party["reservation"] = self._number(0.0, 0.5 * best if scores else 0.7)
        if rng.random() < 0.7:
            party["concession"] = rng.choice(
                ["boulware", "linear", "conceder", {"exponent": self._number(0.1, 6)}, {"name": "time", "exponent": 2}]
            )
        if rng.random() < 0.4:
            party["loss"] = rng.choice(["linear", "quadratic", {"power": self._number(0.3, 3.0)}])
        if rng.random() < 0.5:
            party["weight"] = self._number(0.5, 3.0)
        if rng.random() < 0.15:
            party["walk_out"] = {"after": self._whole(1, 3)}
        return party

    def _red_line(self, option: str) -> Any:
        """Write a red line, perhaps one that is none in some worlds."""
        if self.sure or self.rng.random() < 0.6:
            return option
        chance = self._number(0.0, 1.0)
        if self.rng.random() < 0.3:
            chance = {"probability": chance, "shared": {self.rng.choice(FACTORS): 0.5}}
        return {option: chance}

    def _position(self, issue: str) -> Any:
        rng, ids = self.rng, self.options[issue]
        if "scale" in self.issues[issue]:
            ends = sorted([float(ids[0]), float(ids[-1])])
            return self._number(*ends) if rng.random() < 0.5 else rng.choice(ids)
        kind = rng.random()
        if kind < 0.4:
            return rng.choice(ids)
        if kind < 0.5 and not self.sure:
            return {"choice": rng.sample(ids, 2)}
        return self._number(0.0, 1.0)

    # --- the calendar -------------------------------------------------------------------------------------------------

    def _meeting(self, i: int, members: dict[str, list[str]], end: int) -> dict[str, Any]:
        rng = self.rng
        meeting: dict[str, Any] = {"id": f"meeting_{i}", "rounds": self._whole(1, 6)}
        meeting["date"] = {"days": rng.randint(0, end)}
        if not self.sure and rng.random() < 0.3:
            day = rng.randint(0, end)
            meeting["date"] = {"days": {"uniform": [day, day + 8]}}
        if rng.random() < 0.35:
            sides = rng.sample(list(members), rng.randint(2, len(members)))
            there = [name for side in sides for name in rng.sample(members[side], rng.randint(1, len(members[side])))]
            meeting["parties"] = there
        if rng.random() < 0.3:
            needed = [name for name, issue in self.issues.items() if "status_quo" not in issue]
            chosen = rng.sample(list(self.issues), rng.randint(1, len(self.issues)))
            meeting["agenda"] = list(dict.fromkeys([*needed, *chosen]))
        if rng.random() < 0.15:
            meeting["protocol"] = "plenary"
        return meeting

    def _event(self, members: dict[str, list[str]], text: dict[str, Any], end: int) -> dict[str, Any]:
        rng = self.rng
        event: dict[str, Any] = {"date": {"days": rng.randint(0, end)}}
        if not self.sure and rng.random() < 0.3:
            day = rng.randint(0, end)
            event["date"] = {"days": {"uniform": [day, day + 15]}}
        if rng.random() < 0.6:
            event["probability"] = self._number(0.0, 1.0)
        targets = self._targets(members, text)
        effects = {}
        for path in rng.sample(list(targets), rng.randint(0, min(4, len(targets)))):
            certain = ".red_lines." in path
            effects[path] = {"set": rng.randint(0, 1)} if certain else self._effect(*targets[path])
        effects |= self._moved_dates(text)
        if effects:
            event["effects"] = effects
        if rng.random() < 0.1:
            event["ends"] = "talks"
        return event

    def _moved_dates(self, text: dict[str, Any]) -> dict[str, Any]:
        """Write effects on the calendar."""
        rng = self.rng
        voices = {**text["parties"], **text.get("sides", {})}
        dates = [f"meetings.{meeting['id']}.date" for meeting in text.get("meetings", [])] + ["end"]
        dates += [f"{name}.deadline" for name, voice in voices.items() if "deadline" in voice]
        dates += ["deadline"] * ("deadline" in text)
        rounds = [f"meetings.{meeting['id']}.rounds" for meeting in text.get("meetings", [])]
        if "follow_up" in text:
            dates.append("follow_up.after")
            rounds.append("follow_up.rounds")
        written = {}
        for path in dates:
            if rng.random() < 0.08:
                by = rng.choice([-9, -3, 4, 10])
                written[path] = rng.choice([{"days": by}, by, {"days": {"uniform": [by, by + 6]}}])
                if rng.random() < 0.3:
                    written[path] = {"set": self._whole(1, 40)}
        for path in rounds:
            if rng.random() < 0.05:
                written[path] = rng.choice([2, {"set": 3}, {"times": 2}, -1])
        return written

    def _targets(self, members: dict[str, list[str]], text: dict[str, Any]) -> dict[str, tuple[Any, Any, str]]:
        """Return what an event can change: range of what is added or set, and which kinds of effects are allowed."""
        targets: dict[str, tuple[Any, Any, str]] = {}
        for name, party in text["parties"].items():
            own = party.get("reservation", "status_quo")
            by_number = not (own == "status_quo" or (isinstance(own, dict) and "status_quo" in own))
            if by_number or self.rng.random() < 0.5:
                targets[f"{name}.reservation"] = (0.0, 0.6, "add set times" if by_number else "add")
            else:
                targets[f"{name}.reservation.status_quo"] = (-0.3, 0.3, "add set times")
            targets[f"parties.{name}.weight"] = (0.1, 2.0, "add set times")
            targets[f"{name}.loss.power"] = (0.5, 3.0, "add set times")
            targets[f"{name}.concession.exponent"] = (0.5, 4.0, "add set times")
            if "walk_out" in party:
                targets[f"{name}.walk_out.after"] = (1, 3, "add set times")
            for issue, position in party.get("positions", {}).items():
                targets[f"{name}.salience.{issue}"] = (0.1, 1.0, "add set times")
                chosen = position.get("choice", [0])[0] if isinstance(position, dict) else position
                scale = self.issues[issue].get("scale")
                if scale is not None:
                    ends = sorted([float(scale["from"]), float(scale["to"])])
                    targets[f"{name}.positions.{issue}"] = (*ends, "set")
                elif not isinstance(chosen, str):
                    targets[f"{name}.positions.{issue}"] = (0.0, 1.0, "add set times")
            for issue, worth in party.get("scores", {}).items():
                targets[f"{name}.salience.{issue}"] = (0.1, 1.0, "add set times")
                targets[f"{name}.scores.{issue}.{next(iter(worth))}"] = (0.0, 5.0, "add set times")
            for issue, options in self.options.items():
                if issue in self.cared_for(party) and self.rng.random() < 0.2:
                    targets[f"{name}.red_lines.{issue}.{self.rng.choice(options)}"] = (0, 1, "set")
        for name, side in text.get("sides", {}).items():
            rule = side["decides"]
            if isinstance(rule, dict) and "quorum" in rule:
                targets[f"{name}.decides.quorum"] = (1, len(members[name]), "add set times")
            if not (isinstance(rule, dict) and "leader" in rule):
                targets[f"{name}.pace"] = (0.0, 1.0, "add set times")
            if isinstance(rule, dict) and "majority" in rule:
                targets[f"{name}.decides.majority"] = (0.0, 1.0, "add set times")
        return targets

    def cared_for(self, party: dict[str, Any]) -> set[str]:
        """Issues that a party cares for."""
        return {*party.get("positions", {}), *party.get("scores", {})}

    def _effect(self, low: Any, high: Any, kinds: str) -> Any:
        rng = self.rng
        kind = rng.choice(kinds.split())
        if kind == "set":
            whole = isinstance(low, int)
            return {"set": self._whole(low, high) if whole else self._number(low, high)}
        if kind == "times":
            return {"times": self._number(0.25, 2.0)}
        span = (high - low) / 2
        return self._number(-span, span)
