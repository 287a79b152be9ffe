"""A Dask cluster as an executor: the same tasks, on other machines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from sim.sweeps.extras import need

WAIT = "30s"
"""How long to wait for the scheduler."""

RETRIES = 3
"""So often a task is given to another worker after one has failed with it."""


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a scheduler; give its executor, and how many tasks its workers do at a time.

    A task whose worker is lost is done by another: Dask sees to it.

    Raises
    ------
    OutputError
        If Dask is not installed.
    OSError
        If the scheduler can't be reached.
    """
    need("distributed", "cluster")
    from distributed import Client

    try:
        client = Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise OSError(None, f"the scheduler at {address} cannot be reached ({error})") from error
    with client:
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False, retries=RETRIES), max(threads, 1)
