"""How far each headline of a run moves over the range of each judgement, from what its worlds drew.

Sampling leaves a share open by an interval, which more worlds narrow; what is judged moves it by as much as its range
allows, and no more worlds narrow that. The two are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.sweeps.possible import WITHOUT_DEAL
from sim.sweeps.run import Results
from sim.sweeps.separation import Separation, Separations, separating

FEWEST = 20
"""Worlds in a part of a judgement's range from which on its share is told."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What moves each headline; None where the results do not tell of it world by world.

    Attributes
    ----------
    reached
        Worlds with an agreement on every issue.
    exists
        Worlds in which there was a deal to be had, of those where that is known.
    missed
        Of the same, those without any deal although there was one.
    """

    reached: Separations
    exists: Separations | None
    missed: Separations | None


def judged(results: Results) -> Judged:
    """Ask the worlds whose draws are kept."""
    draws = results.draws
    kept = {"world", "outcome", "zone"} & set(results.table.collect_schema().names())
    ended = results.table.head(len(draws)).select(sorted(kept)).collect().sort("world")
    reached = separating(draws, (ended["outcome"] == "agreement").to_numpy())
    if "zone" not in kept:
        return Judged(reached, None, None)
    known = ended["zone"].is_not_null()
    asked = draws.filter(known)
    ended = ended.filter(known)
    missed = ended["zone"] & ended["outcome"].is_in(WITHOUT_DEAL)
    return Judged(reached, separating(asked, ended["zone"].to_numpy()), separating(asked, missed.to_numpy()))


def moves(found: Separations) -> list[Separation]:
    """Those judgements over whose range the share can be told, the strongest first."""
    return [one for one in found.clear if all(worlds >= FEWEST for _, worlds in one.parts if worlds)]


def ends(one: Separation) -> tuple[tuple[int, int], tuple[int, int]]:
    """The part of a judgement's range with the smallest share and that with the largest, as counts of worlds."""
    parts = sorted((part for part in one.parts if part[1]), key=lambda part: part[0] / part[1])
    return parts[0], parts[-1]


def too_few(found: Separations) -> bool:
    """Whether there are too few worlds to tell how far a judgement moves the share."""
    return found.worlds < 5 * FEWEST
