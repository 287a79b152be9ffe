"""The figures of a run: each drawn by its own function, saved here, with its caption and a text in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.figures import calendar as calendar_figure
from sim.report.figures import gaps, offers, outcomes, positions, refusals, settlements, shortfalls, spread, utilities
from sim.report.figures.style import Shown, new_figure, save, styled
from sim.report.findings.dates import Dates, dates
from sim.report.findings.gains import Gains, gains
from sim.report.findings.rounds import Rounds, arrange
from sim.report.findings.wants import Wants, central_wants
from sim.report.words import alt_texts
from sim.report.words.captions import RUN
from sim.scenario.model import Scenario
from sim.sweeps.run import Results
from sim.sweeps.summary import Summary


@dataclass(frozen=True, slots=True)
class _Data:
    """What the figures are drawn from."""

    scenario: Scenario
    summary: Summary
    rounds: Rounds
    wants: Wants
    gains: Gains
    dates: Dates


FIGURES = frozenset(RUN)
"""Names of all figures."""

ASIDE = FIGURES - {"outcomes", "calendar", "gap_total", "shortfalls"}
"""Those that a second process draws where there is one: most of them, for this one looks at single worlds meanwhile."""

Plan = tuple[str, str, Callable[[], Figure]]
"""Name, text, and what draws it. Use inside of `styled`."""


def draw_figures(results: Results, directory: Path, names: Collection[str] = FIGURES) -> dict[str, Shown]:
    """Draw and save figures of a run; by name.

    Parameters
    ----------
    results
        Of the run.
    directory
        Where the files go; it must exist.
    names
        Those to draw.
    """
    shown = {}
    with styled():
        for name, alt, draw in _plans(results):
            if name in names:
                caption = RUN[name]
                shown[name] = Shown(save(draw(), directory, name, caption.title), caption.title, caption.text, alt)
    return shown


def run_figures(results: Results) -> Iterator[tuple[str, str, Figure]]:
    """All figures of a run, one after another, as name, text and figure. Use inside of `styled`."""
    for name, alt, draw in _plans(results):
        yield name, alt, draw()


def _plans(results: Results) -> Iterator[Plan]:
    """What figures there are; one that would be empty is left out: the page says why in words."""
    scenario, summary, rounds = results.scenario, results.summary, arrange(results.rounds)
    wants, gained = central_wants(scenario), gains(scenario, results.table)
    data = _Data(scenario, summary, rounds, wants, gained, dates(results))
    yield "outcomes", alt_texts.outcomes(summary), partial(_outcomes, data)
    yield "calendar", alt_texts.calendar(summary, data.dates), partial(_calendar, data)
    if len(rounds):
        yield "gap_total", alt_texts.gap_total(rounds), partial(_gap_total, data)
        yield "gap_by_issue", alt_texts.gap_by_issue(scenario, rounds), partial(_gap_by_issue, data)
        yield "offers", alt_texts.offers(scenario, rounds), partial(_offers, data)
    yield "positions", alt_texts.positions(scenario, wants), partial(_positions, data)
    if any(len(side.members) > 1 for side in scenario.sides):
        yield "spread", alt_texts.spread(scenario, wants), partial(_spread, data)
    if summary.settled.any():
        yield "settlements", alt_texts.settlements(scenario, summary), partial(_settlements, data)
    if gained.whole.worlds or gained.partial.worlds:
        yield "utilities", alt_texts.utilities(scenario, gained), partial(_utilities, data)
    if summary.refusals.any():
        yield "refusals", alt_texts.refusals(scenario, summary), partial(_refusals, data)
    if shortfalls.any_lacks(scenario, rounds):
        yield "shortfalls", alt_texts.shortfalls(scenario, rounds), partial(_shortfalls, data)


def _outcomes(data: _Data) -> Figure:
    figure = new_figure(outcomes.HEIGHT)
    outcomes.outcome_shares(data.summary.by_outcome, figure.subplots())
    return figure


def _calendar(data: _Data) -> Figure:
    top = calendar_figure.calendar_height(data.scenario, data.dates)
    bottom = calendar_figure.list_height(data.scenario)
    figure = new_figure(top + bottom, foot=bottom)
    calendar_figure.still_without(data.scenario, data.dates, data.summary.worlds, figure.subplots())
    lower = figure.add_axes((0.02, 0.0, 0.96, bottom / (top + bottom)))
    lower.set_in_layout(False)
    calendar_figure.calendar_list(data.scenario, lower)
    return figure


def _gap_total(data: _Data) -> Figure:
    figure = new_figure(4.3)
    upper, lower = figure.subplots(2, 1, height_ratios=[5, 1])
    gaps.total_gap(data.scenario, data.rounds, upper)
    gaps.worlds_left(data.scenario, data.rounds, lower)
    return figure


def _gap_by_issue(data: _Data) -> Figure:
    figure = new_figure(gaps.gap_map_height(data.scenario))
    gaps.gap_map(data.scenario, data.rounds, figure.subplots())
    return figure


def _offers(data: _Data) -> Figure:
    figure = new_figure(offers.offers_height(data.scenario))
    columns = offers.offers_columns(data.scenario)
    grid = figure.subplots(offers.offers_rows(data.scenario), columns, squeeze=False).ravel()
    count = len(data.scenario.issues)
    for j, axes in enumerate(grid):
        if j >= count:
            axes.set_axis_off()
            continue
        offers.offers(data.scenario, j, data.rounds, data.wants, axes)
        offers.offer_rounds(data.scenario, data.rounds, axes, named=j + columns >= count)
    positions.figure_legend_of_sides(data.scenario, figure)
    return figure


def _positions(data: _Data) -> Figure:
    figure = new_figure(positions.positions_height(data.scenario))
    positions.positions(data.scenario, data.wants, figure.subplots())
    return figure


def _spread(data: _Data) -> Figure:
    figure = new_figure(spread.spread_height(data.scenario))
    spread.spread(data.scenario, data.wants, figure.subplots())
    return figure


def _settlements(data: _Data) -> Figure:
    figure = new_figure(settlements.settlements_height(data.scenario))
    settlements.settlements(data.scenario, data.summary.settled, figure.subplots())
    return figure


def _utilities(data: _Data) -> Figure:
    figure = new_figure(utilities.utilities_height(data.scenario))
    utilities.utilities(data.scenario, data.gains, figure.subplots())
    return figure


def _refusals(data: _Data) -> Figure:
    summary = data.summary
    figure = new_figure(refusals.refusals_height(data.scenario))
    refusals.refusals(data.scenario, summary.refusals, summary.without_agreement, figure.subplots())
    return figure


def _shortfalls(data: _Data) -> Figure:
    figure = new_figure(shortfalls.shortfalls_height(data.scenario))
    shortfalls.shortfalls(data.scenario, data.rounds, figure.subplots())
    return figure
