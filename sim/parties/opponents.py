"""Opponent models: what a side believes the options are worth to the others.

A belief has shape (issues, options, worlds), on the scale on which the others' best package is worth 1 more than their
worst. A model is a function from `Evidence` on one other side to such a belief.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, permutations

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.arrays.sums import share, total
from sim.parties.evidence import Evidence
from sim.parties.own import own
from sim.scenario.model import Code
from sim.worlds.draws import Worlds, uniforms
from sim.worlds.packages import PACKAGE

_LIKELY = 0.15
"""Standard deviation of an offer's utility around what the model expects of it (bayes)."""

_CONCEDED = 0.5
"""Share of its range that the other side is expected to give up by the end (bayes)."""

_KEPT = 0.1
"""What an issue's weight gains each time the other side leaves its option as it is (frequency)."""

_PRIOR = 1.0
"""Offers that what is presumed of an option counts for (frequency)."""


def known(others: Sequence[Floats]) -> Floats:
    """The mean of the other sides' true scaled worths, each (issues, options, worlds)."""
    return total(others) / len(others) if others else np.zeros(())


def noise(seed: int, side: str, shape: tuple[int, int], worlds: Worlds) -> Floats:
    """Standard normal errors of a side's belief, one per issue and option; shape (issues, options, worlds).

    The believed worth is the true one plus the errors times the standard deviation, on the scale on which the others'
    best package is worth 1 more than their worst.
    """
    from scipy.special import ndtri

    issues, options = shape
    errors = np.empty((issues, options, len(worlds)))
    for j in range(issues):
        for k in range(options):
            errors[j, k] = ndtri(uniforms(seed, f"sides.{side}.opponents.error.{j}.{k}", worlds))
    return errors


def values_of(scaled: Floats, exists: Bools) -> Floats:
    """Worth of options by issue from 0 to 1, from a side's scaled worth; all (issues, options, worlds)."""
    low = np.where(exists, scaled, np.inf).min(axis=1)
    high = np.where(exists, scaled, -np.inf).max(axis=1)
    span = np.where(np.isfinite(high - low), high - low, 0.0)
    inside = np.where(exists, scaled - low[:, None], 0.0)
    return share(inside, np.broadcast_to(np.where(span > 1e-12, span, 0.0)[:, None], inside.shape).copy())


def positions(evidence: Evidence) -> Floats:
    """Knows the other side's positions and takes it to care for all issues alike."""
    return evidence.values * _alike(evidence.values)[:, None]


def bayes(evidence: Evidence) -> Floats:
    """Knows the other side's positions and learns from its offers how much it cares for each issue.

    Hypotheses are rankings of the issues, with weights that fall by rank (up to four issues; with more, one or two
    issues weigh three times the others), and equal weights. An offer is the more likely under a hypothesis the nearer
    its utility comes to what the side would demand if it gave way evenly to half of its range. The belief is the mean
    of the hypotheses, weighted by their posterior probability.

    Hindriks & Tykhonov, "Opponent modelling in automated multi-issue negotiation using Bayesian learning", AAMAS 2008,
    331-338, for weights only: values of options are known here.
    """
    values = evidence.values
    cared = values.max(axis=1) > 0.0
    hypotheses = _hypotheses(len(values))
    weights = hypotheses[:, :, None] * cared  # (hypotheses, issues, worlds)
    weights = share(weights, np.broadcast_to(total(weights.transpose(1, 0, 2))[:, None], weights.shape).copy())
    log = np.zeros((len(weights), values.shape[2]))
    for offer, time in zip(evidence.offers, evidence.times, strict=True):
        made = offer[0] >= 0
        got = np.take_along_axis(values, np.maximum(offer, 0)[:, None].astype(np.intp), axis=1)[:, 0]
        utility = np.zeros(log.shape)
        for j in range(len(values)):
            utility += weights[:, j] * got[j]
        expected = 1.0 - _CONCEDED * time
        log -= np.where(made, (utility - expected) ** 2 / (2.0 * _LIKELY**2), 0.0)
    log -= log.max(axis=0)
    likelihood = np.exp(np.ascontiguousarray(log))
    posterior = likelihood / total(likelihood)
    care = np.zeros(cared.shape)
    for weight, probability in zip(weights, posterior, strict=True):
        care += weight * probability
    return np.asarray(values * care[:, None])


def frequency(evidence: Evidence) -> Floats:
    """Learns all from the offers: what is offered often is worth much, and what is kept matters.

    Options begin with the values that the learning side would like least (a fixed pie); an issue gains weight whenever
    the other side puts a new package and leaves the issue's option as it is.

    van Krimpen, Looije & Hajizadeh, "HardHeaded", in Complex Automated Negotiations, 2013, 223-227.
    """
    presumed = np.where(evidence.exists, 1.0 - evidence.own, 0.0)
    worlds = presumed.shape[2]
    count = _PRIOR * presumed
    weight = _alike(presumed)
    last = np.full((len(presumed), worlds), -1, dtype=PACKAGE)
    column = np.arange(worlds)
    for offer in evidence.offers:
        made = offer[0] >= 0
        for j in range(len(presumed)):
            kept = made & (last[j] == offer[j])
            weight[j] += np.where(kept, _KEPT, 0.0)
            count[j, np.maximum(offer[j], 0), column] += made
        last = np.where(made, offer, last)
    weight = weight / total(weight)
    return np.asarray(count / np.maximum(count.max(axis=1), 1e-12)[:, None] * weight[:, None])


Model = Callable[[Evidence], Floats]

MODELS: dict[str, Model] = {"positions": positions, "bayes": bayes, "frequency": frequency}
"""Opponent models by the name that a compiled scenario gives them, beside the known and the noisy."""

LEARN = frozenset({"bayes", "frequency"})
"""Those that look at offers."""


def model(name: str, code: Sequence[Code] = ()) -> Model:
    """The opponent model with this name; `code` holds the files of users' policies."""
    if name in MODELS:
        return MODELS[name]
    return own("opponents", name, code).believe


def _alike(values: Floats) -> Floats:
    """Equal weights of the issues on which something is worth more than something else, (issues, worlds)."""
    cared = (values.max(axis=1) > 0.0).astype(np.float64)
    return np.asarray(cared / np.maximum(total(cared), 1.0))


def _hypotheses(issues: int) -> Floats:
    """Weights of issues, shape (hypotheses, issues); the rows sum to 1."""
    rows = [np.ones(issues)]
    if issues <= 4:
        ranks = np.arange(issues, 0, -1.0)
        rows += [ranks[list(order)] for order in permutations(range(issues))]
    else:
        for chosen in [*combinations(range(issues), 1), *combinations(range(issues), 2)]:
            row = np.ones(issues)
            row[list(chosen)] = 3.0
            rows.append(row)
    found = np.stack(rows)
    return np.asarray(found / found.sum(axis=1, keepdims=True))
