"""Results as tables: a row a world, a row a round and measure."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.scenario.model import Scenario
from sim.sweeps.summary import Summary
from sim.talks.division import WORDS
from sim.talks.ratification import homes
from sim.talks.record.endings import OUTCOMES, Endings
from sim.talks.record.statistics import measures, ordered

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def world_table(scenario: Scenario, ended: Endings, zone: NDArray[np.int8] | None = None) -> pl.DataFrame:
    """One row a world: outcome, day, meetings, rounds, the deal, utilities, the gap between the last offers.

    With `zone` (1, 0 or -1 by world), ``zone`` tells whether there was a deal to be had before any event, null where
    that was not asked or could not be told. ``gain.PARTY`` is what a deal is worth to a party beyond its reservation
    value in the same world, null without one. Where a walk-out or an event may end the talks, ``broke_on`` is the day
    on which one did, null where none did. Where somebody must ratify a deal, ``refused.ID`` (a side or party) tells
    whether it did not, and ``refused_package.ISSUE`` the option of a deal that was refused; where a side holds a
    caucus, ``broke_silence.PARTY`` how often each of its members broke silence. Where the file
    says how votes are counted, ``vote.PARTY`` tells how it voted on what was settled last (`sim.talks.division.WORDS`).
    """
    columns: dict[str, pl.Series] = {
        "world": pl.Series(ended.worlds, dtype=pl.Int64),
        "outcome": _named(ended.outcome, list(OUTCOMES)),
        "day": pl.Series(ended.day, dtype=pl.Int32).replace(-1, None),
        "meetings": pl.Series(ended.meetings, dtype=pl.Int32),
        "rounds": pl.Series(ended.rounds, dtype=pl.Int32),
    }
    for j, issue in enumerate(scenario.issues):
        columns[f"package.{issue.id}"] = _named(ended.package[j], [option.id for option in issue.options])
    for p, party in enumerate(scenario.parties):
        columns[f"utility.{party.id}"] = pl.Series(ended.utility[p], dtype=pl.Float64)
    if zone is not None:
        columns["zone"] = pl.Series(zone).replace(-1, None).cast(pl.Boolean)
    for p, party in enumerate(scenario.parties):
        columns[f"gain.{party.id}"] = pl.Series(ended.gain[p], dtype=pl.Float64).fill_nan(None)
    for p, worth in ended.discounted.items():
        columns[f"discounted.{scenario.parties[p].id}"] = pl.Series(worth, dtype=pl.Float64)
    columns["gap"] = pl.Series(ended.gap, dtype=pl.Float64).fill_nan(None)
    if any(event.ends_talks for event in scenario.events) or any(party.walk_out for party in scenario.parties):
        columns["broke_on"] = pl.Series(ended.broke_on, dtype=pl.Int32).replace(-1, None)
    for home, refused in zip(homes(scenario), ended.refused, strict=True):
        columns[f"refused.{home.id}"] = pl.Series(refused)
    for j, issue in enumerate(scenario.issues if scenario.ratified else ()):
        options = [option.id for option in issue.options]
        columns[f"refused_package.{issue.id}"] = _named(ended.refused_package[j], options)
    for side in scenario.sides:
        for p in side.members if side.caucus is not None else ():
            columns[f"broke_silence.{scenario.parties[p].id}"] = pl.Series(ended.broke_silence[p], dtype=pl.Int32)
    for p, votes in enumerate(ended.votes):
        columns[f"vote.{scenario.parties[p].id}"] = _named(votes, list(WORDS))
    return pl.DataFrame(columns)


def round_table(scenario: Scenario, summary: Summary) -> pl.DataFrame:
    """One row for every round, held meeting by meeting, and measure of distance.

    Columns: ``meeting``, ``order`` (of the meeting in the talks, from 1), ``round`` (from 1), ``worlds`` that held it,
    ``measure`` (``gap`` between the sides' last offers, ``position_gap`` between their members' positions, ``spread``
    within a side, ``shortfall`` of a side's last offer for a party, ``offer``: the place of a side's last offer on an
    issue's scale), ``issue``, ``side``, ``party`` (null where not meant), ``counted`` worlds, ``mean`` and quantiles
    ``q05`` to ``q95`` over worlds.
    """
    listed = measures(scenario)
    scale = np.array([one.scale for one in listed])
    tables = []
    for slot in ordered(summary.slots):
        quantiles = {
            f"q{round(share * 100):02d}": pl.Series(slot.tally.quantile(share) * scale).fill_nan(None)
            for share in QUANTILES
        }
        tables.append(
            pl.DataFrame(
                {
                    "measure": [one.name for one in listed],
                    "issue": pl.Series([one.issue for one in listed], dtype=pl.String),
                    "side": pl.Series([one.side for one in listed], dtype=pl.String),
                    "party": pl.Series([one.party for one in listed], dtype=pl.String),
                    "counted": slot.tally.count,
                    "mean": pl.Series(slot.tally.means() * scale).fill_nan(None),
                    **quantiles,
                }
            ).select(
                pl.lit(slot.id).alias("meeting"),
                pl.lit(slot.order + 1, dtype=pl.Int32).alias("order"),
                pl.lit(slot.round + 1, dtype=pl.Int32).alias("round"),
                pl.lit(slot.worlds, dtype=pl.Int64).alias("worlds"),
                pl.all(),
            )
        )
    return pl.concat(tables) if tables else _no_rounds()


def _no_rounds() -> pl.DataFrame:
    """The table where no meeting was held in any world."""
    names = {"order": pl.Int32, "round": pl.Int32, "worlds": pl.Int64}
    named = {name: names.get(name, pl.String) for name in ("meeting", *names, "measure", "issue", "side", "party")}
    numbers = dict.fromkeys(("mean", *(f"q{round(share * 100):02d}" for share in QUANTILES)), pl.Float64)
    return pl.DataFrame(schema={**named, "counted": pl.Int64, **numbers})


def _named(codes: NDArray[np.integer], names: list[str]) -> pl.Series:
    """Names by code, null for a negative one."""
    known = pl.Series([*names, None], dtype=pl.String)
    return known.gather(pl.Series(np.where(codes < 0, len(names), codes), dtype=pl.UInt32))
