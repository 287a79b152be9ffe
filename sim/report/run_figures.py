"""The figures of a run: what they are called, how to read them, and what they show to who cannot see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from sim.report import blockers, calendar_figure, gaps, outcomes, positions, settlements, shortfalls, spread
from sim.report.digits import percent, whole
from sim.report.names import outcome_name
from sim.report.plain_text import plain
from sim.report.rounds import Rounds, arrange
from sim.report.style import Drawing, new_figure, save, styled
from sim.report.wants import Wants, central_wants
from sim.sweeps.run import Results
from sim.talks.endings import OUTCOMES


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in a page: `caption` says how to read it, `alt` what is to be seen."""

    drawing: Drawing
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    title: str
    caption: str
    alt: str
    draw: Callable[[], Figure]


def draw_figures(results: Results, directory: Path) -> dict[str, Shown]:
    """Draw and save all figures of a run; by name.

    Parameters
    ----------
    results
        Of the run.
    directory
        Where the SVG and PNG files go; it must exist.
    """
    shown = {}
    with styled():
        for plan in _plans(results, arrange(results.rounds), central_wants(results.scenario)):
            drawing = save(plan.draw(), directory, plan.name, plan.title)
            shown[plan.name] = Shown(drawing, plan.title, plan.caption, plan.alt)
    return shown


def _plans(results: Results, rounds: Rounds, wants: Wants) -> Iterator[_Plan]:
    scenario, summary = results.scenario, results.summary
    counts = dict(zip(OUTCOMES, map(int, summary.outcomes), strict=True))

    def of_outcomes() -> Figure:
        figure = new_figure(outcomes.HEIGHT)
        outcomes.outcome_shares(counts, figure.subplots())
        return figure

    told = ", ".join(f"{outcome_name(name)} {percent(count, summary.worlds)}" for name, count in counts.items())
    yield _Plan(
        "outcomes",
        "How the talks ended",
        "Each bar is the share of simulated worlds that ended so. The thin line is the 95% interval: how far the share "
        "could be off only because no more worlds were played.",
        f"Bar chart of outcome shares over {whole(summary.worlds)} worlds: {told}.",
        of_outcomes,
    )

    def of_calendar() -> Figure:
        top, bottom = calendar_figure.calendar_height(scenario), calendar_figure.list_height(scenario)
        figure = new_figure(top + bottom, foot=bottom)
        calendar_figure.cumulative(scenario, summary.by_day, OUTCOMES, figure.subplots())
        lower = figure.add_axes((0.02, 0.0, 0.96, bottom / (top + bottom)))
        lower.set_in_layout(False)
        calendar_figure.calendar_list(scenario, lower)
        return figure

    yield _Plan(
        "calendar",
        "By when",
        "The lines climb as worlds reach an end; where a line is steep, much was decided. Letters mark the scheduled "
        "meetings, numbers the events (at their middle dates). A breakdown is dated by the last meeting before it.",
        "Step lines over the calendar: share of worlds with an agreement, a partial agreement or a breakdown so far.",
        of_calendar,
    )

    def of_gap_map() -> Figure:
        figure = new_figure(gaps.gap_map_height(scenario))
        gaps.gap_map(scenario, rounds, figure.subplots())
        return figure

    yield _Plan(
        "gap_by_issue",
        "Gap by issue, round by round",
        "The mean distance between the sides' offers: light and near 0 where they offer the same, dark and near 1 "
        "where they are at opposite ends. Read along a row to see whether an issue moved. Later rounds are about the "
        "worlds still talking.",
        _gap_alt(results, rounds),
        of_gap_map,
    )

    def of_total() -> Figure:
        figure = new_figure(4.3)
        upper, lower = figure.subplots(2, 1, height_ratios=[5, 1])
        gaps.total_gap(scenario, rounds, upper)
        gaps.worlds_left(scenario, rounds, lower)
        return figure

    yield _Plan(
        "gap_total",
        "The gap as a whole",
        "The line is the middle world, the bands hold half and nine tenths of the worlds. The dashed line is how far "
        "apart the members' own first wishes lie: offers under it mean that the sides gave way. The bars beneath show "
        "how many worlds were still talking.",
        "Line chart with bands: total gap between the sides' offers over the rounds.",
        of_total,
    )

    def of_settlements() -> Figure:
        figure = new_figure(settlements.settlements_height(scenario))
        settlements.settlements(scenario, summary.settled, figure.subplots())
        return figure

    yield _Plan(
        "settlements",
        "What each issue was settled at",
        "A bar an issue, cut by the options that deals chose; a bar in one piece means that all deals look alike "
        "there. Darker is further towards the last option of the issue's scale.",
        "Stacked bars: the options at which each issue was settled, as shares of the worlds that settled it.",
        of_settlements,
    )

    def of_blockers() -> Figure:
        figure = new_figure(blockers.blockers_height(scenario))
        blockers.blockers(scenario, summary.blocks, summary.without_agreement, figure.subplots())
        return figure

    yield _Plan(
        "blockers",
        "Who blocks on what",
        "In how many percent of the worlds without an agreement a party objects to the other side's last offer (or, if "
        "nobody objects, holds out for more), put down to the issue that hurts it most. A dark column is an issue that "
        "keeps the sides apart, a dark row a party that does.",
        "Heat map by party and issue: share of the worlds without an agreement in which the party blocks there.",
        of_blockers,
    )

    def of_shortfalls() -> Figure:
        figure = new_figure(shortfalls.shortfalls_height(scenario))
        shortfalls.shortfalls(scenario, rounds, figure.subplots())
        return figure

    yield _Plan(
        "shortfalls",
        "What the last offers lack",
        "How much the other side's offer in the last common round falls short of what each party has without a deal. "
        "At 0 the party would rather sign; the further right, the more it would have to be given. Dot: the middle "
        "world; bar: half of the worlds; colour: the side that offers. A party at 0 may still object because of a "
        "red line.",
        "Dot plot by party: median utility that the other side's offer lacks to the party's reservation value.",
        of_shortfalls,
    )

    def of_positions() -> Figure:
        figure = new_figure(positions.positions_height(scenario))
        positions.positions(scenario, wants, figure.subplots())
        return figure

    yield _Plan(
        "positions",
        "What every party wants",
        "In each column a party's dot stands at the option it wants most, from the first option on the left to the "
        "last on the right, at the central values of the file. The long lines are the sides' means by weight: the "
        "further apart they stand, the further apart the sides.",
        "Dot plot of every party's best option on every issue.",
        of_positions,
    )

    def of_spread() -> Figure:
        figure = new_figure(spread.spread_height(scenario))
        spread.spread(scenario, wants, figure.subplots())
        return figure

    if any(len(side.members) > 1 for side in scenario.sides):
        yield _Plan(
            "spread",
            "How united the sides are",
            "The size of a bubble is the share of its side's weight that wants this option most. One bubble is one "
            "mind; a line between several is a side that must first agree with itself.",
            "Bubbles along each issue's scale: how the weight of each side spreads over the options.",
            of_spread,
        )


def _gap_alt(results: Results, rounds: Rounds) -> str:
    if not len(rounds):
        return "No round was held."
    parts = []
    for issue in results.scenario.issues:
        track = rounds.track("gap", issue=issue.id)
        parts.append(f"{plain(issue.title)} from {track.text(0)} to {track.text(rounds.late)}")
    return f"Heat map of the mean gap by issue, first round to last common round: {'; '.join(parts)}."
