"""The findings of an analysis in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.at_home import homes
from sim.analysis.conflict import Conflict
from sim.analysis.findings import Findings
from sim.analysis.relax import RedLine, Repair
from sim.analysis.trades import members_that_count
from sim.rules import rule_named
from sim.scenario.model import Scenario, VotePart
from sim.worlds.draws import central

_MOST_NAMES = 6

TITLES = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement, with its subject as a word or two before it."""

    subject: str
    text: str


def explain(analysis: Findings) -> list[Finding]:
    """Findings in plain sentences, the most important first."""
    result = [Finding("Zone", _zone(analysis))]
    if analysis.feasible is False:
        if analysis.conflict is not None:
            result.append(Finding("Conflict", conflict_named(analysis.scenario, analysis.conflict)))
        result.append(Finding("Closest", _nearest(analysis)))
        result.append(Finding("Repairs", _repairs(analysis)))
    elif analysis.feasible:
        result.append(Finding("Deal", _deal(analysis)))
        result.append(Finding("Limits", _shrinks(analysis)))
        result.append(Finding("At home", _at_home(analysis)))
    result.append(Finding("Trade", _trade(analysis)))
    result.append(Finding("Frontier", _frontier(analysis)))
    result.append(Finding("Worlds", _worlds(analysis)))
    return [finding for finding in result if finding.text]


def _zone(analysis: Findings) -> str:
    packages = f"{analysis.game.packages:,}"
    everyone = _whose_assent(analysis)
    if analysis.feasible is None:
        return analysis.reason
    if not analysis.feasible:
        return f"No package is acceptable to {everyone}, of {packages}."
    if analysis.census is None:
        return f"There are packages acceptable to {everyone}. {analysis.reason}"
    count = analysis.census.total
    verb = "is" if count == 1 else "are"
    share = _percent(count / analysis.game.packages)
    text = f"Of {packages} packages {count:,} ({share}) {verb} acceptable to {everyone}"
    if analysis.beyond_status_quo == count:
        return text + "."
    if not analysis.beyond_status_quo:
        return text + ": the status quo and nothing else."
    return text + f", {analysis.beyond_status_quo:,} of them besides the status quo."


def _frontier(analysis: Findings) -> str:
    """Of more than two sides, how many packages no other beats for one of them without costing another."""
    sides = len(analysis.game.sides)
    if sides <= 2:
        return ""
    if analysis.weighed is None:
        return f"Where constraints or bonuses join issues, the frontier of {sides} sides is not looked for."
    found, count = len(analysis.weighed.packages), analysis.weighed.weightings
    best = "1 package comes" if found == 1 else f"{found:,} packages come"
    return (
        f"Over {count:,} weightings of the {sides} sides {best} out best for one or another, red lines and needs "
        f"aside: none can be bettered for one side without costing another. Packages of that kind which no weighting "
        f"prefers are not among them."
    )


def _whose_assent(analysis: Findings) -> str:
    game, sides = analysis.game, analysis.scenario.sides
    if game.council is not None:
        return _by_vote(analysis)
    if game.needed >= len(sides):
        return "both sides" if len(sides) == 2 else "the one side" if len(sides) == 1 else f"all {len(sides)} sides"
    text = f"at least {int(np.ceil(game.needed))} of {len(sides)} sides"
    if game.side_veto:
        text += f", {listed([sides[s].title for s in game.side_veto])} among them"
    return text


def _at_home(analysis: Findings) -> str:
    """How the win-sets at the table and at home overlap."""
    if analysis.ratifiable is None or analysis.census is None or not analysis.census.total:
        return ""
    each, together = analysis.ratifiable
    if together is None or None in each:
        return "It would take too long to count what those who ratify would take of the zone."
    titles = {side.id: side.title for side in analysis.scenario.sides}
    titles |= {party.id: party.title for party in analysis.scenario.parties}
    told = [
        f"{titles[home.id]} {count:,}"
        for home, count in zip(homes(analysis.scenario, analysis.game), each, strict=True)
        if home.asks
    ]
    total = analysis.census.total
    share = _percent(together / total)
    text = f"Of these {total:,} packages {together:,} ({share}) would be ratified by all who must"
    return f"{text} ({listed(told)}); chances of ratification are left out, and negotiators do not foresee them."


def _by_vote(analysis: Findings) -> str:
    """Whose assent it takes where the sides' votes are counted."""
    scenario = analysis.scenario
    agreement, voting = scenario.agreement, scenario.voting_sides
    if agreement.vote is None and agreement.at_least is None:
        return f"all {len(voting)} of {len(scenario.sides)} sides that have a vote"
    parts = () if agreement.vote is None else agreement.vote.parts
    terms = [_counted(part) for part in parts]
    if agreement.at_least is not None:
        terms.append(f"{central(agreement.at_least):g} of them")
    text = f"enough of the {len(voting)} sides that have a vote ({' and '.join(terms)}"
    if agreement.vote is not None and agreement.vote.blocking is not None:
        text += f", where fewer than {central(agreement.vote.blocking):g} stop nothing"
    if agreement.veto:
        text += f", without a veto of {listed([scenario.sides[s].title for s in agreement.veto])}"
    return f"{text})"


def _counted(part: VotePart) -> str:
    if part.number is None:
        return "all of them"
    number = central(part.number)
    if part.absolute:
        return f"{number:g} of the {part.of}"
    return rule_named(part.rule).counts.format(number=number, of=part.of)


def conflict_named(scenario: Scenario, found: Conflict) -> str:
    """Whose limits cannot be met together, and over what."""
    titles = [_with_side(scenario, p) for p in found.everyone]
    if not titles:
        return "The rules of decision alone rule out every package."
    if len(titles) == 1:
        text = f"{titles[0]} alone cannot be satisfied: no package meets its own limits"
    else:
        text = f"The conflict is between {listed(titles)}"
    lines = red_line_names(scenario, found.red_lines)
    if found.parties and lines:
        text += f": what they need at least, with {_red_lines(lines)}, cannot be had together"
    elif found.parties and len(titles) > 1:
        text += ": what they need at least cannot be had together"
    elif lines:
        text += f": {_red_lines(lines)} {'leaves' if len(lines) == 1 else 'leave'} nothing to agree on"
    order = [int(j) for j in np.argsort(-found.by_issue, kind="stable") if found.by_issue[j] >= 0.1][:3]
    if order and found.parties and len(scenario.issues) > 1:
        parts = [f"{scenario.issues[j].title} ({_percent(float(found.by_issue[j]))})" for j in order]
        text += f". It is above all about {listed(parts)}"
    for p, others in found.alike.items():
        if others:
            names = listed([scenario.parties[q].title for q in others])
            text += f". In the place of {scenario.parties[p].title} could stand {names} as well"
    return text + "."


def _with_side(scenario: Scenario, p: int) -> str:
    """A party, with its side if that is not the party itself."""
    party = scenario.parties[p]
    side = scenario.sides[party.side]
    return party.title if len(side.members) == 1 else f"{party.title} (of {side.title})"


def _red_lines(lines: Sequence[str]) -> str:
    return ("the red line of " if len(lines) == 1 else "the red lines of ") + listed(lines)


def red_line_names(scenario: Scenario, red_lines: Iterable[RedLine]) -> list[str]:
    """Red lines by what they rule out: "Poland and Latvia on Membership (a ban; a moratorium)"."""
    parties: dict[tuple[int, int], list[int]] = {}
    for p, j, k in red_lines:
        parties.setdefault((j, k), []).append(p)
    options: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for (j, k), whose in parties.items():
        options.setdefault((j, tuple(sorted(whose))), []).append(scenario.issues[j].options[k].title)
    return [
        f"{listed([scenario.parties[p].title for p in whose])} on {scenario.issues[j].title} ({'; '.join(ruled_out)})"
        for (j, whose), ruled_out in options.items()
    ]


def _nearest(analysis: Findings) -> str:
    found = analysis.closest
    parties = analysis.scenario.parties
    counts = members_that_count(analysis.game)
    short = [int(p) for p in np.argsort(-found.shortfalls, kind="stable") if found.shortfalls[p] > 0 and counts[p]]
    text = "The package that comes closest"
    everyone = "everyone" if counts.all() else "everyone who has a say"
    crossings = [(p, j) for p, j in found.crossings if counts[p]]
    crossed = {p for p, _ in crossings}
    if crossed:
        whose = listed([parties[p].title for p in sorted(crossed)])
        text += f" crosses {_count(len(crossings), 'red line')} ({whose})"
        text += " and" if short else f" and gives {everyone} the reservation value"
    after = f" Another might come closer by up to {found.gap:.2g}." if found.gap > 0 else ""
    if not short:
        return text + (
            "." if crossed else f" gives {everyone} the reservation value, yet the rules of decision stop it."
        )
    lacks = [f"{parties[p].title} by {found.shortfalls[p]:.3g}" for p in short]
    return text + f" falls short of the reservation values of {listed(lacks)}.{after}"


def _repairs(analysis: Findings) -> str:
    found = analysis.repairs
    if not found.sets:
        return "No set of changes to red lines and reservation values was found that would make a deal possible."
    ways = [" and ".join(changes(analysis, repair)) for repair in short_repairs(found.sets)]
    text = f"A deal becomes possible if {'; or if '.join(ways)}."
    return text if found.fewest else text + " There may be ways with fewer changes: the time did not suffice to tell."


def short_repairs(sets: Sequence[Repair]) -> list[Repair]:
    """The first of the sets and those that are not much longer, three at most."""
    return [repair for repair in sets[:3] if repair.size <= 2 * sets[0].size + 4]


def changes(analysis: Findings, repair: Repair) -> list[str]:
    """What has to change, as clauses."""
    parties, game = analysis.scenario.parties, analysis.game
    parts = [f"the red line of {name} is given up" for name in red_line_names(analysis.scenario, repair.red_lines)]
    falls = [f"{parties[p].title} ({game.reservation[p]:.3g} to {value:.3g})" for p, value in repair.reservations]
    if falls:
        parts.append(f"less is enough for {listed(falls, most=len(falls))}")
    return parts


def _deal(analysis: Findings) -> str:
    """What the solutions agree on, and where they differ."""
    packages = [solution.package for solution in analysis.solutions.values() if solution is not None]
    if not packages:
        return ""
    issues = analysis.scenario.issues
    same = [j for j in range(len(issues)) if len({int(package[j]) for package in packages}) == 1]
    unsure = _unproven(analysis)
    if not same:
        return "There is no issue on which all four solutions pick the same." + unsure
    settled = listed([f"{issues[j].title}: {issues[j].options[int(packages[0][j])].title}" for j in same], "; ", 4)
    if len(same) == len(issues):
        return f"All four solutions pick the same package ({settled})." + unsure
    return f"The four solutions pick the same on {len(same)} of {len(issues)} issues ({settled}).{unsure}"


def _unproven(analysis: Findings) -> str:
    """Which solutions are not proven to be best, and how much better another package might be."""
    solved = analysis.solutions
    parts = [TITLES[name] + _by_up_to(name, one.gap) for name, one in solved.items() if one is not None and one.gap > 0]
    missing = [TITLES[name] for name, one in solved.items() if one is None]
    text = f" Not proven best in the time there is: {listed(parts)}." if parts else ""
    return text + (f" No package was found for: {listed(missing)}." if missing else "")


def _by_up_to(name: str, gap: float) -> str:
    if math.isinf(gap):
        return ""
    better = f"{_percent(math.expm1(gap))} of the product" if name == "nash" else f"{gap:.2g}"
    return f" (another might be better by up to {better})"


def _shrinks(analysis: Findings) -> str:
    """Who narrows the zone most."""
    if analysis.census is None:
        return ""
    total = analysis.census.total
    grown = [(count, p) for p, count in enumerate(analysis.without_party) if count is not None and count > total]
    result = []
    if grown:
        count, p = max(grown, key=lambda pair: (pair[0], -pair[1]))
        title = analysis.scenario.parties[p].title
        result.append(f"{title} narrows the zone most: without its objections {count:,} packages would be deals.")
    lines = [(count, line) for line, count in analysis.without_red_line.items() if count is not None and count > total]
    if lines:
        count, line = max(lines, key=lambda pair: pair[0])
        name = red_line_names(analysis.scenario, [line])[0]
        result.append(f"Of the red lines, that of {name} costs most: without it {count:,}.")
    if None in analysis.without_party or None in analysis.without_red_line.values():
        result.append(analysis.reason)
    return " ".join(result)


def _trade(analysis: Findings) -> str:
    if not analysis.trades:
        return ""
    sides, issues = analysis.scenario.sides, analysis.scenario.issues
    best = analysis.trades[0]
    return (
        f"The best trade: {sides[best.first].title} gives way on {issues[best.first_gives].title}, "
        f"{sides[best.second].title} on {issues[best.second_gives].title}."
    )


def _worlds(analysis: Findings) -> str:
    drawn = analysis.worlds
    if drawn is None:
        return ""
    low, high = drawn.feasible.interval
    text = (
        f"In {drawn.feasible.count:,} of {drawn.feasible.total:,} drawn worlds ({_percent(drawn.feasible.share)}, "
        f"95% interval {_percent(low)} to {_percent(high)}) a zone of agreement exists"
    )
    unsettled = drawn.worlds - drawn.feasible.total
    return text + (f"; in {unsettled:,} more it could not be told." if unsettled else ".")


def listed(words: Sequence[str], between: str = ", ", most: int = _MOST_NAMES) -> str:
    """Words in a row with "and", cut short after a few."""
    if len(words) > most:
        return between.join(words[: most - 1]) + f" and {len(words) - most + 1} more"
    return words[0] if len(words) == 1 else between.join(words[:-1]) + " and " + words[-1]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return f"{100 * share:.1g}%"
    return f"{100 * share:.1f}%" if share < 0.1 else f"{100 * share:.0f}%"
