"""What became of deals at home, and who broke silence in the caucuses, in words."""

from __future__ import annotations

from sim.report.words.digits import interval, percent, whole
from sim.report.words.plain_text import listed, plain
from sim.scenario.model import Scenario
from sim.sweeps.summary import Summary
from sim.talks.ratification import homes


def refused(scenario: Scenario, summary: Summary) -> str:
    """How many signed deals were refused at home, and by whom; empty where nobody ratifies."""
    if not scenario.ratified:
        return ""
    if not summary.signed:
        return "No deal was signed, so none was put to anybody at home."
    failed = summary.by_outcome["not_ratified"]
    sure = f"({interval(failed, summary.signed)})"
    if summary.signed == 1:
        text = f"The one deal that was signed was {'' if failed else 'not '}refused at home"
    elif not failed:
        text = f"None of the {whole(summary.signed)} signed deals was refused at home {sure}"
    elif failed == summary.signed:
        text = f"All {whole(failed)} signed deals were refused at home {sure}"
    else:
        share = f"{percent(failed, summary.signed)} {sure}"
        text = f"Of the {whole(summary.signed)} signed deals {share} were refused at home"
    titles = {party.id: party.title for party in scenario.parties} | {side.id: side.title for side in scenario.sides}
    told = [
        f"{plain(titles[home.id])} ({percent(int(count), summary.signed)})"
        for home, count in zip(homes(scenario), summary.refused, strict=True)
        if count
    ]
    return f"{text}: by {listed(told, 6)}." if told else f"{text}."


def silence(scenario: Scenario, summary: Summary) -> str:
    """Who broke silence in a caucus, and in how many worlds; empty where no side holds one."""
    members = sorted(p for side in scenario.sides if side.caucus is not None for p in side.members)
    if not members:
        return ""
    order = sorted((p for p in members if summary.broke_silence[p]), key=lambda p: (-summary.broke_silence[p], p))
    if not order:
        return "Nobody broke silence in a caucus."
    told = [
        f"{plain(scenario.parties[p].title)} ({percent(int(summary.broke_silence[p]), summary.worlds)})" for p in order
    ]
    return f"In the caucuses inside sides, silence was broken by {listed(told, 6)} (share of worlds)."
