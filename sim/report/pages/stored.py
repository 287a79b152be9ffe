"""The first worlds of a run as a page lists them: how each ended, when, and what was settled."""

from __future__ import annotations

import json
from datetime import timedelta

import polars as pl

from sim.report.words.names import outcome_name
from sim.report.words.options import option_name
from sim.report.words.plain_text import plain
from sim.sweeps.run import Results
from sim.talks.record.endings import OUTCOMES

_MOST = 1000
"""Worlds that are listed; all others stand in the table beside the page."""


def stored_worlds(results: Results, command: str) -> str:
    """The first worlds of a run, as JSON.

    Parameters
    ----------
    results
        Of the run.
    command
        Traces a world, with NUMBER in the place of its number.

    Returns
    -------
    `outcomes`, `issues` and, for each of these, `options` that any of the worlds settled it at; `rows` of a world's
    number, the place of its outcome, the day on which it ended (in words), and by issue the place of the option, -1
    where it settled none.
    """
    scenario = results.scenario
    columns = [f"package.{issue.id}" for issue in scenario.issues]
    table = results.table.head(_MOST).select("world", "outcome", "day", *columns).collect().sort("world")
    present = [name for name in OUTCOMES if (table["outcome"] == name).any()]
    ends = [present.index(name) for name in table["outcome"]]
    days = [None if day is None else _when(results, int(day)) for day in table["day"]]
    named, settled = [], []
    for issue, column in zip(scenario.issues, columns, strict=True):
        ids = [option.id for option in issue.options]
        chosen = set(table[column].drop_nulls().cast(pl.String).to_list())
        used = [k for k, name in enumerate(ids) if name in chosen]
        place = {ids[k]: at for at, k in enumerate(used)}
        named.append([option_name(issue, k) for k in used])
        settled.append([-1 if one is None else place[one] for one in table[column].cast(pl.String)])
    told = {
        "worlds": results.summary.worlds,
        "command": command,
        "outcomes": [outcome_name(name) for name in present],
        "issues": [plain(issue.title) for issue in scenario.issues],
        "options": named,
        "rows": [list(row) for row in zip(table["world"], ends, days, *settled, strict=True)],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _when(results: Results, day: int) -> str:
    try:
        at = results.scenario.start + timedelta(days=day)
    except OverflowError:
        return f"day {day:,}"
    return f"{at.day} {at:%b %Y}"
