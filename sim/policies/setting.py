"""What a policy can be told in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A numeric setting of a policy: its legal range and the value it has if left out (None: it must be given)."""

    low: float = float("-inf")
    high: float = float("inf")
    default: float | None = None
    whole: bool = False
