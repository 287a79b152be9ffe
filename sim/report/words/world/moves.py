"""The whole reason for a move, in one string."""

from __future__ import annotations

from sim.report.words.world.grounds import because, moved
from sim.report.words.world.motives import motivated
from sim.report.words.world.naming import side_title
from sim.report.words.world.verdicts import described
from sim.scenario.model import Scenario
from sim.trace.minutes import Move


def answered(scenario: Scenario, move: Move) -> str:
    """How the side judged the offer on the table; nothing where it faced none."""
    if move.verdict is None:
        return ""
    text = described(scenario, move.verdict)
    return f"on the offer of {side_title(scenario, move.owner)}: {text}" if move.owner else text


def reason(scenario: Scenario, move: Move) -> str:
    """Its answer to the offer before it, why its own goes no further, and what its members demand."""
    change, why = moved(scenario, move), because(scenario, move)
    own = f"{change} ({why})" if change and why else change or why
    motive = "" if move.motive is None else motivated(scenario, move.motive)
    return "; ".join(text for text in (answered(scenario, move), own, motive) if text)
