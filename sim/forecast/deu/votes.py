"""Who has how many votes in the Council, and what makes a qualified majority, by the treaty in force."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

INSTITUTIONS = ("com", "ep")
"""Commission and Parliament, who have no vote in the Council."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a treaty for acts on a proposal from the Commission.

    Attributes
    ----------
    id, title, since, source
        What they are, from when, by which articles.
    weights
        Votes by state; where there are none, as since Lisbon, the populations.
    threshold
        Votes that a qualified majority needs; since Lisbon the share of the population.
    members, members_share
        Members that it needs, as a number (at least) and as a share of all.
    other_cases_members
        Members that it needs where no proposal from the Commission is asked for; None where this is not known here.
    population
        Share of the population that it needs besides, 0 if none.
    blocking
        Members that it takes at least to stop it, whatever their population.
    populations
        By state, in any unit.
    """

    id: str
    title: str
    since: date
    source: str
    weights: Mapping[str, float]
    threshold: float
    members: int
    members_share: float
    other_cases_members: int | None
    population: float
    blocking: int
    populations: Mapping[str, float]

    @property
    def share(self) -> float:
        """The threshold as a share of the weights of all members."""
        return self.threshold / sum(self.weights.values())

    def passes(self, support: Collection[str], *, on_proposal: bool = True) -> bool:
        """Whether these states are a qualified majority.

        Parameters
        ----------
        support
            The states that are for it.
        on_proposal
            Whether the treaty asks for a proposal from the Commission; where not, `other_cases_members` count.
        """
        states = set(support)
        unknown = states - self.weights.keys()
        if unknown:
            raise ValueError(f"not a member under {self.id}: {', '.join(sorted(unknown))}")
        everybody = len(self.weights)
        votes = sum(self.weights[state] for state in states)
        needed = max(self.members, -(-everybody * self.members_share // 1))
        if not on_proposal and self.other_cases_members is not None:
            needed = max(needed, self.other_cases_members)
        if len(states) < needed:
            return False
        if self.blocking and everybody - len(states) < self.blocking:
            return True
        if votes < self.threshold - 1e-9 * self.threshold:
            return False
        if not self.population:
            return True
        people = sum(self.populations[state] for state in states)
        total = sum(self.populations[state] for state in self.weights)
        return people >= (self.population - 1e-9) * total


@cache
def all_rules() -> tuple[Rules, ...]:
    """The rules since 1995, the oldest first."""
    held = _held()
    populations = {year: entry["figures"] for year, entry in held["populations"].items()}
    return tuple(_rules(entry, populations) for entry in held["rules"])


def rules_on(day: date) -> Rules:
    """The rules in force on a day; before the first, the first."""
    return [rules for rules in all_rules() if rules.since <= day or rules is all_rules()[0]][-1]


@cache
def _held() -> dict[str, dict]:  # type: ignore[type-arg]
    return tomllib.loads((files(__package__) / "votes.toml").read_text(encoding="utf-8"))


def _rules(entry: dict, populations: Mapping[str, Mapping[str, float]]) -> Rules:  # type: ignore[type-arg]
    people = populations.get(entry.get("populations", ""), {})
    by_people = entry.get("weights_are_populations", False)
    share = entry.get("population", 0.0)
    weights = people if by_people else entry["weights"]
    return Rules(
        id=entry["id"],
        title=entry["title"],
        since=entry["from"],
        source=entry["source"],
        weights={state: float(weight) for state, weight in weights.items()},
        threshold=share * sum(people.values()) if by_people else float(entry["threshold"]),
        members=entry.get("members", 0),
        members_share=entry.get("members_share", 0.0),
        other_cases_members=entry.get("other_cases_members"),
        population=share,
        blocking=entry.get("blocking", 0),
        populations={state: float(number) for state, number in people.items()},
    )
