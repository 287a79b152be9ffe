"""The report of a sweep: one self-contained page, and its figures as files."""

from __future__ import annotations

import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.report.figures.sweep import Answers, draw_sweep
from sim.report.pages.page import write_page
from sim.report.words.plain_text import capital, listed
from sim.report.words.sweep import (
    INDEX_NAMES,
    amount,
    best_choice,
    conditions,
    difference,
    leading,
    matters,
    settled,
    side_of,
)
from sim.report.words.varied import Names, names_of
from sim.scenario.bundled import bundled
from sim.scenario.yaml_text import number_id
from sim.sweeps.discovery import Discovery, discover
from sim.sweeps.reading import lever_paths, more_is_better, outcome_column, uncertain_paths
from sim.sweeps.robustness import Robustness, robustness
from sim.sweeps.sensitivity import Sensitivity, sensitivity
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep

ROWS = 200
"""Points in the table of the page; all are in ``points.parquet``."""

PAIRS = 10
"""Pairs of paths in the table of second-order indices."""

GIVEN_POINTS = 2_000
"""Up to so many points the page has PAWN indices, which take long."""

LEVEL = 0.5

_FEW_PATHS = 3
"""With no more varied than this, the point with most is told."""


def publish(directory: Path, swept: Sweep) -> None:
    """Write `report.html` and `figures/` into the directory of a sweep.

    Parameters
    ----------
    directory
        Where to write; it must exist.
    swept
        The sweep.
    """
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    answers, names = answered(swept), names_of(swept)
    figures = draw_sweep(swept, answers, folder)
    write_page(
        directory / "report.html",
        "sweep.html",
        manifest=swept.manifest,
        points=len(swept.points),
        sentences=_sentences(swept, answers, names),
        what=names.measure(answers.outcome),
        figures=figures,
        shapes=[name for name in ("curves", "map", "families", "trends") if name in figures],
        varied=[_varied_row(one, names) for one in swept.manifest["vary"]],
        intervals=answers.sensitivity is not None and answers.sensitivity.method != "tornado",
        indices=_index_rows(answers.sensitivity, names),
        pairs=_pair_rows(answers.sensitivity, names),
        headings=_headings(answers.sensitivity),
        boxes=_box_rows(answers.discovery, names),
        looked_for=side_of(answers.discovery) if answers.discovery else "",
        choices=_choice_rows(answers.robustness, names),
        table=_point_rows(swept, answers.outcome, names),
        command=command(swept.manifest),
    )


def command(manifest: dict[str, Any]) -> str:
    """The command that computes the same sweep again."""
    known = bundled().get(manifest["scenario"])
    same = known is not None and known.read_text(encoding="utf-8") == manifest["text"]
    parts = ["detente", "sweep", manifest["scenario"] if same else f"{manifest['scenario'] or 'scenario'}.yaml"]
    if manifest["design"] == "list":
        parts += ["--points-file", "points.parquet"]
    else:
        for one in manifest["vary"]:
            parts += [*_option(one)]
        parts += ["--design", manifest["design"]]
        if manifest["size"]:
            parts += ["--points", str(manifest["size"])]
    parts += ["--worlds", str(manifest["worlds"]), "--seed", str(manifest["seed"])]
    for change in manifest["set"]:
        parts += ["--set", change]
    if "code" in manifest:
        parts.append("--allow-code")
    return shlex.join(parts)


def _option(one: dict[str, Any]) -> tuple[str, str]:
    name = "--lever" if one["role"] == "lever" else "--vary"
    if one["kind"] == "own":
        return name, one["path"]
    if one["kind"] == "list":
        return name, f"{one['path']}={','.join(one['values'])}"
    levels = f":{one['levels']}" if one["levels"] else ""
    low, high = (number_id(end) if isinstance(end, float) else str(end) for end in (one["low"], one["high"]))
    return name, f"{one['path']}={low}:{high}{levels}"


def answered(swept: Sweep) -> Answers:
    """Everything that can be said without being asked."""
    outcome = _outcome(swept)
    choices = (
        robustness(swept, outcome, LEVEL, more_is_better(outcome))
        if lever_paths(swept) and uncertain_paths(swept)
        else None
    )
    return Answers(outcome, _sensitivity(swept, outcome), choices, _discovery(swept, outcome))


def _outcome(swept: Sweep) -> str:
    """The outcome that the page is about: agreement if it varies, else the one that varies most."""
    ranges = {name: float(np.ptp(swept.points[f"{name}.share"].to_numpy())) for name in swept.outcomes}
    return "agreement" if ranges["agreement"] > 0 else max(ranges, key=lambda name: ranges[name])


def _sensitivity(swept: Sweep, outcome: str) -> Sensitivity | None:
    design = swept.manifest["design"]
    many = len(uncertain_paths(swept)) > 1
    designed = design in ("sobol", "sobol2", "morris", "tornado")
    if not many or not (designed or (design in ("lhs", "list") and len(swept.points) <= GIVEN_POINTS)):
        return None
    if design != "tornado" and find_spec("SALib") is None:
        return None
    try:
        return sensitivity(swept, None, outcome)
    except OutputError:
        return None


def _discovery(swept: Sweep, outcome: str) -> Discovery | None:
    covers = swept.manifest["design"] in ("lhs", "list", "sobol", "sobol2") and len(swept.points) >= 50
    if not covers or len(swept.paths) < 2 or (find_spec("sklearn") is None and find_spec("ema_workbench") is None):
        return None
    values = swept.points[outcome_column(swept, outcome)].to_numpy()
    above = more_is_better(outcome)
    known = values.min() <= LEVEL < values.max() if above else values.min() < LEVEL <= values.max()
    level = LEVEL if known else float(np.round(np.quantile(values, 0.75 if above else 0.25), 2))
    try:
        return discover(swept, outcome, level, above)
    except OutputError:
        return None


def _sentences(swept: Sweep, answers: Answers, names: Names) -> list[tuple[str, str]]:
    what = names.measure(answers.outcome)
    values = swept.points[outcome_column(swept, answers.outcome)].cast(pl.Float64).to_numpy()
    least, most = (amount(answers.outcome, float(end)) for end in (values.min(), values.max()))
    range_ = f"Over the {len(values):,} points the {what} goes from {least} to {most}"
    told = [("Range", f"{range_}{_where(swept, values, more_is_better(answers.outcome), names)}.")]
    if len(values) == 1:
        told = [
            ("Range", f"The {what} is {most} at the one point that was played; what moves it, one point cannot tell.")
        ]
    elif values.min() == values.max():
        told = [("Range", f"The {what} is {most} at all {len(values):,} points: nothing that was varied moves it.")]
    if answers.sensitivity is not None:
        told.append(("What matters", f"{matters(answers.sensitivity, names)} {settled(answers.sensitivity)}".strip()))
    if answers.discovery is not None:
        told += [("Conditions", text) for text in conditions(answers.discovery, names)[:1]]
    if answers.robustness is not None:
        told.append(("Choice", best_choice(answers.robustness, names)))
    told.append(
        (
            "Mind",
            "These are shares of simulated worlds under the stated assumptions, not statements about what will happen. "
            "All points meet the same worlds: differences between points are surer than the interval of each.",
        )
    )
    return told


def _where(swept: Sweep, values: Floats, above: bool, names: Names) -> str:
    """At which point an outcome is best, where few numbers were varied and one point is."""
    paths = [one["path"] for one in swept.manifest["vary"]]
    best = np.flatnonzero(values == (values.max() if above else values.min()))
    if len(paths) > _FEW_PATHS or len(best) > 1:
        return ""
    row = swept.points.row(int(best[0]), named=True)
    where = listed([f"{names.name(path)} is {names.value(path, row[path])}" for path in paths])
    return f", {'most' if above else 'least'} where {where}"


def _varied_row(one: dict[str, Any], names: Names) -> tuple[str, str, str, str]:
    """Title, path, values and role; no path where it is the title."""
    path, role = one["path"], "can be chosen" if one["role"] == "lever" else "uncertain"
    name = names.name(path)
    title, beside = ("", path) if name == path else (capital(name), path)
    if one["kind"] == "own":
        return title, beside, "its distribution in the file", role
    if one["kind"] == "list":
        words = [names.value(path, word) for word in one["values"]]
        return title, beside, f"{len(words):,} values" if len(words) > 8 else ", ".join(words), role
    low, high = (f"{end:g}" if isinstance(end, float) else str(end) for end in (one["low"], one["high"]))
    return title, beside, f"{low} to {high}", role


def _headings(found: Sensitivity | None) -> list[str]:
    if found is None:
        return []
    if found.method == "tornado":
        return ["Swing", "Lowest", "at", "Highest", "at"]
    return [INDEX_NAMES[name] for name in found.indices["index"].unique(maintain_order=True)]


def _index_rows(found: Sensitivity | None, names: Names) -> list[tuple[str, list[str]]]:
    """A row a path: each index with its interval; of a tornado the ends and the values that give them."""
    if found is None or found.unknown:
        return []
    if found.method == "tornado":
        return [
            (
                capital(names.name(row["path"])),
                [
                    difference(found.outcome, row["value"]),
                    amount(found.outcome, row["low"]),
                    names.value(row["path"], row["low_at"]),
                    amount(found.outcome, row["high"]),
                    names.value(row["path"], row["high_at"]),
                ],
            )
            for row in found.indices.iter_rows(named=True)
        ]
    rows: dict[str, list[str]] = {}
    for row in found.indices.iter_rows(named=True):
        interval = "" if row["low"] is None else f" ({row['low']:.2f} to {row['high']:.2f})"
        rows.setdefault(row["path"], []).append("unknown" if row["value"] is None else f"{row['value']:.3f}{interval}")
    lead = found.indices.filter(pl.col("index") == leading(found))
    order = lead.sort("value", descending=True, maintain_order=True)["path"]
    return [(capital(names.name(path)), rows[path]) for path in order]


def _pair_rows(found: Sensitivity | None, names: Names) -> list[tuple[str, str, str]]:
    """The pairs of paths with the largest second-order indices: both, and the index with its interval."""
    if found is None or not len(found.pairs):
        return []
    table = found.pairs.sort("value", descending=True, maintain_order=True).head(PAIRS)
    return [
        (
            capital(names.name(row["path"])),
            capital(names.name(row["other"])),
            f"{row['value']:.3f} ({row['low']:.2f} to {row['high']:.2f})",
        )
        for row in table.iter_rows(named=True)
    ]


def _box_rows(found: Discovery | None, names: Names) -> list[tuple[str, list[str], str, str, str]]:
    """Kind, conditions, coverage, density with its interval, points."""
    if found is None:
        return []
    rows = []
    for kind, boxes in (("Box (PRIM)", found.boxes), ("Leaf (CART)", found.leaves)):
        for box in boxes or ():
            density = f"{box.density:.0%} ({box.density_low:.0%} to {box.density_high:.0%})"
            limits = [capital(names.condition(limit)) for limit in box.limits]
            rows.append((kind, limits, f"{box.coverage:.0%}", density, f"{box.points:,}"))
    return rows


def _choice_rows(found: Robustness | None, names: Names) -> tuple[list[str], list[list[str]]] | None:
    """Headings and rows of the table of choices; the last five columns are numbers."""
    if found is None:
        return None
    satisfied = f"{'At least' if found.above else 'At most'} {amount(found.outcome, found.level)}"
    heads = [capital(names.name(lever)) for lever in found.levers]
    rows = []
    for row in found.choices.iter_rows(named=True):
        levels = [amount(found.outcome, row[name]) for name in ("mean", "worst")]
        regrets = [difference(found.outcome, row[name]) for name in ("regret_mean", "regret_most")]
        chosen = [names.value(lever, row[lever]) for lever in found.levers]
        rows.append([*chosen, *levels, *regrets, f"{100 * row['satisfied']:.0f}%"])
    return [*heads, "Mean", "Worst", "Mean regret", "Largest regret", satisfied], rows


def _point_rows(swept: Sweep, outcome: str, names: Names) -> tuple[list[str], list[list[str]], int]:
    """Headings and rows of the table of points, and how many are left out."""
    columns = [outcome_column(swept, name) for name in dict.fromkeys((outcome, *swept.outcomes))]
    seen = [name for name in columns if swept.points[name].cast(pl.Float64).sum()]
    rows = []
    for row in swept.points.head(ROWS).iter_rows(named=True):
        shares = [amount(name, row[name]) for name in seen]
        rows.append([*(names.value(path, row[path]) for path in swept.paths), *shares])
    headings = [*(capital(names.name(path)) for path in swept.paths), *map(names.heading, seen)]
    return headings, rows, max(len(swept.points) - ROWS, 0)
