"""What is reported over worlds: counts, and sums in whole units, so that any batches give the same numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.arrays.kinds import Counts
from sim.scenario.model import Scenario
from sim.sweeps.intervals import share_of
from sim.sweeps.possible import MissedDeals, Possible, ranked
from sim.talks.division import WORDS
from sim.talks.ratification import homes
from sim.talks.record.endings import OUTCOMES, Endings, outcomes_of
from sim.talks.record.statistics import Slot, merge
from sim.talks.record.tally import Tally
from sim.talks.state import NONE


@dataclass(slots=True)
class Summary:
    """Counts over worlds.

    Attributes
    ----------
    outcomes
        By outcome in the order of `OUTCOMES`.
    names
        The outcomes that there can be.
    by_day
        Worlds by outcome and day of the deal, of the breakdown or else of the last meeting; the first column is for
        no meeting at all. Shape (outcomes, days + 1).
    settled
        Worlds in which an issue was settled, by option; shape (issues, options).
    deals
        Worlds with a deal, whole or partial, by the option that its package has on an issue: the status quo where the
        issue is not settled; shape (issues, options).
    refusals
        Worlds without an agreement in which a party turns down the last offer over an issue, shape (parties, issues).
    gaps
        Tally of two measures: gap between first and between last offers.
    signed, refused
        Worlds with a deal before anybody ratified it, and those in which it was refused at home, by who ratifies.
    broke_silence
        Worlds in which a party broke silence in the caucus of its side, shape (parties,).
    ended_by
        Worlds that broke down because an event ended the talks, by event; shape (events,).
    possible
        What was possible in the worlds that were asked.
    votes
        Worlds in which a vote was taken on what was settled, by party and its vote; shape (parties, votes), without
        rows where votes are not told.
    slots
        Gaps by meeting and round.
    """

    outcomes: Counts
    by_day: Counts
    settled: Counts
    deals: Counts
    refusals: Counts
    gaps: Tally
    signed: int
    refused: Counts
    broke_silence: Counts
    ended_by: Counts
    possible: Possible
    names: tuple[str, ...] = OUTCOMES
    votes: Counts = field(default_factory=lambda: np.zeros((0, len(WORDS)), dtype=np.int64))
    slots: dict[tuple[int, int], Slot] = field(default_factory=dict)

    @property
    def by_outcome(self) -> dict[str, int]:
        """Worlds by outcome, of the outcomes that there can be."""
        counts = dict(zip(OUTCOMES, map(int, self.outcomes), strict=True))
        return {name: counts[name] for name in self.names}

    @property
    def worlds(self) -> int:
        """Worlds played."""
        return int(self.outcomes.sum())

    @property
    def without_agreement(self) -> int:
        """Worlds that did not end in agreement on every issue."""
        return self.worlds - int(self.outcomes[OUTCOMES.index("agreement")])

    @property
    def missed_deals(self) -> MissedDeals:
        """Worlds without a deal in which there was one to be had."""
        return self.possible.missed(self.outcomes)

    def merge(self, other: Summary) -> None:
        """Add the counts of other worlds."""
        self.outcomes += other.outcomes
        longer = max(self.by_day.shape[1], other.by_day.shape[1])
        self.by_day = _widened(self.by_day, longer) + _widened(other.by_day, longer)
        self.settled += other.settled
        self.deals += other.deals
        self.refusals += other.refusals
        self.gaps.merge(other.gaps)
        self.signed += other.signed
        self.refused += other.refused
        self.broke_silence += other.broke_silence
        self.ended_by += other.ended_by
        self.votes += other.votes
        self.possible.merge(other.possible)
        merge(self.slots, other.slots)

    def as_json(self, scenario: Scenario, seed: int, out: str | None) -> dict[str, Any]:
        """The object that `run --json` prints."""
        first, last = (None if np.isnan(mean) else float(mean) for mean in self.gaps.means())
        return {
            "scenario": scenario.title,
            "worlds": self.worlds,
            "seed": seed,
            "out": out,
            "outcomes": {name: share_of(count, self.worlds) for name, count in self.by_outcome.items()},
            "gap": {"first": first, "last": last},
            "settlements": {
                issue.id: _shares([option.id for option in issue.options], self.deals[j])
                for j, issue in enumerate(scenario.issues)
            },
            "blockers": self.possible.blockers(scenario),
            "blockers_of": self.possible.pivots_of,
            "refusals": ranked(scenario, self.refusals, self.without_agreement),
            "ended_by": self._by_event(scenario),
            "zone": self.possible.zone(),
            "missed_deals": self.missed_deals.as_json(),
            **self._at_home(scenario),
            **self._divided(scenario),
        }

    def _divided(self, scenario: Scenario) -> dict[str, Any]:
        """How often each party voted how on what was settled: only where votes are told."""
        if not len(self.votes):
            return {}
        taken = int(self.votes.sum(axis=1).max())
        return {
            "votes": {
                party.id: {
                    word: share_of(int(count), taken) for word, count in zip(WORDS, counts, strict=True) if count
                }
                for party, counts in zip(scenario.parties, self.votes, strict=True)
            }
        }

    def _by_event(self, scenario: Scenario) -> dict[str, Any]:
        """Worlds that an event ended, by event, and the outcomes of all others; empty where no event can end talks."""
        if not any(event.ends_talks for event in scenario.events):
            return {}
        counts = {
            event.id: share_of(int(count), self.worlds)
            for event, count in zip(scenario.events, self.ended_by, strict=True)
            if event.ends_talks
        }
        others = self.worlds - int(self.ended_by.sum())
        left = self.by_outcome | {"breakdown": self.by_outcome["breakdown"] - int(self.ended_by.sum())}
        return {"events": counts, "without": {name: share_of(count, others) for name, count in left.items()}}

    def _at_home(self, scenario: Scenario) -> dict[str, Any]:
        """What became of deals at home, and who broke silence in a caucus: only where the scenario has these."""
        found: dict[str, Any] = {}
        if scenario.ratified:
            refused = {
                home.id: share_of(int(count), self.signed)
                for home, count in zip(homes(scenario), self.refused, strict=True)
            }
            found["ratification"] = {"signed": self.signed, "refused": refused}
        members = [p for side in scenario.sides if side.caucus is not None for p in side.members]
        if members:
            found["broke_silence"] = {
                scenario.parties[p].id: share_of(int(self.broke_silence[p]), self.worlds) for p in sorted(members)
            }
        return found


def summarise(scenario: Scenario, ended: Endings, slots: dict[tuple[int, int], Slot], possible: Possible) -> Summary:
    """Count a block of worlds."""
    day = np.where(ended.outcome == OUTCOMES.index("breakdown"), ended.broke_on, ended.day)
    days = int(day.max(initial=0)) + 2
    by_day = np.bincount(ended.outcome.astype(np.int64) * days + day + 1, minlength=len(OUTCOMES) * days).reshape(
        len(OUTCOMES), days
    )
    most = max(len(issue.options) for issue in scenario.issues)
    settled, deals = np.zeros((2, len(scenario.issues), most), dtype=np.int64)
    for j, package in enumerate(ended.package):
        settled[j] = np.bincount(package[ended.settled[j]], minlength=most)
        deals[j] = np.bincount(package[package >= 0], minlength=most)
    gaps = Tally.empty(2)
    gaps.add(np.minimum(np.stack([ended.first_gap, ended.gap]), 1.0))
    return Summary(
        outcomes=np.bincount(ended.outcome, minlength=len(OUTCOMES)).astype(np.int64),
        by_day=by_day.astype(np.int64),
        settled=settled,
        deals=deals,
        refusals=ended.blocks.sum(axis=2, dtype=np.int64),
        gaps=gaps,
        signed=int(ended.signed.sum()),
        refused=ended.refused.sum(axis=1, dtype=np.int64),
        broke_silence=(ended.broke_silence > 0).sum(axis=1, dtype=np.int64),
        ended_by=_ended_by(scenario, ended),
        possible=possible,
        names=outcomes_of(scenario),
        votes=np.stack([(ended.votes == v).sum(axis=1, dtype=np.int64) for v in range(len(WORDS))], axis=1),
        slots=slots,
    )


def _ended_by(scenario: Scenario, ended: Endings) -> Counts:
    broke_down = ended.outcome == OUTCOMES.index("breakdown")
    event = ended.ended_by[broke_down & (ended.ended_by != NONE)]
    return np.bincount(event, minlength=len(scenario.events)).astype(np.int64)


def _shares(names: list[str], counts: Counts) -> dict[str, float]:
    total = int(counts.sum())
    return {name: int(count) / total for name, count in zip(names, counts, strict=False) if count}


def _widened(counts: Counts, columns: int) -> Counts:
    return np.pad(counts, ((0, 0), (0, columns - counts.shape[1])))
