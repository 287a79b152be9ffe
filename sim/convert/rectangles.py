"""Hyper-rectangles of Genius's nonlinear profiles: ranges of several issues, and what bids within all are worth.

Ito, Klein & Hattori, "A multi-issue negotiation protocol among agents with nonlinear utility functions", *Multiagent
and Grid Systems* 4 (2008), 67-83. Genius divides their sum by the profile's `maxutility`; NegMAS takes it as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.convert.additive import Question
from sim.convert.draft import Draft, Plain, refuse
from sim.convert.markup import Element
from sim.convert.wishes import Wishes
from sim.scenario.limits import MOST_BOXES
from sim.scenario.yaml_text import number_id

RECTANGLES = ("utility", "utility_function", "ufun", "hyperRectangle", "INCLUDES")
"""Elements of which such a profile is made."""


def holds_rectangles(tree: Element) -> bool:
    """Whether a profile has any."""
    return any(element.tag == "hyperRectangle" for element in tree.walk())


def read_rectangles(
    draft: Draft, tree: Element, questions: Sequence[Question], index: Mapping[int, int], wishes: Wishes
) -> list[Plain]:
    """The hyper-rectangles of a profile as bonuses.

    Parameters
    ----------
    draft
        Where remarks go.
    tree
        The profile.
    questions, index
        The issues, laid out, and the place of each by Genius's index.
    wishes
        Whether to read as NegMAS does.

    Raises
    ------
    ScenarioError
        If something is wrong, or is not a sum of hyper-rectangles.
    """
    found: list[Plain] = []
    for utility in tree.walk():
        if utility.tag not in ("utility", "utility_function"):
            continue
        most = utility.number("maxutility") if "maxutility" in utility.attributes and not wishes.raw else 1.0
        if most <= 0.0:
            raise refuse(utility.place, f"expected a maxutility above 0, found {number_id(most)}")
        start = len(found)
        for function in utility.all("ufun"):
            kind, joined = function.attributes.get("type", "PlainUfun"), function.attributes.get("aggregation", "sum")
            if kind != "PlainUfun" or joined != "sum":
                raise refuse(function.place, f"expected a PlainUfun with aggregation sum, found {kind} with {joined}")
            weight = function.number("weight") if "weight" in function.attributes else 1.0
            for rectangle in function.all("hyperRectangle"):
                bonus = _bonus(draft, rectangle, questions, index, weight / most)
                found += [] if bonus is None else [bonus]
        above = sum(max(bonus["worth"], 0.0) for bonus in found[start:])
        if above > 1.000001 and not wishes.raw:
            text = "hyper-rectangles that come to more than maxutility, where Genius cuts utilities off at 1"
            draft.dropped(text, utility.place)
    if len(found) > MOST_BOXES:
        raise refuse(tree.place, f"there are {len(found):,} hyper-rectangles, expected at most {MOST_BOXES:,}")
    return found


def _bonus(
    draft: Draft, rectangle: Element, questions: Sequence[Question], index: Mapping[int, int], factor: float
) -> Plain | None:
    """One hyper-rectangle; None where no bid lies in it."""
    when: dict[str, Plain] = {}
    for side in rectangle.children:
        if side.tag != "INCLUDES":
            raise refuse(side.place, f"expected <INCLUDES> in a hyper-rectangle, found <{side.tag}>")
        number = side.number("index")
        place = index.get(int(number)) if number.is_integer() else None
        if place is None:
            raise refuse(side.place, f"there is no issue with the index {number_id(number)}")
        question = questions[place]
        if question.labels or not question.numbers:
            raise refuse(
                side.place, f"the issue '{question.name}' has no numbers, and a hyper-rectangle has ranges of them"
            )
        low, high = side.number("min"), side.number("max")
        inside = [option for option, x in zip(question.options, question.numbers, strict=True) if low <= x <= high]
        if question.id in when:
            raise refuse(side.place, f"the issue '{question.name}' stands twice in a hyper-rectangle")
        if not inside:
            draft.dropped("a hyper-rectangle in which no bid lies", rectangle.place)
            return None
        when[question.id] = {"from": inside[0], "to": inside[-1]}
    if not when:
        raise refuse(rectangle.place, "a hyper-rectangle names no issue")
    return {"when": when, "worth": rectangle.number("utility") * factor}
