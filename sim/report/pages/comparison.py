"""The page of a comparison."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from sim.report.figures.comparison import draw_comparison
from sim.report.figures.style import Shown
from sim.report.pages.page import write_page
from sim.report.words.comparison import altered, headline, option_title, pair_sentences, points, shown
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.report.words.run import Sentence
from sim.sweeps.comparison import Comparison, Pair


@dataclass(frozen=True, slots=True)
class PairShown:
    """What the page shows of one pair."""

    pair: Pair
    changed: Sentence
    headline: str
    sentences: list[Sentence]
    outcomes: list[tuple[str, str, str, str]]
    settlements: list[tuple[str, str, str, str, str]]
    transitions: Shown | None
    blockers: Shown | None
    blocking: list[tuple[str, str, int, int]]


def publish(directory: Path, comparison: Comparison) -> None:
    """Write `report.html` and `figures/` into a directory.

    Parameters
    ----------
    directory
        Where to write; it must exist.
    comparison
        Of two runs or more.
    """
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    figures = draw_comparison(comparison, folder)
    write_page(
        directory / "report.html",
        "compare.html",
        comparison=comparison,
        figures=figures,
        pairs=[_pair(comparison, pair, figures, k + 1) for k, pair in enumerate(comparison.pairs)],
        command=shlex.join(["detente", "compare", *(variant.directory for variant in comparison.variants)]),
    )


def _pair(comparison: Comparison, pair: Pair, figures: dict[str, Shown], number: int) -> PairShown:
    def titled(name: str) -> str:
        return plain(comparison.issues[name])

    return PairShown(
        pair=pair,
        changed=Sentence("Changed", *altered(comparison, pair)),
        headline=headline(pair),
        sentences=pair_sentences(comparison, pair),
        outcomes=[
            (outcome_name(one.name), shown(one.first, pair.worlds), shown(one.second, pair.worlds), points(one))
            for one in pair.outcomes
        ],
        settlements=[
            (
                titled(one.issue),
                option_title(comparison, one.issue, one.option),
                shown(one.share.first, pair.worlds),
                shown(one.share.second, pair.worlds),
                points(one.share),
            )
            for one in pair.settlements
        ],
        transitions=figures.get(f"transitions_{number}"),
        blockers=figures.get(f"blockers_{number}"),
        blocking=[
            (plain(comparison.parties[one.party]), titled(one.issue), one.stopped, one.started) for one in pair.blockers
        ],
    )
