"""What a chair did to its text, in words."""

from __future__ import annotations

from sim.report.words.world.naming import option_named, option_title, party_title, side_title
from sim.scenario.model import Scenario
from sim.trace.packages import Package
from sim.trace.procedures import Drafting


def drafted(scenario: Scenario, text: Package, done: Drafting) -> str:
    """What the chair did, by what, and who is still short of the text."""
    who = "The chair" if done.chair is None else f"{party_title(scenario, done.chair)}, in the chair,"
    if done.before is None:
        did = "puts its draft"
    else:
        moved = [
            f"{option_named(scenario, issue, was)} → {option_title(scenario, issue, text[issue])}"
            for issue, was in done.before.items()
            if text[issue] != was
        ]
        did = f"amends its text on {' and '.join(moved)}" if moved else "leaves its text as it is: no amendment helps"
    end = "; it puts it for a yes or no" if done.final else ""
    return f"{who} {did} ({_short(scenario, done)}{_criterion(scenario, done)}){end}"


def _short(scenario: Scenario, done: Drafting) -> str:
    parts = []
    for lack in done.lacks:
        title = party_title(scenario, lack.party)
        parts.append(f"{title}: a red line" if lack.red_line else f"{title} by {lack.shortfall:.3f}")
    if not parts:
        return "nobody is short of its reservation value"
    enough = ", but enough could live with it" if done.enough else ""
    return f"short: {', '.join(parts)}{enough}"


def _criterion(scenario: Scenario, done: Drafting) -> str:
    if done.worth is not None:
        return f"; worth {done.worth:.3f} to itself"
    told = ", ".join(f"{side_title(scenario, side)} {gain:+.3f}" for side, gain in done.gains)
    return f"; criterion {done.criterion}, gains on each side's own range: {told}"
