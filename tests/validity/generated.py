"""What-ifs on random scenarios and on all bundled ones: from a scenario to what it is before and after a change.

Each function takes a scenario apart into mappings and lists and gives two of them, or None where the change does not
apply. What would make a sign uncertain is taken out of both first, as each says.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import count as count_from_0
from typing import Any

from benchmarks.random_scenarios import random_scenario
from conftest import ROOT
from plain_file import tree_of
from validity.play import Tree, Variant, of_tree

Pair = tuple[Tree, Tree]
Change = Callable[[Tree, random.Random], Pair | None]

CALENDAR = ("meetings.", "follow_up.", "end", "deadline")


def pairs(change: Change, count: int, trees: Iterator[Tree]) -> Iterator[tuple[int, Variant, Variant]]:
    """The first so many scenarios to which a change applies: number, before, after."""
    for number, tree in enumerate(trees):
        pair = change(tree, random.Random(number))
        if pair is not None and count > 0:
            count -= 1
            yield number, of_tree(pair[0]), of_tree(pair[1])
        if count == 0:
            break


def random_trees() -> Iterator[Tree]:
    """Random scenarios, without end."""
    return (json.loads(random_scenario(random.Random(number))) for number in count_from_0())


def bundled_trees() -> Iterator[Tree]:
    """All bundled scenarios, by name."""
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        yield as_json(tree_of(path.read_text(encoding="utf-8")))


def as_json(tree: Tree) -> Tree:
    """The same with dates as text."""
    return dict(json.loads(json.dumps(tree, default=str)))


def _groups(tree: Tree, least: int = 2) -> list[str]:
    """Sides with so many members."""
    return [side for side in tree.get("sides", {}) if len(_members(tree, side)) >= least]


def _members(tree: Tree, side: str) -> list[str]:
    return [name for name, party in tree["parties"].items() if party.get("side") == side]


def _without_calendar_effects(tree: Tree) -> None:
    """Events leave dates and rounds as they are."""
    for event in tree.get("events", []):
        effects = event.get("effects", {})
        event["effects"] = {path: by for path, by in effects.items() if not _moves_a_date(path)}


def _moves_a_date(path: str) -> bool:
    return path.startswith(CALENDAR) or path.endswith(".deadline")


def _without_effects_on_decisions(tree: Tree) -> None:
    for event in tree.get("events", []):
        effects = event.get("effects", {})
        event["effects"] = {path: by for path, by in effects.items() if ".decides." not in path and ".pace" not in path}


def quorum_of_all(tree: Tree, _: random.Random) -> Pair | None:
    """Consensus, and a quorum of all members."""
    groups = _groups(tree)
    _without_effects_on_decisions(tree)
    after = deepcopy(tree)
    for side in groups:
        tree["sides"][side]["decides"] = "consensus"
        after["sides"][side]["decides"] = {"quorum": len(_members(tree, side))}
    return (tree, after) if groups else None


def consensus_at_pace_1(tree: Tree, _: random.Random) -> Pair | None:
    """Unanimity, and consensus where all must be content."""
    groups = _groups(tree)
    _without_effects_on_decisions(tree)
    after = deepcopy(tree)
    for side in groups:
        tree["sides"][side]["decides"] = "unanimity"
        tree["sides"][side].pop("pace", None)
        after["sides"][side] |= {"decides": "consensus", "pace": 1}
    return (tree, after) if groups else None


def one_meeting_more(tree: Tree, rng: random.Random) -> Pair | None:
    """One more before the last, by the clock of days, without walking out, early harvest or moving dates.

    Whoever does not agree in it stands where it would have stood: nothing of what was said there binds.
    """
    _without_calendar_effects(tree)
    tree["clock"], tree["early_harvest"] = "days", False
    for party in tree["parties"].values():
        party.pop("walk_out", None)
    end = 40
    tree["end"] = {"days": end}
    for meeting in tree.get("meetings", []):
        meeting["date"] = {"days": rng.randint(1, end - 1)}
    tree.setdefault("meetings", []).append({"id": "last", "date": {"days": end}, "rounds": 3})
    after = deepcopy(tree)
    extra = {"id": "one_more", "date": {"days": rng.randint(end // 2, end - 1)}, "rounds": 3}
    after["meetings"].insert(0, extra)
    return tree, after


def watched_longer(tree: Tree, _: random.Random) -> Pair | None:
    """The end later, the deadline as it was."""
    _without_calendar_effects(tree)
    tree["end"] = {"days": 60}
    tree.setdefault("deadline", {"days": 60})
    after = deepcopy(tree)
    after["end"] = {"days": 90}
    return tree, after


def watched_for_a_month_more(tree: Tree, _: random.Random) -> Pair | None:
    """The end a month later, the deadline as it was."""
    if "end" not in tree:
        return None
    _without_calendar_effects(tree)
    tree.setdefault("deadline", tree["end"])
    after = deepcopy(tree)
    if isinstance(tree["end"], dict):
        if not isinstance(tree["end"]["days"], int):
            return None
        after["end"] = {"days": tree["end"]["days"] + 30}
    else:
        after["end"] = (date.fromisoformat(tree["end"]) + timedelta(days=30)).isoformat()
    return tree, after


def no_event_ends_them(tree: Tree, _: random.Random) -> Pair | None:
    """Events that could end the talks do not come."""
    after = deepcopy(tree)
    for event in after.get("events", []):
        if "ends" in event:
            event["probability"] = 0
    return (tree, after) if after != tree else None


def red_line_less(tree: Tree, rng: random.Random) -> Pair | None:
    """One red line of somebody given up."""
    lines = [(p, j, k) for p, one in tree["parties"].items() for j, ks in one.get("red_lines", {}).items() for k in ks]
    if not lines:
        return None
    party, issue, line = rng.choice(lines)
    after = deepcopy(tree)
    after["parties"][party]["red_lines"][issue].remove(line)
    if not after["parties"][party]["red_lines"][issue]:
        del after["parties"][party]["red_lines"][issue]
    return tree, after


def reservation_lower(tree: Tree, rng: random.Random) -> Pair | None:
    """Somebody would settle for a little less than before."""
    stated = [p for p, one in tree["parties"].items() if isinstance(one.get("reservation"), int | float)]
    if not stated:
        return None
    party = rng.choice(stated)
    after = deepcopy(tree)
    after["parties"][party]["reservation"] *= 0.8
    return tree, after


def veto_more(tree: Tree, rng: random.Random) -> Pair | None:
    """A member gets a veto in a side that decides by quorum or majority."""
    voting = [s for s in _groups(tree) if {"quorum", "majority"} & set(_rule(tree, s))]
    if not voting:
        return None
    side = rng.choice(voting)
    without = [p for p in _members(tree, side) if p not in tree["sides"][side].get("veto", [])]
    if not without:
        return None
    after = deepcopy(tree)
    after["sides"][side].setdefault("veto", []).append(rng.choice(without))
    return tree, after


def _rule(tree: Tree, side: str) -> list[str]:
    decides = tree["sides"][side]["decides"]
    return list(decides) if isinstance(decides, dict) else [decides]


def looser_quorum(tree: Tree, rng: random.Random) -> Pair | None:
    """From consensus to a quorum of all but one."""
    groups = _groups(tree, 3)
    if not groups:
        return None
    _without_effects_on_decisions(tree)
    side = rng.choice(groups)
    tree["sides"][side] = {key: one for key, one in tree["sides"][side].items() if key not in ("pace", "veto")}
    after = deepcopy(tree)
    tree["sides"][side]["decides"] = "consensus"
    after["sides"][side]["decides"] = {"quorum": len(_members(tree, side)) - 1}
    return tree, after


def leader_decides(tree: Tree, rng: random.Random) -> Pair | None:
    """From consensus to one member who decides alone."""
    groups = _groups(tree)
    if not groups:
        return None
    _without_effects_on_decisions(tree)
    side = rng.choice(groups)
    tree["sides"][side] = {key: one for key, one in tree["sides"][side].items() if key not in ("pace", "veto")}
    for meeting in tree.get("meetings", []):
        meeting.pop("parties", None)
    after = deepcopy(tree)
    tree["sides"][side]["decides"] = "consensus"
    after["sides"][side]["decides"] = {"leader": rng.choice(_members(tree, side))}
    return tree, after


def fewer_needed(tree: Tree, rng: random.Random) -> Pair | None:
    """Of three sides or more, one fewer must agree."""
    sides = {party.get("side", name) for name, party in tree["parties"].items()}
    if len(sides) < 3:
        return None
    needed = rng.randint(2, len(sides))
    tree["agreement"] = {"at_least": needed}
    after = deepcopy(tree)
    after["agreement"]["at_least"] = needed - 1
    return tree, after


def harvest_allowed(tree: Tree, _: random.Random) -> Pair | None:
    """Issues on common ground may be settled one by one."""
    if not all("status_quo" in issue for issue in tree["issues"].values()):
        return None
    for one in [*tree["parties"].values(), *tree.get("sides", {}).values()]:
        one.pop("package_only", None)
    after = deepcopy(tree)
    tree["early_harvest"], after["early_harvest"] = False, True
    return tree, after


def walks_out_sooner(tree: Tree, rng: random.Random) -> Pair | None:
    """Somebody waits for a better offer for one meeting less."""
    tree["parties"][party := rng.choice(list(tree["parties"]))]["walk_out"] = {"after": 2}
    for event in tree.get("events", []):
        event["effects"] = {path: by for path, by in event.get("effects", {}).items() if ".walk_out." not in path}
    after = deepcopy(tree)
    after["parties"][party]["walk_out"] = {"after": 1}
    return tree, after


def nothing_ends_the_talks(tree: Tree, rng: random.Random) -> Pair | None:
    """An event that would end the talks does not come."""
    event: dict[str, Any] = {"id": "rupture", "date": {"days": rng.randint(1, 10)}, "ends": "talks", "probability": 0.5}
    tree.setdefault("events", []).append(event)
    after = deepcopy(tree)
    after["events"][-1]["probability"] = 0
    return tree, after


def ratification_less_likely(tree: Tree, rng: random.Random) -> Pair | None:
    """A party's parliament is less sure to consent."""
    party = rng.choice(list(tree["parties"]))
    tree["parties"][party]["ratification"] = {"probability": 0.9}
    after = deepcopy(tree)
    after["parties"][party]["ratification"] = {"probability": 0.5}
    return tree, after
