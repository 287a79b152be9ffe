"""The report of an analysis: one self-contained page, and its figures as files."""

from __future__ import annotations

import shlex
from hashlib import sha256
from pathlib import Path

from sim.analysis.answers import Analysis
from sim.analysis.explain import explain, short_repairs
from sim.report.figures.conflict import conflict_by_issue, conflict_height, shortfall_by_party
from sim.report.figures.style import Shown, new_figure, save, styled
from sim.report.figures.utility_space import HEIGHT, cloud, in_words, utility_space
from sim.report.figures.win_sets import win_sets, win_sets_height
from sim.report.pages.page import write_page
from sim.report.words import analysis_tables as tables
from sim.report.words.assumptions import tally
from sim.report.words.plain_text import plain
from sim.scenario.bundled import bundled
from sim.sweeps.store import versions

_SIDES = 6
"""Most sides that the table of moves has columns for."""


def publish_analysis(directory: Path, analysis: Analysis) -> None:
    """Write `report.html` and `figures/` into a directory, which must exist."""
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    scenario, columns = analysis.scenario, tables.columns_of_packages(analysis)
    write_page(
        directory / "report.html",
        "analysis.html",
        scenario=scenario,
        analysis=analysis,
        packages=tables.count(analysis.game.packages),
        findings=explain(analysis),
        figures=analysis_figures(analysis, folder),
        text_columns=[(title, False) for title in columns],
        number_columns=[(title, True) for title in columns],
        side_columns=[(plain(side.title), False) for side in scenario.sides],
        package_rows=tables.package_rows(analysis),
        utility_rows=tables.utility_rows(analysis),
        shortfall_rows=tables.shortfall_rows(analysis),
        repair_rows=tables.repair_rows(analysis),
        short=len(short_repairs(analysis.repairs.sets)),
        win_set_rows=tables.win_set_rows(analysis),
        red_line_rows=tables.red_line_rows(analysis),
        move_rows=tables.move_rows(analysis) if len(scenario.sides) <= _SIDES else [],
        long_move_rows=tables.long_move_rows(analysis) if len(scenario.sides) > _SIDES else [],
        trade_rows=tables.trade_rows(analysis),
        world_rows=tables.world_rows(analysis),
        grounds=tally(scenario),
        sha256=sha256(scenario.text.encode()).hexdigest(),
        versions=versions(),
        command=command(analysis),
    )


def command(analysis: Analysis) -> str:
    """The command that computes the same answers again."""
    scenario = analysis.scenario
    known = bundled().get(scenario.name)
    same = known is not None and known.read_text(encoding="utf-8") == scenario.text
    parts = ["detente", "analyze", scenario.name if same else f"{scenario.name or 'scenario'}.yaml"]
    if analysis.worlds is not None:
        parts += ["--worlds", str(analysis.worlds.worlds), "--seed", str(analysis.worlds.seed)]
    for change in scenario.changes:
        parts += ["--set", change]
    if scenario.code:
        parts.append("--allow-code")
    return shlex.join(parts)


def analysis_figures(analysis: Analysis, directory: Path) -> dict[str, Shown]:
    """Draw and save the figures of an analysis; by name."""
    shown = {}
    with styled():
        dots = cloud(analysis)
        figure = new_figure(HEIGHT)
        utility_space(analysis, dots, figure.subplots())
        shown["utility_space"] = Shown(
            save(figure, directory, "utility_space", "Packages by what they are worth"),
            "Packages by what they are worth to the sides",
            _how_to_read(analysis, dots.complete),
            in_words(analysis, dots),
        )
        figure = new_figure(win_sets_height(analysis))
        win_sets(analysis, figure.subplots())
        shown["win_sets"] = Shown(
            save(figure, directory, "win_sets", "Who could accept how much"),
            "Who could accept how much",
            "Each bar is the number of packages that cross no red line of a party (or that a side's decision rule "
            "passes) and are worth its reservation value. A deal lies in every win-set whose owner is needed, so short "
            "bars limit it most; but even long ones may have nothing in common.",
            "Bars: shares of all packages that are acceptable to each party and side, and the zone of agreement.",
        )
        if analysis.feasible is False:
            figure = new_figure(conflict_height(analysis))
            left, right = figure.subplots(1, 2)
            conflict_by_issue(analysis, left)
            shortfall_by_party(analysis, right)
            shown["conflict"] = Shown(
                save(figure, directory, "conflict", "What the conflict is about"),
                "What the conflict is about, and what is missing",
                "Left: the issues on which the parties in conflict lose most against their own best, weighted as they "
                "weigh in the conflict. Right: by how much the package that comes closest misses each party's "
                "reservation value.",
                _conflict_in_words(analysis),
            )
    return shown


def _how_to_read(analysis: Analysis, complete: bool) -> str:
    dots = "Each dot is a package" if complete else "Each dot is one of a sample of packages, denser near the frontier"
    if len(analysis.scenario.sides) == 2:
        return (
            f"{dots}; further right is better for {plain(analysis.scenario.sides[0].title)}, further up for "
            f"{plain(analysis.scenario.sides[1].title)} (means of the members by weight). On the line nobody can gain "
            "unless the other loses. Packages beyond both dashed lines beat no deal for the sides on average; members "
            "with more to lose, and red lines, may still rule them out."
        )
    return (
        f"{dots}; further right the sides gain more together, further up the one that gains least gains more. Under "
        "the dashed line at least one side is on average worse off than without a deal."
    )


def _conflict_in_words(analysis: Analysis) -> str:
    found = analysis.conflict
    if found is None:
        return "Bars: what each party lacks in the package that comes closest."
    issues = analysis.scenario.issues
    parts = [f"{plain(issues[j].title)} {100 * x:.0f}%" for j, x in enumerate(found.by_issue) if x > 0.005]
    return f"Bars: share of the issues in the conflict ({', '.join(parts)}), and what each party lacks."
