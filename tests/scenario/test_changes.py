"""`--set PATH=VALUE`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.scenario.loading import loads
from sim.scenario.quantities import quantities


@pytest.mark.parametrize(
    ("change", "path", "kind", "parameters"),
    [
        ("parties.USA.salience.membership=0.4", "parties.USA.salience.membership", "fixed", (0.4,)),
        ("parties.USA.salience.delay=0.4", "parties.USA.salience.delay", "fixed", (0.4,)),
        ("meetings.geneva.rounds=6", "meetings.geneva.rounds", "fixed", (6.0,)),
        ("meetings.0.rounds=6", "meetings.geneva.rounds", "fixed", (6.0,)),
        ("parties.RUS.reservation={uniform: [0.5, 0.6]}", "parties.RUS.reservation", "uniform", (0.5, 0.6)),
        ("events.0.probability=0", "events.0.probability", "fixed", (0.0,)),
        ("issues.membership.options.moratorium.at=0.3", "issues.membership.options.moratorium.at", "fixed", (0.3,)),
        ("issues.membership.options.1.at=0.3", "issues.membership.options.moratorium.at", "fixed", (0.3,)),
        ("parties.RUS.concession=linear", "parties.RUS.concession.exponent", "fixed", (1.0,)),
        ("parties.RUS.concession.exponent=2", "parties.RUS.concession.exponent", "fixed", (2.0,)),
        ("parties.RUS.loss.power=2", "parties.RUS.loss.power", "fixed", (2.0,)),
        ("end=2022-03-01", "end.days", "fixed", (50.0,)),
        ("end.days=30", "end.days", "fixed", (30.0,)),
        ("meetings.geneva.date.days=3", "meetings.geneva.date.days", "fixed", (3.0,)),
        ("sides.nato.decides.quorum=1", "sides.nato.decides.quorum", "fixed", (1.0,)),
        ("parties.RUS.opponents.noise=0.1", "parties.RUS.opponents.noise", "fixed", (0.1,)),
        ("parties.RUS.positions.delay.plus_minus.0=10", "parties.RUS.positions.delay", "plus_minus", (0.5, 0.15)),
        ("follow_up={after: {days: 7}, at_most: 2}", "follow_up.at_most", "fixed", (2.0,)),
    ],
)
def test_a_change_reaches_its_number(
    change: str, path: str, kind: str, parameters: tuple[float, ...], sample: str
) -> None:
    s = loads(sample, changes=[change])
    q = quantities(s)[path]
    assert (q.kind, q.parameters) == (kind, pytest.approx(parameters))
    assert s.changes == (change,)
    assert s.text == sample


def test_changes_come_one_after_another(sample: str) -> None:
    s = loads(sample, changes=["meetings.geneva.rounds=6", "meetings.geneva.rounds=7"])
    assert s.meetings[0].rounds.parameters == (7.0,)


def test_a_change_reaches_those_that_are_like_the_party(sample: str) -> None:
    s = loads(sample, changes=["parties.USA.reservation=0.1"])
    assert [p.reservation.amount.parameters[0] for p in s.parties[:2]] == [0.1, 0.1]


def test_a_change_leaves_other_uses_of_an_alias_alone(sample: str, edit: Callable[..., str]) -> None:
    text = edit(
        sample,
        ("salience: {membership: 0.9}", "salience: &s {membership: 0.9}"),
        ("like: USA,", "like: USA, salience: *s,"),
    )
    s = loads(text, changes=["parties.USA.salience.membership=0.4"])
    weights = [p.preferences[0].salience.parameters[0] for p in s.parties[:2] if p.preferences[0]]
    assert weights == [0.4, 0.9]


def test_the_meeting_that_a_file_leaves_out_can_be_changed() -> None:
    text = "format: 1\ntitle: T\nissues: {i: {options: [a, b]}}\nparties:\n"
    text += "  x: {positions: {i: a}, reservation: 0, side: s}\n  y: {positions: {i: b}, reservation: 0, side: t}\n"
    s = loads(text, changes=["meetings.meeting_1.rounds=3", "sides.s.decides=unanimity"])
    assert s.meetings[0].rounds.parameters == (3.0,)
    assert [side.decides.rule for side in s.sides] == ["unanimity", "consensus"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("parties.USA.reservation", "expected PATH=VALUE, e.g. parties.USA.reservation=0.5"),
        ("parties.USA.reservation=", "a value is missing after 'parties.USA.reservation='"),
        ("parties.UAS.reservation=0.5", "there is no 'UAS' in parties; did you mean 'USA'?"),
        ("meetings.genva.rounds=5", "there is no 'genva' in meetings; did you mean 'geneva'?"),
        ("meetings.7.rounds=5", "there is no '7' in meetings; there are geneva"),
        ("events.assault.probability=0", "there is no 'assault' in events; there are 0"),
        (
            "issues.membership.options.bared.at=0",
            "there is no 'bared' in issues.membership.options; did you mean 'barred'?",
        ),
        ("parties..x=1", "the path '.x' has an empty part"),
        ("parties.USA.salence.membership=0.5", "unknown key 'salence' in a party; did you mean 'salience'?"),
        ("parties.USA.salience.dealy=0.5", "there is no issue 'dealy'; did you mean 'delay'?"),
        ("meetings.geneva.rounds=2.5", "expected a whole number from 1 to 100000 for rounds, found 2.5"),
        (
            "meetings.geneva.rounds=[",
            "not valid YAML while parsing a flow node: expected the node content, but found '<stream end>'",
        ),
        ("end=2021-01-01", "the end 2021-01-01 lies before the start 2022-01-10"),
        ("a" + ".a" * 100 + "=1", "the path has too many parts"),
    ],
)
def test_a_wrong_change_is_told_with_the_option(
    change: str, complaint: str, sample: str, complaints: Callable[..., list[str]]
) -> None:
    assert complaints(sample, change) == [f"--set {change}: {complaint}"]


def test_all_wrong_changes_are_told(sample: str, complaints: Callable[..., list[str]]) -> None:
    assert len(complaints(sample, "parties.UAS.weight=1", "meetings.genva.rounds=5")) == 2
