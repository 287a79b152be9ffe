"""Writing a NegMAS scenario: a folder with the outcome space and a utility function for each party, in YAML.

NegMAS holds weights and values as they are, in any range. Its YAML is of version 1.1, in which more words are no
text (yes, no, on, off, 12:30) and 1e-05 is no number: texts are in quotation marks, numbers have a point.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.convert.draft import Draft
from sim.convert.unheld import MOST, note_unheld
from sim.convert.worths import Utility, median, utility
from sim.convert.writers.written import Written, file_name, heading_and_remarks
from sim.scenario.model import Issue, Party, Scenario
from sim.scenario.problems import listing
from sim.scenario.yaml_text import number_id

NAME = "negmas"
TITLE = "a folder with a NegMAS scenario (YAML)"


def write(scenario: Scenario, draft: Draft, target: Path | None, heading: str) -> Written:
    """Texts of an outcome space and utility functions.

    Parameters
    ----------
    scenario
        What is written, at its central values.
    draft
        Its plain data; what the files cannot hold is noted here.
    target
        Of no use here: NegMAS reads folders.
    heading
        The first comment of the outcome space.
    """
    del target
    note_unheld(draft, draft.plain, held=("discount",))
    titled = [issue.id for issue in scenario.issues if issue.title != issue.id]
    titled += [
        option.id
        for issue in scenario.issues
        for option in issue.options
        if issue.scale is None and option.title != option.id
    ]
    titled += [party.id for party in scenario.parties if party.title != party.id]
    if titled:
        draft.dropped(f"titles of {listing(titled, MOST)}: NegMAS has one name for each")
    written = Written(folder=True)
    functions: dict[str, str] = {}
    for party in scenario.parties:
        name = file_name(party.id, ".yml", ["domain.yml", *functions])
        functions[name] = _function(scenario, draft, party)
    written.files["domain.yml"] = _space(scenario, draft, heading)
    written.files.update(functions)
    return written


def _space(scenario: Scenario, draft: Draft, heading: str) -> str:
    lines = [f"# {line}" for line in heading_and_remarks(draft, heading)]
    lines += ["type: CartesianOutcomeSpace", f"name: {_value(scenario.title)}", "issues:"]
    for issue in scenario.issues:
        kind, values = _values(issue)
        lines += [f"- type: {kind}", f"  name: {_value(issue.id)}", f"  values: {_value(values)}"]
    return "\n".join(lines) + "\n"


def _values(issue: Issue) -> tuple[str, list[Any]]:
    """NegMAS's kind of an issue, and its values: ends of a range, or all of them."""
    if issue.scale is None:
        return "CategoricalIssue", [option.id for option in issue.options]
    numbers = [float(option.id) for option in issue.options]
    if all(number.is_integer() for number in numbers):
        whole = sorted(int(number) for number in numbers)
        if abs(issue.scale.step) == 1:
            return "ContiguousIssue", [whole[0], whole[-1]]
        return "DiscreteCardinalIssue", whole
    return "DiscreteCardinalIssue", sorted(numbers)


def _function(scenario: Scenario, draft: Draft, party: Party) -> str:
    own = utility(scenario, party)
    additive = [*_additive(scenario, own, party.id, own.reservation)]
    discount = _discount(draft, party, own)
    if discount is None:
        return "\n".join(additive) + "\n"
    lines = ["type: ExpDiscountedUFun", f"name: {_value(party.id)}", f"reserved_value: {_value(own.reservation)}"]
    lines += [f"discount: {_value(discount)}", 'factor: "step"', "ufun:"]
    return "\n".join([*lines, *(f"  {line}" for line in additive)]) + "\n"


def _additive(scenario: Scenario, own: Utility, name: str, reservation: float) -> Sequence[str]:
    lines = ["type: LinearAdditiveUtilityFunction", f"name: {_value(name)}", f"reserved_value: {_value(reservation)}"]
    lines += [f"weights: {_value(own.weights)}", "values:"]
    for issue, values in zip(scenario.issues, own.values, strict=True):
        keys: list[Any] = [option.id for option in issue.options]
        if issue.scale is not None:
            numbers = [float(key) for key in keys]
            keys = [int(number) for number in numbers] if all(number.is_integer() for number in numbers) else numbers
        lines += ["- type: TableFun", "  mapping:"]
        lines += [f"    {_value(key)}: {_value(value)}" for key, value in zip(keys, values, strict=True)]
    return lines


def _discount(draft: Draft, party: Party, own: Utility) -> float | None:
    if party.discount is None:
        return None
    if party.discount.unit != "round":
        draft.dropped(f"of {party.id}: discount by {party.discount.unit}")
        return None
    factor = median(party.discount.factor)
    if own.reservation:
        draft.changed(f"the discount {number_id(factor)} of '{party.id}' is one of utility in NegMAS, here of the gain")
    return factor


def _value(value: Any) -> str:
    """A value as both YAML 1.1 and 1.2 read it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, int):
        return str(value)
    text = repr(float(value))
    mantissa, e, exponent = text.partition("e")
    return (
        text
        if not e
        else f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent if exponent[0] in '+-' else '+' + exponent}"
    )
