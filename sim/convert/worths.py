"""What options are worth to parties at the central values, for formats that hold numbers and no distributions.

The same as `sim.worlds.preferences` works out for the central world, without arrays: this room stands below that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sim.scenario.distributions import central
from sim.scenario.model import Issue, Party, Preference, Quantity, Scenario


@dataclass(slots=True)
class Utility:
    """A party's additive utility.

    Attributes
    ----------
    weights, values
        For each issue its weight, and the value of each option; utility is the sum of weight times value.
    reservation
        Its reservation value.
    scored
        Whether every issue for which it cares has scores.
    """

    weights: list[float]
    values: list[list[float]]
    reservation: float
    scored: bool

    def worth(self, issue: int, option: int) -> float:
        """Weight times value of an option."""
        return self.weights[issue] * self.values[issue][option]


def utility(scenario: Scenario, party: Party) -> Utility:
    """Utility of a party at the central values.

    With an ideal point, an option at x has the value 1 - |x - ideal|^e and its issue the party's salience over the sum
    of its saliences on issues with an ideal; with scores, the score and the salience.
    """
    ideals = [preference for preference in party.preferences if preference is not None and preference.ideal is not None]
    total = sum(max(median(preference.salience), 0.0) for preference in ideals)
    power = min(max(median(party.loss), 1e-3), 100.0)
    weights, values = [], []
    for issue, preference in zip(scenario.issues, party.preferences, strict=True):
        salience = 0.0 if preference is None else max(median(preference.salience), 0.0)
        if preference is not None and preference.ideal is not None:
            salience = salience / total if total > 0 else 0.0
        weights.append(salience)
        values.append(_values(issue, preference, power))
    made = Utility(weights, values, median(party.reservation.amount), not ideals)
    if party.reservation.status_quo:
        made.reservation += sum(
            made.worth(j, issue.status_quo) for j, issue in enumerate(scenario.issues) if issue.status_quo is not None
        )
    return made


def median(quantity: Quantity) -> float:
    """The central value of a number: its median, of a choice the first."""
    if quantity.kind == "beta":
        from scipy.special import betaincinv

        a, b, low, high = quantity.parameters
        value = float(low + (high - low) * betaincinv(a, b, 0.5))
    else:
        value = (
            min(max(central(quantity), quantity.low), quantity.high) if quantity.kind != "fixed" else central(quantity)
        )
    return float(int(value + 0.5)) if quantity.whole and not quantity.certain else value


def places(issue: Issue) -> list[float]:
    """Places of an issue's options on its scale, evenly spaced where none is given."""
    given = {k: median(option.at) for k, option in enumerate(issue.options) if option.at is not None}
    found = [given.get(k, 0.0) for k in range(len(issue.options))]
    for left, right in pairwise(given):
        for k in range(left + 1, right):
            part = (k - left) / (right - left)
            found[k] = found[left] * (1.0 - part) + found[right] * part
    return found


def _values(issue: Issue, preference: Preference | None, power: float) -> list[float]:
    if preference is not None and preference.scores is not None:
        return [median(score) for score in preference.scores]
    if preference is None or preference.ideal is None:
        return [0.0] * len(issue.options)
    at = places(issue)
    ideal = median(preference.ideal.place)
    if preference.ideal.options:
        ideal = at[preference.ideal.options[int(ideal)]]
    ideal = min(max(ideal, 0.0), 1.0)
    return [1.0 - abs(x - ideal) ** power for x in at]
