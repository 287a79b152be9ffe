"""What the figures of a run show, in words for who cannot see them."""

from __future__ import annotations

import numpy as np

from sim.report.findings.dates import Dates
from sim.report.findings.gains import Gains
from sim.report.findings.refusals import groups
from sim.report.findings.rounds import Rounds
from sim.report.findings.wants import Wants
from sim.report.words.blocking import who
from sim.report.words.digits import mean_of, percent, plural, share_range, signed
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import listed, plain
from sim.scenario.model import Scenario
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES


def outcomes(summary: Summary) -> str:
    """Every outcome with its share."""
    counts = summary.by_outcome
    told = ", ".join(f"{outcome_name(name)} {percent(count, summary.worlds)}" for name, count in counts.items())
    return f"Bar chart of outcome shares over {plural(summary.worlds, 'world')}: {told}."


def calendar(summary: Summary, found: Dates) -> str:
    """Where the lines end, and by when half of the worlds agreed."""
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    broken = int(summary.outcomes[OUTCOMES.index("breakdown")])
    half = f" Half of them have agreed after {plural(found.half, 'day')}." if found.half is not None else ""
    left = percent(summary.worlds - agreed, summary.worlds)
    return (
        f"Step lines over the calendar. When the watching ends {left} of the worlds are still without an agreement on "
        f"every issue, and the talks have broken down in {percent(broken, summary.worlds)}.{half} Meetings and events "
        "are listed beneath."
    )


def gap_total(rounds: Rounds) -> str:
    """Where the median begins and ends."""
    median = rounds.track("gap").levels["q50"]
    known = median[~np.isnan(median)]
    if not len(known):
        return "In no round had two sides made or accepted an offer."
    return (
        f"Line chart with bands: the median gap between the sides' offers goes from {known[0]:.2f} in the first round "
        f"to {known[-1]:.2f} in the last."
    )


def gap_by_issue(scenario: Scenario, rounds: Rounds) -> str:
    """The gap on every issue in the first and the last common round."""
    parts = []
    for issue in scenario.issues:
        track = rounds.track("gap", issue=issue.id)
        parts.append(f"{plain(issue.title)} from {mean_of(track, 0)} to {mean_of(track, rounds.late)}")
    return f"Heat map of the mean gap by issue, first round to last common round: {'; '.join(parts)}."


def offers(scenario: Scenario, rounds: Rounds) -> str:
    """How far each side moved on average, and where most."""
    parts = []
    for side in scenario.sides:
        moves = []
        for issue in scenario.issues:
            mean = rounds.track("offer", issue=issue.id, side=side.id).mean[: rounds.late + 1]
            known = mean[~np.isnan(mean)]
            moves.append(abs(float(known[-1] - known[0])) if len(known) else 0.0)
        most = int(np.argmax(moves))
        told = f", most on {plain(scenario.issues[most].title)} ({moves[most]:.2f})" if max(moves) > 0.005 else ""
        parts.append(f"{plain(side.title)} moved by {sum(moves) / len(moves):.2f} of the scale on average{told}")
    return f"Lines of the sides' offers by issue over the rounds: {'; '.join(parts[:6])}."


def positions(scenario: Scenario, wants: Wants) -> str:
    """The mean position of each side on every issue."""
    parts = []
    for j, issue in enumerate(scenario.issues):
        means = [(side.title, wants.centre(side.members, j)) for side in scenario.sides[:6]]
        told = ", ".join(f"{plain(title)} {mean:.2f}" for title, mean in means if not np.isnan(mean))
        parts.append(f"{plain(issue.title)}: {told or 'nobody cares'}")
    return f"Dot plot of every party's best option, from 0 (first) to 1 (last). Means of the sides: {'; '.join(parts)}."


def spread(scenario: Scenario, wants: Wants) -> str:
    """How far apart the members of each side are."""
    parts = [
        f"{plain(side.title)} {wants.spread[s]:.2f}" for s, side in enumerate(scenario.sides) if len(side.members) > 1
    ]
    told = "; ".join(parts)
    return f"Bubbles along each issue's scale. Mean distance between members of a side (0: of one mind): {told}."


def settlements(scenario: Scenario, summary: Summary) -> str:
    """How many different options every issue was settled at, and the share of the most frequent."""
    parts = []
    for j, issue in enumerate(scenario.issues):
        counts = summary.settled[j]
        if counts.any():
            share = percent(int(counts.max()), int(counts.sum()))
            parts.append(f"{plain(issue.title)} {plural(int((counts > 0).sum()), 'option')}, at most {share} on one")
    return f"Stacked bars, each about one issue alone: {'; '.join(parts)}."


def utilities(scenario: Scenario, gains: Gains) -> str:
    """Which parties gain most and least from the deals."""
    gain = gains.whole if gains.whole.worlds else gains.partial
    middle = gain.levels["q50"]
    most, least = int(np.argmax(middle)), int(np.argmin(middle))
    which = "agreed on every issue" if gains.whole.worlds else "settled some issues"
    text = f"Dot plot by party of the gain over no deal in the {plural(gain.worlds, 'world')} that {which}."
    if most == least:
        return f"{text} The median is {signed(float(middle[most]))} for every party."
    return (
        f"{text} The median is highest for {plain(scenario.parties[most].title)} ({signed(float(middle[most]))}) and "
        f"lowest for {plain(scenario.parties[least].title)} ({signed(float(middle[least]))})."
    )


def refusals(scenario: Scenario, summary: Summary) -> str:
    """The groups that turn offers down most often."""
    worlds = summary.without_agreement
    found = groups(scenario, summary.refusals, worlds)
    told = [
        f"{who(scenario, one)} on {plain(scenario.issues[one.issue].title)} ({share_range(list(one.counts), worlds)})"
        for one in found[:4]
    ]
    return f"Heat map by party and issue. Most often: {'; '.join(told) or 'nobody'}."


def shortfalls(scenario: Scenario, rounds: Rounds) -> str:
    """Who lacks most in the last common round."""
    lacks = []
    for party in scenario.parties:
        for s, side in enumerate(scenario.sides):
            track = rounds.track("shortfall", side=side.id, party=party.id)
            if s != party.side and track.counted[rounds.late]:
                lacks.append((float(track.levels["q50"][rounds.late]), plain(party.title)))
    short = sorted((one for one in lacks if one[0] > 0), key=lambda one: -one[0])
    if not short:
        return "Dot plot by party: in the middle world nobody lacks anything to its reservation value."
    told = listed([f"{name} {lack:.2f}" for lack, name in short], 5)
    return f"Dot plot by party of what the other side's offer lacks to the reservation value: {told}."
