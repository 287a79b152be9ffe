"""A second process at hand: what a run asks and draws while it plays, done aside.

Nothing depends on it: without one, or where it dies, the same work is done here when its result is needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import ParamSpec, TypeVar

from sim.scenario.model import Scenario
from sim.sweeps.crew import abandon, pool_of, start

P = ParamSpec("P")
R = TypeVar("R")

_PAYS = 100_000
"""Worlds times parties times issues from which on a second process takes less time to begin than it saves."""


class Second:
    """A second process, or none.

    Parameters
    ----------
    executor
        Who works there; None: nobody, so that all is done here, when its result is asked for.
    """

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor
        self._later: list[Callable[[], object]] = []

    def __bool__(self) -> bool:
        return self._executor is not None

    def begin(self, work: Callable[P, R], *about: P.args, **how: P.kwargs) -> Callable[[], R]:
        """Begin some work there, and after it what can wait; what is given waits for its result.

        Parameters
        ----------
        work
            A function of a module, without effects that would harm if it ran twice.
        about, how
            Its arguments.
        """
        here = partial(work, *about, **how)
        future = self._submit(here)
        waiting, self._later = self._later, []
        for one in waiting:
            one()
        return lambda: _result(future, here)

    def later(self, work: Callable[P, R], *about: P.args, **how: P.kwargs) -> Callable[[], R]:
        """Do some work there when other work has begun; or here, if it has not when its result is asked for."""
        here = partial(work, *about, **how)
        begun: list[Future[R] | None] = []
        self._later.append(lambda: begun.append(self._submit(here)))
        return lambda: _result(begun[0] if begun else None, here)

    def _submit(self, work: Callable[[], R]) -> Future[R] | None:
        try:
            return None if self._executor is None else self._executor.submit(work)
        except BrokenExecutor:
            return None


def _result(future: Future[R] | None, here: Callable[[], R]) -> R:
    try:
        return here() if future is None else future.result()
    except BrokenExecutor:
        return here()


@contextmanager
def at_hand(scenario: Scenario, worlds: int | None, wanted: bool) -> Iterator[Second]:
    """A second process where it is wanted and pays; on an interruption or error what waits is dropped."""
    size = (worlds or scenario.worlds or 1000) * len(scenario.parties) * len(scenario.issues)
    if not wanted or size < _PAYS or (os.cpu_count() or 1) < 2:
        yield Second()
        return
    pool = pool_of(1)
    try:
        start(pool, 1)
        yield Second(pool)
    finally:
        abandon(pool)  # nobody waits for anything any more


def load(*modules: str) -> None:
    """Import modules, so that they are there when they are needed."""
    for name in modules:
        import_module(name)
