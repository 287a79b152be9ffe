"""The report of a run: one self-contained page, and its figures as files."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.analysis.opening import Opening, opening
from sim.report.figures.run import ASIDE, FIGURES, draw_figures
from sim.report.findings.gains import Gain, Gains, gains
from sim.report.findings.judgements import judged
from sim.report.findings.order import by_side
from sim.report.findings.packages import held
from sim.report.findings.refusals import groups
from sim.report.findings.rounds import Rounds, arrange
from sim.report.findings.settled import settled_at
from sim.report.findings.wants import central_wants
from sim.report.pages.page import write_page
from sim.report.pages.sampled import sampled
from sim.report.pages.stored import stored_worlds
from sim.report.words.assumptions import chapters, tally
from sim.report.words.blocking import conflict_sentence, who
from sim.report.words.deals import sections
from sim.report.words.digits import interval, mean_of, percent, plural, share_range, signed
from sim.report.words.first_screen import first_screen
from sim.report.words.judgements import tables as judgement_tables
from sim.report.words.names import outcome_meaning, outcome_name
from sim.report.words.options import settled_name
from sim.report.words.plain_text import listed, plain
from sim.report.words.run import summary_sentences
from sim.scenario.bundled import bundled
from sim.scenario.model import Scenario
from sim.sweeps.aside import Second, load
from sim.sweeps.run import Results, manifest


def publisher(scenario: Scenario, second: Second) -> Callable[[Path, Results], None]:
    """`publish`, for which a second process begins beforehand with what depends on the scenario alone."""
    opened = second.later(opening, scenario)
    if second:
        second.later(load, "sim.report.figures.run", "sim.sweeps.run")
    return partial(publish, second=second, opened=opened)


def publish(
    directory: Path,
    results: Results,
    second: Second | None = None,
    opened: Callable[[], Opening] | None = None,
) -> None:
    """Write `report.html` and `figures/` into a directory.

    Parameters
    ----------
    directory
        Where to write; it must exist.
    results
        Of the run.
    second
        A second process, to draw while this one looks at single worlds; None: all is done here.
    opened
        Gives what would open the zone of agreement, if that has been asked already.
    """
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    scenario = results.scenario
    drawn = (second or Second()).begin(draw_figures, results, folder, ASIDE)
    worlds = sampled(results, folder)
    figures = draw_figures(results, folder, FIGURES - ASIDE)
    rounds, found = arrange(results.rounds), judged(results)
    packages = held(scenario, results.table, central_wants(scenario))
    gained = gains(scenario, results.table)
    start = results.opening if opened is None else opened()
    write_page(
        directory / "report.html",
        "run.html",
        scenario=scenario,
        worlds=results.summary.worlds,
        without_agreement=results.summary.without_agreement,
        first=first_screen(scenario, results.summary, start, found),
        judgements=judgement_tables(scenario, results.summary, found),
        conflict=conflict_sentence(scenario, start),
        sentences=summary_sentences(results, rounds, packages, found),
        figures=figures | drawn(),
        outcomes=_outcome_rows(results),
        gaps=_gap_rows(scenario, rounds),
        late=rounds.late if len(rounds) else None,
        deals=sections(scenario, results.summary, packages),
        settled=_settled_rows(results),
        pivots=_pivot_rows(results),
        pivots_of=results.summary.possible.pivots_of,
        refusals=_refusal_rows(results),
        grounds=tally(scenario),
        chapters=chapters(scenario),
        source_keys={key: Source(str(k + 1), text) for k, (key, text) in enumerate(scenario.sources)},
        gains=_gain_tables(scenario, gained),
        gains_known=gained.known,
        sampled=worlds,
        stored=stored_worlds(results, command(results, "trace")),
        few=len(worlds) > int((results.summary.outcomes > 0).sum()),
        manifest=manifest(results),
        command=command(results),
        trace_command=command(results, "trace"),
    )


def command(results: Results, what: str = "run") -> str:
    """The command that computes the same results again, or one that traces a world of them."""
    scenario = results.scenario
    known = bundled().get(scenario.name)
    same = known is not None and known.read_text(encoding="utf-8") == scenario.text
    name = scenario.name if same else f"{scenario.name or 'scenario'}.yaml"
    worlds = ["--worlds", str(results.summary.worlds)] if what == "run" else ["--world", "NUMBER"]
    parts = ["detente", what, name, *worlds, "--seed", str(results.seed)]
    for change in scenario.changes:
        parts += ["--set", change]
    if scenario.code:
        parts.append("--allow-code")
    return shlex.join(parts)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as listed: the end of its anchor, and what it says."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class GainRow:
    """A row of a table of gains."""

    name: str
    median: str
    range: str
    lose: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A row of the table of outcomes."""

    name: str
    meaning: str
    count: int
    share: str
    interval: str


def _outcome_rows(results: Results) -> list[OutcomeRow]:
    total = results.summary.worlds
    counts = results.summary.by_outcome.items()
    return [
        OutcomeRow(
            outcome_name(name),
            outcome_meaning(results.scenario, name),
            count,
            percent(count, total),
            interval(count, total),
        )
        for name, count in counts
    ]


def _gap_rows(scenario: Scenario, rounds: Rounds) -> list[tuple[str, str, str, str]]:
    """Issue, gap in the first round, in the last common round, and between what the parties want."""
    if not len(rounds):
        return []
    rows = []
    for title, issue in [("Total (weighted)", None), *((plain(one.title), one.id) for one in scenario.issues)]:
        track, wanted = rounds.track("gap", issue=issue), rounds.track("position_gap", issue=issue)
        rows.append((title, mean_of(wanted, 0), mean_of(track, 0), mean_of(track, rounds.late)))
    return rows


def _settled_rows(results: Results) -> list[tuple[str, int, list[tuple[str, str, bool]]]]:
    """Issue, worlds that settled it, and what they settled it at with the shares, in the order of the file."""
    rows = []
    for j, issue in enumerate(results.scenario.issues):
        counts = results.summary.settled[j]
        total = int(counts.sum())
        options = [
            (settled_name(issue, part), percent(part.count, total), part.status_quo)
            for part in settled_at(issue, counts)
        ]
        rows.append((plain(issue.title), total, options))
    return rows


def _pivot_rows(results: Results) -> list[tuple[str, str, str]]:
    """Whose limits alone rule a deal out, in which share of the worlds without an agreement, and over what."""
    scenario, possible = results.scenario, results.summary.possible
    counts = possible.by_party
    rows = []
    for p in (int(p) for p in np.argsort(-counts, kind="stable") if counts[p]):
        order = (int(j) for j in np.argsort(-possible.pivots[p], kind="stable") if possible.pivots[p, j])
        over = [
            f"{plain(scenario.issues[j].title)} ({percent(int(possible.pivots[p, j]), int(counts[p]))})" for j in order
        ]
        rows.append((plain(scenario.parties[p].title), percent(int(counts[p]), possible.pivots_of), listed(over)))
    return rows


def _refusal_rows(results: Results) -> list[tuple[str, str, str]]:
    """Who turns down what, in which share of the worlds without an agreement."""
    scenario, worlds = results.scenario, results.summary.without_agreement
    return [
        (who(scenario, one), plain(scenario.issues[one.issue].title), share_range(list(one.counts), worlds))
        for one in groups(scenario, results.summary.refusals, worlds, least=0.01)
    ]


def _gain_tables(scenario: Scenario, found: Gains) -> list[tuple[str, list[GainRow]]]:
    """Gains by party, side by side in the order of the figure: of deals on every issue, and of those on some."""
    about = "Gain over what the party would have without a deal in the same world, in utility; of the"
    parts = ((found.whole, "agreed on every issue"), (found.partial, "settled some issues"))
    return [
        (
            f"{about} {plural(gain.worlds, 'world')} that {what}",
            [_gain_row(scenario, gain, p) for p in by_side(scenario)],
        )
        for gain, what in parts
        if gain.worlds
    ]


def _gain_row(scenario: Scenario, gain: Gain, p: int) -> GainRow:
    low, middle, high = (signed(float(gain.levels[name][p])) for name in ("q05", "q50", "q95"))
    lose = percent(int(gain.lose[p]), gain.worlds)
    return GainRow(plain(scenario.parties[p].title), middle, f"{low} to {high}", lose)
