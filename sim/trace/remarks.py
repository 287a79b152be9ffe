"""What became of what was agreed in a meeting of one world, and of issues on common ground."""

from __future__ import annotations

from dataclasses import dataclass

from sim.trace.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class PutToWhole:
    """What was agreed ad referendum, put to a side that was not wholly present."""

    side: str
    passed: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement, and whether it stands: ad referendum it need not."""

    stands: bool


@dataclass(frozen=True, slots=True)
class Harvested:
    """An issue settled by itself, since the sides' last offers agree on it."""

    issue: str
    option: str


@dataclass(frozen=True, slots=True)
class Common:
    """An issue on which the sides' last offers agree, though it is not settled.

    `insisting` are the sides that insist on the whole package; `refusals` the verdicts of those to whom the option is
    not acceptable by itself.
    """

    issue: str
    option: str
    insisting: tuple[str, ...]
    refusals: tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """The vote on what was settled: how each party voted, a word of `sim.talks.division.WORDS`, in the file's order."""

    votes: tuple[tuple[str, str], ...]


Remark = PutToWhole | Agreed | Harvested | Common | Divided
