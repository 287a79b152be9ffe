"""The summary of a run in plain sentences, written from the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.findings.gaps import Gaps, gaps
from sim.report.findings.judgements import Judged, judged
from sim.report.findings.packages import Packages, held
from sim.report.findings.rounds import Rounds
from sim.report.findings.wants import central_wants
from sim.report.words.at_home import refused, silence
from sim.report.words.blocking import pivotal, turned_down
from sim.report.words.bottom_line import bottom_line
from sim.report.words.deals import deals
from sim.report.words.digits import decimals_of_mean, interval, mean_of, percent, plural, whole, with_interval
from sim.report.words.divisions import divisions
from sim.report.words.judgements import judgement
from sim.report.words.missed_deals import missed_in_words
from sim.report.words.names import outcome_meaning, outcome_name
from sim.report.words.plain_text import cut, listed, meeting_name
from sim.scenario.model import Scenario
from sim.sweeps.run import Results
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES

_APART = 0.2
"""Issues with a larger gap than this keep the sides apart."""
_MET = 0.05
"""On issues with no larger gap than this they have all but met."""
_NAMED = 4
_LONG = 80
"""Longer titles are cut."""
_PARTS = {1 / 4: "a quarter", 1 / 3: "a third", 1 / 2: "a half", 2 / 3: "two thirds", 3 / 4: "three quarters"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement with its subject as a word or two before it, and what it lists."""

    subject: str
    text: str
    items: tuple[str, ...] = ()


def summary_sentences(
    results: Results, rounds: Rounds, packages: Packages | None = None, found: Judged | None = None
) -> list[Sentence]:
    """All that a reader needs who reads nothing else, in the order of the report.

    `packages`, and what moves the headlines, are those of the results where they are known already.
    """
    scenario, summary = results.scenario, results.summary
    if packages is None:
        packages = held(scenario, results.table, central_wants(scenario))
    found = judged(results) if found is None else found
    sentences = [
        Sentence("In short", bottom_line(results)),
        Sentence("Outcome", outcome(scenario, summary)),
        Sentence("Judgement", judgement(scenario, summary, found)),
        Sentence("Missed", missed_in_words(summary.missed_deals)),
        Sentence("Gap", gap(summary, rounds)),
        Sentence("Apart", *apart(scenario, summary, rounds)),
        Sentence("Blocked", *pivotal(scenario, summary.possible)),
        Sentence("Refused", *turned_down(scenario, summary)),
        Sentence("Silence", silence(scenario, summary)),
        Sentence("Votes", divisions(scenario, summary)),
        Sentence("At home", refused(scenario, summary)),
        *(Sentence(*one) for one in deals(scenario, summary, packages)),
        Sentence("Mind", caveat(results)),
    ]
    return [sentence for sentence in sentences if sentence.text]


def outcome(scenario: Scenario, summary: Summary) -> str:
    """How the talks ended, the most frequent outcome first."""
    total = summary.worlds
    counts = sorted(summary.by_outcome.items(), key=lambda one: -one[1])
    first, most = counts[0]
    if total == 1:
        return (
            f"One world was played; it ended in {_end(first)}: {outcome_meaning(scenario, first)}. "
            "One world is an example and says nothing about how often."
        )
    text = (
        f"Of {whole(total)} simulated worlds, {percent(most, total)} (95% interval {interval(most, total)}) ended in "
        f"{_end(first)}: {outcome_meaning(scenario, first)}."
    )
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    if first != "agreement" and agreed:
        text += (
            f" {plural(agreed, 'world')} reached an agreement on every issue: {percent(agreed, total)} "
            f"({interval(agreed, total)})."
        )
    elif not agreed and summary.by_outcome.get("not_ratified"):
        text += f" No agreement came into force in any world ({interval(0, total)})."
    elif not agreed:
        text += f" No world reached an agreement on every issue ({interval(0, total)})."
    rest = [
        f"{_end(name)} in {with_interval(count, total)}" for name, count in counts[1:] if count and name != "agreement"
    ]
    return f"{text} The others: {listed(rest)}." if rest else text


def gap(summary: Summary, rounds: Rounds) -> str:
    """The total gap between the first offers, and between the last ones where they did not end in an agreement."""
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    first, last = gaps(summary.gaps.bins[0]), gaps(summary.gaps.bins[1], closed=agreed)
    if not first.worlds or not last.worlds + agreed:
        return "There is no gap to measure: in no world did two sides make or accept an offer."
    if not last.worlds and first.mean == 0.0:
        return "The sides never stood apart: what one put first the others accepted, or put as well."
    averaged = ", on average" if summary.worlds > 1 else ""
    text = (
        "On a scale from 0 (the same package) to 1 (opposite ends on every issue) the sides' first offers were "
        f"{_distance(first)} apart"
    )
    if not last.worlds:
        text += f"{averaged}; in the end they met."
    else:
        change = (first.mean - last.mean) / first.mean if first.mean > 0 else 0.0
        none = "no agreement came into force" if summary.by_outcome.get("not_ratified") else "there was no agreement"
        then = f"{averaged}; where {none} their last ones were" if agreed else " and their last ones"
        text += f"{then} {_distance(last)}{'' if agreed else averaged}: {_narrowing(change)}."
    wanted = rounds.track("position_gap") if len(rounds) else None
    if wanted is not None and wanted.counted[0]:
        text += f" What the parties want most is {mean_of(wanted, 0)} apart."
    return text


def apart(scenario: Scenario, summary: Summary, rounds: Rounds) -> tuple[str, tuple[str, ...]]:
    """Which issues keep the sides apart late in the talks, and on which they met; nothing where all worlds agreed."""
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    if not len(rounds) or len(scenario.issues) < 2 or agreed == summary.worlds:
        return "", ()
    late = rounds.late
    tracks = [(rounds.track("gap", issue=issue.id), cut(issue.title, _LONG)) for issue in scenario.issues]
    known = [(float(track.mean[late]), mean_of(track, late), title) for track, title in tracks if track.counted[late]]
    if not known:
        return "", ()
    known.sort(key=lambda one: -one[0])
    where = cut(meeting_name(scenario, rounds.meetings[late]), _LONG)
    if max(rounds.worlds) > 1:
        where = f"In the last round that at least half of the worlds held ({where})"
    else:
        where = f"In the last round ({where})"
    wide = [f"{title} ({text})" for value, text, title in known if value > _APART]
    met = [title for value, _, title in known if value <= _MET]
    if len(met) == len(known):
        return f"{where} the sides had all but met on every issue.", ()
    text = f" They had all but met on {listed(met, 4)}." if met else ""
    if not wide:
        return f"{where} no issue kept them far apart; furthest was {known[0][2]} ({known[0][1]}).{text}", ()
    count = "all issues" if len(wide) == len(known) else f"{len(wide)} of {len(known)} issues"
    furthest = ", most of all on these:" if len(wide) > _NAMED else ":"
    return f"{where} the offers were still more than {_APART} apart on {count}{furthest}", (
        *wide[:_NAMED],
        *([text.strip()] if text else []),
    )


def caveat(results: Results) -> str:
    """What the shares are shares of."""
    judgements = results.scenario.judgements
    text = "These are shares of simulated worlds under the stated assumptions, not statements about what will happen."
    if judgements:
        assumed = sum(1 for one in judgements if not set(one.sources) - {"assumed"})
        if assumed == len(judgements):
            text += " No judgement in the file names a source."
        elif assumed:
            named = "names no source but its" if assumed == 1 else "name no source but their"
            text += f" Of the {len(judgements)} judgements in the file {assumed} {named} author."
    return text


def _distance(gaps: Gaps) -> str:
    """The mean gap with as many digits as the sample carries."""
    return f"{gaps.mean:.{decimals_of_mean(gaps.deviation, gaps.worlds)}f}"


def _narrowing(change: float) -> str:
    """What became of the gap, in words."""
    if change >= 0.995:
        return "the gap closed"
    if change > 0.9:
        return "the gap all but closed"
    if change < -0.03:
        return "the gap widened"
    if change < 0.03:
        return "the gap did not narrow"
    nearest = min(_PARTS, key=lambda part: abs(part - change))
    part = _PARTS[nearest] if abs(nearest - change) < 0.04 else f"{round(20 * change) / 20:.0%}"
    return f"the gap narrowed by about {part} but did not close"


def _end(name: str) -> str:
    """An outcome after "ended in"."""
    articles = {"agreement": "an ", "partial": "a ", "impasse": "an ", "breakdown": "a "}
    if name == "not_ratified":
        return "a deal that was not ratified"
    return "talks that go on" if name == "talks_continue" else articles.get(name, "") + outcome_name(name).lower()
