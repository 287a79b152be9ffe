"""From issues and additive utilities, as Genius, GeniusWeb and NegMAS have them, to a scenario.

Utility in all of these is a weighted sum of the worth of each issue's value, which is what `scores` with `salience`
mean in a scenario: the numbers go over as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sim.convert.draft import Draft, Plain, new_id, refuse
from sim.convert.wishes import Wishes
from sim.scenario.limits import MOST_OPTIONS
from sim.scenario.problems import Place
from sim.scenario.reading import ASSUMED
from sim.scenario.yaml_text import number_id

MOST_VALUES = 50_000
"""Values of all issues together."""

MOST_SCORES = 200_000
"""Scores of all parties together."""


@dataclass(slots=True)
class Question:
    """An issue of the source.

    Attributes
    ----------
    name
        Its name there.
    place
        Where it stands.
    labels
        Its values as text, in order; empty where it is a range.
    notes
        Remarks of the source on its values, by label.
    low, high
        The ends of its range.
    whole
        Whether only whole numbers of the range count.
    """

    name: str
    place: Place
    labels: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    low: float = 0.0
    high: float = 0.0
    whole: bool = False

    id: str = ""
    options: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    """In the scenario: its id, its options' ids, and of a range the number of each option."""


@dataclass(slots=True)
class Worth:
    """What the values of an issue are worth to a party: by label, or a function of the number; times the weight.

    With neither the party does not care for the issue by itself.
    """

    weight: float
    by_label: dict[str, float] | None = None
    of_number: Callable[[float], float] | None = None


@dataclass(slots=True)
class Profile:
    """A party of the source: its worths in the order of the issues.

    Attributes
    ----------
    name, place
        Its name and where it stands.
    worths
        One an issue.
    reservation
        Its utility without a deal; None where the source has none.
    unstated
        Whether that is what the source's program takes where nothing is stated.
    shift
        Added to every utility.
    left_each_round
        The share of its gain that is left after each round; 1 where delay costs nothing.
    bonuses
        What values of several issues are worth together, as the scenario file has it.
    """

    name: str
    place: Place
    worths: list[Worth]
    reservation: float | None = None
    unstated: bool = False
    shift: float = 0.0
    left_each_round: float = 1.0
    bonuses: list[Plain] = field(default_factory=list)


def lay_out(draft: Draft, questions: Sequence[Question], parties: int, wishes: Wishes) -> None:
    """Give issues their ids, options and entries in the scenario.

    Parameters
    ----------
    draft
        What the scenario becomes.
    questions
        The issues.
    parties
        How many parties there will be.
    wishes
        How many values stand for a continuous issue.

    Raises
    ------
    ScenarioError
        If an issue has no value or a range without end, or there are too many.
    """
    taken: dict[str, int] = {}
    entries: Plain = {}
    total = 0
    for number, question in enumerate(questions, 1):
        question.id = new_id(question.name, taken, f"issue {number}")
        entry: Plain = {} if question.id == question.name.strip() else {"title": question.name.strip() or question.id}
        if question.labels:
            entry["options"] = _listed(draft, question)
        else:
            _range(draft, question, entry, wishes)
        total += len(question.options)
        if total > MOST_VALUES or total * parties > MOST_SCORES:
            raise refuse(
                question.place,
                f"more than {MOST_VALUES:,} values of issues, or {MOST_SCORES:,} scores of parties, in all",
            )
        entries[question.id] = entry
    draft.plain["issues"] = entries
    if any(question.labels and len(question.labels) > 1 for question in questions):
        draft.assumed(
            "options stand evenly spaced in their order; only distances in reports and figures depend on it, no worth"
        )


def add_parties(draft: Draft, questions: Sequence[Question], profiles: Sequence[Profile], source: str) -> None:
    """Add the parties, each with scores, salience and reservation value.

    Parameters
    ----------
    draft
        Its issues are laid out.
    questions, profiles
        Of the source.
    source
        Key of the source that the parties name.
    """
    parties: Plain = {}
    taken: dict[str, int] = {}
    for number, profile in enumerate(profiles, 1):
        name = new_id(profile.name, taken, f"party {number}")
        party: Plain = {} if name == profile.name.strip() else {"title": profile.name.strip() or name}
        party["source"] = source
        scores: Plain = {}
        salience: Plain = {}
        for question, worth in zip(questions, profile.worths, strict=True):
            if worth.by_label is None and worth.of_number is None:
                continue
            scores[question.id] = _scores(question, worth, profile)
            salience[question.id] = worth.weight
        if profile.shift and questions:
            _shift(draft, profile, questions[0].id, scores, salience)
        if scores:
            party["scores"] = scores
        if profile.bonuses:
            party["bonuses"] = profile.bonuses
        if any(weight != 1 for weight in salience.values()):
            party["salience"] = salience
        if profile.reservation is None or profile.unstated:
            party["source"] = [source, ASSUMED]
            party["note"] = "The reservation value is assumed."
        party["reservation"] = _reservation(draft, profile, scores, salience)
        if profile.left_each_round != 1.0:
            party["discount"] = {"round": profile.left_each_round}
        parties[name] = party
    draft.plain["parties"] = parties


def one_session(draft: Draft, wishes: Wishes) -> None:
    """State the talks, of which the source says nothing."""
    draft.plain["meetings"] = [{"id": "session", "rounds": wishes.rounds, "source": ASSUMED}]
    draft.assumed(f"one meeting of {wishes.rounds} rounds (--rounds), alternating offers, conceding by the default")


def _listed(draft: Draft, question: Question) -> list[object]:
    options: list[object] = []
    taken: dict[str, int] = {}
    for number, label in enumerate(question.labels, 1):
        name = new_id(label, taken, f"option {number}")
        note = question.notes.get(label, "").strip()
        entry: Plain = {"id": name}
        if name != label.strip():
            entry["title"] = label.strip() or name
            draft.changed(f"the value '{label}' of '{question.name}' has the id '{name}'", question.place)
        if note:
            entry["note"] = note
        options.append(entry if len(entry) > 1 else name)
        question.options.append(name)
    return options


def _range(draft: Draft, question: Question, entry: Plain, wishes: Wishes) -> None:
    low, high = question.low, question.high
    if not low <= high or high - low > 1e15:
        shown = f"from {number_id(low)} to {number_id(high)}"
        raise refuse(question.place, f"the issue '{question.name}' runs {shown}, expected a range")
    if low == high:
        question.numbers = [low]
        question.options = [number_id(low)]
        entry["options"] = list(question.options)
        return
    intervals = int(high - low) if question.whole else wishes.values - 1
    thinned = question.whole and intervals + 1 > MOST_OPTIONS
    if thinned:
        intervals = MOST_OPTIONS - 1
    if question.whole and not thinned:
        draft_step: Decimal | None = Decimal(1)
    else:
        draft_step = _exact_step(low, high, intervals)
        what = "are whole numbers" if question.whole else "are continuous"
        draft.changed(
            f"the values of '{question.name}' {what} from {number_id(low)} to {number_id(high)}; {intervals + 1} "
            f"evenly spaced ones stand for them{'' if question.whole else ' (--values)'}",
            question.place,
        )
    if draft_step is not None and intervals < MOST_OPTIONS:
        question.numbers = [float(Decimal(repr(low)) + i * draft_step) for i in range(intervals + 1)]
        entry["scale"] = {"from": low, "to": high, "step": float(draft_step)}
    else:
        question.numbers = [low + (high - low) * i / intervals for i in range(intervals + 1)]
        if question.whole:
            question.numbers = [float(round(x)) for x in question.numbers]
        entry["options"] = [number_id(x) for x in question.numbers]
    question.options = [number_id(x) for x in question.numbers]


def _exact_step(low: float, high: float, intervals: int) -> Decimal | None:
    """The step between evenly spaced values, where the format's numbers can say it without rounding."""
    span = Decimal(repr(high)) - Decimal(repr(low))
    step = span / intervals
    said = Decimal(repr(float(step)))
    return said if said * intervals == span else None


def _scores(question: Question, worth: Worth, profile: Profile) -> Plain:
    if worth.by_label is not None:
        labels = question.labels or question.options
        lacking = [label for label in labels if label not in worth.by_label]
        if lacking:
            raise refuse(
                profile.place,
                f"the value '{lacking[0]}' of the issue '{question.name}' has no worth in '{profile.name}'",
            )
        values = [worth.by_label[label] for label in labels]
    elif worth.of_number is not None and question.numbers:
        values = []
        for x in question.numbers:
            try:
                values.append(float(f"{worth.of_number(x):.15g}"))  # not 0.30000000000000004
            except (ArithmeticError, ValueError, TypeError):
                values.append(float("nan"))
    else:
        raise refuse(profile.place, f"the issue '{question.name}' has names for values; '{profile.name}' has a formula")
    for option, value in zip(question.options, values, strict=True):
        if not abs(value) <= 1e15:
            raise refuse(
                profile.place,
                f"the worth of {option} on '{question.name}' is no number of at most 1e15 in '{profile.name}'",
            )
    return dict(zip(question.options, values, strict=True))


def _shift(draft: Draft, profile: Profile, first: str, scores: Plain, salience: Plain) -> None:
    """Put what is added to every utility into the scores of the first issue."""
    weight = salience[first]
    scores[first] = {option: weight * score + profile.shift for option, score in scores[first].items()}
    salience[first] = 1.0
    draft.changed(
        f"{number_id(profile.shift)} is added to every utility of '{profile.name}': it is in the scores of '{first}'",
        profile.place,
    )


def _reservation(draft: Draft, profile: Profile, scores: Plain, salience: Plain) -> float:
    if profile.reservation is not None:
        return profile.reservation
    worst: float = sum(salience[issue] * min(of.values()) for issue, of in scores.items())
    draft.assumed(
        f"any deal is better than none to '{profile.name}', which states no reservation value: it is its worst utility",
        profile.place,
    )
    return worst
