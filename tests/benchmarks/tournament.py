"""Every concession policy against every other, over generated scenarios, all in lock-step.

    python tests/benchmarks/tournament.py [--worlds 512] [--seed 0] [--out docs/tournament.md]

It is played twice: with offers along the ladder, and with offers of the package worth least to a side among those that
it would sign (`exhaustive`), as most tournaments of the field do.

Two parties meet over several issues. In a world their scores and reservation values are drawn, and each follows one of
the policies: the scenario gives both a `mix` of all policies, in which one has weight 1 and the others 0. So all pairs
play the same drawn scenarios, at once, in one batch for each size of scenario.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.loading import loads
from sim.talks.calendar import talk
from sim.talks.record.endings import conclude
from sim.worlds.draws import uniforms

Floats = NDArray[np.float64]

POLICIES: dict[str, dict[str, Any]] = {
    "boulware": {},
    "linear": {},
    "conceder": {},
    "polynomial": {"exponent": 2, "start": 0.1},
    "exponential": {},
    "deadline": {},
    "resource": {"of": "rounds"},
    "hard_liner": {"share": 0.8},
    "relative_tit_for_tat": {},
    "absolute_tit_for_tat": {},
    "averaged_tit_for_tat": {},
    "micro": {},
    "zeuthen": {},
    "rubinstein": {},
}
"""The field, with the settings that are not the defaults."""

SHAPES = ((2, 6), (3, 4), (4, 3))
"""Issues and options of the generated scenarios."""

OFFERINGS = ("ladder", "exhaustive")
ROUNDS = 20
OPPOSED = 0.6
"""How much of what an option is worth to the second party is the opposite of what it is worth to the first."""
PARTIES = ("first", "second")
BLOCK = 8192
"""Worlds played at once; results do not depend on it."""


START, END = "<!-- tables made by tests/benchmarks/tournament.py -->", "<!-- end of the tables -->"


@dataclass(frozen=True)
class Played:
    """What came of the pairs: shape (policies of the first, policies of the second, worlds), utilities by party before.

    Utilities are on the scale on which a party's best package is worth 1 and its worst 0; without an agreement, the
    reservation value. `distance` is that of an agreement to the nearest package on the frontier, nan without one;
    `possible` the share of worlds in which there is a package that both prefer to none.
    """

    agreed: NDArray[np.bool_]
    utility: Floats
    distance: Floats
    rounds: NDArray[np.intp]
    possible: float


def scenario_text(issues: int, options: int, offering: str) -> str:
    """A scenario in which all numbers are given world by world."""
    names = [f"o{k}" for k in range(options)]
    mix = {"name": "mix", "of": {name: {"weight": 1, **settings} for name, settings in POLICIES.items()}}
    party = {
        "scores": {f"i{j}": dict.fromkeys(names, 0) for j in range(issues)},
        "reservation": 0,
        "concession": mix,
        "offering": offering,
    }
    return json.dumps(
        {
            "format": 1,
            "title": "Tournament",
            "issues": {f"i{j}": {"options": names} for j in range(issues)},
            "parties": dict.fromkeys(PARTIES, party),
            "meetings": [{"rounds": ROUNDS}],
        }
    )


def play(issues: int, options: int, worlds: int, seed: int, offering: str) -> Played:
    """Play all pairs over so many drawn scenarios of one size."""
    scenario = loads(scenario_text(issues, options, offering))
    drawn = _drawn(issues, options, worlds, seed)
    count, pairs = len(POLICIES), len(POLICIES) ** 2
    agreed, packages, rounds = [], [], []
    for place in _blocks(pairs * worlds):
        pair, world = place // worlds, place % worlds
        given: dict[str, Floats] = {}
        for name, chosen in zip(PARTIES, (pair // count, pair % count), strict=True):
            scores, reservation = drawn[name]
            given[f"parties.{name}.reservation"] = reservation[world]
            for j, k in product(range(issues), range(options)):
                given[f"parties.{name}.scores.i{j}.o{k}"] = scores[j, k, world]
            for n, policy in enumerate(POLICIES):
                given[f"parties.{name}.concession.of.{policy}.weight"] = (chosen == n).astype(np.float64)
        ended = conclude(scenario, talk(scenario, seed, place, given=given))
        agreed.append(ended.outcome == 0)
        packages.append(ended.package)
        rounds.append(ended.rounds)
    shape = (count, count, worlds)
    done = np.concatenate(agreed).reshape(shape)
    package = np.concatenate(packages, axis=1).reshape(issues, *shape).astype(np.intp)
    worth = np.stack([_all_packages(drawn[name][0]) for name in PARTIES])  # (parties, packages, worlds)
    index = np.zeros(shape, dtype=np.intp)
    for j in range(issues):
        index = index * options + np.maximum(package[j], 0)
    world = np.broadcast_to(np.arange(worlds), shape)
    utility = np.stack([np.where(done, worth[p][index, world], drawn[n][1]) for p, n in enumerate(PARTIES)])
    distance = np.where(done, _distances(worth)[index, world], np.nan)
    both = np.logical_and.reduce([worth[p] >= drawn[name][1] for p, name in enumerate(PARTIES)])
    return Played(done, utility, distance, np.concatenate(rounds).reshape(shape), float(both.any(axis=0).mean()))


def _blocks(count: int) -> Iterator[NDArray[np.int64]]:
    for first in range(0, count, BLOCK):
        yield np.arange(first, min(first + BLOCK, count), dtype=np.int64)


def _drawn(issues: int, options: int, worlds: int, seed: int) -> dict[str, tuple[Floats, Floats]]:
    """By party: scores (issues, options, worlds), the best package worth 1 and the worst 0, and a reservation value."""
    which = np.arange(worlds, dtype=np.int64)

    def unit(what: str) -> Floats:
        return uniforms(seed, f"tournament.{issues}.{options}.{what}", which)

    found: dict[str, tuple[Floats, Floats]] = {}
    values: Floats | None = None
    for name in PARTIES:
        own = np.stack([[unit(f"{name}.score.{j}.{k}") for k in range(options)] for j in range(issues)])
        values = own if values is None else OPPOSED * (1.0 - values) + (1.0 - OPPOSED) * own
        scores = values - values.min(axis=1, keepdims=True)
        care = np.stack([unit(f"{name}.care.{j}") for j in range(issues)])
        scores = scores * (care / scores.max(axis=1))[:, None]
        found[name] = scores / scores.max(axis=1).sum(axis=0), 0.1 + 0.3 * unit(f"{name}.reservation")
    return found


def _all_packages(scores: Floats) -> Floats:
    """Utility of every package, counting up with the last issue fastest; (packages, worlds)."""
    worth = np.zeros((1, scores.shape[2]))
    for row in scores:
        worth = (worth[:, None] + row[None]).reshape(-1, scores.shape[2])
    return worth


def _distances(worth: Floats) -> Floats:
    """Distance of packages to the nearest one on the frontier, (parties, packages, worlds) to (packages, worlds)."""
    result = np.empty(worth.shape[1:])
    for w in range(worth.shape[2]):
        points = worth[:, :, w].T
        order = np.lexsort((-points[:, 1], -points[:, 0]))
        before = np.maximum.accumulate(np.concatenate([[-np.inf], points[order, 1][:-1]]))
        frontier = points[order[points[order, 1] > before]]
        result[:, w] = np.sqrt(((points[:, None] - frontier[None]) ** 2).sum(axis=2)).min(axis=1)
    return result


def table(played: list[Played]) -> list[dict[str, float]]:
    """A row a policy: its means over all it met, as first and as second party, and over all drawn scenarios."""
    rows = []
    for n in range(len(POLICIES)):
        agreed = np.concatenate([a for one in played for a in (one.agreed[n].ravel(), one.agreed[:, n].ravel())])
        own = np.concatenate([u for one in played for u in (one.utility[0, n].ravel(), one.utility[1, :, n].ravel())])
        joint = np.concatenate(
            [u.sum(axis=0).ravel() for one in played for u in (one.utility[:, n], one.utility[:, :, n])]
        )
        far = np.concatenate([d for one in played for d in (one.distance[n].ravel(), one.distance[:, n].ravel())])
        itself = np.concatenate([one.agreed[n, n] for one in played])
        rounds = np.concatenate([r for one in played for r in (one.rounds[n].ravel(), one.rounds[:, n].ravel())])
        rows.append(
            {
                "agreed": float(agreed.mean()),
                "own": float(own.mean()),
                "own in deals": float(own[agreed].mean()),
                "joint": float(joint.mean()),
                "distance": float(np.nanmean(far)),
                "rounds": float(rounds.mean()),
                "agreed with itself": float(itself.mean()),
            }
        )
    return rows


def negotiations(worlds: int) -> int:
    """How many are played for one kind of offers."""
    return len(POLICIES) ** 2 * worlds * len(SHAPES)


def page(offering: str, rows: list[dict[str, float]], possible: float, worlds: int, seed: int) -> str:
    """A table in Markdown, the policies with the highest own utility first."""
    lines = [
        f"## Offers: {offering}",
        "",
        f"{negotiations(worlds):,} negotiations (`--worlds {worlds} --seed {seed}`); a deal that both prefer to none "
        f"was possible in {possible:.1%}.",
        "",
        "| policy | agreed | own utility | own in deals | joint utility | distance to frontier | rounds "
        "| agreed with itself |",
        "|---|---|---|---|---|---|---|---|",
    ]
    named = sorted(zip(POLICIES, rows, strict=True), key=lambda entry: -entry[1]["own"])
    for name, row in named:
        settings = ", ".join(f"{key} {value}" for key, value in POLICIES[name].items())
        shown = f"`{name}`" + (f" ({settings})" if settings else "")
        numbers = [f"{row['agreed']:.1%}", *(f"{row[key]:.3f}" for key in ("own", "own in deals", "joint"))]
        numbers += [f"{row['distance']:.4f}", f"{row['rounds']:.1f}", f"{row['agreed with itself']:.1%}"]
        lines.append(f"| {shown} | {' | '.join(numbers)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Play the tournament; print its table, or write it into a page between its marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=512, help="drawn scenarios of each size")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="page whose table to replace")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    pages = []
    for offering in OFFERINGS:
        played = [play(issues, options, chosen.worlds, chosen.seed, offering) for issues, options in SHAPES]
        possible = float(np.mean([one.possible for one in played]))
        pages.append(page(offering, table(played), possible, chosen.worlds, chosen.seed))
    seconds = time.perf_counter() - begun
    made = "\n".join(pages)
    if chosen.out is None:
        print(made, end="")
    else:
        text = chosen.out.read_text(encoding="utf-8")
        start, end = text.index(START) + len(START), text.index(END)
        chosen.out.write_text(f"{text[:start]}\n{made}\n{text[end:]}", encoding="utf-8")
    print(f"{len(OFFERINGS) * negotiations(chosen.worlds):,} negotiations in {seconds:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
