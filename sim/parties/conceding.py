"""The concession policies that parties have chosen, and what all parties of a scenario demand by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.mix import mix
from sim.parties.own import own
from sim.policies.concession import CONCESSIONS
from sim.policies.concession.policy import Concession
from sim.policies.situation import Situation
from sim.scenario.model import Code, Policy, Scenario
from sim.scenario.recent import recent


@dataclass(frozen=True, slots=True)
class Followers:
    """Parties that follow the same policy, by their indices; settings apart."""

    policy: Concession
    who: tuple[int, ...]
    names: tuple[str, ...]
    words: Mapping[str, str]


def concession(chosen: Policy, code: Sequence[Code] = ()) -> Concession:
    """The policy that a party has chosen; `code` holds the files of users' policies."""
    if chosen.parts:
        return mix({name: (concession(part, code), dict(part.words)) for name, _, part in chosen.parts})
    if chosen.name in CONCESSIONS:
        return CONCESSIONS[chosen.name]
    found = own("concession", chosen.name, code)
    return Concession(chosen.name, found.demand, found.phrase, reacts=found.made.reacts)


@recent
def groups(scenario: Scenario) -> list[Followers]:
    """Parties by concession policy, in the order of the file."""
    found: dict[Any, list[int]] = {}
    for p, party in enumerate(scenario.parties):
        found.setdefault(_shape(party.concession), []).append(p)
    result = []
    for who in found.values():
        chosen = scenario.parties[who[0]].concession
        names = tuple(name for name, _ in chosen.settings)
        result.append(Followers(concession(chosen, scenario.code), tuple(who), names, dict(chosen.words)))
    return result


def demands(
    grouped: list[Followers],
    situation: Callable[[list[int], dict[str, Floats], Mapping[str, str]], Situation],
    settings: Mapping[str, Floats],
    result: Floats,
    members: frozenset[int] | None = None,
) -> Floats:
    """What parties demand, each by its own policy.

    Parameters
    ----------
    grouped
        Parties by policy.
    situation
        Makes the situation of some parties, given their settings and words.
    settings
        By name, each of shape (parties, worlds).
    result
        Where to write, shape (parties, worlds).
    members
        Whose demands are wanted; None: all.
    """
    for group in grouped:
        who = [p for p in group.who if members is None or p in members]
        if who:
            own = {name: settings[name][who] for name in group.names}
            result[who] = group.policy.demand(situation(who, own, group.words))
    return result


def _shape(policy: Policy) -> Any:
    """What two policies must share to be played together."""
    return policy.name, policy.words, tuple((name, _shape(part)) for name, _, part in policy.parts)


def aspirations(
    scenario: Scenario,
    time: Floats,
    best: Floats,
    least: Floats,
    reservation: Floats,
    settings: Mapping[str, Floats],
    members: frozenset[int] | None = None,
) -> Floats:
    """What every party demands by policies that react to nothing; time (sides, worlds), all else (parties, worlds).

    `best` and `least` are what a party can get on the table without crossing its own red lines; see `Situation`. Where
    only those of some `members` are wanted, the others' mean nothing.
    """
    sides = [party.side for party in scenario.parties]

    def situation(who: list[int], own: dict[str, Floats], words: Mapping[str, str]) -> Situation:
        return Situation(time[[sides[p] for p in who]], best[who], reservation[who], own, words, least=least[who])

    return demands(groups(scenario), situation, settings, np.empty(best.shape), members)
