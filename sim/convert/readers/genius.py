"""Genius: a domain and the utility profiles of its parties, in XML.

Genius is the negotiation environment of Delft's Interactive Intelligence group (Lin, Kraus, Baarslag, Tykhonov,
Hindriks & Jonker, *Computational Intelligence* 30, 2014), whose domains the ANAC competitions use. A profile gives
each issue a weight and each of its values an evaluation. Genius's utility of a package is the sum over the issues of
the weight times the evaluation, that divided by the largest of the issue; NegMAS, which reads the same files, takes
evaluations as they stand and numbers from 0 rather than from the lower bound. `Wishes.raw` reads as NegMAS does. A
nonlinear profile has hyper-rectangles besides or instead, which become bonuses (`sim.convert.rectangles`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.convert.additive import Profile, Question, Worth, add_parties, lay_out, one_session
from sim.convert.draft import Draft, refuse
from sim.convert.markup import Element, number_in, read_markup, root_tag
from sim.convert.opened import Opened
from sim.convert.rectangles import RECTANGLES, holds_rectangles, read_rectangles
from sim.convert.wishes import Wishes
from sim.scenario.problems import listing
from sim.scenario.yaml_text import number_id

NAME = "genius"
TITLE = "a Genius domain with utility profiles (XML)"

SOURCE = "genius"
"""Key of the source that its parties name."""

_DOMAIN = "negotiation_template"
_PROFILE = "utility_space"
_KNOWN = {_DOMAIN, _PROFILE, "objective", "issue", "item", "weight", "evaluator", "range", "value"}
_KNOWN |= {"reservation", "discount_factor", *RECTANGLES}
_CONSTRAINTS = ("constraints", "constraint", "rules", "ranks")
TINY = 0.00001
"""Below this Genius takes the largest evaluation of an issue for 0."""


def knows(file: Opened) -> bool:
    """Whether this is a domain or a profile."""
    return root_tag(file.head) in (_DOMAIN, _PROFILE)


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read a domain and its profiles; without a domain the first profile's issues are taken.

    Raises
    ------
    ScenarioError
        If a file is wrong, or has worth that is no sum over the issues.
    """
    draft = Draft()
    trees = [(file, read_markup(file)) for file in files]
    domains = [(file, tree) for file, tree in trees if tree.tag == _DOMAIN]
    profiles = [(file, tree) for file, tree in trees if tree.tag == _PROFILE]
    if len(domains) > 1:
        raise refuse(
            domains[1][0].place,
            f"this is a second domain, the first is {domains[0][0].shown}; name one and its profiles file by file",
        )
    if len(profiles) < 2:
        found = "one profile" if profiles else "no profile"
        raise refuse(files[0].place, f"expected the profiles of at least two parties, found {found}")
    for _, tree in profiles:
        _refuse_other_worth(tree)
    file, domain = domains[0] if domains else profiles[0]
    if not domains:
        draft.assumed("there is no domain file: the issues are those of the first profile", file.place)
    _note_unread(draft, [tree for _, tree in trees])
    questions = _questions(draft, domain)
    lay_out(draft, questions, len(profiles), wishes)
    index = _indices(domain)
    parties = [_profile(draft, file, tree, questions, index, wishes) for file, tree in profiles]
    add_parties(draft, questions, parties, SOURCE)
    one_session(draft, wishes)
    names = [file.name for file, _ in [*domains, *profiles]]
    draft.plain = {
        "format": 1,
        "title": _title(file, domain),
        "sources": {SOURCE: f"Genius: {listing(names, 40)}"},
        **draft.plain,
    }
    return draft


def _title(file: Opened, domain: Element) -> str:
    space = domain.first(_PROFILE) or domain
    objective = space.first("objective")
    name = objective.attributes.get("name", "").strip() if objective else ""
    return file.stem if name.lower() in ("", "root", "any") else name


def _refuse_other_worth(tree: Element) -> None:
    for element in tree.walk():
        if element.tag in _CONSTRAINTS:
            raise refuse(
                element.place,
                f"this is a constraint profile (<{element.tag}>): it rules combinations of issues out for one "
                "party, and the scenario format does so only for all",
            )


def _note_unread(draft: Draft, trees: Sequence[Element]) -> None:
    """Say which elements and attributes are left out, each kind once with its first place."""
    for tree in trees:
        seen: set[str] = set()
        for element in tree.walk():
            if element.tag not in _KNOWN and element.tag not in seen:
                seen.add(element.tag)
                inside = f" '{element.text.strip()[:40]}'" if element.text.strip() else ""
                draft.dropped(f"<{element.tag}>{inside}", element.place)
            if element.tag == "item" and "cost" not in seen:
                cost = element.attributes.get("cost", "").strip()
                if cost and cost.strip("0.") != "":
                    seen.add("cost")
                    draft.dropped("the costs of values, which no utility of Genius counts", element.place)


def _issues(tree: Element) -> list[Element]:
    return [element for element in tree.walk() if element.tag == "issue"]


def _indices(domain: Element) -> dict[int, int]:
    """Place among the issues by Genius's index."""
    found: dict[int, int] = {}
    for number, element in enumerate(_issues(domain)):
        index = _index(element)
        if index in found:
            raise refuse(element.place, f"two issues have the index {index}")
        found[index] = number
    return found


def _index(element: Element) -> int:
    value = element.number("index")
    if not value.is_integer():
        raise refuse(element.place, f"expected a whole number for index of <{element.tag}>, found {value}")
    return int(value)


def _questions(draft: Draft, domain: Element) -> list[Question]:
    questions = []
    for element in _issues(domain):
        kind = _kind(element)
        question = Question(element.attributes.get("name", "").strip(), element.place)
        if kind == "discrete":
            seen: set[str] = set()
            for item in element.all("item"):
                label = item.attributes.get("value")
                if label is None:
                    raise refuse(item.place, f"a value of the issue '{question.name}' has no value attribute")
                if label.strip() in seen:
                    draft.dropped(f"the value '{label}' of '{question.name}', which stands twice", item.place)
                    continue
                seen.add(label.strip())
                question.labels.append(label.strip())
                note = item.attributes.get("description", "").strip()
                if note and note != label.strip():
                    question.notes[label.strip()] = note
            if not question.labels:
                raise refuse(element.place, f"the issue '{question.name}' has no values")
        else:
            question.whole = kind == "integer"
            question.low, question.high = _bounds(element)
        questions.append(question)
    if not questions:
        raise refuse(domain.place, "there is no issue here")
    return questions


def _kind(element: Element) -> str:
    kind = (element.attributes.get("type") or element.attributes.get("vtype") or "discrete").strip().lower()
    if kind not in ("discrete", "integer", "real"):
        raise refuse(element.place, f"the issue type '{kind}' is not known; expected discrete, integer or real")
    return kind


def _bounds(element: Element) -> tuple[float, float]:
    where = element if "lowerbound" in element.attributes else element.first("range")
    if where is None:
        raise refuse(element.place, f"the issue '{element.attributes.get('name', '')}' has no bounds")
    low, high = where.number("lowerbound"), where.number("upperbound")
    if low > high:
        raise refuse(where.place, f"the lower bound {number_id(low)} is above the upper bound {number_id(high)}")
    if _kind(element) == "integer" and not (low.is_integer() and high.is_integer()):
        raise refuse(where.place, "expected whole numbers as bounds of an integer issue")
    return low, high


def _profile(
    draft: Draft, file: Opened, tree: Element, questions: Sequence[Question], index: dict[int, int], wishes: Wishes
) -> Profile:
    weights = _weights(draft, tree, index)
    names = {question.name: number for number, question in reversed(list(enumerate(questions)))}
    rectangles = holds_rectangles(tree)
    by_issue: dict[int, Element] = {}
    for element in _issues(tree):
        number = _which(draft, element, questions, index, names)
        if number is None:
            draft.dropped(f"the issue '{element.attributes.get('name', '')}', which the domain has not", element.place)
        elif number in by_issue:
            raise refuse(element.place, f"the issue '{questions[number].name}' stands twice in this profile")
        else:
            by_issue[number] = element
    worths = []
    divided = False
    for number, question in enumerate(questions):
        found = by_issue.get(number)
        if found is None:
            raise refuse(file.place, f"the profile lacks the issue '{question.name}'")
        if rectangles and not (found.all("item", "evaluator") and number in weights):
            worths.append(Worth(0.0))
            continue
        weight = weights.get(number)
        if weight is None:
            weight = 1.0 / len(questions) if not weights else 0.0
            text = f"the issue '{question.name}' has no weight: "
            draft.assumed(text + ("all weigh the same" if not weights else "it counts for nothing"), found.place)
        worth, largest = _worth(draft, found, question, weight, wishes)
        divided |= largest != 1.0
        worths.append(worth)
    if divided and not wishes.raw:
        draft.changed(
            "each evaluation counts divided by the largest of its issue, as in Genius: the salience is the weight over "
            "that (NegMAS takes evaluations as they stand: --raw)",
            file.place,
        )
    total = sum(weights.values())
    if total > 1.000001 and not wishes.raw:
        draft.dropped(f"the weights add up to {number_id(total)}, and Genius cuts utilities off at 1", file.place)
    profile = Profile(file.stem, file.place, worths)
    if rectangles:
        profile.bonuses = read_rectangles(draft, tree, questions, index, wishes)
    _no_deal(draft, tree, profile)
    _delay(draft, tree, profile, wishes)
    return profile


def _weights(draft: Draft, tree: Element, index: dict[int, int]) -> dict[int, float]:
    weights: dict[int, float] = {}
    for element in tree.walk():
        if element.tag != "weight":
            continue
        number = index.get(_index(element))
        value = element.number("value")
        if number is None:
            draft.dropped(f"the weight {number_id(value)} of no issue (index {_index(element)})", element.place)
        else:
            if value < 0:
                raise refuse(element.place, f"the weight {number_id(value)} is below 0")
            weights[number] = value
    return weights


def _which(
    draft: Draft, element: Element, questions: Sequence[Question], index: dict[int, int], names: dict[str, int]
) -> int | None:
    """Place among the domain's issues of one in a profile: by its index, as Genius has it, if its values are there."""
    name = element.attributes.get("name", "").strip()
    number = index.get(_index(element))
    if number is not None and questions[number].name == name:
        return number
    named = names.get(name)
    if named is not None:
        draft.changed(f"the issue '{name}' has another index here than in the domain; its name counts", element.place)
        return named
    if number is not None:
        draft.changed(f"the issue '{questions[number].name}' is called '{name}' here; its index counts", element.place)
    return number


def _worth(draft: Draft, element: Element, question: Question, weight: float, wishes: Wishes) -> tuple[Worth, float]:
    """The worth of an issue's values, and the largest evaluation, by which Genius divides them."""
    listed = element.all("item")
    if not question.labels and not listed:
        return Worth(weight, of_number=_evaluator(element, question, wishes)), 1.0
    given: dict[str, float] = {}
    names = question.labels or question.options  # NegMAS gives each number of an integer issue its evaluation
    labels = set(names)
    for item in listed:
        label = (item.attributes.get("value") or "").strip()
        text = item.attributes.get("evaluation")
        if text is None or text.strip() in ("", "null"):
            raise refuse(item.place, f"the value '{label}' of the issue '{question.name}' has no evaluation")
        if not question.labels and label not in labels:
            label = number_id(number_in(label, item.place, f"a value of '{question.name}'"))
        if label not in labels:
            draft.dropped(f"the value '{label}' of '{question.name}', which the domain has not", item.place)
            continue
        given[label] = number_in(text, item.place, f"the evaluation of '{label}'")
    for label in names:
        if label not in given:
            raise refuse(element.place, f"the value '{label}' of the issue '{question.name}' has no evaluation")
    if wishes.raw:
        return Worth(weight, by_label=given), 1.0
    largest = max(given.values())
    return Worth(weight / largest if largest >= TINY else 0.0, by_label=given), largest


def _evaluator(element: Element, question: Question, wishes: Wishes) -> Callable[[float], float]:
    """The worth of a number: Genius's evaluators for integer and real issues."""
    found = element.first("evaluator")
    if found is None:
        if question.whole:
            return lambda x: 0.0 * x
        raise refuse(element.place, f"the issue '{question.name}' has no evaluator")
    kind = found.attributes.get("ftype", "linear").strip().lower()
    if kind == "constant":
        constant = _parameter(found, "parameter0", "offset")
        return lambda x: constant + 0.0 * x
    if kind == "linear":
        start = question.low if question.whole and not wishes.raw else 0.0
        offset, slope = _parameter(found, "offset", "parameter0"), _parameter(found, "slope", "parameter1")
        if wishes.raw:
            return lambda x: slope * x + offset
        return lambda x: min(max(slope * (x - start) + offset, 0.0), 1.0)
    if kind == "triangular":
        left, right = _parameter(found, "parameter0", "start"), _parameter(found, "parameter1", "end")
        top = _parameter(found, "parameter2", "middle")
        return lambda x: _triangle(x, left, right, top)
    raise refuse(found.place, f"the evaluator '{kind}' is not known; expected linear, constant or triangular")


def _triangle(x: float, left: float, right: float, top: float) -> float:
    if x < left:
        return 0.0
    if x < top:
        return (x - left) / (top - left)
    return 1.0 - (x - top) / (right - top) if x < right else 0.0


def _parameter(element: Element, *names: str) -> float:
    for name in names:
        if name in element.attributes:
            return element.number(name)
    return 0.0 if names[0] in ("offset", "slope") else element.number(names[0])


def _no_deal(draft: Draft, tree: Element, profile: Profile) -> None:
    found = next((element for element in tree.walk() if element.tag == "reservation"), None)
    text = found.attributes.get("value", "").strip() if found is not None else ""
    if found is not None and text not in ("", "null"):
        profile.reservation = found.number("value")
    else:
        profile.reservation, profile.unstated = 0.0, True
        draft.assumed("no reservation value: 0, as in Genius", profile.place)


def _delay(draft: Draft, tree: Element, profile: Profile, wishes: Wishes) -> None:
    found = next((element for element in tree.walk() if element.tag == "discount_factor"), None)
    if found is None:
        return
    try:
        factor = float(found.attributes.get("value", ""))
    except ValueError:
        draft.dropped("a discount factor that is no number, which Genius does not read", found.place)
        return
    if not 0 < factor <= 1:
        draft.dropped(f"the discount factor {number_id(factor)}, which Genius takes for none", found.place)
    elif factor < 1:
        profile.left_each_round = factor ** (1.0 / wishes.rounds)
        draft.changed(
            f"the discount factor {number_id(factor)} over the whole time leaves "
            f"{profile.left_each_round:.6g} of the gain after each of {wishes.rounds} rounds",
            found.place,
        )
        if profile.reservation:
            draft.dropped(
                "the reservation value shrinks with time in Genius; here only the gain over it does", found.place
            )
