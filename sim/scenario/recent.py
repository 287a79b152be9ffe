"""What is worked out of a scenario again and again, once: a run asks block by block about one and the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from sim.scenario.model import Scenario

T = TypeVar("T")

_KEPT = 4


def recent(function: Callable[[Scenario], T]) -> Callable[[Scenario], T]:
    """Keep what `function` says of the last few scenarios, known again by identity; nobody may change it.

    Why by identity: to compare or to hash a scenario of thirty parties takes longer than what is saved. What breaks it:
    a copy or a pickled one is another scenario and asked anew, and an answer that is changed is changed for all.
    """
    kept: list[tuple[Scenario, T]] = []

    @wraps(function)
    def remembered(scenario: Scenario) -> T:
        for known, answer in kept:
            if known is scenario:
                return answer
        answer = function(scenario)
        kept.insert(0, (scenario, answer))
        del kept[_KEPT:]
        return answer

    return remembered
