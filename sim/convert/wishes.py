"""What whoever converts can choose where a source leaves it open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wishes:
    """Choices of whoever converts.

    Attributes
    ----------
    values
        How many evenly spaced values stand for a continuous issue, its ends among them (at least 2).
    rounds
        Rounds of the talks, which most sources do not state.
    proposal
        Which of the proposals in the source (DEU holds many).
    raw
        Take the evaluations of Genius as they stand, as NegMAS does; Genius divides each by the largest of its issue.
    """

    values: int = 21
    rounds: int = 10
    proposal: str | None = None
    raw: bool = False
