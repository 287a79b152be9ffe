"""A comparison of runs: its parts, and how it is kept in a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.sweeps.changed_values import ChangedValue
from sim.sweeps.paired import Difference
from sim.sweeps.seal import UNREADABLE, check_tables, read_manifest
from sim.sweeps.store import OutputError

COMPARISON_FILE = "comparison.json"


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the runs; `outcomes` and `gap` as in `run --json`."""

    name: str
    directory: str
    title: str
    worlds: int
    seed: int
    changes: list[str]
    outcomes: dict[str, dict[str, float]]
    gap: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class ComparedShare:
    """A share of worlds in the first and in the second run, and the second less the first."""

    name: str
    first: float
    second: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Settlement:
    """Worlds whose deal holds this option."""

    issue: str
    option: str
    share: ComparedShare


@dataclass(frozen=True, slots=True)
class Content:
    """How often deals hold an option: shares of deals, not of worlds.

    Attributes
    ----------
    both
        Of the worlds with a deal in both runs: the same worlds, so what shifts here is what these deals contain. None
        where the runs share no luck or no world has a deal in both.
    either
        Of the deals of the first run, and of those of the second, whichever worlds they are of: shifts here also
        because other worlds agree. None where one of them has no deal.
    """

    issue: str
    option: str
    both: ComparedShare | None
    either: ComparedShare | None


@dataclass(frozen=True, slots=True)
class Transition:
    """Worlds that end so in the first run and so in the second; some of them by number."""

    first: str
    second: str
    count: int
    worlds: list[int]


@dataclass(frozen=True, slots=True)
class Blocker:
    """In how many changed worlds a party blocks on an issue in the first run alone, and in the second alone."""

    party: str
    issue: str
    stopped: int
    started: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The second run against the first.

    Attributes
    ----------
    paired
        Whether they share their luck; else there are no transitions.
    worlds
        Worlds compared.
    changed, replayed
        Worlds that end otherwise, and how many of them were looked into for who blocks.
    other_deals
        Worlds that end the same way in another deal.
    same_blockers
        Of those looked into, worlds in which the same parties block on the same issues in both.
    altered
        What was changed in the scenario, as lines of a diff.
    values
        The same by value: path, old and new, certain or not.
    deals
        Worlds with a deal (whole or partial) in the first run, in the second, and in both (0 unless paired).
    contents
        What these deals hold.
    """

    first: str
    second: str
    paired: bool
    worlds: int
    outcomes: list[ComparedShare]
    gap: Difference
    settlements: list[Settlement]
    transitions: list[Transition]
    changed: int
    replayed: int
    other_deals: int
    blockers: list[Blocker]
    same_blockers: int
    altered: list[str]
    notes: list[str]
    values: list[ChangedValue] = field(default_factory=list)
    deals: tuple[int, int, int] = (0, 0, 0)
    contents: list[Content] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs of the same talks, each set against the first; titles by id of issues, options, parties, sides, events,
    meetings.

    `members` are the parties of each side.
    """

    title: str
    issues: dict[str, str]
    options: dict[str, dict[str, str]]
    parties: dict[str, str]
    sides: dict[str, str]
    members: dict[str, list[str]]
    variants: list[Variant]
    pairs: list[Pair]
    events: dict[str, str] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object that `compare --json` prints; no number is null unless there is none."""
        return dict(_without_nan(asdict(self)))


def read_comparison(directory: Path) -> Comparison:
    """A comparison from its directory.

    Raises
    ------
    OutputError
        If there is none, or it is damaged.
    """
    manifest = read_manifest(directory)
    if manifest["kind"] != "compare":
        raise OutputError(f"{directory} holds the results of a {manifest['kind']}, not of a comparison")
    check_tables(directory, manifest)
    try:
        kept = json.loads((directory / COMPARISON_FILE).read_text(encoding="utf-8"))
        variants, pairs = [Variant(**one) for one in kept["variants"]], [_restored(one) for one in kept["pairs"]]
        return Comparison(**{**kept, "variants": variants, "pairs": pairs})
    except UNREADABLE as error:
        raise OutputError(f"{directory} holds no comparison, or it is damaged ({error})") from error


_DEALS = ("both", "either")


def _restored(kept: dict[str, Any]) -> Pair:
    nan = float("nan")
    numbers = {name: nan if value is None else value for name, value in kept["gap"].items()}
    return Pair(
        **{
            **kept,
            "outcomes": [ComparedShare(**one) for one in kept["outcomes"]],
            "gap": Difference(**numbers),
            "settlements": [
                Settlement(**{**one, "share": ComparedShare(**one["share"])}) for one in kept["settlements"]
            ],
            "transitions": [Transition(**one) for one in kept["transitions"]],
            "blockers": [Blocker(**one) for one in kept["blockers"]],
            "values": [ChangedValue(**one) for one in kept.get("values", [])],
            "deals": tuple(kept.get("deals", (0, 0, 0))),
            "contents": [
                Content(**{**one, **{name: ComparedShare(**one[name]) if one[name] else None for name in _DEALS}})
                for one in kept.get("contents", [])
            ],
        }
    )


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nan(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and np.isnan(value) else value
