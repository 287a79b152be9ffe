"""Figure: what each party lacks in the other side's last offer to prefer it to no deal."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.report.figures.positions import legend_of_sides, party_names
from sim.report.figures.style import INK, QUIET, fitting, side_colour, side_marker
from sim.report.figures.values import told
from sim.report.findings.order import by_side
from sim.report.findings.rounds import Rounds
from sim.report.words.plain_text import cut, meeting_name, wrapped
from sim.scenario.model import Scenario

_SHORTFALL = "Shortfall to the reservation value (0: as good as no deal or better)"


def shortfalls_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 1.55 + 0.2 * max(len(scenario.parties), 3)


def any_lacks(scenario: Scenario, rounds: Rounds) -> bool:
    """Whether anybody lacks anything in the last common round; else there is nothing to draw."""
    if not len(rounds):
        return False
    tracks = [
        rounds.track("shortfall", side=side.id, party=party.id)
        for s, side in enumerate(scenario.sides)
        for party in scenario.parties
        if party.side != s
    ]
    return any(float(track.levels["q95"][rounds.late]) > 0 for track in tracks if track.counted[rounds.late])


def shortfalls(scenario: Scenario, rounds: Rounds, axes: Axes) -> Axes:
    """Dots at the median shortfall of the other side's offer in the last common round, bars over the middle half."""
    order, late = by_side(scenario), rounds.late
    for row, p in enumerate(order):
        party = scenario.parties[p]
        others = [s for s in range(len(scenario.sides)) if s != party.side]
        for k, s in enumerate(others):
            track = rounds.track("shortfall", side=scenario.sides[s].id, party=party.id)
            low, middle, high = (float(track.levels[name][late]) for name in ("q25", "q50", "q75"))
            if not track.counted[late]:
                continue
            y = row + (k - (len(others) - 1) / 2) * min(0.25, 0.7 / len(others))
            axes.plot([low, high], [y, y], color=side_colour(s), linewidth=2.4, alpha=0.5, solid_capstyle="butt")
            columns = {"Party": [party.title], "Offer of": [scenario.sides[s].title], "Median": [middle]}
            told(axes, middle, y, columns | {"A quarter below": [low], "A quarter above": [high]})
            axes.plot(middle, y, color=side_colour(s), marker=side_marker(s), markersize=4.5, linestyle="")
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_xlim(left=min(0, -0.02 * axes.get_xlim()[1]), right=max(axes.get_xlim()[1], 0.05))
    axes.set_yticks(range(len(order)), party_names(scenario, order), fontsize=7.5)
    row = 0
    for side in scenario.sides[:-1]:
        row += len(side.members)
        axes.axhline(row - 0.5, color=QUIET, linewidth=0.8)
    where = f"{cut(meeting_name(scenario, rounds.meetings[late]), fitting(40))}, round {rounds.numbers[late]}"
    axes.set_xlabel(f"{wrapped(_SHORTFALL, fitting(70), 2)}\n{where}", loc="left")
    legend_of_sides(scenario, axes, "Offer of:")
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
