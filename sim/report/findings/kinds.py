"""Kinds of deals: packages put together that are alike, each kind shown by a package that occurs.

Partitioning around medoids (Kaufman & Rousseeuw, 1990, "Finding groups in data", chapter 2): the packages that the
kinds are shown by are chosen so that the distance of all worlds to the nearest of them is smallest. Nothing in it is
random. Of two to six kinds the number with the largest mean silhouette is taken (Rousseeuw, 1987, JCAM 20, 53-65);
where even that is below 0.25, no structure that is worth the name, all packages are of one kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Counts, Floats, Ints

FEW = 6
"""So many different packages are listed one by one; more are put together, into as many kinds at most."""
LEAST_SILHOUETTE = 0.25
_COMPARED = 400
"""The most frequent packages, among which medoids are sought."""
_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """Packages that are alike.

    Attributes
    ----------
    worlds, different
        Worlds with such a package, and how many different ones these are.
    package
        The one with the smallest mean distance to all of the kind, option by issue; shape (issues,).
    alike
        Worlds with just this package.
    counts
        Worlds by option, shape (issues, options).
    """

    worlds: int
    different: int
    package: NDArray[np.intp]
    alike: int
    counts: Counts

    @property
    def common(self) -> NDArray[np.bool_]:
        """On which issues all packages of the kind have the same option, shape (issues,)."""
        return shared(self.counts)


def shared(counts: Counts) -> NDArray[np.bool_]:
    """On which issues all worlds have the same option; from worlds by option, (issues, options) to (issues,)."""
    return np.asarray((counts > 0).sum(axis=1) == 1)


def kinds(packages: NDArray[np.intp], worlds: Counts, place: Floats, weight: Floats) -> list[Kind]:
    """Put packages together, the kind with most worlds first.

    Parameters
    ----------
    packages
        Different ones, the most frequent first; shape (packages, issues).
    worlds
        In which each occurs, shape (packages,).
    place
        Of the options on the scale of their issue, shape (issues, options).
    weight
        Of the issues in the distance between two packages, the mean of |x - y| by weight; shape (issues,).
    """
    if len(packages) <= FEW:
        member = np.arange(len(packages))
        medoids = member
    else:
        spread = place[np.arange(packages.shape[1]), packages]
        medoids = _medoids(_distances(spread[:_COMPARED], spread[:_COMPARED], weight), worlds[:_COMPARED])
        member = _distances(spread, spread[medoids], weight).argmin(axis=1)
        medoids = _central(spread, weight, worlds, member, medoids)
    found = [_kind(packages, worlds, member == k, int(medoid), place.shape[1]) for k, medoid in enumerate(medoids)]
    return sorted(found, key=lambda kind: -kind.worlds)


def _kind(packages: NDArray[np.intp], worlds: Counts, own: NDArray[np.bool_], medoid: int, options: int) -> Kind:
    counts = np.stack([np.bincount(column[own], worlds[own], options) for column in packages.T]).astype(np.int64)
    return Kind(int(worlds[own].sum()), int(own.sum()), packages[medoid], int(worlds[medoid]), counts)


def _distances(first: Floats, second: Floats, weight: Floats) -> Floats:
    """Between packages given by the places of their options; shape (first, second)."""
    share = weight / weight.sum() if weight.sum() > 0 else np.full(len(weight), 1 / len(weight))
    result = np.zeros((len(first), len(second)))
    for j, part in enumerate(share):
        result += part * np.abs(first[:, j, None] - second[None, :, j])
    return result


def _medoids(distance: Floats, worlds: Counts) -> Ints:
    """The packages that kinds are shown by: of one kind, or of as many as are best told apart."""
    chosen: list[Ints] = []
    best, most = _improved(distance, worlds, np.zeros(0, dtype=np.intp)), LEAST_SILHOUETTE
    chosen.append(best)
    for _ in range(2, FEW + 1):
        medoids = _improved(distance, worlds, chosen[-1])
        chosen.append(medoids)
        member = distance[:, medoids].argmin(axis=1)
        silhouette = _silhouette(distance, worlds, member, len(medoids))
        if silhouette > most:
            best, most = medoids, silhouette
    return best


def _improved(distance: Floats, worlds: Counts, medoids: Ints) -> Ints:
    """One more medoid, the one that helps most; then exchanged one by one as long as that helps."""
    nearest = distance[:, medoids].min(axis=1) if len(medoids) else np.full(len(distance), np.inf)
    cost = worlds @ np.minimum(nearest[:, None], distance)
    medoids = np.append(medoids, cost.argmin())
    lowest = float(cost.min())
    for _ in range(_ROUNDS):
        changed = False
        for k in range(len(medoids)):
            rest = np.delete(medoids, k)
            nearest = distance[:, rest].min(axis=1) if len(rest) else np.full(len(distance), np.inf)
            cost = worlds @ np.minimum(nearest[:, None], distance)
            if cost.min() < lowest - 1e-9:
                medoids[k], lowest, changed = cost.argmin(), float(cost.min()), True
        if not changed:
            break
    return medoids


def _silhouette(distance: Floats, worlds: Counts, member: Ints, count: int) -> float:
    """The mean over worlds of how much nearer the own kind is than the next one, from -1 to 1."""
    of = np.stack([np.where(member == k, worlds, 0) for k in range(count)], axis=1)
    size, away = of.sum(axis=0), distance @ of
    rows = np.arange(len(member))
    own, others = away[rows, member], size[member] - 1
    near = np.divide(own, others, out=np.zeros(len(rows)), where=others > 0)
    mean = np.divide(away, size, out=np.full(away.shape, np.inf), where=size > 0)
    mean[rows, member] = np.inf
    far = mean.min(axis=1)
    larger = np.maximum(near, far)
    value = np.divide(far - near, larger, out=np.zeros(len(rows)), where=(larger > 0) & (others > 0))
    return float(worlds @ value / worlds.sum())


def _central(spread: Floats, weight: Floats, worlds: Counts, member: Ints, medoids: Ints) -> Ints:
    """For each kind the package nearest to all of it, now that the rare ones are in it too."""
    found = medoids.copy()
    for k in range(len(medoids)):
        own = np.flatnonzero(member == k)
        asked = own[:_COMPARED]
        found[k] = asked[(_distances(spread[asked], spread[own], weight) @ worlds[own]).argmin()]
    return found
