"""Where a meeting stands in the talks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Ints


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where a meeting stands in the talks.

    Attributes
    ----------
    rounds, rounds_after
        Rounds of this meeting, and of all scheduled ones after it; (cohort,).
    meetings, meetings_left
        Meetings held before it, and scheduled ones after it; (cohort,).
    days_to_next
        Days until the next scheduled meeting, else until a follow-up; (cohort,).
    """

    rounds: Ints
    rounds_after: Ints
    meetings: Ints
    meetings_left: Ints
    days_to_next: Ints

    def of(self, places: Ints) -> Ahead:
        """The same for some of the cohort."""
        return Ahead(
            self.rounds[places],
            self.rounds_after[places],
            self.meetings[places],
            self.meetings_left[places],
            self.days_to_next[places],
        )


def nothing_ahead(cohort: int) -> Ahead:
    """Of a meeting that stands by itself."""
    zeros = np.zeros(cohort, dtype=np.intp)
    return Ahead(zeros + 1, zeros, zeros, zeros, zeros)
