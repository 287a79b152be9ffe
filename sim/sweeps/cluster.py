"""A Dask cluster as an executor: the same tasks, on other machines."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sim.sweeps.extras import need
from sim.sweeps.store import OutputError, versions

WAIT = "30s"
"""How long to wait for the scheduler."""

RETRIES = 3
"""So often a task is given to another worker after one has failed with it."""

ASK_AGAIN = 5.0
"""Seconds after which the cluster is asked again how large it is."""

_KEPT = 2**27
_TRIM, _MMAP = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Connect to a scheduler; give its executor, and a function that says how many tasks its workers do at a time.

    A task whose worker is lost is done by another: Dask sees to it. Workers may join and leave at any time.

    Parameters
    ----------
    address
        Of the scheduler, or the file that ``dask scheduler --scheduler-file FILE.json`` writes.

    Raises
    ------
    OutputError
        If Dask is not installed, or a worker has other versions of what the numbers depend on.
    OSError
        If the scheduler can't be reached, or is lost on the way.
    """
    need("distributed", "cluster")
    from distributed import Client, KilledWorker

    with _silent():
        try:
            client = Client(**_where(address), timeout=WAIT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise OSError(None, f"the scheduler at {address} cannot be reached ({error})") from error
        try:
            with client:
                _make_ready(client)
                yield client.get_executor(pure=False, retries=RETRIES), _size(client)
        except CancelledError:
            raise OSError(None, f"the scheduler at {address} was lost") from None
        except KilledWorker:
            raise OSError(None, "workers were lost again and again with the same task: too little memory?") from None


def keep_memory() -> None:
    """Let this process keep memory that it frees, to use it again.

    Dask tells its workers' C library to give memory back at once. A block of worlds frees and takes as much again some
    thousand times a second, and would spend most of its time on that.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return
    mallopt(_TRIM, _KEPT)
    mallopt(_MMAP, _KEPT // 4)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Dask from logging what is told once, in our words."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ("distributed", "tornado")]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _make_ready(client: Any) -> None:
    """Check the workers that are there, and prepare them and those that will join."""
    from distributed import WorkerPlugin

    class KeepMemory(WorkerPlugin):  # type: ignore[misc]
        """Goes to workers as a whole, and asks of those that others started for nothing."""

        name = "detente-keep-memory"

        def setup(self, worker: Any) -> None:
            del worker
            from contextlib import suppress

            with suppress(ImportError):
                from sim.sweeps.cluster import keep_memory

                keep_memory()

    here = versions()
    for worker, there in client.run(versions, on_error="return").items():
        if isinstance(there, Exception):
            raise OutputError(f"the worker at {worker} cannot play: {there}; install the same detente there")
        differ = [f"{name} {there[name]} there, {here[name]} here" for name in here if there[name] != here[name]]
        if differ:
            raise OutputError(f"the worker at {worker} has other versions: {', '.join(differ)}")
    client.register_plugin(KeepMemory())


def _where(address: str) -> dict[str, str]:
    if not address.endswith(".json"):
        return {"address": address}
    if not Path(address).is_file():
        raise OutputError(f"{address}: there is no such file; `dask scheduler --scheduler-file {address}` writes it")
    return {"scheduler_file": address}


def _size(client: Any) -> Callable[[], int]:
    """How many tasks the workers do at a time, asked now and then."""
    known, asked = 1, float("-inf")

    def size() -> int:
        nonlocal known, asked
        if monotonic() - asked > ASK_AGAIN:
            known, asked = max(sum(client.nthreads().values()), 1), monotonic()
        return known

    return size
