"""Variants of the same talks, side by side: what differs between them, in which worlds, and why.

Runs with the same seed share their luck world by world (common random numbers; Glasserman & Yao, 1992, "Some
guidelines and guarantees for common random numbers", *Management Science* 38), so that differences are of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.scenario.model import Issue, Scenario
from sim.sweeps.changed_values import changed_values
from sim.sweeps.changes_between import caveats, changes_between
from sim.sweeps.comparison import Blocker, ComparedShare, Comparison, Content, Pair, Settlement, Transition, Variant
from sim.sweeps.paired import paired_means, paired_shares, unpaired_means, unpaired_shares
from sim.sweeps.run import Results
from sim.sweeps.seal import read_manifest
from sim.sweeps.store import OutputError
from sim.sweeps.stored import read_run
from sim.talks.calendar import talk
from sim.talks.record.endings import OUTCOMES, conclude

_REPLAYED = 4096
"""Changed worlds that are looked into at most, the first ones."""
_SHOWN = 12
"""Worlds of a transition that are named."""


def compare(directories: Sequence[str | Path]) -> Comparison:
    """Set runs against the first of them.

    Parameters
    ----------
    directories
        Of two or more runs, as `run` wrote them.

    Raises
    ------
    OutputError
        If there are fewer than two, or one is no run of talks about the same issues.
    """
    places = [Path(one) for one in directories]
    if len(places) < 2:
        raise OutputError("a comparison needs two directories with results, or more")
    manifests, runs = [read_manifest(one) for one in places], [read_run(one) for one in places]
    _check_same_talks(places, [one.scenario for one in runs])
    names = _names(places)
    variants = [_variant(*one) for one in zip(names, places, runs, strict=True)]
    pairs = [
        _pair((names[0], names[k]), (runs[0], runs[k]), (manifests[0], manifests[k])) for k in range(1, len(places))
    ]
    first = runs[0].scenario
    return Comparison(
        title=first.title,
        issues={issue.id: issue.title for issue in first.issues},
        options={
            issue.id: {option.id: option.title for run in reversed(runs) for option in _issue(run, issue.id).options}
            for issue in first.issues
        },
        parties={party.id: party.title for run in reversed(runs) for party in run.scenario.parties},
        sides={side.id: side.title for run in reversed(runs) for side in run.scenario.sides},
        members={
            side.id: [run.scenario.parties[p].id for p in side.members]
            for run in reversed(runs)
            for side in run.scenario.sides
        },
        variants=variants,
        pairs=pairs,
        events={event.id: event.title for run in reversed(runs) for event in run.scenario.events},
        meetings={one.id: one.title or one.id for run in reversed(runs) for one in run.scenario.meetings},
    )


def _check_same_talks(places: Sequence[Path], scenarios: Sequence[Scenario]) -> None:
    ours = {issue.id for issue in scenarios[0].issues}
    for place, scenario in zip(places, scenarios, strict=True):
        theirs = {issue.id for issue in scenario.issues}
        if theirs != ours:
            parts = []
            if ours - theirs:
                parts.append(f"{', '.join(sorted(ours - theirs))} only in {places[0]}")
            if theirs - ours:
                parts.append(f"{', '.join(sorted(theirs - ours))} only in {place}")
            raise OutputError(f"these are not talks about the same issues: {'; '.join(parts)}")


def _names(places: Sequence[Path]) -> list[str]:
    """Short names of the directories, as long as they differ."""
    short = [place.name or str(place) for place in places]
    return short if len(set(short)) == len(short) else [f"{k + 1}: {place}" for k, place in enumerate(places)]


def _issue(run: Results, name: str) -> Issue:
    return next(issue for issue in run.scenario.issues if issue.id == name)


def _variant(name: str, place: Path, run: Results) -> Variant:
    told = run.as_json()
    return Variant(
        name=name,
        directory=str(place),
        title=run.scenario.title,
        worlds=run.summary.worlds,
        seed=run.seed,
        changes=list(run.scenario.changes),
        outcomes=told["outcomes"],
        gap=told["gap"],
    )


def _pair(
    names: tuple[str, str], runs: tuple[Results, Results], manifests: tuple[dict[str, Any], dict[str, Any]]
) -> Pair:
    paired = runs[0].seed == runs[1].seed
    tables = [_table(run) for run in runs]
    if paired:
        fewer = min(map(len, tables))
        tables = [table.head(fewer) for table in tables]
    first, second = tables
    changed = _differs(first["outcome"], second["outcome"]) if paired else np.zeros(0, dtype=np.intp)
    looked = changed[:_REPLAYED]
    blockers, alike, replays = _blockers(runs, tables, looked) if len(looked) else ([], 0, True)
    notes = caveats(*manifests) + _other_parties(runs)
    if not replays:
        notes.append("The stored results differ from what these scenarios give now, so who blocked is not told.")
    return Pair(
        first=names[0],
        second=names[1],
        paired=paired,
        worlds=min(map(len, tables)),
        outcomes=_outcomes(first, second, paired),
        gap=(paired_means if paired else unpaired_means)(_gap(first), _gap(second)),
        settlements=_settlements(runs[0].scenario, first, second, paired),
        transitions=_transitions(first, second) if paired else [],
        changed=len(changed),
        replayed=len(looked) if replays else 0,
        other_deals=_other_deals(runs[0].scenario, first, second) if paired else 0,
        blockers=blockers,
        same_blockers=alike,
        altered=changes_between(*manifests),
        notes=notes,
        values=changed_values(*manifests),
        deals=_deals(runs[0].scenario, first, second, paired),
        contents=_contents(runs[0].scenario, first, second, paired),
    )


def _table(run: Results) -> pl.DataFrame:
    packages = [f"package.{issue.id}" for issue in run.scenario.issues]
    return run.table.select("world", "outcome", "gap", *packages).sort("world").collect()


def _gap(table: pl.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    return table["gap"].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _differs(first: pl.Series, second: pl.Series) -> np.ndarray[Any, np.dtype[np.intp]]:
    return np.flatnonzero((first != second).to_numpy())


def _share(name: str, one: pl.Series, other: pl.Series, paired: bool) -> ComparedShare:
    """The share of worlds in which something holds, from marks of the worlds."""
    first, second = one.to_numpy(), other.to_numpy()
    if paired:
        both, neither = int((first & second).sum()), int((~first & ~second).sum())
        difference = paired_shares(both, int(first.sum()) - both, int(second.sum()) - both, neither)
    else:
        difference = unpaired_shares(int(first.sum()), len(first), int(second.sum()), len(second))
    return ComparedShare(
        name, float(first.mean()), float(second.mean()), difference.value, difference.low, difference.high
    )


def _outcomes(first: pl.DataFrame, second: pl.DataFrame, paired: bool) -> list[ComparedShare]:
    present = {*first["outcome"].unique(), *second["outcome"].unique()}
    listed = [name for name in OUTCOMES if name in present or name == "agreement"]
    return [_share(name, first["outcome"] == name, second["outcome"] == name, paired) for name in listed]


def _settlements(scenario: Scenario, first: pl.DataFrame, second: pl.DataFrame, paired: bool) -> list[Settlement]:
    found = []
    for issue in scenario.issues:
        column = f"package.{issue.id}"
        options = [option.id for option in issue.options]
        options += sorted({*second[column].drop_nulls().unique()} - {*options})
        for option in options:
            one, other = ((table[column] == option).fill_null(False) for table in (first, second))
            if one.any() or other.any():
                found.append(Settlement(issue.id, option, _share(option, one, other, paired)))
    return found


def _dealt(scenario: Scenario, table: pl.DataFrame) -> pl.Series:
    """Which worlds have a deal, whole or partial."""
    return table[f"package.{scenario.issues[0].id}"].is_not_null()


def _deals(scenario: Scenario, first: pl.DataFrame, second: pl.DataFrame, paired: bool) -> tuple[int, int, int]:
    one, other = _dealt(scenario, first), _dealt(scenario, second)
    return int(one.sum()), int(other.sum()), int((one & other).sum()) if paired else 0


def _contents(scenario: Scenario, first: pl.DataFrame, second: pl.DataFrame, paired: bool) -> list[Content]:
    """What deals hold, among the worlds with a deal in both and among the deals of each.

    The worlds behind the deals of each run are partly the same ones; the intervals of the latter take them for
    different worlds, which under common random numbers, where the two go together, makes them rather too wide.
    """
    one, other = _dealt(scenario, first), _dealt(scenario, second)
    alike = (one & other) if paired else None
    found = []
    for settlement in _settlements(scenario, first, second, paired):
        issue, option = settlement.issue, settlement.option
        marks = [(table[f"package.{issue}"] == option).fill_null(False) for table in (first, second)]
        either = (
            _share(option, marks[0].filter(one), marks[1].filter(other), False) if one.any() and other.any() else None
        )
        both = None
        if alike is not None and alike.any():
            both = _share(option, marks[0].filter(alike), marks[1].filter(alike), True)
        found.append(Content(issue, option, both, either))
    return found


def _transitions(first: pl.DataFrame, second: pl.DataFrame) -> list[Transition]:
    counted = (
        pl.DataFrame({"first": first["outcome"], "second": second["outcome"], "world": first["world"]})
        .group_by("first", "second")
        .agg(pl.len().alias("count"), pl.col("world").sort().head(_SHOWN).alias("worlds"))
    )
    found = [Transition(**row) for row in counted.iter_rows(named=True)]
    return sorted(found, key=lambda one: (OUTCOMES.index(one.first), OUTCOMES.index(one.second)))


def _other_deals(scenario: Scenario, first: pl.DataFrame, second: pl.DataFrame) -> int:
    other = np.zeros(len(first), dtype=bool)
    for issue in scenario.issues:
        column = f"package.{issue.id}"
        other |= first[column].ne_missing(second[column]).to_numpy()
    return int((other & (first["outcome"] == second["outcome"]).to_numpy()).sum())


def _other_parties(runs: tuple[Results, Results]) -> list[str]:
    ours, theirs = ({party.id for party in run.scenario.parties} for run in runs)
    if ours == theirs:
        return []
    only = ((ours - theirs, "first"), (theirs - ours, "second"))
    parts = [f"{', '.join(sorted(some))} only in the {which}" for some, which in only if some]
    return [f"The parties differ: {'; '.join(parts)}."]


def _blockers(
    runs: tuple[Results, Results], tables: Sequence[pl.DataFrame], places: np.ndarray[Any, np.dtype[np.intp]]
) -> tuple[list[Blocker], int, bool]:
    """Who blocks on what in the changed worlds in one run alone, in how many the same block on the same in both.

    And whether these worlds end now as they did then: the tables do not hold who blocks, so they are played again.
    """
    blocks: list[dict[tuple[str, str], np.ndarray[Any, np.dtype[np.bool_]]]] = []
    for run, table in zip(runs, tables, strict=True):
        worlds = table["world"].to_numpy()[places].astype(np.int64)
        ended = conclude(run.scenario, talk(run.scenario, run.seed, worlds))
        if [OUTCOMES[k] for k in ended.outcome] != table["outcome"].gather(places).to_list():
            return [], 0, False
        blocks.append(
            {
                (party.id, issue.id): ended.blocks[p, j]
                for p, party in enumerate(run.scenario.parties)
                for j, issue in enumerate(run.scenario.issues)
                if ended.blocks[p, j].any()
            }
        )
    nobody, alike = np.zeros(len(places), dtype=bool), np.ones(len(places), dtype=bool)
    found = []
    for party, issue in {**blocks[0], **blocks[1]}:
        one, other = (some.get((party, issue), nobody) for some in blocks)
        alike &= one == other
        stopped, started = int((one & ~other).sum()), int((other & ~one).sum())
        if stopped or started:
            found.append(Blocker(party, issue, stopped, started))
    return sorted(found, key=lambda one: (-max(one.stopped, one.started), -one.stopped)), int(alike.sum()), True
