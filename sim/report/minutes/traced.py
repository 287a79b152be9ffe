"""A traced world with its reasons in words: what `trace` gives."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sim.trace.minutes import Minutes


@dataclass(slots=True, repr=False)
class Traced(Minutes):
    """The minutes of one world, to be told."""


def traced(minutes: Minutes) -> Traced:
    """The minutes, to be told."""
    return Traced(**{field.name: getattr(minutes, field.name) for field in fields(Minutes)})
