"""A second process at hand: what a run asks and draws while it plays, done aside.

Nothing depends on it: without one, or where it dies, the same work is done here when its result is needed.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import ParamSpec, TypeVar

from sim.scenario.model import Scenario
from sim.sweeps.crew import abandon, nothing, serve
from sim.sweeps.store import uninterrupted

P = ParamSpec("P")
R = TypeVar("R")

_PAYS = 100_000
"""Worlds times parties times issues."""


@contextmanager
def second_process() -> Iterator[Executor]:
    """A process of this machine; on an interruption or error what waits is dropped."""
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=serve)
    try:
        with uninterrupted():
            pool.submit(nothing)
        yield pool
    except BaseException:
        abandon(pool)
        raise
    pool.shutdown()


@contextmanager
def at_hand(scenario: Scenario, worlds: int | None, wanted: bool) -> Iterator[Executor | None]:
    """A second process where it is wanted and pays: where a run takes longer than such a process takes to begin."""
    size = (worlds or scenario.worlds or 1000) * len(scenario.parties) * len(scenario.issues)
    if not wanted or size < _PAYS or (os.cpu_count() or 1) < 2:
        yield None
        return
    with second_process() as second:
        yield second


def aside(executor: Executor | None, work: Callable[P, R], *about: P.args, **how: P.kwargs) -> Callable[[], R]:
    """Begin some work there; what is given waits for its result.

    Parameters
    ----------
    executor
        Who does it; None: it is done here, when it is asked for.
    work
        A function of a module, without effects that would harm if it ran twice.
    about, how
        Its arguments.
    """
    here = partial(work, *about, **how)
    if executor is None:
        return here
    try:
        future = executor.submit(work, *about, **how)
    except BrokenExecutor:
        return here

    def result() -> R:
        try:
            return future.result()
        except BrokenExecutor:
            return here()

    return result


def load(*modules: str) -> None:
    """Import modules, so that they are there when they are needed."""
    for name in modules:
        import_module(name)
