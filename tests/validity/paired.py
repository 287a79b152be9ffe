"""Worlds before and after a change, one by one: how many are won, how many lost, whether the sign is as expected."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.sweeps.intervals import wilson
from sim.sweeps.paired import Difference, paired_means, paired_shares

CERTAIN = ("identical", "none lost", "none won")
ON_AVERAGE = ("more", "fewer", "no fewer", "no more", "about the same", "open")
DIFFERENT = 1e-9
LEVEL = 0.05


@dataclass(frozen=True)
class Paired:
    """A measure in the same worlds before and after a change.

    Attributes
    ----------
    before, after
        Shape (worlds,): 1 or 0 where something is so or not, or a number; nan in worlds that do not count.
    identical
        Whether everything in all worlds is the same, not the measure alone.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    identical: bool
    share: bool  # whether the measure is something that is so or not

    @property
    def worlds(self) -> int:
        """How many worlds count."""
        return int((~np.isnan(self.after - self.before)).sum())

    @property
    def won(self) -> int:
        """Worlds with more than before."""
        return int((self.after - self.before > DIFFERENT).sum())

    @property
    def lost(self) -> int:
        """Worlds with less than before."""
        return int((self.before - self.after > DIFFERENT).sum())

    @property
    def means(self) -> tuple[float, float]:
        """Means before and after, over the worlds that count."""
        counted = ~np.isnan(self.after - self.before)
        if not counted.any():
            return nan, nan
        return float(self.before[counted].mean()), float(self.after[counted].mean())

    @property
    def change(self) -> Difference:
        """After less before, with its 95 % interval."""
        if not self.share:
            return paired_means(self.before, self.after)
        one, other = self.before > 0.5, self.after > 0.5
        return paired_shares(
            int((one & other).sum()), int((one & ~other).sum()), int((~one & other).sum()), int((~one & ~other).sum())
        )

    def chance_of(self, sign: str) -> float:
        """One-sided p of so much more (or less) if the change did nothing.

        Of something that is so or not McNemar's exact test (1947) on the worlds won and lost, of a number Wilcoxon's
        signed-rank test (1945) on the differences.
        """
        if not self.won + self.lost:
            return 1.0
        if self.share:
            many = self.won if sign == "more" else self.lost
            return float(stats.binomtest(many, self.won + self.lost, alternative="greater").pvalue)
        difference = (self.after - self.before)[~np.isnan(self.after - self.before)]
        alternative = "greater" if sign == "more" else "less"
        return float(stats.wilcoxon(difference, alternative=alternative).pvalue)

    def holds(self, expected: str) -> bool:
        """Whether it came as expected: in every world where that is certain, else by the test at the 5 % level."""
        match expected:
            case "identical":
                return self.identical
            case "none lost":
                return self.lost == 0
            case "none won":
                return self.won == 0
            case "more" | "fewer":
                return self.chance_of(expected) < LEVEL
            case "no fewer":
                return self.chance_of("fewer") >= LEVEL
            case "no more":
                return self.chance_of("more") >= LEVEL
            case "about the same":  # no further off than the share before is known to
                low, high = wilson(int(np.nansum(self.before)), self.worlds)
                return low <= self.means[1] <= high
            case _:
                return expected == "open"


def joined(parts: list[Paired]) -> Paired:
    """Several scenarios as one."""
    return Paired(
        np.concatenate([part.before for part in parts]),
        np.concatenate([part.after for part in parts]),
        all(part.identical for part in parts),
        parts[0].share,
    )
