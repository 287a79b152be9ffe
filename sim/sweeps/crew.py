"""Who does the work: this process, a pool of processes, or any executor of `concurrent.futures`.

Results come back in the order of the tasks. A pool that loses a process is made anew and gets the tasks again that it
did not finish, so that a killed worker costs time and nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

from sim.sweeps.store import uninterrupted

T = TypeVar("T")
R = TypeVar("R")

LOSSES = 3
"""So many times in a row may a pool break without finishing a task."""


class WorkersLost(OSError):
    """Workers died again and again; what they were doing is too much for them, or for the machine."""

    def __init__(self) -> None:
        message = f"worker processes were killed {LOSSES} times in a row: too little memory? try fewer --workers"
        super().__init__(None, message)


class Crew:
    """Workers for a number of tasks.

    Parameters
    ----------
    executor
        Any executor; None: this process does the work.
    workers
        How many tasks it does at the same time; a function where that may change.
    renew
        Makes another executor when this one has broken; None where that can't be done.
    """

    def __init__(
        self,
        executor: Executor | None = None,
        workers: int | Callable[[], int] = 1,
        renew: Callable[[], Executor] | None = None,
    ) -> None:
        self.executor = executor
        self._workers = workers
        self._renew = renew

    def play(self, play: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Yield the results of `play` on the tasks, in their order.

        Few tasks are under way at a time, so that memory stays bounded.

        Raises
        ------
        WorkersLost
            If the workers die whatever one does.
        """
        if self.executor is None:
            yield from map(play, tasks)
            return
        waiting: deque[tuple[T, Future[R]]] = deque()
        coming = iter(tasks)
        losses = 0
        try:
            while True:
                try:
                    self._fill(play, coming, waiting)
                    if not waiting:
                        return
                    result = waiting[0][1].result()
                except BrokenExecutor:
                    losses += 1
                    if self._renew is None or losses > LOSSES:
                        raise WorkersLost from None
                    self.executor = self._renew()
                    again = [task for task, _ in waiting]
                    waiting.clear()
                    waiting.extend((task, self.executor.submit(play, task)) for task in again)
                    continue
                losses = 0
                waiting.popleft()
                yield result
        finally:
            for _, future in waiting:
                future.cancel()

    def _fill(self, play: Callable[[T], R], coming: Iterator[T], waiting: deque[tuple[T, Future[R]]]) -> None:
        assert self.executor is not None
        workers = self._workers() if callable(self._workers) else self._workers
        while len(waiting) < 2 * workers + 2:
            task = next(coming, None)
            if task is None:
                return
            failed: Future[R] = Future()
            failed.set_exception(BrokenExecutor())
            waiting.append((task, failed))  # first noted, so that it is not lost where the pool is broken
            waiting[-1] = (task, self.executor.submit(play, task))


@contextmanager
def crew(workers: int | Callable[[], int] = 1, executor: Executor | None = None) -> Iterator[Crew]:
    """A crew of so many processes of this machine, or the one that stands behind an executor.

    On an interruption what waits is dropped.
    """
    if executor is not None:
        yield Crew(executor, workers)
        return
    count = workers() if callable(workers) else workers
    if count <= 1:
        yield Crew()
        return
    pools: list[ProcessPoolExecutor] = []

    def renew() -> Executor:
        for old in pools:
            abandon(old)
        pool = pool_of(count)
        pools[:] = [pool]
        start(pool, count)
        return pool

    try:
        yield Crew(renew(), count, renew)
    except BaseException:
        for pool in pools:
            abandon(pool)
        raise
    pools[0].shutdown()


def pool_of(count: int) -> ProcessPoolExecutor:
    """A pool of so many processes of this machine, none of which has started yet."""
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=serve)


def start(pool: ProcessPoolExecutor, count: int) -> None:
    """Start the processes of a pool."""
    with uninterrupted():  # while they start, for processes begin to ignore what their parent ignores
        for _ in range(count):
            pool.submit(_nothing)


def abandon(pool: ProcessPoolExecutor) -> None:
    """Drop what waits and kill the workers: asked to end, one that is just starting may never do so.

    What they were doing is lost with the interruption anyway, and they write nothing.
    """
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


def _nothing() -> None:
    """Start a process."""


def serve() -> None:
    """Ctrl-C goes to the whole group of processes, the parent alone answers it; and without a parent, end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
