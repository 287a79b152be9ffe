"""How the parties voted on the deals, in words."""

from __future__ import annotations

from sim.report.words.digits import percent, plural
from sim.report.words.plain_text import listed, plain
from sim.scenario.model import Scenario
from sim.sweeps.summary import Summary
from sim.talks.division import ABSTAINED, AGAINST


def divisions(scenario: Scenario, summary: Summary) -> str:
    """Who was outvoted and who abstained on what was settled, how often; empty where votes are not told."""
    if not len(summary.votes):
        return ""
    taken = int(summary.votes.sum(axis=1).max())
    if not taken:
        return "Nothing was settled, so there was no vote."
    told = []
    for vote, done in ((AGAINST, "Outvoted"), (ABSTAINED, "Abstained")):
        counts = [int(count) for count in summary.votes[:, vote]]
        order = sorted((p for p, count in enumerate(counts) if count), key=lambda p: (-counts[p], p))
        names = [f"{plain(scenario.parties[p].title)} ({percent(counts[p], taken)})" for p in order]
        told.append(f"{done}: {listed(names, 6)}" if names else f"{done}: nobody")
    return f"A vote was taken in {plural(taken, 'world')}. {'. '.join(told)}."
