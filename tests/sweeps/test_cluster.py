"""A sweep on a Dask cluster: the same code path, the same bytes, also when a worker is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.sweeps import sweep as sweep_module
from sim.sweeps.store import OutputError

distributed = pytest.importorskip("distributed")

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
ASKED: dict[str, Any] = {"vary": ["parties.seller.reservation=0.1:0.6:16"], "worlds": 300, "report": False}


@pytest.fixture(scope="module")
def local_cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    local_cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_module, "PART", 300)
    here = sim.sweep("price_haggle", **ASKED, out=tmp_path / "here")
    with distributed.Client(local_cluster, set_as_default=False) as client:
        workers = list(client.run(os.getpid).values())
    killed = []

    def kill(done: int, total: int, before: int) -> None:
        del before
        if 2 <= done < total and not killed:
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    there = sim.sweep(
        "price_haggle",
        **ASKED,
        out=tmp_path / "there",
        cluster=local_cluster.scheduler_address,
        batch=100,
        progress=kill,
    )
    assert killed
    assert there.points.equals(here.points)
    for name in ("points.parquet", "manifest.json"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.sweeps import cluster

    monkeypatch.setattr(cluster, "WAIT", "200ms")
    with pytest.raises(OSError, match=r"scheduler at tcp://127\.0\.0\.1:9 cannot be reached"):
        sim.sweep("price_haggle", **ASKED, cluster="tcp://127.0.0.1:9")


def test_a_scheduler_that_is_lost_ends_the_sweep_and_keeps_what_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_module, "PART", 300)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as cluster:

        def lose(done: int, total: int, before: int) -> None:
            if before + 2 <= done < total:
                cluster.close()

        with pytest.raises(OSError, match="was lost"):
            sim.sweep("price_haggle", **ASKED, out=tmp_path / "out", cluster=cluster.scheduler_address, progress=lose)
    assert sim.sweep("price_haggle", **ASKED, out=tmp_path / "out").resumed >= 2


def test_workers_with_other_versions_are_refused(
    local_cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.sweeps.store.VERSION", "0.0.1")
    with pytest.raises(OutputError, match=r"other versions: detente .* there, 0\.0\.1 here"):
        sim.sweep("price_haggle", **ASKED, out=tmp_path / "out", cluster=local_cluster.scheduler_address)
    assert not (tmp_path / "out").exists()


def test_policies_in_files_go_to_the_workers(local_cluster: Any) -> None:
    scenario = sim.load(HOW_TO / "own_policies.yaml", allow_code=True)
    asked = {"vary": [f"parties.{scenario.parties[0].id}.weight=1:2:3"], "worlds": 20}
    there = sim.sweep(scenario, **asked, cluster=local_cluster.scheduler_address)
    assert there.points.equals(sim.sweep(scenario, **asked).points)


def test_the_file_of_a_scheduler_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"dask scheduler --scheduler-file"):
        sim.sweep("price_haggle", **ASKED, cluster=str(tmp_path / "cluster.json"))
