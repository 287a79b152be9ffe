"""A side whose members decide in a few worlds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.parties.ballot import Ballot, ballot
from sim.scenario.model import Decision, Side

NAN = float("nan")


def side_of(
    rule: str,
    weight: Sequence[float],
    number: float = NAN,
    pace: float = NAN,
    named: int | None = None,
    veto: tuple[int, ...] = (),
    present: tuple[int, ...] | None = None,
) -> Ballot:
    """How members of these weights decide in one world; `number`, `pace`: nan where the file says nothing."""
    side = Side("side", "Side", tuple(range(len(weight))), Decision(rule, named=named), veto=veto)
    here = list(side.members if present is None else present)
    return ballot(side, np.array(weight)[here][:, None], np.array([number]), np.array([pace]), present)


def votes(*who: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """One package in one world."""
    return np.array(who)[:, None]


def passes(side: Ballot, judgements: str) -> bool:
    """Whether it passes a package to which its members say ``o`` (object), ``h`` (hold out), ``f`` (for)."""
    return bool(side.passes(votes(*(c == "o" for c in judgements)), votes(*(c == "f" for c in judgements)))[0])


def barred(side: Ballot, *red: bool) -> bool:
    """Whether the side can never carry an option on which these members have a red line."""
    return bool(side.barred(np.array(red)[:, None, None, None])[0, 0, 0])


def margin(side: Ballot, *surplus: float) -> float:
    """The highest demand above the reservation value at which the side passes it."""
    return float(side.margin(np.array(surplus)[:, None])[0])
