"""Our own talks: what the parties agree on in the worlds that are played.

In a world with a deal, whole or partial, each issue ends at the option of its package; without one it stays at the
status quo, and nothing is said of an issue that has none. The rules of play are those of `detente run`
(docs/model.md).
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.prediction import Prediction, at_points
from sim.sweeps.blocks import fitting
from sim.talks.play import play
from sim.worlds.coding import draw_coding


def forecast(case: Case) -> Prediction:
    """Where the talks of each world end; nothing for a case without talks."""
    scenario, worlds = case.scenario, case.worlds
    if scenario is None or worlds is None:
        return at_points(np.full(case.status_quo.shape, np.nan))
    size = fitting(scenario, max(len(worlds), 1))
    parts: list[Floats] = []
    for start in range(0, len(worlds), size):
        block = worlds[start : start + size]
        ended = play(scenario, case.seed, block)
        place = draw_coding(scenario, case.seed, block).place
        option = np.maximum(ended.package, 0).astype(np.intp)
        settled = np.take_along_axis(place, option[:, None], axis=1)[:, 0]
        parts.append(np.where(ended.package >= 0, settled, case.status_quo[:, start : start + size]))
    return at_points(np.concatenate(parts, axis=1))
