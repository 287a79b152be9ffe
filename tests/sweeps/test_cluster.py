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

distributed = pytest.importorskip("distributed")

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
