"""What is recorded of every world, as summaries by round: gaps, offers, spread within the sides, shortfalls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.scenario.model import Scenario
from sim.scenario.recent import recent
from sim.talks.observer import Observer, Occasion
from sim.talks.record.tally import Tally
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State, taken
from sim.worlds.coding import central_coding
from sim.worlds.gaps import option_places_of, package_gaps, position_gaps, side_saliences
from sim.worlds.packages import Packages
from sim.worlds.preferences import preferences


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of distance; `scale` is what 1 in its tally stands for."""

    name: str  # gap, position_gap, spread, shortfall, offer
    issue: str | None = None
    side: str | None = None
    party: str | None = None
    scale: float = 1.0


@recent
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
    """1 for a party with positions; for one with scores or bonuses their size, for tallies count from 0 to 1."""
    wants = preferences(central_coding(scenario))
    sizes = np.abs(wants.worth[..., 0]).max(axis=2).sum(axis=1)
    if wants.bonus is not None:
        sizes += np.abs(wants.bonus[..., 0]).sum(axis=1)
    scored = [party.unbounded for party in scenario.parties]
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
    _last: _Round | None = None

    def __post_init__(self) -> None:
        listed = measures(self.scenario)
        self._rows = len(listed)
        self._scale = np.array([one.scale for one in listed if one.name == "shortfall"])

    def begins(self, state: State) -> None:  # noqa: ARG002
        """Watch a block of worlds."""
        self._worths = NONE
        self._last = None

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:  # noqa: ARG002
        """Work out what does not change within a meeting."""
        state = sitting.state
        self._last = None
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
        slot.worlds += int(np.count_nonzero(active))
        if self._last is not None and self._last.repeated(sitting, active, agreed):
            slot.tally.merge(self._last.tally)
            return
        who = np.flatnonzero(active)
        worlds, done, offers = cohort[who], agreed[who], taken(sitting.last_offer, who)
        place = taken(sitting.state.coded.place, worlds)
        stood = taken(sitting.stood_by, who)
        by_issue, overall = package_gaps(place, stood, taken(self._saliences, worlds))
        lacks = np.subtract(taken(sitting.reservation, who), taken(sitting.offer_value, who))
        np.maximum(lacks, 0.0, out=lacks)
        silent = offers[:, None, 0] == NONE
        if silent.any():
            lacks = np.where(silent, np.nan, lacks)
        values = np.concatenate(
            [
                np.where(done, 0.0, overall)[None],
                np.where(done, 0.0, by_issue),
                taken(self._positions, worlds),
                lacks.reshape(-1, len(who)) / self._scale[:, None],
                _places(place, offers, taken(sitting.last_turn, who), done).reshape(-1, len(who)),
            ]
        )
        tally = Tally.empty(self._rows)
        tally.add(np.minimum(values, 1.0, out=values))
        slot.tally.merge(tally)
        self._last = _Round(tally, active, agreed.copy(), sitting.last_offer.copy(), sitting.adoptions)


@dataclass(slots=True)
class _Round:
    """A round of a meeting as tallied: the next counts the same if the same worlds hold it and nobody moved."""

    tally: Tally
    active: Bools
    agreed: Bools
    last_offer: Packages
    adoptions: int

    def repeated(self, sitting: Sitting, active: Bools, agreed: Bools) -> bool:
        return (
            np.array_equal(self.active, active)
            and np.array_equal(self.agreed, agreed)
            and np.array_equal(self.last_offer, sitting.last_offer)
            and self.adoptions == sitting.adoptions
        )


def _places(place: Floats, offers: Packages, last_turn: Ints, agreed: Bools) -> Floats:
    """Where each side's last offer lies, nan where it made none; after an agreement all stand behind the last offer.

    `place` has shape (issues, options, cohort), `offers` and the answer (sides, issues, cohort).
    """
    if agreed.any():
        latest = offers[last_turn.argmax(axis=0), :, np.arange(len(agreed))].T
        offers = np.where(agreed, latest, offers)
    at = option_places_of(place, offers)
    silent = offers == NONE
    return np.where(silent, np.nan, at) if silent.any() else at


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
