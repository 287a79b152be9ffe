"""Red lines that are uncertain, and those that events draw or give up, as the file says them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.loading import examine, loads
from sim.scenario.model import Scenario, UncertainRedLine
from sim.scenario.quantities import quantities

Edit = Callable[..., str]
Complaints = Callable[..., list[str]]

LINES = "red_lines: {membership: [barred]}"


def with_lines(sample: str, edit: Edit, written: str) -> str:
    return edit(sample, (LINES, f"red_lines: {{membership: {written}}}"))


def only(scenario: Scenario, party: int = 0) -> UncertainRedLine:
    (line,) = scenario.parties[party].uncertain_red_lines
    return line


@pytest.mark.parametrize(
    ("written", "kind", "parameters", "shared"),
    [
        ("{moratorium: 0.4}", "fixed", (0.4,), ()),
        ("{moratorium: 1}", "fixed", (1.0,), ()),
        ("{moratorium: {uniform: [0.3, 0.7]}}", "uniform", (0.3, 0.7), ()),
        ("{moratorium: {probability: 0.4}}", "fixed", (0.4,), ()),
        (
            "{moratorium: {probability: {beta: [2, 3]}, shared: {eu: 0.6}}}",
            "beta",
            (2.0, 3.0, 0.0, 1.0),
            (("eu", 0.6),),
        ),
        ("{moratorium: {probability: 0.4, shared: {eu: 0.6}, source: nrc, note: N}}", "fixed", (0.4,), (("eu", 0.6),)),
        ("{moratorium: 0.4, source: assumed}", "fixed", (0.4,), ()),
    ],
)
def test_an_entry_may_say_how_likely_an_option_is_to_be_a_red_line(
    sample: str,
    edit: Edit,
    written: str,
    kind: str,
    parameters: tuple[float, ...],
    shared: tuple[tuple[str, float], ...],
) -> None:
    scenario = loads(with_lines(sample, edit, f"[barred, {written}]"))
    assert scenario.parties[0].red_lines == {(0, 0)}
    line = only(scenario)
    assert (line.issue, line.option) == (0, 1)
    assert line.probability.path == "parties.USA.red_lines.membership.moratorium"
    assert (line.probability.kind, line.probability.parameters[: len(parameters)]) == (kind, parameters)
    assert (line.luck.path, line.luck.shared) == ("parties.USA.red_lines.membership.moratorium.drawn", shared)


def test_a_party_that_is_like_another_takes_its_lines_over_and_draws_its_own(sample: str, edit: Edit) -> None:
    scenario = loads(with_lines(sample, edit, "[barred, {moratorium: 0.4}]"))
    assert only(scenario, 1).probability.path == "parties.POL.red_lines.membership.moratorium"
    assert scenario.parties[1].red_lines == {(0, 0)}


MISTAKES = {
    "probability above 1": (
        "[{moratorium: 1.4}]",
        "23:43: expected a number from 0 to 1 for the probability of a red line, found 1.4",
    ),
    "distribution that can leave the range": (
        "[{moratorium: {uniform: [0.5, 1.5]}}]",
        "23:53: uniform [0.5, 1.5] can rise to 1.5, above 1: expected a number from 0 to 1 for the probability of a "
        "red line",
    ),
    "option unknown": (
        "[{moratorum: 0.4}]",
        "23:31: there is no option 'moratorum' of the issue 'membership'; did you mean 'moratorium'?",
    ),
    "two options in one entry": (
        "[{moratorium: 0.4, barred: 1}]",
        "23:30: expected an option id or {OPTION: probability} for red_lines, found a mapping (moratorium, barred)",
    ),
    "no option": (
        "[{source: assumed}]",
        "23:30: expected an option id or {OPTION: probability} for red_lines, found an empty mapping",
    ),
    "no probability": ("[{moratorium: }]", "23:31: 'moratorium' has no value; give one, or leave the key out"),
    "twice": ("[moratorium, {moratorium: 0.4}]", "23:43: the option 'moratorium' stands twice in the list"),
    "unknown key": (
        "[{moratorium: {probabilty: 0.4}}]",
        "23:44: unknown key 'probabilty' in a red line; did you mean 'probability'?",
    ),
    "shared alone": (
        "[{moratorium: {shared: {eu: 0.4}}}]",
        "23:43: the key 'probability' is missing in a red line",
    ),
    "a word": (
        "[{moratorium: perhaps}]",
        "23:43: expected a number from 0 to 1 for the probability of a red line, found 'perhaps'",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place(name: str, sample: str, edit: Edit, complaints: Complaints) -> None:
    written, expected = MISTAKES[name]
    assert complaints(with_lines(sample, edit, written))[:1] == [f"f.yaml:{expected}"]


def test_at_home_red_lines_are_certain(sample: str, edit: Edit, complaints: Complaints) -> None:
    text = edit(sample, (LINES, f"{LINES}\n    ratification: {{red_lines: {{membership: [{{barred: 0.5}}]}}}}"))
    (told,) = {line.partition(": ")[2] for line in complaints(text)}
    assert told.startswith("red lines of a ratification are certain, and 'barred' is not; say by `probability`")


@pytest.mark.parametrize("path", ["RUS.red_lines.membership.moratorium", "parties.RUS.red_lines.membership.moratorium"])
@pytest.mark.parametrize("to", [0, 1])
def test_an_event_draws_or_gives_up_any_red_line(sample: str, edit: Edit, path: str, to: int) -> None:
    (effect,) = loads(edit(sample, ("RUS.reservation: 0.03", f"{path}: {{set: {to}}}"))).events[0].effects
    assert effect.path == "parties.RUS.red_lines.membership.moratorium"
    assert (effect.how, effect.amount.parameters, effect.red_line) == ("set", (float(to),), (2, 0, 1))


SETTING = "expected {set: 1}, which draws the red line, or {set: 0}, which gives it up, for"
UNSURE = "how unsure that is says the event's probability"
LINE = "RUS.red_lines.membership.moratorium"
EFFECTS = {
    f"{LINE}: 1": f"{SETTING} '{LINE}', found 1; {UNSURE}",
    f"{LINE}: {{set: 0.5}}": f"{SETTING} '{LINE}', found 0.5; {UNSURE}",
    f"{LINE}: {{times: 0}}": f"{SETTING} '{LINE}', found a mapping (times); {UNSURE}",
    f"{LINE}: {{choice: [0, 1]}}": f"{SETTING} '{LINE}', found a mapping (choice); {UNSURE}",
    "RUS.red_lines.membership.moratorum: {set: 1}": "there is no option 'moratorum' of the issue 'membership'; did you "
    "mean 'moratorium'?",
    "RUS.red_lines.member.moratorium: {set: 1}": "there is no issue 'member'; did you mean 'membership'?",
    "RUS.red_lines.delay: {set: 1}": "expected the path of an option for the effect on 'RUS.red_lines.delay', e.g. "
    "'RUS.red_lines.delay.OPTION'",
    "RUS.red_line.delay.5: {set: 1}": "an event cannot change 'RUS.red_line.delay.5'; did you mean 'red_lines'?",
}


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_mistake_in_such_an_effect_is_told(effect: str, sample: str, edit: Edit, complaints: Complaints) -> None:
    (told,) = complaints(edit(sample, ("RUS.reservation: 0.03", effect)))
    assert told.startswith("f.yaml:32:")
    assert told.endswith(f": {EFFECTS[effect]}")


@pytest.mark.parametrize(
    ("change", "certain", "uncertain"),
    [
        ("parties.USA.red_lines.membership.moratorium=0.3", {(0, 0)}, {1: 0.3}),
        ("parties.USA.red_lines.membership.barred=0.3", set(), {0: 0.3}),
        ("parties.USA.red_lines.membership.barred={probability: 0.3, shared: {eu: 1}}", set(), {0: 0.3}),
        ("parties.USA.red_lines.membership.barred.probability=0.3", set(), {0: 0.3}),
        ("parties.USA.red_lines.membership=[moratorium]", {(0, 1)}, {}),
        ("parties.USA.red_lines.delay.5=0.3", {(0, 0)}, {5: 0.3}),
    ],
)
def test_a_change_reaches_one_line_and_leaves_the_others(
    sample: str, change: str, certain: set[tuple[int, int]], uncertain: dict[int, float]
) -> None:
    for party in loads(sample, changes=[change]).parties[:2]:  # the second is like the first
        assert party.red_lines == certain
        assert {one.option: one.probability.parameters[0] for one in party.uncertain_red_lines} == uncertain


def test_a_change_to_one_line_of_a_party_that_is_like_another_keeps_the_lines_taken_over(sample: str) -> None:
    first, second, _ = loads(sample, changes=["parties.POL.red_lines.membership.moratorium=0.3"]).parties
    assert (first.red_lines, first.uncertain_red_lines) == ({(0, 0)}, ())
    assert second.red_lines == {(0, 0)}
    assert [one.option for one in second.uncertain_red_lines] == [1]


def test_a_change_may_give_a_party_its_first_red_line(sample: str) -> None:
    scenario = loads(sample, changes=["parties.RUS.red_lines.membership.open_door=0.3"])
    assert only(scenario, 2).option == 2
    assert "parties.RUS.red_lines.membership.open_door" in quantities(scenario)


def test_the_list_of_judgements_has_each_with_its_source(sample: str, edit: Edit) -> None:
    text = with_lines(sample, edit, "[barred, {moratorium: {probability: 0.4, source: nrc, note: Why}}]")
    (found,) = [one for one in loads(text).judgements if one.path.startswith("parties.USA.red_lines")]
    assert (found.path, found.value, found.sources, found.note) == (
        "parties.USA.red_lines.membership.moratorium",
        "probability: 0.4",
        ("nrc",),
        "Why",
    )


def test_uncertain_lines_without_a_source_are_odd(sample: str, edit: Edit, tmp_path: Path) -> None:
    def warnings(written: str) -> list[str]:
        file = tmp_path / "f.yaml"
        file.write_text(with_lines(sample, edit, written), encoding="utf-8")
        return [one.message for one in examine(file)[2] if "red_lines" in one.message]

    assert warnings("[barred]") == []
    assert warnings("[{barred: 0.5}]") == [
        "uncertain numbers in red_lines have no source (give one, or `source: assumed`)"
    ]
    assert warnings("[{barred: 0.5, source: assumed}]") == []
