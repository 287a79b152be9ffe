"""Linear relaxations: bounds on whole branches, and packages near the best mixture of options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.clauses import clauses
from sim.analysis.survey import Rows
from sim.arrays.kinds import Floats


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best mixture of options.

    Attributes
    ----------
    slack
        By how much all limits can be exceeded at once, in units of `slope`; below 0 no package meets them all.
    multipliers
        Shape (rows,): weights on the limits whose sum no package can exceed by more than the slack. A package that
        meets all limits meets their weighted sum, which alone rules out most branches.
    mixture
        Shares of the options, shape (issues, options).
    """

    slack: float
    multipliers: Floats
    mixture: Floats


def relaxed(rows: Rows, slope: Floats) -> Relaxed | None:
    """Exceed the limits of rows that must be met by as much as possible, row r counted in units of `slope[r]`.

    Allows shares of options; solved by HiGHS (Huangfu & Hall, 2018). None where the limits of rows without slope
    cannot be met even so, or the solver fails.
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, csr_array, hstack

    must = np.flatnonzero(rows.must)
    issue, option = np.nonzero(rows.allowed)
    worth = rows.worth[must][:, issue, option]
    cost = np.append(np.zeros(len(issue)), -1.0)
    limits = np.column_stack([-worth, slope[must]])
    one_each = coo_array((np.ones(len(issue)), (issue, np.arange(len(issue)))), shape=(len(rows.allowed), len(issue)))
    equalities = hstack([csr_array(one_each), csr_array((len(rows.allowed), 1))])
    ceiling = 1e9 if slope[must].any() else 0.0
    clauses, highest = _clauses(rows, issue, option)
    found = linprog(
        cost,
        A_ub=np.concatenate([limits, clauses]),
        b_ub=np.concatenate([-rows.least[must], highest]),
        A_eq=equalities,
        b_eq=np.ones(len(rows.allowed)),
        bounds=[(0.0, 1.0)] * len(issue) + [(None, ceiling)],
        method="highs",
    )
    if found.status != 0:
        return None
    multipliers = np.zeros(len(rows.least))
    multipliers[must] = np.maximum(-found.ineqlin.marginals[: len(must)], 0.0)
    mixture = np.zeros(rows.allowed.shape)
    mixture[issue, option] = found.x[:-1]
    return Relaxed(-float(found.fun), multipliers, mixture)


def _clauses(rows: Rows, issue: NDArray[np.intp], option: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """What joins the issues, over shares of these options and the slack: terms (n, options + 1), the most (n,)."""
    number = {pair: i for i, pair in enumerate(zip(issue.tolist(), option.tolist(), strict=True))}
    found = [] if rows.joint is None else list(clauses(rows.joint, rows.issues))
    terms, highest = np.zeros((len(found), len(issue) + 1)), np.zeros(len(found))
    for i, (factors, most) in enumerate(found):
        highest[i] = most
        for pair, factor in factors.items():
            if pair in number:
                terms[i, number[pair]] = factor
    return terms, highest
