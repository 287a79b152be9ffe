"""NegMAS: an outcome space and utility functions as its scenarios are saved, in YAML or JSON.

NegMAS is the negotiation simulator of Mohammad, Nakadai & Greenwald (*PRIMA* 2020). ``type`` names the class of
everything. Utility functions that are sums over the issues are read: linear additive, linear, affine, constant, a
mapping of the outcomes of one issue, weighted sums of these, and these discounted. All others are refused by name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.convert.additive import MOST_VALUES, Profile, Question, Worth, add_parties, lay_out, one_session
from sim.convert.draft import Draft, refuse
from sim.convert.nodes import any_number, entry, items, label, mapping, number, optional, read_tree
from sim.convert.opened import Opened
from sim.convert.wishes import Wishes
from sim.scenario.problems import Place, listing
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, number_id

NAME = "negmas"
TITLE = "a NegMAS scenario: an outcome space and utility functions (YAML or JSON)"

SOURCE = "negmas"
MOST_ISSUES = 2_000

_TYPE = re.compile(r"""(?:^|[{,])[ \t]*["']?(?:type|__python_class__)["']?[ \t]*:[ \t]*["']?([\w.]+)""", re.MULTILINE)
_CATEGORICAL = (
    "CategoricalIssue",
    "OrdinalIssue",
    "DiscreteOrdinalIssue",
    "DiscreteCardinalIssue",
    "CardinalIssue",
    "SingletonIssue",
)
_ADDITIVE = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_WRITTEN = {"name", "id", "type", "__python_class__", "stability", "reserved_value", "reserved_outcome", "weights"}
_WRITTEN |= {"values", "bias", "value", "mapping", "default", "ufun", "ufuns", "discount", "factor", "outcome_space"}
_WRITTEN |= {"cost", "power", "dynamic_reservation"}


def knows(file: Opened) -> bool:
    """Whether this is an outcome space or a utility function."""
    if file.suffix not in (".yml", ".yaml", ".json"):
        return False
    return any(_is_space(name) or _is_function(name) for name in _TYPE.findall(file.text))


def _is_space(name: str) -> bool:
    return "OutcomeSpace" in name.rpartition(".")[2]


def _is_function(name: str) -> bool:
    short = name.rpartition(".")[2]
    return short.endswith(("UtilityFunction", "UFun", "AggregationFunction"))


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read an outcome space and its utility functions.

    Raises
    ------
    ScenarioError
        If a file is wrong, or a utility function is no sum over the issues.
    """
    draft = Draft()
    spaces: list[tuple[Opened, Mapping]] = []
    functions: list[tuple[Opened, Mapping]] = []
    for file in files:
        root = mapping(read_tree(file), "a NegMAS file")
        name = _class(root)
        if _is_space(name):
            spaces.append((file, root))
        elif _is_function(name):
            functions.append((file, root))
        elif not file.listed:
            raise refuse(root.place, f"expected an outcome space or a utility function, found type '{name}'")
        else:
            draft.dropped("this file is neither an outcome space nor a utility function", file.place)
    if len(spaces) != 1:
        where = spaces[1][0].place if spaces else files[0].place
        raise refuse(
            where, "this is a second outcome space" if spaces else "there is no outcome space (a file with issues)"
        )
    if len(functions) < 2:
        raise refuse(files[0].place, f"expected the utility functions of at least two parties, found {len(functions)}")
    file, space = spaces[0]
    if _class(space) == "EnumeratingOutcomeSpace":
        raise refuse(
            space.place, "an EnumeratingOutcomeSpace is a list of outcomes without issues; the format needs issues"
        )
    questions: list[Question] = []
    for node in items(entry(space, "issues", "the outcome space"), "issues"):
        questions.append(_question(draft, node))
        if sum(len(question.labels) for question in questions) > MOST_VALUES or len(questions) > MOST_ISSUES:
            raise refuse(node.place, f"more than {MOST_ISSUES:,} issues, or {MOST_VALUES:,} values in all")
    if not questions:
        raise refuse(space.place, "there is no issue here")
    lay_out(draft, questions, len(functions), wishes)
    profiles = [_profile(draft, one, root, questions, wishes) for one, root in functions]
    add_parties(draft, questions, profiles, SOURCE)
    one_session(draft, wishes)
    title = optional(space, "name")
    names = [one.name for one, _ in [*spaces, *functions]]
    draft.plain = {
        "format": 1,
        "title": label(title, "name") if title is not None and label(title, "name") else file.stem,
        "sources": {SOURCE: f"NegMAS: {listing(names, 40)}"},
        **draft.plain,
    }
    return draft


def _class(node: Mapping) -> str:
    """Class that a mapping says it is, without its module."""
    named = optional(node, "type") or optional(node, "__python_class__")
    if named is None:
        raise refuse(node.place, "'type' is missing: what NegMAS saves names its class")
    return label(named, "type").rpartition(".")[2]


def _question(draft: Draft, node: Node) -> Question:
    root = mapping(node, "an issue")
    kind = _class(root)
    title = optional(root, "name")
    question = Question(label(title, "name").strip() if title is not None else "", root.place)
    values = entry(root, "values", "an issue")
    if kind in ("ContiguousIssue", "ContinuousIssue", "RangeIssue"):
        question.whole = kind == "ContiguousIssue"
        if isinstance(values, Scalar):
            question.high = number(values, "values") - 1
        else:
            ends = [number(one, "an end of the range") for one in items(values, "values")]
            if len(ends) != 2 or ends[0] > ends[1]:
                raise refuse(values.place, f"expected the two ends of a range, found {len(ends)} numbers")
            question.low, question.high = ends
        if question.whole and not (question.low.is_integer() and question.high.is_integer()):
            raise refuse(values.place, "expected whole numbers as ends of a ContiguousIssue")
    elif kind in _CATEGORICAL:
        listed = items(values, "values")
        if len(listed) > MOST_VALUES:
            raise refuse(values.place, f"more than {MOST_VALUES:,} values")
        seen: set[str] = set()
        for one in listed:
            name = label(one, "a value").strip()
            if name in seen:
                draft.dropped(f"the value '{name}' of '{question.name}', which stands twice", one.place)
            else:
                seen.add(name)
                question.labels.append(name)
        if not question.labels:
            raise refuse(values.place, f"the issue '{question.name}' has no values")
    else:
        raise refuse(
            root.place,
            f"a {kind} is not known; expected a categorical, ordinal, cardinal, contiguous or continuous issue",
        )
    for key in root.entries:
        if key not in ("name", "type", "__python_class__", "values", "n_levels", "n_values"):
            draft.dropped(f"'{key}' of the issue '{question.name}'", root.keys[key])
    return question


@dataclass(slots=True)
class _Sum:
    """A utility function as a sum over the issues: a table or formula with a weight for each, and a constant."""

    worths: list[Worth]
    shift: float = 0.0


def _profile(draft: Draft, file: Opened, root: Mapping, questions: Sequence[Question], wishes: Wishes) -> Profile:
    title = optional(root, "name")
    profile = Profile(label(title, "name").strip() if title is not None else file.stem, root.place, [])
    function, inner = root, root
    while _class(inner) in ("ExpDiscountedUFun", "LinDiscountedUFun", "DiscountedUtilityFunction"):
        inner = mapping(entry(function, "ufun", "a discounted utility function"), "ufun")
        _delay(draft, function, profile, wishes)
        function = inner
    added = _sum(draft, function, questions)
    profile.worths, profile.shift = added.worths, added.shift
    for node in (root, function):
        for key in node.entries:
            if key not in _WRITTEN:
                draft.dropped(f"'{key}' of '{profile.name}'", node.keys[key])
    _no_deal(draft, profile, [root, function] if function is not root else [root], questions)
    return profile


def _sum(draft: Draft, root: Mapping, questions: Sequence[Question], deep: int = 0) -> _Sum:
    kind = _class(root)
    bias = _or(root, "bias", 0.0)
    if kind in _ADDITIVE:
        functions = _by_issue(root, "values", questions)
        weights = [1.0 if node is None else number(node, "a weight") for node in _by_issue(root, "weights", questions)]
        worths = [
            _worth(draft, node, question, weight)
            for node, question, weight in zip(functions, questions, weights, strict=True)
        ]
        return _nonnegative(_Sum(worths, bias))
    if kind in ("LinearUtilityFunction", "AffineUtilityFunction"):
        weights = [1.0 if node is None else number(node, "a weight") for node in _by_issue(root, "weights", questions)]
        worths = []
        for weight, question in zip(weights, questions, strict=True):
            if question.labels and not all(_is_number(name) for name in question.labels):
                raise refuse(root.place, f"a {kind} needs numbers, and the issue '{question.name}' has names")
            worths.append(_of_number(question, 1.0, lambda x, weight=weight: weight * x))  # type: ignore[misc]
        return _Sum(worths, bias)
    if kind == "ConstUtilityFunction":
        return _Sum([_of_number(question, 0.0, lambda x: 0.0 * x) for question in questions], _or(root, "value", 0.0))
    if kind == "MappingUtilityFunction" and len(questions) == 1:
        return _Sum([Worth(1.0, by_label=_outcomes(root, questions[0]))])
    if kind == "WeightedUtilityFunction" and deep < 10:
        return _weighted(draft, root, questions, deep)
    if kind in ("HyperRectangleUtilityFunction", "NonlinearHyperRectangleUtilityFunction"):
        raise refuse(
            root.place,
            f"'{kind}' gives worth to combinations of issues (hyper-rectangles), which is read from Genius's "
            "XML profiles only",
        )
    raise refuse(root.place, f"'{kind}' is no sum over the issues, and the scenario format has only worth that is")


def _by_issue(root: Mapping, key: str, questions: Sequence[Question]) -> list[Node | None]:
    """What stands for each issue, in a list in their order or in a mapping by their names."""
    node = optional(root, key)
    if node is None:
        return [None] * len(questions)
    if isinstance(node, Mapping):
        names = {question.name for question in questions}
        for name, place in node.keys.items():
            if name not in names:
                raise refuse(place, f"there is no issue '{name}' in the outcome space")
        return [node.entries.get(question.name) for question in questions]
    listed = items(node, key)
    if len(listed) != len(questions):
        raise refuse(node.place, f"expected {len(questions)} {key}, one an issue, found {len(listed)}")
    return list(listed)


def _worth(draft: Draft, node: Node | None, question: Question, weight: float) -> Worth:
    if node is None:
        if question.labels:
            return Worth(weight, by_label={name: _as_number(name, question) for name in question.labels})
        return Worth(weight, of_number=lambda x: x)
    if isinstance(node, Items):  # worths in the order of the values
        given = [number(one, "a worth") for one in node.items]
        if len(given) != len(question.options):
            raise refuse(
                node.place,
                f"expected {len(question.options)} worths, one a value of '{question.name}', found {len(given)}",
            )
        return Worth(weight, by_label=dict(zip(question.labels or question.options, given, strict=True)))
    root = mapping(node, "a value function")
    kind = _class(root) if "type" in root.entries or "__python_class__" in root.entries else "TableFun"
    if kind == "TableFun":
        table = mapping(root.entries.get("mapping", root), "mapping")
        return Worth(weight, by_label=_table(draft, table, question))
    return _of_number(question, weight, _formula(root, kind))


def _table(draft: Draft, table: Mapping, question: Question) -> dict[str, float]:
    names = question.labels or question.options
    known = {name: name for name in names}
    by_value = {float(name): name for name in names if _is_number(name)}  # 1.0 and "1" are the number 1
    given: dict[str, float] = {}
    for key, node in table.entries.items():
        name = key.strip()
        meant = known.get(name) or (by_value.get(float(name)) if _is_number(name) else None)
        if meant is None:
            draft.dropped(f"the worth of '{name}', which is no value of '{question.name}'", table.keys[key])
        else:
            given[meant] = number(node, f"the worth of '{name}'")
    return given


def _of_number(question: Question, weight: float, formula: Callable[[float], float]) -> Worth:
    if not question.labels:
        return Worth(weight, of_number=formula)
    return Worth(weight, by_label={name: formula(_as_number(name, question)) for name in question.labels})


def _formula(root: Mapping, kind: str) -> Callable[[float], float]:
    """NegMAS's functions of a number, with its parameters and defaults."""

    def given(key: str, default: float = 0.0) -> float:
        return _or(root, key, default)

    bias, scale = given("bias"), given("scale", 1.0)
    if kind == "IdentityFun":
        return lambda x: x
    if kind == "ConstFun":
        return lambda x: bias + 0.0 * x
    if kind in ("LinearFun", "AffineFun"):
        slope = number(entry(root, "slope", kind), "slope")
        return lambda x: slope * x + bias
    if kind == "QuadraticFun":
        first, second = given("a1"), given("a2")
        return lambda x: second * x * x + first * x + bias
    if kind == "PolynomialFun":
        powers = [number(one, "a coefficient") for one in items(entry(root, "coefficients", kind), "coefficients")]
        return lambda x: bias + sum(c * x ** (p + 1) for p, c in enumerate(powers))
    if kind == "ExponentialFun":
        tau, base = given("tau"), given("base", math.e)
        return lambda x: base ** (tau * x) + bias
    if kind == "LogFun":
        tau, base = given("tau"), given("base", math.e)
        return lambda x: scale * math.log(tau * x, base) + bias
    if kind in ("CosFun", "SinFun"):
        wave = math.cos if kind == "CosFun" else math.sin
        times, phase, height = given("multiplier", 1.0), given("phase"), given("amplitude", 1.0)
        return lambda x: height * wave(times * x + phase) + bias
    if kind == "GaussianFun":
        center, sigma = given("center"), given("sigma", 1.0)
        return lambda x: bias + scale * math.exp(-((x - center) ** 2) / (2 * sigma * sigma))
    if kind == "TriangularFun":
        start, middle, end = given("start"), given("middle"), given("end")
        return lambda x: bias + scale * _triangle(x, start, middle, end)
    if kind == "TrapezoidalFun":
        corners = given("start"), given("rise_end"), given("fall_start"), given("end")
        return lambda x: bias + scale * _trapezoid(x, *corners)
    raise refuse(root.place, f"the value function '{kind}' is not known")


def _triangle(x: float, start: float, middle: float, end: float) -> float:
    if x <= start or x >= end:
        return 0.0
    return (x - start) / (middle - start) if x <= middle else (end - x) / (end - middle)


def _trapezoid(x: float, start: float, rise_end: float, fall_start: float, end: float) -> float:
    if x < start or x > end:
        return 0.0
    if x <= rise_end:
        return 1.0 if rise_end == start else (x - start) / (rise_end - start)
    return 1.0 if x <= fall_start else (end - x) / (end - fall_start)


def _outcomes(root: Mapping, question: Question) -> dict[str, float]:
    """Utilities of the outcomes of one issue: by value, by value in a list of one, or in their order."""
    node = entry(root, "mapping", "a MappingUtilityFunction")
    names = question.labels or question.options
    default = optional(root, "default")
    filled = {} if default is None else {name: any_number(default, "default") for name in names}
    if isinstance(node, Items):
        pairs = [items(one, "an outcome and its utility") for one in node.items]
        given = {_outcome(pair[0]): number(pair[1], "a utility") for pair in pairs if len(pair) == 2}
    else:
        given = {
            name.strip("()[]', \""): number(one, "a utility") for name, one in mapping(node, "mapping").entries.items()
        }
    return {**{k: v for k, v in filled.items() if math.isfinite(v)}, **{k: v for k, v in given.items() if k in names}}


def _outcome(node: Node) -> str:
    if isinstance(node, Items) and len(node.items) == 1:
        node = node.items[0]
    return label(node, "an outcome")


def _weighted(draft: Draft, root: Mapping, questions: Sequence[Question], deep: int) -> _Sum:
    parts = items(entry(root, "ufuns", "a WeightedUtilityFunction"), "ufuns")
    weights = [number(one, "a weight") for one in items(entry(root, "weights", "a WeightedUtilityFunction"), "weights")]
    if len(parts) != len(weights) or not parts:
        raise refuse(
            root.place, f"expected as many weights as utility functions, found {len(weights)} and {len(parts)}"
        )
    sums = [_sum(draft, mapping(part, "a utility function"), questions, deep + 1) for part in parts]
    worths = []
    for number_, question in enumerate(questions):
        totals = dict.fromkeys(question.labels or question.options, 0.0)
        for weight, one in zip(weights, sums, strict=True):
            worth = one.worths[number_]
            for name, x in zip(totals, question.numbers or [0.0] * len(totals), strict=True):
                value = (
                    worth.by_label[name]
                    if worth.by_label is not None
                    else worth.of_number(x)
                    if worth.of_number
                    else 0.0
                )
                totals[name] += weight * worth.weight * value
        worths.append(Worth(1.0, by_label=totals))
    return _Sum(worths, sum(weight * one.shift for weight, one in zip(weights, sums, strict=True)))


def _nonnegative(added: _Sum) -> _Sum:
    """Put the sign of a weight below 0 into the worths: salience cannot be negative."""
    for number_, worth in enumerate(added.worths):
        if worth.weight < 0:
            table, formula = worth.by_label, worth.of_number
            by_label = None if table is None else {name: -value for name, value in table.items()}
            of_number = None if formula is None else _negated(formula)
            added.worths[number_] = Worth(-worth.weight, by_label, of_number)
    return added


def _negated(formula: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: -formula(x)


def _delay(draft: Draft, root: Mapping, profile: Profile, wishes: Wishes) -> None:
    if _class(root) != "ExpDiscountedUFun":
        draft.dropped(
            f"the cost of time of '{profile.name}' ({_class(root)}), which is no share of its gain", root.place
        )
        return
    node = optional(root, "discount")
    factor = 1.0 if node is None else number(node, "discount")
    by = optional(root, "factor")
    unit = label(by, "factor") if by is not None else "step"
    if unit not in ("step", "relative_time") or not 0.0 <= factor <= 1.0:
        draft.dropped(f"the discount {number_id(factor)} of '{profile.name}' by '{unit}'", root.place)
    elif factor < 1.0:
        left = factor if unit == "step" else factor ** (1.0 / wishes.rounds)
        profile.left_each_round *= left
        draft.changed(
            f"the discount {number_id(factor)} by {unit} leaves {left:.6g} of the gain after each round", root.place
        )
        draft.dropped("NegMAS discounts utility as a whole; here the gain over the reservation value is", root.place)


def _no_deal(draft: Draft, profile: Profile, roots: Sequence[Mapping], questions: Sequence[Question]) -> None:
    for root in roots:
        node = optional(root, "reserved_value")
        value = float("-inf") if node is None else any_number(node, "reserved_value")
        if math.isfinite(value):
            assert node is not None
            profile.reservation = number(node, "reserved_value")
            return
        outcome = optional(root, "reserved_outcome")
        if outcome is not None:
            profile.reservation = _utility(profile, items(outcome, "reserved_outcome"), questions, outcome.place)
            draft.changed(
                f"the reservation value of '{profile.name}' is the utility of its reserved outcome", outcome.place
            )
            return


def _utility(profile: Profile, outcome: Sequence[Node], questions: Sequence[Question], place: Place) -> float:
    if len(outcome) != len(questions):
        raise refuse(place, f"expected {len(questions)} values in an outcome, found {len(outcome)}")
    total = profile.shift
    for node, question, worth in zip(outcome, questions, profile.worths, strict=True):
        name = label(node, "a value").strip()
        if worth.by_label is not None:
            if name not in worth.by_label:
                raise refuse(node.place, f"the issue '{question.name}' has no value '{name}'")
            total += worth.weight * worth.by_label[name]
        elif worth.of_number is not None:
            total += worth.weight * worth.of_number(number(node, "a value"))
    return total


def _or(root: Mapping, key: str, default: float) -> float:
    node = optional(root, key)
    return default if node is None else number(node, key)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


def _as_number(text: str, question: Question) -> float:
    if not _is_number(text):
        raise refuse(
            question.place, f"the issue '{question.name}' has names for values, and a utility function needs numbers"
        )
    return float(text)
