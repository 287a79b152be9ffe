"""What a model of outcomes says: a point and a distribution over places on the scale, for every issue and world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Floats


@dataclass(frozen=True, slots=True)
class Prediction:
    """The forecast of one model.

    Attributes
    ----------
    point
        The single place that the model names, in [0, 1], nan where it says nothing; shape (issues, worlds).
    place, share
        Places that it holds possible and how likely each is, the shares of an issue and a world summing to 1 (all 0
        where it says nothing); shape (places, issues, worlds).
    """

    point: Floats
    place: Floats
    share: Floats

    def pooled(self, issue: int) -> Pooled:
        """All worlds of an issue together, each counting as much as any other that says something."""
        place, share = self.place[:, issue].reshape(-1), self.share[:, issue].reshape(-1)
        points = self.point[issue]
        known = points[~np.isnan(points)]
        return _gathered(place, share, float(known.sum()), len(known))


@dataclass(frozen=True, slots=True)
class Pooled:
    """What a model says of one issue over worlds.

    Attributes
    ----------
    place, share
        Places in rising order, each once, and their shares, which sum to 1; empty where the model says nothing.
    points, worlds
        Sum of the points that it names, and in how many worlds it names one.
    """

    place: Floats
    share: Floats
    points: float
    worlds: int

    @property
    def point(self) -> float:
        """Mean over the worlds of the point that the model names, nan where it names none."""
        return self.points / self.worlds if self.worlds else float("nan")

    def quantile(self, share: float) -> float:
        """The first place at which at least this share is reached; nan where the model says nothing."""
        if not len(self.place):
            return float("nan")
        reached = np.cumsum(self.share) >= share - 1e-9
        return float(self.place[int(np.argmax(reached)) if reached.any() else -1])


def at_points(point: Floats) -> Prediction:
    """A model that names one place and no other; `point` has shape (issues, worlds), nan where it says nothing."""
    known = ~np.isnan(point)
    return Prediction(point, np.where(known, point, 0.0)[None], known.astype(np.float64)[None])


def over_parties(point: Floats, position: Floats, influence: Floats) -> Prediction:
    """The places at which the parties stand, each as likely as its influence; see `Case` for the shapes."""
    known = ~np.isnan(position)
    return Prediction(point, np.where(known, position, 0.0), np.where(known, np.nan_to_num(influence), 0.0))


def median_of(place: Floats, share: Floats) -> Floats:
    """Median of each distribution (places along the first axis, in any order); nan where all shares are 0."""
    order = np.argsort(place, axis=0, kind="stable")
    ranked = np.take_along_axis(place, order, axis=0)
    reached = np.cumsum(np.take_along_axis(share, order, axis=0), axis=0)
    total = reached[-1]
    index = np.argmax(reached >= 0.5 * total - 1e-9, axis=0)
    found = np.take_along_axis(ranked, index[None], axis=0)[0]
    return np.asarray(np.where(total > 0.0, found, np.nan))


def pool(parts: Sequence[Pooled]) -> Pooled:
    """Blocks of worlds together, each counting by its worlds."""
    if len(parts) == 1:
        return parts[0]
    place = np.concatenate([part.place for part in parts])
    share = np.concatenate([part.share * part.worlds for part in parts])
    return _gathered(place, share, sum(part.points for part in parts), sum(part.worlds for part in parts))


def _gathered(place: Floats, share: Floats, points: float, worlds: int) -> Pooled:
    some = share > 0.0
    places, which = np.unique(place[some], return_inverse=True)
    shares = np.bincount(which, weights=share[some], minlength=len(places)).astype(np.float64)
    total = shares.sum()
    return Pooled(places, shares / total if total > 0.0 else shares, points, worlds)
