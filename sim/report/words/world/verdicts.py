"""What a side's members think of a package, in one string: every member whose judgement decides is named.

(`sim.report.minutes.reasons` tells the same as a sentence with a list.)
"""

from __future__ import annotations

import numpy as np

from sim.arrays.tolerance import TOLERANCE
from sim.report.words.world.naming import MOST, crowd, listed_all, option_named, part, party_title, some
from sim.rules import rule_named
from sim.scenario.model import Scenario
from sim.trace.verdicts import Needs, Reluctance, Verdict


def needed(needs: Needs) -> str:
    """What a side's decision asks for, as its rule says it."""
    text = _joined(needs) if needs.parts else rule_named(needs.rule).asks.format(number=needs.number)
    if needs.pace is not None and not (needs.abstains and needs.pace == 0.0):
        text += f", and its pace that {needs.pace:.4g} of the weight is for it"
    return text + (", with no veto" if needs.veto else "")


def _joined(needs: Needs) -> str:
    """What joined rules ask for."""
    counts = [rule_named(one.rule).counts.format(number=one.number, of=one.of) for one in needs.parts]
    text = f"the vote asks that {listed_all(counts)} {'are for it' if needs.abstains else 'do not object'}"
    if needs.blocking is None:
        return text
    return f"{text}, or that fewer than {needs.blocking:g} {'are not' if needs.abstains else 'object'}"


def described(scenario: Scenario, verdict: Verdict) -> str:
    """The verdict in words, the members who stand in the way first."""
    if len(verdict.members) == 1:
        return _of_one(scenario, verdict)
    parts, members = [], len(verdict.members)
    if verdict.objections:
        objectors = [one.party for one in verdict.objections]
        verb = "objects" if len(objectors) == 1 else "object"
        parts.append(f"{crowd(scenario, objectors, verdict.members)} {verb}, as {_objected(scenario, verdict)}")
    if len(verdict.objections) < members:
        backing = f"{len(verdict.in_favour)} of {members} are for it, with {verdict.support:.0%} of the weight"
        parts.append(f"{backing} ({needed(verdict.needs)})")
    if verdict.holds_out:
        closest = sorted(verdict.holds_out, key=lambda one: one.demands - one.utility)
        listed = [f"{party_title(scenario, one.party)} ({_gets_and_demands(one)})" for one in closest]
        verb = "holds out" if len(closest) == 1 else "hold out"
        first = "" if len(closest) <= MOST + 1 else "nearest to consent "
        parts.append(f"{len(closest)} {verb}: {first}{some(listed)}")
    return "; ".join(parts)


def clause(scenario: Scenario, verdict: Verdict) -> str:
    """The verdict as a clause of its own."""
    text = described(scenario, verdict)
    return f"it {text}" if len(verdict.members) == 1 else text


def terms(demands: float, shown: str, accepts: bool, now: str = " now") -> str:
    """What a party demands or accepts, as a clause without its subject; `shown` is the number in words."""
    if not accepts:
        return f"demands {shown}{now}"
    if np.isfinite(demands):
        return f"accepts from {shown} on{now}"
    return "accepts nothing yet" if demands > 0.0 else "accepts whatever it does not object to"


def numbers(one: float, other: float) -> tuple[str, str]:
    """Two numbers with two decimals, or as many as it takes to tell them apart."""
    for places in range(2, 9):
        texts = f"{one:.{places}f}", f"{other:.{places}f}"
        if texts[0] != texts[1]:
            return texts
    return f"{one:.2f}", f"{other:.2f}"


def _of_one(scenario: Scenario, verdict: Verdict) -> str:
    if verdict.objections:
        objection = verdict.objections[0]
        parts = []
        if objection.red_lines:
            line = "its red line" if len(objection.red_lines) == 1 else f"{len(objection.red_lines)} of its red lines"
            crossed = [option_named(scenario, issue, option) for issue, option in objection.red_lines.items()]
            parts.append(f"it crosses {line} on {some(crossed)}")
        if objection.shortfall > TOLERANCE:
            gets, least = numbers(objection.utility, objection.reservation)
            lacks = f"{objection.shortfall:.2g} short of its reservation value {least}"
            parts.append(f"it is worth {gets} to it, {lacks}")
        return "objects, as " + ", and ".join(parts)
    party = verdict.members[0]
    value, demands = numbers(verdict.value[party], verdict.demands[party])
    answer = "holds out" if verdict.holds_out else "is for it"
    wants = terms(verdict.demands[party], demands, party in verdict.accepts)
    return f"{answer}: it is worth {value} to it, and it {wants}"


def _objected(scenario: Scenario, verdict: Verdict) -> str:
    """Why the members of a group object: red lines by those who have them, then who gets too little."""
    members, objectors = verdict.members, [one.party for one in verdict.objections]
    by_option: dict[tuple[str, str], list[str]] = {}
    for one in verdict.objections:
        for line in one.red_lines.items():
            by_option.setdefault(line, []).append(one.party)
    by_crowd: dict[tuple[str, ...], list[str]] = {}
    for line, parties in by_option.items():
        by_crowd.setdefault(tuple(parties), []).append(option_named(scenario, *line))
    parts = []
    for owners, options in sorted(by_crowd.items(), key=lambda entry: -len(entry[0])):
        lines = "a red line" if len(options) == 1 else "red lines"
        of = "" if list(owners) == objectors else f" of {part(scenario, owners, objectors, members)}"
        parts.append(f"it crosses {lines}{of} on {some(options)}")
    short = sorted((one for one in verdict.objections if one.shortfall > TOLERANCE), key=lambda one: -one.shortfall)
    if short:
        lacking = [one.party for one in verdict.objections if one.shortfall > TOLERANCE]
        named = "they" if len(lacking) == len(objectors) > 1 else part(scenario, lacking, objectors, members)
        gets, reservation = numbers(short[0].utility, short[0].reservation)
        most, least = f"{short[0].shortfall:.2g}", f"{short[-1].shortfall:.2g}"
        if len(short) == 1:
            parts.append(f"{named} gets {gets}, {most} short of its reservation value {reservation}")
        else:
            by = f"by {least} to {most}" if least != most else f"by {most}"
            worst = party_title(scenario, short[0].party)
            far = f"{by}, worst {worst} (gets {gets}, needs {reservation})"
            parts.append(f"{named} fall short of their reservation values {far}")
    return "; ".join(parts)


def _gets_and_demands(one: Reluctance) -> str:
    gets, demands = numbers(one.utility, one.demands)
    return f"gets {gets}, {terms(one.demands, demands, one.accepts, now='')}"
