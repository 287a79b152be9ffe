"""The numbers of a scenario in a block of worlds, as arrays that events can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.scenario.distributions import LARGEST
from sim.scenario.model import HEADS, INFLUENCE, VOTES, Ideal, Issue, Quantity, Scenario, Vote
from sim.scenario.quantities import quantities
from sim.scenario.schedule import DAYS
from sim.worlds.draws import Worlds, central, draw, holds
from sim.worlds.joint import Joint, joint_of

Address = tuple[str, tuple[int, ...]]


@dataclass(slots=True)
class Coding:
    """Raw numbers, before saliences are normalised and values worked out.

    Attributes
    ----------
    exists
        Which options there are, shape (issues, options): issues have different numbers of options.
    red
        Red lines, shape (parties, issues, options, worlds), or (parties, issues, options, 1) where all worlds have the
        same and events change none.
    place
        Options' places on their scales in [0, 1], shape (issues, options, worlds).
    has_ideal, has_scores
        How a party values an issue, shape (parties, issues); neither: it does not care.
    salience, ideal
        Shape (parties, issues, worlds); salience is 0 where the party does not care.
    scores
        Shape (parties, issues, options, worlds).
    weight, loss, reservation
        Influence within the side, exponent of the loss, stated number or surplus; shape (parties, worlds).
    reservation_from_status_quo
        Whether the reservation value is the utility of the status quo plus the number, shape (parties,).
    reservation_times, reservation_plus
        What events did to the reservation value: times * value + plus; shape (parties, worlds).
    settings
        Numeric settings of the parties' policies by name, each of shape (parties, worlds); nan where a party has none.
    walk_out
        Meetings in a row without a better offer after which a party leaves; inf where it never does; (parties, worlds).
    threshold
        The number that a side's rule has, nan where it has none; shape (sides, worlds).
    pace
        Share of a side's weight that must be content, in [0, 1], nan under a leader; shape (sides, worlds).
    deadline
        Day from the start on which a side's patience is used up: its own, else the scenario's; shape (sides, worlds).
    scenario_deadline
        The scenario's deadline, the end where it states none; shape (worlds,).
    own_deadline
        Which sides state one themselves, shape (sides,).
    status_quo
        Option that holds if nothing is agreed, -1 where there is none; shape (issues,).
    voteless
        Parties without a vote.
    votes
        What the parties' votes weigh, by name, as far as joined rules count that; nan where a party states nothing;
        shape (parties, worlds) each.
    joined
        The numbers of joined rules by path, each of shape (worlds,).
    joint
        What joins the issues, None where nothing does.
    bonus
        What each bonus is worth to each party, shape (parties, bonuses, worlds); None without any.
    has_bonus
        Which parties can have one, shape (parties,); None without any.
    effects
        What events made of the pace and the deadlines before it is rounded and kept in its legal range, by name.
    """

    exists: NDArray[np.bool_]
    red: NDArray[np.bool_]
    place: Floats
    has_ideal: NDArray[np.bool_]
    has_scores: NDArray[np.bool_]
    salience: Floats
    ideal: Floats
    scores: Floats
    weight: Floats
    loss: Floats
    reservation: Floats
    reservation_from_status_quo: NDArray[np.bool_]
    reservation_times: Floats
    reservation_plus: Floats
    settings: dict[str, Floats]
    walk_out: Floats
    threshold: Floats
    pace: Floats
    deadline: Floats
    scenario_deadline: Floats
    own_deadline: NDArray[np.bool_]
    status_quo: NDArray[np.intp]
    voteless: frozenset[int] = frozenset()
    votes: dict[str, Floats] = field(default_factory=dict)
    joined: dict[str, Floats] = field(default_factory=dict)
    joint: Joint | None = None
    bonus: Floats | None = None
    has_bonus: NDArray[np.bool_] | None = None
    effects: dict[str, Floats] = field(default_factory=dict)

    def change(self, address: Address, how: str, amount: Floats, worlds: NDArray[np.intp]) -> None:
        """Apply an event's effect to the number at `address` in the worlds with these places in the block."""
        name, index = address
        if name == "reservation_value":
            times, plus = self.reservation_times[index[0]], self.reservation_plus[index[0]]
            if how != "add":
                factor = amount if how == "times" else np.zeros(len(worlds))
                _apply(times, "times", factor, worlds)
                _apply(plus, "times", factor, worlds)
            if how != "times":
                _apply(plus, "add", amount, worlds)
            return
        if name == "red":
            self.red[(*index, worlds if self.red.shape[3] > 1 else 0)] = amount >= 0.5
            return
        group, _, setting = name.partition(".")
        array: Floats = getattr(self, group)[setting] if setting else getattr(self, group)
        if name not in _KEPT:
            _apply(array[index], how, amount, worlds)
            return
        added_up = self.effects.setdefault(name, array.copy())
        _apply(added_up[index], how, amount, worlds)
        low, high, whole = _KEPT[name]
        new = added_up[index][worlds]
        array[index][worlds] = np.clip(np.floor(new + 0.5) if whole else new, low, high)
        if name == "scenario_deadline":
            self.deadline[np.ix_(~self.own_deadline, worlds)] = self.scenario_deadline[worlds]


_KEPT = {
    "pace": (0.0, 1.0, False),
    "deadline": (0.0, DAYS.high, True),
    "scenario_deadline": (0.0, DAYS.high, True),
}
"""Numbers that are kept in their legal ranges here: lowest, highest, whether whole."""


def _apply(row: Floats, how: str, amount: Floats, worlds: NDArray[np.intp]) -> None:
    """Apply an effect to a number, shape (all worlds,), in some of them; numbers end at `LARGEST`, as in a file."""
    new = {"add": row[worlds] + amount, "times": row[worlds] * amount, "set": amount}[how]
    row[worlds] = np.clip(new, -LARGEST, LARGEST)


def coding(scenario: Scenario, values: Mapping[str, Floats], worlds: int) -> Coding:
    """Arrange drawn values by path (see `sim.worlds.draws.draw`) into arrays."""
    issues, parties, sides = scenario.issues, scenario.parties, scenario.sides
    most = max(len(issue.options) for issue in issues)
    shape = (len(parties), len(issues))
    exists = np.array([[k < len(issue.options) for k in range(most)] for issue in issues])
    result = Coding(
        exists=exists,
        red=np.zeros((*shape, most, worlds if red_lines_differ(scenario) else 1), dtype=bool),
        place=np.zeros((len(issues), most, worlds)),
        has_ideal=np.zeros(shape, dtype=bool),
        has_scores=np.zeros(shape, dtype=bool),
        salience=np.zeros((*shape, worlds)),
        ideal=np.zeros((*shape, worlds)),
        scores=np.zeros((*shape, most, worlds)),
        weight=np.empty((len(parties), worlds)),
        loss=np.empty((len(parties), worlds)),
        reservation=np.empty((len(parties), worlds)),
        reservation_from_status_quo=np.array([party.reservation.status_quo for party in parties]),
        reservation_times=np.ones((len(parties), worlds)),
        reservation_plus=np.zeros((len(parties), worlds)),
        settings={name: np.full((len(parties), worlds), np.nan) for party in parties for name, _ in party.settings},
        walk_out=np.full((len(parties), worlds), np.inf),
        threshold=np.full((len(sides), worlds), np.nan),
        pace=np.full((len(sides), worlds), np.nan),
        deadline=np.empty((len(sides), worlds)),
        scenario_deadline=values[deadline_of(scenario).path].astype(np.float64),
        own_deadline=np.array([side.deadline is not None for side in sides]),
        status_quo=np.array([-1 if issue.status_quo is None else issue.status_quo for issue in issues]),
        joint=joint_of(scenario),
    )
    if scenario.bonuses:
        result.has_bonus = np.array([party.has_bonus for party in parties])
        result.bonus = np.zeros((len(parties), len(scenario.bonuses), worlds))
        for b, bonus in enumerate(scenario.bonuses):
            result.bonus[list(bonus.parties), b] = values[bonus.worth.path]
    for j, issue in enumerate(issues):
        _set_places(issue, values, result.place[j])
    for s, side in enumerate(sides):
        if side.decides.number is not None:
            result.threshold[s] = values[side.decides.number.path]
        if side.pace is not None:
            result.pace[s] = values[side.pace.path]
        result.deadline[s] = values[side.deadline.path] if side.deadline is not None else result.scenario_deadline
    result.voteless = frozenset(p for p, party in enumerate(parties) if not party.has_vote)
    for path in _joined(scenario):
        result.joined[path] = values[path].astype(np.float64)
    for name in _counted(scenario):
        result.votes[name] = np.full((len(parties), worlds), np.nan)
        for p, party in enumerate(parties):
            stated = party.votes if name == VOTES else dict(party.weights).get(name)
            if stated is not None:
                result.votes[name][p] = values[stated.path]
    for p, party in enumerate(parties):
        result.weight[p] = values[party.weight.path]
        result.loss[p] = values[party.loss.path]
        result.reservation[p] = values[party.reservation.amount.path]
        for name, quantity in party.settings:
            result.settings[name][p] = values[quantity.path]
        if party.walk_out is not None:
            result.walk_out[p] = values[party.walk_out.path]
        for issue_index, option in party.red_lines:
            result.red[p, issue_index, option] = True
        for line in party.uncertain_red_lines:
            probability = values[line.probability.path]
            result.red[p, line.issue, line.option] = holds(values[line.luck.path], probability)
        for j, preference in enumerate(party.preferences):
            if preference is None:
                continue
            result.salience[p, j] = values[preference.salience.path]
            if preference.ideal is not None:
                result.has_ideal[p, j] = True
                result.ideal[p, j] = _ideal(preference.ideal, values, result.place[j])
            elif preference.scores is not None:
                result.has_scores[p, j] = True
                for k, score in enumerate(preference.scores):
                    result.scores[p, j, k] = values[score.path]
    return result


def draw_coding(scenario: Scenario, seed: int, worlds: Worlds, given: Mapping[str, Floats] | None = None) -> Coding:
    """The coding of drawn worlds; see `sim.worlds.draws.draw` for `given`."""
    return coding(scenario, draw(quantities(scenario).values(), seed, worlds, given), len(worlds))


def central_coding(scenario: Scenario) -> Coding:
    """The coding at the central values, as a block of one world."""
    values = {path: np.array([central(quantity)]) for path, quantity in quantities(scenario).items()}
    return coding(scenario, values, 1)


def addresses(scenario: Scenario) -> dict[str, Address]:
    """Where the numbers that an event can change stand in a `Coding`, by path."""
    found: dict[str, Address] = {deadline_of(scenario).path: ("scenario_deadline", ())}
    for s, side in enumerate(scenario.sides):
        if side.decides.number is not None:
            found[side.decides.number.path] = ("threshold", (s,))
        if side.pace is not None:
            found[side.pace.path] = ("pace", (s,))
        if side.deadline is not None:
            found[side.deadline.path] = ("deadline", (s,))
    found.update({path: (f"joined.{path}", ()) for path in _joined(scenario)})
    for event in scenario.events:
        found.update({effect.path: ("red", effect.red_line) for effect in event.effects if effect.red_line is not None})
    for p, party in enumerate(scenario.parties):
        found[party.weight.path] = ("weight", (p,))
        found[party.loss.path] = ("loss", (p,))
        found[party.reservation.amount.path] = ("reservation", (p,))
        found[f"parties.{party.id}.reservation"] = ("reservation_value", (p,))
        if party.walk_out is not None:
            found[party.walk_out.path] = ("walk_out", (p,))
        if party.votes is not None:
            found[party.votes.path] = (f"votes.{VOTES}", (p,))
        for name, weight in party.weights:
            found[weight.path] = (f"votes.{name}", (p,))
        for name, quantity in party.settings:
            found[quantity.path] = (f"settings.{name}", (p,))
        for j, preference in enumerate(party.preferences):
            if preference is None:
                continue
            found[preference.salience.path] = ("salience", (p, j))
            if preference.ideal is not None:
                found[preference.ideal.place.path] = ("ideal", (p, j))
            for k, score in enumerate(preference.scores or ()):
                found[score.path] = ("scores", (p, j, k))
    return found


def _votes(scenario: Scenario) -> list[Vote]:
    """All joined rules of a scenario."""
    force = None if scenario.force is None else scenario.force.vote
    found = [scenario.agreement.vote, force, *(side.decides.vote for side in scenario.sides)]
    return [vote for vote in found if vote is not None]


def _joined(scenario: Scenario) -> list[str]:
    """Paths of the numbers of joined rules."""
    numbers = [part.number for vote in _votes(scenario) for part in vote.parts]
    numbers += [vote.blocking for vote in _votes(scenario)]
    numbers += [scenario.agreement.pace, scenario.agreement.at_least if scenario.council else None]
    return [number.path for number in numbers if number is not None]


def _counted(scenario: Scenario) -> list[str]:
    """Names of what votes weigh, by a rule or as a party states it."""
    names = dict.fromkeys(part.of for vote in _votes(scenario) for part in vote.parts)
    for party in scenario.parties:
        names |= dict.fromkeys(name for name, _ in party.weights)
        if party.votes is not None:
            names[VOTES] = None
    return [name for name in names if name not in (INFLUENCE, HEADS)]


def red_lines_differ(scenario: Scenario) -> bool:
    """Whether red lines may differ between worlds: where one is uncertain, or an event draws one or gives one up."""
    movable = any(effect.red_line is not None for event in scenario.events for effect in event.effects)
    return movable or any(party.uncertain_red_lines for party in scenario.parties)


def deadline_of(scenario: Scenario) -> Quantity:
    """The scenario's deadline: the end where it states none."""
    return scenario.end_day if scenario.deadline is None else scenario.deadline


def _set_places(issue: Issue, values: Mapping[str, Floats], place: Floats) -> None:
    """Places of an issue's options, evenly spaced where not given; `place` has shape (options, worlds)."""
    given = [k for k, option in enumerate(issue.options) if option.at is not None]
    for k in given:
        quantity = issue.options[k].at
        assert quantity is not None
        place[k] = values[quantity.path]
    for left, right in pairwise(given):
        for k in range(left + 1, right):
            part = (k - left) / (right - left)
            place[k] = place[left] * (1.0 - part) + place[right] * part


def _ideal(ideal: Ideal, values: Mapping[str, Floats], place: Floats) -> Floats:
    value = values[ideal.place.path]
    if not ideal.options:
        return value
    option = np.array(ideal.options)[value.astype(np.intp)]
    return np.asarray(place[option, np.arange(place.shape[1])])
