"""Whatever scenario goes out comes back the same, or as the writer says it is written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest
from convert.samples import packages, utilities
from hypothesis import given
from hypothesis import strategies as st
from strategies import Plain, Taste, load_plain, patient, scenarios

from sim.convert.draft import Draft, Remark
from sim.convert.formats import Converted, read_files
from sim.convert.wishes import Wishes
from sim.convert.worths import utility
from sim.convert.writers import genius_files, negmas_files
from sim.convert.writers.yaml_file import scenario_text
from sim.scenario.model import Scenario
from sim.scenario.problems import Place
from sim.scenario.yaml_text import Items, Mapping, Node, read_yaml
from sim.worlds.coding import central_coding
from sim.worlds.preferences import preferences

SOME = 200
"""Most packages of a scenario that are looked at."""


def as_data(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: as_data(value) for key, value in node.entries.items()}
    return [as_data(item) for item in node.items] if isinstance(node, Items) else node.value


def same_data(one: Any, other: Any) -> bool:
    """Whether two are the same but for keys that are numbers, which are text in a tree."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and [str(key) for key in one] == list(other)
            and all(same_data(value, other[str(key)]) for key, value in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same_data, one, other))
    return (
        bool(one == other)
        and (isinstance(one, bool) == isinstance(other, bool))
        and (isinstance(one, str) == isinstance(other, str))
    )


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(
    [
        "no",
        "on",
        "1.10",
        "1e3",
        "0x10",
        "null",
        "~",
        "- a",
        "a: b",
        "a #b",
        "'",
        '"',
        "{",
        "*x",
        "!",
        "%",
        "\u2028",
        "\ufeff",
        "<<",
        "12:30",
        " a ",
    ]
)
PLAIN_VALUES = TEXTS | st.integers(-(10**15), 10**15) | st.floats(-1e300, 1e300) | st.booleans()
DATA = st.recursive(
    PLAIN_VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=15
)


@given(st.dictionaries(TEXTS, DATA, min_size=1, max_size=5))
@patient(150)
def test_any_data_is_written_as_yaml_that_means_it(plain: Plain) -> None:
    problems: list[Any] = []
    plain = {key: value for key, value in plain.items() if "<<" not in str(value)} | {"format": 1}
    plain.pop("<<", None)
    found = as_data(read_yaml(scenario_text(Draft(plain), "heading"), problems=problems))
    assert not problems
    assert same_data(plain, found)


@given(scenarios())
@patient(40)
def test_any_scenario_is_written_as_the_file_that_it_is(plain: Plain) -> None:
    draft = Draft(plain, remarks=[Remark("dropped", "this\nand: that # there", Place("a\nb.xml", 3, 4))])
    text = scenario_text(draft, "From\n- format: 2")
    assert same_data(plain, as_data(read_yaml(text)))
    assert max(map(len, text.splitlines())) < 400


@given(scenarios())
@patient(40)
def test_worths_are_those_of_the_central_world(plain: Plain) -> None:
    scenario = load_plain(plain)
    found = preferences(central_coding(scenario))
    for p, party in enumerate(scenario.parties):
        own = utility(scenario, party)
        for j, issue in enumerate(scenario.issues):
            worths = [own.worth(j, k) for k in range(len(issue.options))]
            np.testing.assert_allclose(worths, found.worth[p, j, : len(issue.options), 0], atol=1e-12)
        assert own.reservation == pytest.approx(found.reservation[p, 0], abs=1e-12)


def back(writer: Any, scenario: Scenario, draft: Draft, wishes: Wishes | None = None) -> Converted:
    with TemporaryDirectory() as place:
        for name, text in writer.write(scenario, draft, None, "x").files.items():
            Path(place, name).write_text(text, encoding="utf-8")
        return read_files([place], wishes)


@given(scenarios(Taste(sides=(2, 3), members=(1, 2))))
@patient(40)
def test_negmas_brings_back_every_utility(plain: Plain) -> None:
    scenario = load_plain(plain)
    found = back(negmas_files, scenario, Draft(plain)).scenario
    assert len(packages(found)) == len(packages(scenario))
    order = [[option.id for option in one.options] for one in found.issues]
    for package in packages(scenario)[:SOME]:
        names = [issue.options[k].id for issue, k in zip(scenario.issues, package, strict=True)]
        there = [
            options.index(name) for options, name in zip(order, names, strict=True)
        ]  # a falling scale comes back rising
        assert utilities(found, there) == pytest.approx(utilities(scenario, package), abs=1e-12)
    reservations = {party.id: utility(found, party).reservation for party in found.parties}
    assert reservations == pytest.approx({p.id: utility(scenario, p).reservation for p in scenario.parties}, abs=1e-12)


@given(scenarios(Taste(sides=(2, 3), members=(1, 2))))
@patient(40)
def test_genius_brings_back_utilities_between_0_and_1_however_they_are_read(plain: Plain) -> None:
    scenario = load_plain(plain)
    found, raw = (back(genius_files, scenario, Draft(plain), Wishes(raw=raw)).scenario for raw in (False, True))
    shown = packages(scenario)[:SOME]
    for party in scenario.parties:
        before = [utilities(scenario, package)[party.id] for package in shown]
        after = [utilities(found, package)[party.id] for package in shown]
        assert [utilities(raw, package)[party.id] for package in shown] == pytest.approx(after, abs=1e-12)
        assert all(-1e-12 <= value <= 1 + 1e-9 for value in after)
        own, there = (utility(s, next(p for p in s.parties if p.id == party.id)) for s in (scenario, found))
        slope, shift = _line(before, after)
        assert after == pytest.approx([slope * value + shift for value in before], abs=1e-9)
        if max(before) > min(before):
            assert there.reservation == pytest.approx(slope * own.reservation + shift, abs=1e-6)


def _line(before: list[float], after: list[float]) -> tuple[float, float]:
    low, high = before.index(min(before)), before.index(max(before))
    if before[high] - before[low] < 1e-9:
        return 0.0, after[low]
    slope = (after[high] - after[low]) / (before[high] - before[low])
    assert slope > 0
    return slope, after[low] - slope * before[low]


NAMES = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), codec="utf-8"), min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda name: name.strip() == name and bool(name))
)
NUMBERS = st.integers(0, 500).map(float) | st.floats(0.001, 1000)


@st.composite
def genius(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A domain and profiles as Genius writes them."""
    issues = draw(
        st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=4, unique=True)), min_size=1, max_size=3)
    )
    weights = [[draw(st.floats(0.01, 1)) for _ in issues] for _ in range(2)]
    profiles = []
    for own in weights:
        lines = []
        for number, (name, values) in enumerate(issues, 1):
            lines.append(
                f'<issue index="{number}" name={quoteattr(name)} type="discrete" etype="discrete" vtype="discrete">'
            )
            lines += [
                f'<item index="{k}" value={quoteattr(v)} evaluation="{draw(NUMBERS)!r}"/>'
                for k, v in enumerate(values, 1)
            ]
            lines.append("</issue>")
        lines += [f'<weight index="{number}" value="{w / sum(own)!r}"/>' for number, w in enumerate(own, 1)]
        left = draw(st.floats(0, 1))
        lines += ["</objective>", f'<discount_factor value="{draw(st.sampled_from(["1.0", "0.5", "0.75"]))}"/>']
        lines += [f'<reservation value="{left!r}"/>', "</utility_space>"]
        profiles.append(f'<utility_space><objective index="0" name="root">{"".join(lines)}')
    parts = "".join(
        f'<issue index="{number}" name={quoteattr(name)} type="discrete">'
        + "".join(f'<item index="{k}" value={quoteattr(v)}/>' for k, v in enumerate(values, 1))
        + "</issue>"
        for number, (name, values) in enumerate(issues, 1)
    )
    space = f'<utility_space><objective index="0" name="root">{parts}</objective></utility_space>'
    return f"<negotiation_template>{space}</negotiation_template>", profiles


@given(genius())
@patient(40)
def test_a_profile_of_genius_goes_back_as_it_came(files: tuple[str, list[str]]) -> None:
    domain, profiles = files
    with TemporaryDirectory() as place:
        Path(place, "domain.xml").write_text(domain, encoding="utf-8")
        for number, text in enumerate(profiles):
            Path(place, f"p{number}.xml").write_text(text, encoding="utf-8")
        first = read_files([place])
        file = Path(place, "first.yaml")
        file.write_text(scenario_text(first.draft, "x"), encoding="utf-8")
        kept = read_files([file])
    again = back(genius_files, kept.scenario, kept.draft)
    assert [p.preferences for p in again.scenario.parties] == [p.preferences for p in first.scenario.parties]
    assert [p.reservation for p in again.scenario.parties] == [p.reservation for p in first.scenario.parties]
    assert [i.options for i in again.scenario.issues] == [i.options for i in first.scenario.issues]
    for one, other in zip(first.scenario.parties, again.scenario.parties, strict=True):
        left = [None if p.discount is None else p.discount.factor.parameters[0] for p in (one, other)]
        assert left[0] == (None if left[1] is None else pytest.approx(left[1], abs=1e-12))
