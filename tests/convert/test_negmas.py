"""NegMAS: its YAML and JSON mean what its own functions make of them; what is written, NegMAS reads the same."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from convert.samples import NEGMAS_ANNA, NEGMAS_BERT, NEGMAS_SPACE, packages, utilities

from sim.convert.formats import read_files
from sim.convert.wishes import Wishes
from sim.convert.writers import genius_files, negmas_files
from sim.scenario.problems import ScenarioError
from sim.scenario.yaml_text import Items, Mapping, Node, read_yaml

FOOD, GUESTS, RATE, DAYS = ("chips", "on", "3"), (2, 3, 4), (0.0, 0.75, 1.5), (1, 4, 7)
FILES = {"domain": NEGMAS_SPACE, "Anna": NEGMAS_ANNA, "Bert": NEGMAS_BERT}


def anna(food: str, guests: int, rate: float, days: int) -> float:
    table = {"chips": 0.1, "on": 1.0, "3": 0.35}[food]
    return 0.3 * table + 0.1 * (-0.1 * guests + 1) + 0.2 * (0.5 * rate) + 0.4 * {1: 0.2, 4: 0.5, 7: 1}[days]


def bert(food: str, guests: int, rate: float, days: int) -> float:
    table = {"chips": 1.0, "on": 0.5, "3": 1e-05}[food]
    triangle = 0.0 if rate in (0.0, 1.5) else rate / 0.3 if rate <= 0.3 else (1.5 - rate) / 1.2
    parts = table + (0.5 * guests * guests - guests) + triangle - math.e ** (-0.5 * days)
    return 0.5 + 0.25 * parts


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    return [_plain(item) for item in node.items] if isinstance(node, Items) else node.value


@pytest.fixture(params=["yml", "json"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An outcome space and two utility functions, in YAML or JSON."""
    for name, text in FILES.items():
        shown = text if request.param == "yml" else json.dumps(_plain(read_yaml(text)))
        (tmp_path / f"{name}.{request.param}").write_text(shown, encoding="utf-8")
    return tmp_path


def test_utilities_are_negmass_own_in_every_package(folder: Path) -> None:
    scenario = read_files([folder], Wishes(values=3)).scenario
    assert [len(issue.options) for issue in scenario.issues] == [3, 3, 3, 3]
    for package in packages(scenario):
        f, g, r, d = package
        meant = FOOD[f], GUESTS[g], RATE[r], DAYS[d]
        found = utilities(scenario, package)
        assert found["Anna"] == pytest.approx(anna(*meant), abs=1e-14)
        assert found["Bert"] == pytest.approx(bert(*meant), abs=1e-14)


def test_no_reservation_value_is_the_worst_package(folder: Path) -> None:
    converted = read_files([folder], Wishes(values=3))
    worst = min(utilities(converted.scenario, package)["Bert"] for package in packages(converted.scenario))
    assert converted.draft.plain["parties"]["Bert"]["reservation"] == pytest.approx(worst, abs=1e-14)
    assert converted.draft.plain["parties"]["Bert"]["source"] == ["negmas", "assumed"]
    assert converted.draft.plain["parties"]["Anna"]["reservation"] == 0.2


def read_texts(tmp_path: Path, **texts: str) -> Any:
    for name, text in {**FILES, **texts}.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_files([tmp_path], Wishes(values=3, rounds=5))


def test_discounted_utilities_carry_what_is_left_each_round(tmp_path: Path) -> None:
    inner = "".join(f"  {line}\n" for line in NEGMAS_ANNA.splitlines())
    by_step = f"type: ExpDiscountedUFun\nname: Anna\ndiscount: 0.9\nfactor: step\nufun:\n{inner}"
    converted = read_texts(tmp_path, Anna=by_step)
    assert converted.draft.plain["parties"]["Anna"]["discount"] == {"round": 0.9}
    assert converted.draft.plain["parties"]["Anna"]["reservation"] == 0.2
    over_all = read_texts(tmp_path, Anna=by_step.replace("step", "relative_time"))
    left = over_all.draft.plain["parties"]["Anna"]["discount"]["round"]
    assert left**5 == pytest.approx(0.9)


def test_other_sums_over_the_issues(tmp_path: Path) -> None:
    issues = ("{type: ContiguousIssue, name: a, values: [0, 2]}", "{type: ContiguousIssue, name: b, values: 3}")
    space = f"type: CartesianOutcomeSpace\nissues: [{', '.join(issues)}]\n"
    linear = "type: LinearUtilityFunction\nname: Anna\nweights: [0.5, -0.25]\nbias: 1\nreserved_value: 0\n"
    weighted = (
        "type: WeightedUtilityFunction\nname: Bert\nreserved_outcome: [0, 2]\nweights: [2, 1]\nufuns:\n"
        "- {type: LinearUtilityFunction, weights: [1, 0]}\n- {type: ConstUtilityFunction, value: 3}\n"
    )
    scenario = read_texts(tmp_path, domain=space, Anna=linear, Bert=weighted).scenario
    for a, b in packages(scenario):
        found = utilities(scenario, (a, b))
        assert found["Anna"] == pytest.approx(1 + 0.5 * a - 0.25 * b)
        assert found["Bert"] == pytest.approx(2 * a + 3)
    assert scenario.parties[1].reservation.amount.parameters == (3.0,)


WRONG = {
    "hyper-rectangles": (
        "Bert",
        "type: HyperRectangleUtilityFunction\nname: B\n",
        ":1:1: 'HyperRectangleUtilityFunction' gives worth to combinations",
    ),
    "another kind": (
        "Bert",
        "name: B\ntype: NonLinearAggregationUtilityFunction\n",
        ":1:1: 'NonLinearAggregationUtilityFunction' is no sum",
    ),
    "an unknown function": (
        "Anna",
        NEGMAS_ANNA.replace("LinearFun", "LambdaFun"),
        "the value function 'LambdaFun' is not known",
    ),
    "too few weights": (
        "Anna",
        NEGMAS_ANNA.replace(", 0.4]", "]"),
        ":16:10: expected 4 weights, one an issue, found 3",
    ),
    "a word for a weight": (
        "Anna",
        NEGMAS_ANNA.replace("0.4]", "much]"),
        ":16:26: expected a number for a weight, found 'much'",
    ),
    "a missing value": (
        "Anna",
        NEGMAS_ANNA.replace(", 3: 0.35", ""),
        "the value '3' of the issue 'food' has no worth in 'Anna'",
    ),
    "an unknown issue": (
        "Bert",
        NEGMAS_BERT.replace("  food:", "  feed:"),
        ":6:3: there is no issue 'feed' in the outcome space",
    ),
    "an unknown kind of issue": (
        "domain",
        NEGMAS_SPACE.replace("Categorical", "Callable"),
        ":2:3: a CallableIssue is not known",
    ),
    "no values": ("domain", NEGMAS_SPACE.replace("values: [1, 4, 7]", "values: []"), "the issue 'days' has no values"),
    "no YAML": ("Anna", NEGMAS_ANNA + "values: [", ":17:10: not valid YAML"),
    "two spaces": ("Bert", NEGMAS_SPACE, "this is a second outcome space"),
    "no type": (
        "Anna",
        NEGMAS_ANNA.replace("  type: TableFun\n- bias", "  type: 3\n- bias"),
        "the value function '3' is not known",
    ),
}


@pytest.mark.parametrize(("name", "text", "told"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_texts(tmp_path, **{name: text})
    assert told in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_what_is_written_negmas_reads_the_same(folder: Path, tmp_path: Path) -> None:
    inout = pytest.importorskip("negmas.inout")
    converted = read_files([folder], Wishes(values=3))
    scenario = converted.scenario
    for writer in (negmas_files, genius_files):
        out = tmp_path / writer.NAME
        out.mkdir()
        for name, text in writer.write(scenario, converted.draft, None, "x").files.items():
            (out / name).write_text(text, encoding="utf-8")
        theirs = {function.name: function for function in inout.Scenario.load(out).ufuns}
        for party, values in {
            p.id: [utilities(scenario, k)[p.id] for k in packages(scenario)] for p in scenario.parties
        }.items():
            least, most = min(values), max(values)
            names = [_outcome(scenario, package, writer is negmas_files) for package in packages(scenario)]
            found = [float(theirs[party](outcome)) for outcome in names]
            if writer is negmas_files:
                assert found == pytest.approx(values, abs=1e-14)
            low, high = min(found), max(found)
            scaled = [low + (value - least) / (most - least) * (high - low) for value in values]
            assert found == pytest.approx(scaled, abs=1e-12)


def _outcome(scenario: Any, package: tuple[int, ...], numbers: bool) -> tuple[Any, ...]:
    names = []
    for issue, option in zip(scenario.issues, package, strict=True):
        name: Any = issue.options[option].id
        if numbers and issue.scale is not None:
            name = int(name) if float(issue.scale.step).is_integer() else float(name)
        names.append(name)
    return tuple(names)


def test_what_negmas_writes_is_read_the_same(tmp_path: Path) -> None:
    negmas = pytest.importorskip("negmas")
    inout = pytest.importorskip("negmas.inout")
    functions = pytest.importorskip("negmas.preferences.value_fun")
    space = negmas.make_os(
        [negmas.make_issue(["a", "no", "1_0"], "word"), negmas.make_issue((2, 9), "count")], name="space"
    )
    ufuns = tuple(
        negmas.preferences.LinearAdditiveUtilityFunction(
            values=[{"a": w, "no": 1.0, "1_0": 1e-07}, functions.AffineFun(slope=-0.125, bias=w)],
            weights=[w, 1 - w],
            outcome_space=space,
            reserved_value=0.1,
            name=f"U{i}",
        )
        for i, w in enumerate((0.25, 0.7))
    )
    for ending in ("yml", "json", "xml"):
        inout.Scenario(space, ufuns).dumpas(tmp_path / ending, ending)
        scenario = read_files([tmp_path / ending], Wishes(raw=True)).scenario
        for package in packages(scenario):
            outcome = (scenario.issues[0].options[package[0]].id, int(scenario.issues[1].options[package[1]].id))
            found = utilities(scenario, package)
            assert found == {f"U{i}": pytest.approx(float(u(outcome)), abs=1e-15) for i, u in enumerate(ufuns)}
