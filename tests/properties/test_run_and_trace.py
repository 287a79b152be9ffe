"""World K of a run and the trace of world K tell the same story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Plain, load_plain, patient, scenarios

import sim
from sim.trace.remarks import Agreed


@given(scenarios(), st.integers(0, 2**40))
@patient(80)
def test_a_world_of_a_run_and_its_trace_are_the_same(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    worlds = 9
    run = sim.run(scenario, worlds=worlds, seed=seed)
    assert run.worlds["world"].to_list() == list(range(worlds))
    for row in run.worlds.iter_rows(named=True):
        minutes = sim.trace(scenario, row["world"], seed)
        told = minutes.as_json()
        assert told["outcome"] == row["outcome"]
        assert told["day"] == row["day"]
        package = {issue.id: row[f"package.{issue.id}"] for issue in scenario.issues}
        assert (told["package"] or dict.fromkeys(package)) == package
        assert told["utilities"] == {party.id: row[f"utility.{party.id}"] for party in scenario.parties}
        assert len(told["meetings"]) == row["meetings"]
        assert sum(len(meeting["rounds"]) for meeting in told["meetings"]) == row["rounds"]
        gaps = [one.gap for meeting in minutes.meetings for one in meeting.rounds]
        if row["outcome"] == "agreement":
            assert row["gap"] == 0
        elif gaps and any(isinstance(one, Agreed) for one in minutes.meetings[-1].remarks):
            # Who accepts stands where the offer is, though the world's gap is that between the offers made.
            assert gaps[-1] == 0
        elif gaps and not scenario.events:
            assert gaps[-1] == pytest.approx(row["gap"])
