"""The tournament of docs/tournament.md, in a small size: a pair in its batch plays as it does alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks import tournament

from sim.scenario.loading import loads
from sim.trace.recorder import trace

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("offering", tournament.OFFERINGS)
def test_a_pair_plays_in_the_batch_as_it_does_alone(offering: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tournament, "BLOCK", 300)
    issues, options, worlds = 2, 3, 3
    played = tournament.play(issues, options, worlds, 7, offering)
    drawn = tournament._drawn(issues, options, worlds, 7)
    names = list(tournament.POLICIES)
    rng = np.random.default_rng(1)
    some = [tuple(rng.integers(len(names), size=2)) for _ in range(20)]
    for one, other in [(n, n) for n in range(len(names))] + some:
        world = int(rng.integers(worlds))
        plain = json.loads(tournament.scenario_text(issues, options, offering))
        for party, n in zip(tournament.PARTIES, (one, other), strict=True):
            scores, reservation = drawn[party]
            given = {f"i{j}": {f"o{k}": scores[j, k, world] for k in range(options)} for j in range(issues)}
            concession = {"name": names[n], **tournament.POLICIES[names[n]]}
            entry = plain["parties"][party] | {"concession": concession, "scores": given}
            plain["parties"][party] = entry | {"reservation": reservation[world]}
        minutes = trace(loads(json.dumps(plain)))
        assert (minutes.outcome == "agreement") == played.agreed[one, other, world], (names[one], names[other])
        assert sum(len(meeting.rounds) for meeting in minutes.meetings) == played.rounds[one, other, world]
        got = [minutes.utilities[party] for party in tournament.PARTIES]
        assert got == pytest.approx(list(played.utility[:, one, other, world]))


@pytest.mark.slow
@pytest.mark.parametrize(("script", "page"), [("tournament", "tournament.md"), ("learning", "policies.md")])
def test_the_tables_of_the_documents_are_those_that_the_scripts_make(script: str, page: str, tmp_path: Path) -> None:
    document = ROOT / "docs" / page
    shutil.copy(document, tmp_path)
    program = [sys.executable, str(ROOT / "tests" / "benchmarks" / f"{script}.py"), "--out", str(tmp_path / page)]
    subprocess.run([*program, *(["--worlds", "256"] if script == "tournament" else [])], check=True, cwd=ROOT)
    assert (tmp_path / page).read_text(encoding="utf-8") == document.read_text(encoding="utf-8")


def test_on_the_ladder_nearly_every_deal_is_on_the_frontier_and_the_table_has_every_policy() -> None:
    played = tournament.play(2, 3, 2, 0, "ladder")
    distance = played.distance[played.agreed]
    assert (distance < 1e-9).mean() > 0.9  # rungs are on it; a package after side steps need not be
    assert distance.mean() < 0.02
    rows = tournament.table([played])
    text = tournament.page("ladder", rows, played.possible, 2, 0)
    assert [f"`{name}`" in text for name in tournament.POLICIES] == [True] * len(tournament.POLICIES)
    assert all(0.0 <= row["agreed"] <= 1.0 and 0.0 <= row["own"] <= 1.0 <= row["own"] + 1.0 for row in rows)
