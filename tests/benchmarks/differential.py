"""The program against the plain program of the rules of play, on random scenarios, for as long as one likes.

    python -m tests.benchmarks.differential [--first 0] [--count 1000] [--worlds 4] [--save DIR]

Every random scenario is run and, in one of its worlds, traced by the program; the plain program (`tests/plain.py`)
plays the same worlds. Compared are outcomes, days, packages, meetings and rounds, utilities, gaps, blockers and
refusals, and of the traced world every move. Where they differ the scenario is made as small as it can be while they
still do, and printed; with `--save` also kept. A difference that a change of 1e-6 in somebody's reservation value would
undo or cause is rounding, and is only counted.

Another copy of the program is held against the rules by the file's own path, without `-m`:

    PYTHONPATH=/where/it/lies python tests/benchmarks/differential.py
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from math import isclose, prod
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.random_scenarios import random_scenario
from benchmarks.random_votes import with_votes
from plain import Ending, Move, PlainWorld, Talks
from plain_file import File, read

import sim

CLOSE = 1e-9
NUDGE = 1e-6
MOST_PACKAGES = 200
"""Pivotal parties are looked for by trying every package, where there are no more than these."""


@dataclass
class Difference:
    """Something that the program tells otherwise than the rules."""

    what: str  # outcome, day, package, ..., move
    world: int | None
    ours: Any
    plain: Any

    def __str__(self) -> str:
        where = "all worlds" if self.world is None else f"world {self.world}"
        return f"{where}, {self.what}: the program says {self.ours}, by the rules {self.plain}"


@dataclass
class Found:
    """What a search has come to."""

    scenarios: int = 0
    worlds: int = 0
    rounding: int = 0  # differences that are put down to it
    outcomes: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[int, str, list[Difference]]] = field(default_factory=list)  # number, file, what differs


def search(
    first: int, count: int, worlds: int, smaller: bool = False, ignored: tuple[str, ...] = (), votes: bool = False
) -> Iterator[Found]:
    """Hold the program against the plain one on random scenarios; what was found so far, after each.

    Parameters
    ----------
    first, count, worlds
        Number of the first scenario, how many of them, and worlds of each.
    smaller
        Whether those in which something differs are made as small as they can be.
    ignored
        What is not looked at: `gap`, `refusals`, ... as differences are named.
    votes
        Whether the scenarios count votes.
    """
    found = Found()
    for number in range(first, first + count):
        text = random_scenario(random.Random(number))
        if votes:
            text = with_votes(text, random.Random(number))
        endings, differences = compare(text, number, worlds, ignored)
        found.scenarios += 1
        found.worlds += worlds
        for ending in endings:
            found.outcomes[ending.outcome] += 1
            found.acts.update(move.act for move in ending.moves)
        if differences:
            places = {one.world for one in differences if one.world is not None} or set(range(worlds))
            if endings and any(fragile(text, number, world) for world in places):
                found.rounding += 1
            else:
                what = differences[0].what
                small = made_smaller(text, number, worlds, what, ignored) if smaller and endings else text
                found.differences.append((number, small, compare(small, number, worlds, ignored)[1]))
        yield found


def compare(text: str, seed: int, worlds: int, ignored: tuple[str, ...] = ()) -> tuple[list[Ending], list[Difference]]:
    """How the plain program ends all worlds, and what the program tells otherwise of them."""
    try:
        scenario = loaded(text)
    except sim.ScenarioError as error:
        return [], [Difference("reading", None, error, "that it is right")]
    file = read(scenario)
    plain = [PlainWorld(file, world, seed) for world in range(worlds)]
    endings = [Talks(PlainWorld(file, world, seed)).play() for world in range(worlds)]
    differences = list(_numbers(file, scenario))
    if not differences:
        results = sim.run(scenario, worlds, seed)
        for world, row in enumerate(results.worlds.to_dicts()):
            differences += _row(file, world, row, endings[world])
        differences += _totals(file, results.as_json(), endings)
        differences += _blame(file, results.as_json(), plain, endings)
        differences += _minutes(
            file, sim.trace(scenario, seed % worlds, seed).as_json(), endings[seed % worlds], seed % worlds
        )
    return endings, [one for one in differences if not one.what.startswith(ignored)]


def loaded(text: str) -> Any:
    """The scenario, as the program reads its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "random.yaml"
        path.write_text(text, encoding="utf-8")
        return sim.load(path)


# ----------------------------------------------------------------------------------------------------------------------
# What is compared
# ----------------------------------------------------------------------------------------------------------------------


def _numbers(file: File, scenario: Any) -> Iterator[Difference]:
    """Numbers that the plain program reads otherwise than the program."""
    from sim.scenario.quantities import quantities

    theirs = quantities(scenario)
    for path, own in file.numbers.items():
        if path in theirs and theirs[path] != own:
            yield Difference(f"number {path}", None, theirs[path], own)


def _row(file: File, world: int, row: dict[str, Any], ending: Ending) -> Iterator[Difference]:
    """A world's row of the table."""
    plain: dict[str, Any] = {
        "outcome": ending.outcome,
        "day": ending.day,
        "meetings": ending.meetings,
        "rounds": ending.rounds,
        "gap": ending.gap,
    }
    for j, issue in enumerate(file.issues):
        plain[f"package.{issue.id}"] = None if ending.package is None else issue.options[ending.package[j]]
    for p, party in enumerate(file.parties):
        plain[f"utility.{party.id}"] = ending.utilities[p]
    for what, value in plain.items():
        ours = -1 if what == "day" and row[what] is None else row[what]
        if not same(ours, value):
            yield Difference(what, world, ours, value)


def _totals(file: File, told: dict[str, Any], endings: list[Ending]) -> Iterator[Difference]:
    """The mean gap between last offers, and what deals settle each issue at."""
    gaps = [ending.gap for ending in endings if ending.gap is not None]
    mean = sum(gaps) / len(gaps) if gaps else None
    if not same(told["gap"]["last"], mean, 1e-6):
        yield Difference("mean gap", None, told["gap"]["last"], mean)
    deals = [ending.package for ending in endings if ending.package is not None]
    for j, issue in enumerate(file.issues):
        shares = {issue.options[k]: count / len(deals) for k, count in Counter(deal[j] for deal in deals).items()}
        ours = {option: share for option, share in told["settlements"].get(issue.id, {}).items() if share}
        if not same(ours, shares):
            yield Difference(f"settlements of {issue.id}", None, ours, shares)


def _blame(file: File, told: dict[str, Any], worlds: list[PlainWorld], endings: list[Ending]) -> Iterator[Difference]:
    """Who refuses and who is pivotal, over all worlds without an agreement."""
    without = [(world, one) for world, one in zip(worlds, endings, strict=True) if one.outcome != "agreement"]
    refusals: Counter[tuple[str, str]] = Counter()
    pivotal: Counter[str] = Counter()
    for _, ending in without:
        refusals.update((file.parties[p].id, file.issues[j].id) for p, j in ending.refusals)
    ours = {(one["party"], one["issue"]): one["share"] for one in told.get("refusals", [])}
    plain = {key: count / len(without) for key, count in refusals.items()}
    if not same(ours, plain):
        yield Difference("refusals", None, ours, plain)
    if prod(len(issue.options) for issue in file.issues) <= MOST_PACKAGES:
        for world, _ in without:
            pivotal.update(file.parties[p].id for p in world.pivotal())
        shares: dict[str, float] = {}
        for one in told["blockers"]:
            shares[one["party"]] = shares.get(one["party"], 0.0) + one["share"]
        plain_shares = {party: count / len(without) for party, count in pivotal.items()}
        if not same(shares, plain_shares):
            yield Difference("blockers", None, shares, plain_shares)


def _minutes(file: File, told: dict[str, Any], ending: Ending, world: int) -> Iterator[Difference]:
    """The minutes of a world."""
    if told["outcome"] != ending.outcome:
        yield Difference("outcome in the minutes", world, told["outcome"], ending.outcome)
    moves = list(moves_of(file, told))
    for at, (one, other) in enumerate(zip([*moves, None], [*ending.moves, None], strict=False)):
        if one != other:
            yield Difference(f"move {at}", world, one, other)
            break


def moves_of(file: File, told: dict[str, Any]) -> Iterator[Move]:
    """What the sides did in a traced world, but for walking out."""
    sides = [side.id for side in file.sides]
    for meeting in told["meetings"]:
        day = (date.fromisoformat(meeting["date"]) - file.start).days
        for one in meeting["rounds"]:
            for move in one["moves"]:
                offer = None
                if move["act"] in ("offer", "counter"):
                    offer = tuple(issue.options.index(move["package"][issue.id]) for issue in file.issues)
                if move["act"] != "walk_out":
                    yield Move(day, one["round"], sides.index(move["side"]), move["act"], offer)


def same(one: Any, other: Any, close: float = CLOSE) -> bool:
    """Whether two values are the same, numbers up to rounding."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key], close) for key in one)
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=close, abs_tol=close)
    return bool(one == other)


# ----------------------------------------------------------------------------------------------------------------------
# Is it rounding? And what of the scenario matters?
# ----------------------------------------------------------------------------------------------------------------------


def fragile(text: str, seed: int, world: int) -> bool:
    """Whether a small change in somebody's reservation value changes what happens."""
    file = read(loaded(text))
    as_it_is = _story(PlainWorld(file, world, seed))
    for party in file.parties:
        for nudge in (NUDGE, -NUDGE):
            nudged = PlainWorld(file, world, seed)
            nudged.drawn[party.reservation.path] += nudge
            nudged.values[party.reservation.path] += nudge
            if _story(nudged) != as_it_is:
                return True
    return False


def _story(world: PlainWorld) -> Any:
    ending = Talks(world).play()
    return ending.outcome, ending.package, ending.day, ending.moves, ending.refusals


def made_smaller(text: str, seed: int, worlds: int, what: str, ignored: tuple[str, ...] = ()) -> str:
    """The scenario without all that can be left out while the same thing differs."""
    tree = json.loads(text)
    kind = what.partition(" ")[0]

    def still(candidate: Any) -> bool:
        trial = json.dumps(candidate, indent=1)
        try:
            differences = compare(trial, seed, worlds, ignored)[1]
            return any(one.what.partition(" ")[0] == kind for one in differences) and not any(
                fragile(trial, seed, one.world) for one in differences if one.world is not None
            )
        except Exception:  # what is left is no scenario, or one that the plain program cannot read
            return False

    smaller = True
    while smaller:
        smaller = False
        for path in sorted(_paths(tree), key=len):
            candidate = deepcopy(tree)
            if _remove(candidate, path) and still(candidate):
                tree, smaller = candidate, True
    return json.dumps(tree, indent=1)


def _paths(tree: Any) -> Iterator[tuple[Any, ...]]:
    keys = tree if isinstance(tree, dict) else range(len(tree) - 1, -1, -1) if isinstance(tree, list) else ()
    for key in keys:
        yield (key,)
        yield from ((key, *rest) for rest in _paths(tree[key]))


def _remove(tree: Any, path: tuple[Any, ...]) -> bool:
    """Take out what stands at a path, if it is still there."""
    try:
        for key in path[:-1]:
            tree = tree[key]
        del tree[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def main(arguments: list[str] | None = None) -> int:
    """Search, and tell what was found; 1 if the program and the rules differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0, help="number of the first random scenario")
    parser.add_argument("--count", type=int, default=1000, help="how many scenarios")
    parser.add_argument("--worlds", type=int, default=4, help="worlds of each")
    parser.add_argument("--save", type=Path, help="a folder for the scenarios in which something differs")
    parser.add_argument("--votes", action="store_true", help="scenarios in which votes are counted")
    parser.add_argument("--at-most", type=int, default=10, help="stop after so many of them")
    parser.add_argument("--ignore", nargs="+", default=[], help="what not to look at: gap, move, blockers, ...")
    options = parser.parse_args(arguments)
    found, told = Found(), 0
    print(f"the program in {Path(sim.__file__).parent}", file=sys.stderr)
    for found in search(options.first, options.count, options.worlds, True, tuple(options.ignore), options.votes):
        for number, text, differences in found.differences[told:]:
            told += 1
            print(f"\nscenario {number}", *map(str, differences[:4]), text, sep="\n", flush=True)
            if options.save is not None:
                options.save.mkdir(parents=True, exist_ok=True)
                (options.save / f"random_{number}.yaml").write_text(text + "\n", encoding="utf-8")
        if found.scenarios % 100 == 0:
            print(f"{found.scenarios} scenarios, {told} differ", file=sys.stderr)
        if told >= options.at_most:
            break
    outcomes = ", ".join(f"{outcome} {count}" for outcome, count in found.outcomes.items())
    print(f"{found.scenarios} scenarios, {found.worlds} worlds ({outcomes}): ", end="")
    print(f"{told} scenarios differ, {found.rounding} more by rounding")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
