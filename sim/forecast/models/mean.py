"""The compromise: the mean of the positions, weighted by salience and power.

x = sum_i s_i c_i x_i / sum_i s_i c_i (Van den Bos, 1991; the base model of Stokman & Van Oosten, "The Exchange of
Voting Positions", in Bueno de Mesquita & Stokman, *European Community Decision Making*, 1994, 105-127; Achen,
"Institutional Realism and Bargaining Models", in Thomson, Stokman, Achen & Koenig, *The European Union Decides*,
2006, ch. 4, shows that it approximates the Nash bargaining solution where no decision would be much worse for all).
Its distribution is that of which it is the mean: every party's position, as likely as its influence.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.prediction import Prediction, over_parties


def forecast(case: Case) -> Prediction:
    """The weighted mean, and influence over positions as its distribution."""
    influence = case.influence()
    return over_parties(weighted_mean(case.position, influence), case.position, influence)


def weighted_mean(position: Floats, influence: Floats) -> Floats:
    """Mean over the parties (first axis) with shares as `Case.influence` gives them; nan where nobody stands."""
    held = np.where(np.isnan(position), 0.0, position)
    return np.asarray((held * influence).sum(axis=0))
