"""What an input may cost: told as a find where it takes more."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 10
"""An input that takes longer counts as one that hangs."""

MEGABYTES = 500
"""That reading one file may take beyond the most that the process has taken before."""


class TookTooMuch(BaseException):
    """An input took more time or memory than anything may; no error that a program could swallow."""


@contextmanager
def bounded() -> Iterator[None]:
    """Watch over what is done inside of this; time is the processor's, and six times as much by the clock."""

    def too_long(*_: object) -> None:
        raise TookTooMuch(f"more than {SECONDS} s")

    clocks = {signal.ITIMER_VIRTUAL: (signal.SIGVTALRM, SECONDS), signal.ITIMER_REAL: (signal.SIGALRM, 6 * SECONDS)}
    most = megabytes()
    before = {number: signal.signal(number, too_long) for number, _ in clocks.values()}
    for clock, (_, seconds) in clocks.items():
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for clock, (number, _) in clocks.items():
            signal.setitimer(clock, 0)
            signal.signal(number, before[number])
    if megabytes() - most > MEGABYTES:
        raise TookTooMuch(f"{megabytes() - most:,.0f} MB, more than {MEGABYTES:,}")


def megabytes() -> float:
    """The most memory that this process has taken."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 1_000)
