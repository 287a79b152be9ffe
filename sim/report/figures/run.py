"""The figures of a run: each drawn by its own function, saved here, with its caption and a text in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.figures import calendar as calendar_figure
from sim.report.figures import (
    gaps,
    offers,
    outcomes,
    positions,
    refusals,
    settlements,
    shortfalls,
    spread,
    utilities,
)
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
"""Names of all figures; what they are stands in the table at the end."""

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
    scenario, rounds = results.scenario, arrange(results.rounds)
    wants, gained = central_wants(scenario), gains(scenario, results.table)
    data = _Data(scenario, results.summary, rounds, wants, gained, dates(results))
    for one in _TABLE:
        if one.when(data):
            yield one.name, one.text(data), partial(one.draw, data)


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


@dataclass(frozen=True, slots=True)
class _Declared:
    """A figure of a run.

    Attributes
    ----------
    name
        Of its file; its caption stands under it in `sim.report.words.captions`.
    text
        What it shows, for who cannot see it.
    draw
        What draws it.
    when
        Whether there is anything to draw.
    """

    name: str
    text: Callable[[_Data], str]
    draw: Callable[[_Data], Figure]
    when: Callable[[_Data], bool] = lambda _: True


def _rounds_were_held(data: _Data) -> bool:
    return len(data.rounds) > 0


def _a_side_has_members(data: _Data) -> bool:
    return any(len(side.members) > 1 for side in data.scenario.sides)


def _somebody_has_a_deal(data: _Data) -> bool:
    return bool(data.gains.whole.worlds or data.gains.partial.worlds)


_TABLE = (
    _Declared("outcomes", lambda d: alt_texts.outcomes(d.summary), _outcomes),
    _Declared("calendar", lambda d: alt_texts.calendar(d.summary, d.dates), _calendar),
    _Declared("gap_total", lambda d: alt_texts.gap_total(d.rounds), _gap_total, _rounds_were_held),
    _Declared(
        "gap_by_issue",
        lambda d: alt_texts.gap_by_issue(d.scenario, d.rounds),
        _gap_by_issue,
        _rounds_were_held,
    ),
    _Declared("offers", lambda d: alt_texts.offers(d.scenario, d.rounds), _offers, _rounds_were_held),
    _Declared("positions", lambda d: alt_texts.positions(d.scenario, d.wants), _positions),
    _Declared("spread", lambda d: alt_texts.spread(d.scenario, d.wants), _spread, _a_side_has_members),
    _Declared(
        "settlements",
        lambda d: alt_texts.settlements(d.scenario, d.summary),
        _settlements,
        lambda d: bool(d.summary.settled.any()),
    ),
    _Declared(
        "utilities",
        lambda d: alt_texts.utilities(d.scenario, d.gains),
        _utilities,
        _somebody_has_a_deal,
    ),
    _Declared(
        "refusals",
        lambda d: alt_texts.refusals(d.scenario, d.summary),
        _refusals,
        lambda d: bool(d.summary.refusals.any()),
    ),
    _Declared(
        "shortfalls",
        lambda d: alt_texts.shortfalls(d.scenario, d.rounds),
        _shortfalls,
        lambda d: shortfalls.any_lacks(d.scenario, d.rounds),
    ),
)
"""All figures, in the order of the page."""
