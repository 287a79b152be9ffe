"""Our own talks on a proposal in the European Union: a scenario a proposal, coded by one rule for all of them.

The disputed issues of a proposal are decided together, as a package, so that who cares more for one can have its way
there and give way elsewhere. States vote in the Council with the weights and the threshold of the treaty in force, and
the reference point is the status quo. Under co-decision Parliament is a side of its own, and so is the Commission,
which can withdraw its proposal. Where Parliament is only heard, both are voices in the Council, whose presidency
wants nothing but an act and puts the text. How the parties concede, what the adoption of the act as such is worth to
them, and how unsure the coded saliences and the pull of each actor are, nobody has coded: that is `Reading`, whose
values were chosen on the tuning part (docs/backtest.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.deu.data import DisputedIssue
from sim.forecast.deu.votes import INSTITUTIONS
from sim.forecast.models.spread import normal_places
from sim.forecast.prediction import Prediction, median_of
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.talks.play import play

WORLDS = 100
"""Worlds a proposal, if nothing is said."""

COUNCIL, PRESIDENCY = "council", "presidency"
_ACT = "act"
_LEAST_DEALS = 5
"""With fewer worlds in which there is a deal nothing is said."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is assumed of everybody alike. Ranges are uniform distributions, drawn for each party in each world.

    Attributes
    ----------
    emphasis
        Exponents of the coded saliences, each as likely as the others, for each party and issue in each world: above 1,
        a party gives more for what it cares most for.
    act
        Salience of the act as such, which everybody would rather have than not; the most of an issue is 1.
    doubt
        How unsure a salience is, and what a state's votes are worth in fact: standard deviation of the logarithm.
    loss
        Exponent of the loss by distance.
    pace
        Share of the Council's weight that must be content.
    states, institutions
        Exponent of concession.
    voices
        What Commission and Parliament weigh in the Council where Parliament is only heard; the largest state weighs 1.
    unanimity
        Share of the votes that passes where the Council is unanimous: to abstain is not to stop it (TFEU, Art. 238(4)).
    misplaced
        Standard deviation of a position on the scale.
    places
        Options of an issue that are evenly spread, besides the positions held and the reference point.
    rounds
        Of the meeting.
    """

    emphasis: tuple[float, ...] = (1.0, 2.0, 3.0)
    act: float = 5.0
    doubt: float = 2.0
    loss: tuple[float, float] = (1.0, 3.0)
    pace: tuple[float, float] = (0.4, 1.0)
    states: tuple[float, float] = (0.5, 2.0)
    institutions: tuple[float, float] = (0.2, 1.2)
    voices: tuple[float, float] = (2.0, 1.0)
    unanimity: float = 0.9
    misplaced: float = 0.05
    places: int = 6
    rounds: int = 12


TUNED = Reading()
"""As chosen on the tuning part."""

_DOUBTS = 8
"""Values, as likely as each other, that stand for what a salience or a weight is multiplied by."""


def forecast(
    proposal: list[DisputedIssue], worlds: int = WORLDS, seed: int = 0, reading: Reading = TUNED
) -> Prediction:
    """Where the worlds end in which the act is adopted, for the issues of one proposal, as a case of one world.

    The point is the median over worlds. Nothing is said of an issue on which all agree or hardly any world has a deal.
    """
    open_ = contested(proposal)
    point = np.full((len(proposal), 1), np.nan)
    if not open_:
        return Prediction(point, np.zeros((1, *point.shape)), np.zeros((1, *point.shape)))
    ended = play(scenario(proposal, reading), seed, np.arange(worlds, dtype=np.int64))
    places = [grid(issue, reading) for issue in open_]
    most = max(len(own) for own in places)
    place, share = np.zeros((most, len(proposal), 1)), np.zeros((most, len(proposal), 1))
    for k, (issue, own) in enumerate(zip(open_, places, strict=True)):
        option = ended.package[k]
        count = np.bincount(option[option >= 0], minlength=len(own))
        j = proposal.index(issue)
        if count.sum() >= _LEAST_DEALS:
            place[: len(own), j, 0], share[: len(own), j, 0] = own / 100.0, count / count.sum()
    return Prediction(median_of(place, share), place, share)


def contested(proposal: list[DisputedIssue]) -> list[DisputedIssue]:
    """The issues on which not all stand in one place."""
    return [issue for issue in proposal if len({place for place, _ in issue.stands.values()}) > 1]


def scenario(proposal: list[DisputedIssue], reading: Reading = TUNED) -> Scenario:
    """The talks on a proposal; its contested issues in their order, and after them the act as such.

    Raises
    ------
    ValueError
        If nothing is contested.
    """
    open_ = contested(proposal)
    if not open_:
        raise ValueError(f"nothing is contested in {proposal[0].proposal}")
    return load(_plain(open_, reading))


def grid(issue: DisputedIssue, reading: Reading = TUNED) -> Floats:
    """The options' places, 0 to 100, in rising order."""
    even = set(np.linspace(0.0, 100.0, reading.places).tolist())
    held = {place for place, _ in issue.stands.values()}
    return np.array(sorted(even | held | ({issue.reference} if issue.reference is not None else set())))


def status_quo(issue: DisputedIssue) -> float:
    """The reference point; where there is none, the end of the scale that is farther from the compromise."""
    if issue.reference is not None:
        return issue.reference
    power = issue.powers()
    pull = {actor: power[actor] * cares for actor, (_, cares) in issue.stands.items()}
    total = sum(pull.values())
    weight = pull if total > 0.0 else dict.fromkeys(pull, 1.0)
    mean = sum(weight[actor] * place for actor, (place, _) in issue.stands.items()) / sum(weight.values())
    return 0.0 if mean > 50.0 else 100.0


def _plain(open_: list[DisputedIssue], reading: Reading) -> dict[str, Any]:
    first = open_[0]
    actors = {actor for issue in open_ for actor in issue.stands}
    institutions = [actor for actor in INSTITUTIONS if actor in actors]
    states = [actor for actor in first.rules.weights if actor in actors]
    largest = max((first.rules.weights[state] for state in states), default=1.0)
    apart = first.procedure == "COD"
    factors = _factors(reading.doubt)

    def member(weight: float, concedes: tuple[float, float]) -> dict[str, Any]:
        return {
            "side": COUNCIL,
            "weight": {"choice": [round(weight * factor, 6) for factor in factors]},
            **_by(concedes),
        }

    parties: dict[str, Any] = {}
    if not (apart and institutions):
        parties[PRESIDENCY] = {"positions": {_ACT: 1.0}, "reservation": "status_quo"}
    for actor, voice in zip(INSTITUTIONS, reading.voices, strict=True):
        if actor in actors:
            concedes = reading.institutions
            parties[actor] = _by(concedes) if apart else member(largest * voice, concedes)
    parties |= {state: member(first.rules.weights[state], reading.states) for state in states}
    for actor in actors:
        parties[actor] |= _wants(actor, open_, reading, factors)
    decides = {"majority": reading.unanimity if first.unanimous else round(first.rules.share, 6)}
    return {
        "format": 1,
        "title": f"Proposal {first.proposal}",
        "issues": {**{issue.id: _issue(issue, reading) for issue in open_}, _ACT: _as_such()},
        "sides": {COUNCIL: {"decides": decides, "pace": _uniform(reading.pace)}},
        "parties": parties,
        "meetings": [{"id": "council", "rounds": reading.rounds}],
    }


def _issue(issue: DisputedIssue, reading: Reading) -> dict[str, Any]:
    places = grid(issue, reading)
    ids = {place: f"at_{k}" for k, place in enumerate(places.tolist())}
    options = [{"id": name, "at": round(place / 100.0, 6)} for place, name in ids.items()]
    return {"options": options, "status_quo": ids[status_quo(issue)]}


def _as_such() -> dict[str, Any]:
    return {"options": [{"id": "none", "at": 0}, {"id": "adopted", "at": 1}], "status_quo": "none"}


def _wants(actor: str, open_: list[DisputedIssue], reading: Reading, factors: list[float]) -> dict[str, Any]:
    positions: dict[str, Any] = {}
    salience: dict[str, Any] = {}
    for issue in open_:
        if actor in issue.stands:
            place, cares = issue.stands[actor]
            strengths = [(max(cares, 1.0) / 100.0) ** exponent for exponent in reading.emphasis]
            positions[issue.id] = {"normal": [round(place / 100.0, 6), reading.misplaced]}
            salience[issue.id] = {"choice": [round(one * factor, 9) for one in strengths for factor in factors]}
    return {
        "positions": {**positions, _ACT: 1.0},
        "salience": {**salience, _ACT: reading.act},
        "loss": {"power": _uniform(reading.loss)},
        "reservation": "status_quo",
    }


def _by(exponent: tuple[float, float]) -> dict[str, Any]:
    return {"concession": {"exponent": _uniform(exponent)}}


def _uniform(ends: tuple[float, float]) -> dict[str, list[float]]:
    return {"uniform": list(ends)}


def _factors(doubt: float) -> list[float]:
    return [exp(doubt * float(quantile)) for quantile in normal_places(_DOUBTS)]
