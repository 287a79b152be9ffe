"""What happened in a traced world, in a form in which two worlds can be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.trace.minutes import MeetingMinutes, Minutes


def story(minutes: Minutes, name: Callable[[str], str] = str) -> Any:
    """What happened, but for the words in which reasons are given: with `name`, in other names."""
    told: list[Any] = [minutes.outcome, minutes.day, _named(minutes.package, name), sorted(map(name, minutes.settled))]
    for entry in minutes.entries:
        if not isinstance(entry, MeetingMinutes):
            told.append((entry.kind, entry.date, {name(side): answer for side, answer in entry.answers.items()}))
            continue
        told.append((entry.date, entry.protocol, sorted(map(name, entry.present)), sorted(map(name, entry.agenda))))
        for one in entry.rounds:
            told.append((one.number, [(name(m.side), m.act, _named(m.package, name)) for m in one.moves]))
    return told


def numbers(minutes: Minutes, name: Callable[[str], str] = str) -> dict[str, Any]:
    """Utilities and gaps, to be compared up to rounding."""
    gaps = [np.nan if one.gap is None else one.gap for meeting in minutes.meetings for one in meeting.rounds]
    kinds = {"utility": minutes.utilities, "reservation": minutes.reservations}
    told = {f"{kind} {name(party)}": u for kind, by in kinds.items() for party, u in by.items()}
    return told | {f"gap {i}": gap for i, gap in enumerate(gaps)}


def same(one: Minutes, other: Minutes, name: Callable[[str], str] = str) -> None:
    assert story(other) == story(one, name)
    ours, theirs = numbers(one, name), numbers(other)
    assert ours.keys() == theirs.keys()
    np.testing.assert_allclose([theirs[key] for key in ours], list(ours.values()), rtol=0, atol=1e-9, equal_nan=True)


def _named(package: dict[str, str] | None, name: Callable[[str], str]) -> dict[str, str] | None:
    return None if package is None else {name(issue): name(option) for issue, option in package.items()}
