"""A sideways look at single worlds: a few of a run, each with its dance and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.figures.dance import dance, dance_legend, panels, path_words
from sim.report.figures.style import Shown, figure_width, fitting, new_figure, save, styled
from sim.report.findings.chosen import chosen
from sim.report.findings.course import Course, course_and_minutes
from sim.report.minutes.arranged import Part, arranged
from sim.report.minutes.end import tables
from sim.report.minutes.lines import Grid
from sim.report.minutes.text import lines
from sim.report.words.names import outcome_meaning, outcome_name
from sim.report.words.plain_text import plain
from sim.scenario.model import Scenario
from sim.sweeps.run import Results


@dataclass(frozen=True, slots=True)
class Sampled:
    """One world of the run, for reading."""

    world: int
    outcome: str
    meaning: str
    zone: str
    dance: Shown
    minutes: list[Part]
    tables: list[Grid]


def sampled(results: Results, directory: Path) -> list[Sampled]:
    """Play the chosen worlds again, draw their dances and write their minutes.

    Parameters
    ----------
    results
        Of the run.
    directory
        Where the files go; it must exist.
    """
    return [_one(results.scenario, world, results.seed, directory) for world in chosen(results.table)]


def _one(scenario: Scenario, world: int, seed: int, directory: Path) -> Sampled:
    went, minutes = course_and_minutes(scenario, world, seed)
    with styled():
        title = f"The dance of world {world}"
        drawing = save(draw_dance(scenario, went), directory, f"world_{world}", title)
    alt = f"Offers in utility space: {'; '.join(map(plain, path_words(scenario, went)))}. {zone_words(went)}"
    caption = _CAPTION if len(scenario.sides) == 2 else _CAPTION + _MANY_SIDES
    return Sampled(
        world=world,
        outcome=outcome_name(minutes.outcome),
        meaning=outcome_meaning(scenario, minutes.outcome),
        zone=zone_words(went),
        dance=Shown(drawing, title, caption, alt),
        minutes=arranged(list(lines(minutes))),
        tables=tables(minutes),
    )


def draw_dance(scenario: Scenario, went: Course) -> Figure:
    """The figure of the dance: one panel for two sides, one a side for more."""
    sides = panels(scenario)
    handles, labels = dance_legend(scenario, went)
    columns = min(len(sides), fitting(2))
    rows = -(-len(sides) // columns)
    panel = 3.9 if len(sides) == 1 else 2.7
    foot = 0.12 + 0.175 * len(labels)
    figure = new_figure(panel * rows + foot, foot=foot)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for side, ax in zip(sides, axes, strict=False):
        dance(scenario, went, side, ax)
    for ax in axes[len(sides) :]:
        ax.set_axis_off()
    low = 0.05 / figure_width()
    figure.legend(handles, labels, loc="lower left", bbox_to_anchor=(low, 0.0), ncols=1).set_in_layout(False)
    return figure


def zone_words(went: Course) -> str:
    """Whether there was a deal to be had in this world."""
    if went.zone is None:
        return "Whether any package was acceptable to all whose agreement is needed is not known for this world."
    if went.zone:
        return "As things stood at the end there were packages acceptable to all whose agreement is needed."
    return "As things stood at the end no package was acceptable to all whose agreement is needed."


_CAPTION = (
    "Every point is a package, placed by what it is worth to the sides (the means of their members by weight, as "
    "things stood at the end of the talks). A path is a side's offers from the first (hollow) to the last: it runs "
    "from what the side wants towards what the other wants. Where it ends is as far as it went. A side that "
    "decides by consensus needs more than its mean suggests: its most reluctant member sets the limit. Solutions are "
    "marked where there is a package acceptable to all."
)
_MANY_SIDES = " With more than two sides, each panel sets one side against the mean of the others."
