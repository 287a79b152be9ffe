"""On what kind of ground the judgements of a file stand."""

from __future__ import annotations

from typing import Literal

from sim.scenario.model import Judgement
from sim.scenario.reading import ASSUMED

Basis = Literal["sourced", "mixed", "assumed", "unsourced"]


def basis(judgement: Judgement) -> Basis:
    """On what kind of ground a judgement stands."""
    if not judgement.sources:
        return "unsourced"
    if set(judgement.sources) == {ASSUMED}:
        return "assumed"
    return "mixed" if ASSUMED in judgement.sources else "sourced"
