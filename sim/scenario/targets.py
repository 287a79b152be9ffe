"""What an event can change: from the path of an effect to the number that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from sim.rules import RULES, rule_named
from sim.scenario.issues import Question
from sim.scenario.model import FollowUp, Meeting, Party, Quantity, Ratification, Side, Vote
from sim.scenario.problems import Place, did_you_mean
from sim.scenario.reading import Reading
from sim.scenario.timetable import MOVABLE
from sim.scenario.yaml_text import Scalar

TARGETS = (
    "PARTY.reservation",
    "PARTY.weight",
    "PARTY.salience.ISSUE",
    "PARTY.positions.ISSUE",
    "PARTY.scores.ISSUE.OPTION",
    "PARTY.votes",
    "PARTY.weights.NAME",
    "PARTY.concession.SETTING",
    "PARTY.acceptance.SETTING",
    "PARTY.discount.UNIT",
    "PARTY.loss.power",
    "PARTY.walk_out.after",
    "PARTY.red_lines.ISSUE.OPTION",
    *(f"SIDE.decides.{rule.name}" for rule in RULES.values() if rule.number is not None),
    "SIDE.pace",
    "SIDE.deadline",
    "SIDE.decides.RULE, where several are joined",
    "agreement.RULE, where votes are counted",
    "SIDE.caucus.drafts",
    "PARTY_OR_SIDE.ratification.probability",
    "PARTY_OR_SIDE.ratification.threshold",
    *MOVABLE,
)
"""What an event can change."""

_HEADS = (
    "reservation",
    "weight",
    "votes",
    "weights",
    "salience",
    "positions",
    "scores",
    "concession",
    "loss",
    "walk_out",
    "red_lines",
    "decides",
    "ratification",
    "caucus",
    "pace",
    "deadline",
)
_OF_SIDES = ("decides.", "caucus.", "pace", "deadline")


@dataclass(frozen=True, slots=True)
class Target:
    """A number that an event changes, and the scale of the file it is on."""

    number: Quantity
    shift: float = 0.0
    stretch: float = 1.0
    question: Question | None = None  # for a position: it may be set to an option
    red_line: tuple[int, int, int] | None = None  # party, issue and option: it may be drawn or given up


@dataclass(slots=True)
class Cast:
    """Who and what effects can name; `lone` are the parties that are sides of their own."""

    parties: dict[str, Party]
    sides: dict[str, Side]
    questions: dict[str, Question]
    meetings: dict[str, Meeting]
    follow_up: FollowUp | None
    deadline: Quantity | None
    lone: frozenset[str] = frozenset()
    joined: dict[str, Quantity] = field(default_factory=dict)  # numbers of the vote on an agreement, by path


def find_target(reading: Reading, path: str, place: Place, cast: Cast) -> Target | None:
    """Return the number that an effect's path names; if there is none, a mistake with what it may have meant."""
    section, _, below = path.partition(".")
    full = section in ("parties", "sides") and below != ""
    rest = below if full else path
    party, of_party = _first(rest, cast.parties) if section != "sides" or not full else (None, "")
    voices = cast.sides if not full or section == "sides" else {name: cast.sides[name] for name in cast.lone}
    side, of_side = _first(rest, voices)
    if side is not None and of_side and (party is None or of_side.startswith(_OF_SIDES)):
        return _of_side(reading, path, place, cast.sides[side], of_side)
    if party is not None and of_party:
        return _of_party(reading, path, place, cast.parties[party], of_party, cast)
    head, _, tail = rest.partition(".")
    if not full and path in cast.joined:
        return Target(cast.joined[path])
    if not full and section == "meetings" and below:
        name = next((one for one in cast.meetings if below.startswith(f"{one}.")), None)
        if name is None:
            reading.known(below.partition(".")[0], place, "meeting", cast.meetings, f" for the effect on '{path}'")
        else:
            _unsupported(reading, path, place)
    elif not full and path in ("deadline", "deadline.days"):
        reading.error(place, "there is no deadline for the effect on it; state one, or change 'end'")
    elif not full and section in ("meetings", "issues", "events", "follow_up", "agreement", "end", "start"):
        _unsupported(reading, path, place)
    elif tail:
        known = list(cast.parties) if full and section == "parties" else list(cast.sides)
        known = known if full else list(dict.fromkeys([*cast.parties, *known]))
        what = {"parties": "party", "sides": "side"}[section] if full else "party or side"
        reading.known(head, place, what, known, f" for the effect on '{path}'")
    else:
        reading.error(place, f"expected the path of a number ({', '.join(TARGETS[:3])}, ...), found '{path}'")
    return None


def _of_party(reading: Reading, path: str, place: Place, party: Party, rest: str, cast: Cast) -> Target | None:
    head, _, tail = rest.partition(".")
    if head == "reservation" and tail in ("", "status_quo"):
        if tail and not party.reservation.status_quo:
            reading.error(place, f"the reservation value of '{party.id}' is a number of its own, not the status quo's")
            return None
        if party.reservation.status_quo and not tail:
            legal = (-inf, inf) if party.unbounded else (0.0, 1.0)
            return Target(_stand_in(f"parties.{party.id}.reservation", *legal))
        return Target(party.reservation.amount)
    if head == "weight" and not tail:
        return Target(party.weight)
    if head == "votes" and not tail:
        if party.votes is None:
            reading.error(place, f"the party '{party.id}' states no votes for the effect on '{path}'")
            return None
        return Target(party.votes)
    if head == "weights" and tail:
        weights = dict(party.weights)
        if reading.known(tail, place, "weight", weights, f" of '{party.id}'"):
            return Target(weights[tail])
        return None
    if head == "loss" and tail == "power":
        return Target(party.loss)
    if head == "walk_out" and tail == "after":
        if party.walk_out is None:
            reading.error(place, f"the party '{party.id}' has no walk_out for the effect on '{path}'")
            return None
        return Target(party.walk_out)
    if head == "concession" and tail:
        settings = dict(party.concession.settings)
        if reading.known(tail, place, "setting", settings, f" of the concession of '{party.id}'"):
            return Target(settings[tail])
        return None
    if head == "acceptance" and tail:
        settings = dict(party.acceptance.settings)
        if reading.known(tail, place, "setting", settings, f" of the acceptance of '{party.id}'"):
            return Target(settings[tail])
        return None
    if head == "discount" and tail:
        discount = party.discount
        units: dict[str, Quantity] = {discount.unit: discount.factor} if discount is not None else {}
        if reading.known(tail, place, "setting", units, f" of the discount of '{party.id}'"):
            return Target(units[tail])
        return None
    if head == "ratification" and tail:
        return _of_ratification(reading, path, place, party.id, party.ratification, tail)
    if head == "red_lines" and tail:
        return _of_red_lines(reading, path, place, party, tail, cast)
    if head in ("salience", "positions", "scores") and tail:
        return _of_preference(reading, path, place, party, head, tail, cast.questions)
    if head not in _HEADS and did_you_mean(head, _HEADS):
        reading.error(place, f"an event cannot change '{path}'{did_you_mean(head, _HEADS)}")
        return None
    _unsupported(reading, path, place)
    return None


def _of_preference(
    reading: Reading, path: str, place: Place, party: Party, head: str, tail: str, questions: dict[str, Question]
) -> Target | None:
    name, rest = _first(tail, questions)
    if name is None:
        reading.known(tail.partition(".")[0] if head == "scores" else tail, place, "issue", questions)
        return None
    question = questions[name]
    if not question.issue.options:
        return None
    preference = party.preferences[question.index]
    if preference is None or (head == "positions" and preference.ideal is None):
        has = "neither a position nor scores" if preference is None else "no position"
        reading.error(place, f"the party '{party.id}' has {has} on '{name}' for the effect on '{path}'")
        return None
    if head == "salience" and not rest:
        return Target(preference.salience)
    if head == "positions" and not rest and preference.ideal is not None:
        ideal = _stand_in(preference.ideal.place.path, 0.0, 1.0)
        scale = question.issue.scale
        if scale is not None:
            return Target(ideal, scale.start, scale.stop - scale.start, question)
        return Target(ideal, question=question)
    if head == "scores" and rest:
        if preference.scores is None:
            reading.error(place, f"the party '{party.id}' has no scores on '{name}' for the effect on '{path}'")
            return None
        option = question.option(reading, Scalar(place, rest, rest), "an option")
        return None if option is None else Target(preference.scores[option])
    _unsupported(reading, path, place)
    return None


def _of_red_lines(reading: Reading, path: str, place: Place, party: Party, tail: str, cast: Cast) -> Target | None:
    """Any option may become a red line, also where the file has none."""
    name, rest = _first(tail, cast.questions)
    if name is None:
        reading.known(tail.partition(".")[0], place, "issue", cast.questions)
        return None
    question = cast.questions[name]
    if not question.issue.options:
        return None
    if not rest:
        reading.error(place, f"expected the path of an option for the effect on '{path}', e.g. '{path}.OPTION'")
        return None
    option = question.option(reading, Scalar(place, rest, rest), "an option")
    if option is None:
        return None
    stated = f"parties.{party.id}.red_lines.{name}.{question.issue.options[option].id}"
    return Target(_stand_in(stated, 0.0, 1.0), red_line=(list(cast.parties).index(party.id), question.index, option))


def _stand_in(path: str, low: float, high: float) -> Quantity:
    """The number that an event changes where the file states it in another way: by an option, by the status quo."""
    return Quantity(path, "fixed", (0.0,), low, high)


def _of_ratification(
    reading: Reading, path: str, place: Place, whose: str, ratification: Ratification | None, tail: str
) -> Target | None:
    numbers: dict[str, Quantity] = {}
    if ratification is not None and ratification.probability is not None:
        numbers["probability"] = ratification.probability
    if ratification is not None and ratification.threshold is not None:
        threshold = ratification.threshold
        numbers["threshold.status_quo" if threshold.status_quo else "threshold"] = threshold.amount
    if ratification is None:
        reading.error(place, f"'{whose}' has no ratification for the effect on '{path}'")
    elif reading.known(tail, place, "number", numbers, f" in the ratification of '{whose}'"):
        return Target(numbers[tail])
    return None


def _of_side(reading: Reading, path: str, place: Place, side: Side, rest: str) -> Target | None:
    if rest == "caucus.drafts":
        if side.caucus is None:
            reading.error(place, f"the side '{side.id}' has no caucus for the effect on '{path}'")
            return None
        return Target(side.caucus)
    if rest == "pace":
        if side.pace is None:
            reading.error(
                place,
                f"the side '{side.id}' decides {rule_named(side.decides.rule).manner}, so it has no pace to change",
            )
            return None
        return Target(side.pace)
    if rest in ("deadline", "deadline.days"):
        if side.deadline is None:
            reading.error(place, f"'{side.id}' has no deadline of its own for the effect on '{path}'; state one")
            return None
        return Target(side.deadline)
    if rest.startswith("ratification."):
        return _of_ratification(reading, path, place, side.id, side.ratification, rest.removeprefix("ratification."))
    joined = joined_numbers(side.decides.vote)
    if f"sides.{side.id}.{rest}" in joined:
        return Target(joined[f"sides.{side.id}.{rest}"])
    name = rest.removeprefix("decides.")
    if name != rest and name in RULES and RULES[name].number is not None:
        if side.decides.rule != name or side.decides.number is None:
            reading.error(
                place, f"the side '{side.id}' decides by {side.decides.rule}, so it has no '{rest}' to change"
            )
            return None
        return Target(side.decides.number)
    _unsupported(reading, path, place)
    return None


def joined_numbers(vote: Vote | None) -> dict[str, Quantity]:
    """Numbers of joined rules by path."""
    if vote is None:
        return {}
    numbers = [*(part.number for part in vote.parts), vote.blocking]
    return {number.path: number for number in numbers if number is not None}


def _unsupported(reading: Reading, path: str, place: Place) -> None:
    reading.error(place, f"effects on '{path}' are not yet supported; an event can change {', '.join(TARGETS)}")


def _first(path: str, known: dict[str, Party] | dict[str, Side] | dict[str, Question]) -> tuple[str | None, str]:
    """Split a path after the longest known id that it begins with."""
    for name in sorted(known, key=len, reverse=True):
        if path == name or path.startswith(f"{name}."):
            return name, path[len(name) + 1 :]
    return None, path
