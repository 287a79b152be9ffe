"""What is recorded of every world, as summaries by round: gaps, offers, spread within the sides, shortfalls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.scenario.model import Scenario
from sim.talks.observer import Observer, Occasion
from sim.talks.sitting import Sitting
from sim.talks.state import NONE, Bools, State
from sim.talks.tally import Tally
from sim.worlds.coding import central_coding
from sim.worlds.draws import Floats
from sim.worlds.gaps import package_gaps, position_gaps, side_saliences
from sim.worlds.preferences import preferences


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of distance; `scale` is what 1 in its tally stands for."""

    name: str  # gap, position_gap, spread, shortfall, offer
    issue: str | None = None
    side: str | None = None
    party: str | None = None
    scale: float = 1.0


def measures(scenario: Scenario) -> list[Measure]:
    """What is measured in each round, in the order of the tallies' rows."""
    ids = [issue.id for issue in scenario.issues]
    found = [Measure("gap"), *(Measure("gap", issue=one) for one in ids)]
    found += [Measure("position_gap"), *(Measure("position_gap", issue=one) for one in ids)]
    found += [Measure("spread", side=side.id) for side in scenario.sides]
    scales = party_scales(scenario)
    found += [
        Measure("shortfall", side=side.id, party=party.id, scale=scales[p])
        for side in scenario.sides
        for p, party in enumerate(scenario.parties)
    ]
    return found + [Measure("offer", side=side.id, issue=one) for side in scenario.sides for one in ids]


def party_scales(scenario: Scenario) -> list[float]:
    """1 for a party with positions; for one with scores the size of its scores, for tallies count from 0 to 1."""
    worth = preferences(central_coding(scenario)).worth[..., 0]
    sizes = np.abs(worth).max(axis=2).sum(axis=1)
    scored = [any(one is not None and one.scores for one in party.preferences) for party in scenario.parties]
    return [max(1.0, 2.0 * float(size)) if has else 1.0 for size, has in zip(sizes, scored, strict=True)]


@dataclass(slots=True)
class Slot:
    """One round of one meeting (by its order in the talks), over all worlds that held it."""

    id: str
    order: int
    round: int
    worlds: int
    tally: Tally


@dataclass(slots=True)
class Statistics(Observer):
    """Keeps the tallies by meeting and round."""

    scenario: Scenario
    slots: dict[tuple[int, int], Slot] = field(default_factory=dict)
    _rows: int = 0
    _worths: int = NONE
    _scale: Floats = field(default_factory=lambda: np.zeros(0))
    _positions: Floats = field(default_factory=lambda: np.zeros(0))
    _saliences: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        listed = measures(self.scenario)
        self._rows = len(listed)
        self._scale = np.array([one.scale for one in listed if one.name == "shortfall"])

    def begins(self, state: State) -> None:  # noqa: ARG002
        """Watch a block of worlds."""
        self._worths = NONE

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:  # noqa: ARG002
        """Work out what does not change within a meeting."""
        state = sitting.state
        if self._worths != state.worths:
            members = [side.members for side in self.scenario.sides]
            self._saliences = side_saliences(state.coded, state.wants, members)
            by_issue, overall, spread = position_gaps(state.coded, state.wants, members, self._saliences)
            self._positions = np.concatenate([overall[None], by_issue, spread])
            self._worths = state.worths

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:
        """Tally the round."""
        cohort = sitting.cohort
        key = (occasion.order, number)
        if key not in self.slots:
            self.slots[key] = Slot(occasion.id, occasion.order, number, 0, Tally.empty(self._rows))
        slot = self.slots[key]
        place = sitting.state.coded.place[..., cohort]
        by_issue, overall = package_gaps(place, sitting.last_offer, self._saliences[..., cohort])
        gaps = np.where(agreed, 0.0, np.concatenate([overall[None], by_issue]))
        silent = sitting.last_offer[:, None, 0] == NONE
        lacks = np.where(silent, np.nan, np.maximum(sitting.reservation - sitting.offer_value, 0.0))
        shortfalls = lacks.reshape(-1, len(active)) / self._scale[:, None]
        places = _places(place, sitting, agreed).reshape(-1, len(active))
        slot.tally.add(np.minimum(np.concatenate([gaps, self._positions[:, cohort], shortfalls, places]), 1.0), active)
        slot.worlds += int(active.sum())


def _places(place: Floats, sitting: Sitting, agreed: Bools) -> Floats:
    """Where each side's last offer lies, nan where it made none; after an agreement all stand behind the last offer.

    `place` has shape (issues, options, cohort), the answer (sides, issues, cohort).
    """
    latest = np.take_along_axis(sitting.last_offer, sitting.last_turn.argmax(axis=0)[None, None], axis=0)
    offers = np.where(agreed, latest, sitting.last_offer).astype(np.intp)
    at = np.take_along_axis(place[None], np.maximum(offers, 0)[:, :, None], axis=2)[:, :, 0]
    return np.where(offers == NONE, np.nan, at)


def merge(ours: dict[tuple[int, int], Slot], theirs: dict[tuple[int, int], Slot]) -> None:
    """Add the tallies of other worlds to ours."""
    for key, slot in theirs.items():
        if key in ours:
            ours[key].tally.merge(slot.tally)
            ours[key].worlds += slot.worlds
        else:
            ours[key] = slot


def ordered(slots: dict[tuple[int, int], Slot]) -> Iterator[Slot]:
    """The rounds in the order of the talks."""
    for key in sorted(slots):
        yield slots[key]
