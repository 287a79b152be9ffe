"""How far apart all stand after a round of a traced world, in full: of what `rounds.parquet` has the summaries."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.scenario.model import Scenario
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.gaps import package_gaps, position_gaps, side_saliences


def distances(scenario: Scenario, sitting: Sitting, agreed: bool) -> dict[str, Any]:
    """The measures of a round in a block of one world, by the names that they have in `rounds.parquet`.

    Parameters
    ----------
    scenario
        What is negotiated.
    sitting
        The meeting, with the offers so far.
    agreed
        Whether the round ended in an agreement: then nothing is left between the offers.

    Returns
    -------
    ``gap`` between the sides' last offers, or those that they have accepted, and ``position_gap`` between their
    members' positions, each in `total` and by issue (None while fewer than two sides have one); ``spread`` by side;
    ``shortfall`` of each side's last offer for each party.
    """
    coded, wants = sitting.state.coded, sitting.state.wants
    members = [side.members for side in scenario.sides]
    saliences = side_saliences(coded, wants, members)
    offers = package_gaps(coded.place, sitting.stood_by, saliences)
    *positions, spread = position_gaps(coded, wants, members, saliences)
    lacks = np.maximum(sitting.reservation - sitting.offer_value, 0.0)
    return {
        "gap": _apart(scenario, *(np.zeros_like(gap) if agreed else gap for gap in offers)),
        "position_gap": _apart(scenario, *positions),
        "spread": {side.id: float(own[0]) for side, own in zip(scenario.sides, spread, strict=True)},
        "shortfall": {
            side.id: {party.id: float(lack[0]) for party, lack in zip(scenario.parties, own, strict=True)}
            for side, package, own in zip(scenario.sides, sitting.last_offer, lacks, strict=True)
            if package[0, 0] != NONE
        },
    }


def _apart(scenario: Scenario, by_issue: Floats, total: Floats) -> dict[str, Any]:
    """Gaps of one world, by issue (issues, 1) and in total (1,)."""
    issues = {issue.id: _known(gap[0]) for issue, gap in zip(scenario.issues, by_issue, strict=True)}
    return {"total": _known(total[0]), "issues": issues}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
