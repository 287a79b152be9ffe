"""How many packages are deals, exactly: in all, with each option, and without each party's objection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.at_home import Home
from sim.analysis.game import Game
from sim.analysis.survey import Effort, Rows, Survey, TooLarge, acceptance, shares
from sim.analysis.zone import can_stop, only_unanimous
from sim.arrays.kinds import Counts, Floats
from sim.arrays.tolerance import TOLERANCE

_MOST_SUMS = 4_000_000
_HEADS = 2_000_000
"""Effort for all counts of an analysis together: some five seconds with thirty parties, half of that with fifteen."""


def for_all_counts() -> Effort:
    """What the counts of one analysis may take together; each is given what those before it left."""
    return Effort(_HEADS)


@dataclass(frozen=True, slots=True)
class Census:
    """Numbers of packages in the zone of agreement.

    Attributes
    ----------
    total
        In all.
    by_option
        With each option, shape (issues, options).
    heads
        Effort that it took.
    """

    total: int
    by_option: Counts
    heads: int


def census(game: Game, effort: Effort | None = None, homes: Sequence[Home] = ()) -> Census | None:
    """Count the zone of agreement, as far as these homes would ratify it; None where that would take too long."""
    effort = effort or Effort(_HEADS)
    given = effort.left
    rows = acceptance(game)
    if homes:
        worth = np.stack([np.concatenate([np.where(one.red, -np.inf, one.worth), one.joint]) for one in homes])
        whole = [np.concatenate([one.worth, one.joint]) for one in homes]
        lowest = [np.min(one, axis=1, where=game.exists, initial=np.inf).sum() for one in whole]
        least = np.maximum(np.array([home.least for home in homes]), np.array(lowest))
        rows = rows.and_also(worth, least - TOLERANCE)
    survey = Survey(rows, game, effort)
    issues, options = game.issues, game.exists.shape[1]
    by_option = np.zeros((issues, options), dtype=np.int64)
    total = 0
    masks: dict[tuple[int, int], Any] | None = None
    try:
        for heads, bits, tails in survey.blocks():
            if masks is None:
                masks = _masks(tails, survey.tail, bits.shape[1])
            each = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
            total += int(each.sum())
            for i, j in enumerate(survey.order):
                by_option[j] += np.bincount(heads[:, i], weights=each, minlength=options).astype(np.int64)
            for (j, k), mask in masks.items():
                by_option[j, k] += int(np.bitwise_count(bits & mask).sum(dtype=np.int64))
    except TooLarge:
        return None
    return Census(total, by_option, given - effort.left)


def ratifiable(game: Game, homes: Sequence[Home], pool: Effort | None = None) -> tuple[list[int | None], int | None]:
    """How much of the zone of agreement each home would ratify, and all of them; None where that takes too long.

    The overlap of the win-sets at the table and at home (Putnam, 1988); chances of ratification are left out.
    """
    pool = pool or for_all_counts()
    *each, whole = [
        census(game, effort, asked)
        for asked, effort in zip([*([home] for home in homes), homes], shares(pool, len(homes) + 1), strict=True)
    ]
    return [None if one is None else one.total for one in each], None if whole is None else whole.total


def _masks(tails: NDArray[np.intp], issues: Sequence[int], words: int) -> dict[tuple[int, int], Any]:
    """For each option of a tail issue, the tails that have it."""
    result = {}
    for i, j in enumerate(issues):
        for k in np.unique(tails[:, i]).tolist():
            flags = np.zeros(words * 64, dtype=bool)
            flags[: len(tails)] = tails[:, i] == k
            result[j, k] = np.packbits(flags, bitorder="little").view(np.uint64)
    return result


def without_each_party(game: Game, counted: Census | None, pool: Effort | None = None) -> list[int | None]:
    """Size of the zone if a party objected to nothing, for each party; `counted` is the zone as it is.

    A larger zone takes more effort to count than the zone itself: where there is less, it isn't tried.
    """
    pool = pool or for_all_counts()
    if counted is None:
        return [None] * game.parties
    result: list[int | None] = []
    stops = can_stop(game)
    soft = not only_unanimous(game)
    for p, effort in enumerate(shares(pool, game.parties)):
        if not soft and not stops[p]:
            result.append(counted.total)
            continue
        if effort.left < counted.heads:
            result.append(None)
            continue
        changed = game.changed(
            red=np.where((np.arange(game.parties) == p)[:, None, None], False, game.red),
            reservation=np.where(np.arange(game.parties) == p, _least(game)[p], game.reservation),
        )
        found = census(changed, effort)
        result.append(None if found is None else found.total)
    return result


def _least(game: Game) -> Floats:
    """What the worst package is worth to each party."""
    return np.asarray(np.min(game.worth, axis=2, where=game.exists, initial=np.inf).sum(axis=1))


def without_each_red_line(
    game: Game, counted: Census | None, pool: Effort | None = None
) -> dict[tuple[int, int, int], int | None]:
    """Size of the zone if a party gave up one red line, by (party, issue, option).

    Only packages with that option can be added, so only those are counted.
    """
    pool = pool or for_all_counts()
    result: dict[tuple[int, int, int], int | None] = {}
    with_option: dict[tuple[int, int], int | None] = {}
    lines = np.argwhere(game.red).tolist()
    if counted is None:
        return dict.fromkeys((p, j, k) for p, j, k in lines)
    for (p, j, k), effort in zip(lines, shares(pool, len(lines)), strict=True):
        others = game.red[:, j, k].copy()
        others[p] = False
        if (others & can_stop(game)).any():
            result[p, j, k] = counted.total
            continue
        if (j, k) not in with_option:
            with_option[j, k] = _count_with(game, j, k, effort)
        red = game.red.copy()
        red[p, j, k] = False
        lifted = _count_with(game.changed(red=red), j, k, effort)
        before = with_option[j, k]
        result[p, j, k] = None if lifted is None or before is None else counted.total + lifted - before
    return result


def _count_with(game: Game, issue: int, option: int, effort: Effort) -> int | None:
    exists = game.exists.copy()
    exists[issue] = np.arange(exists.shape[1]) == option
    found = census(game.changed(exists=exists), effort)
    return None if found is None else found.total


def party_win_sets(game: Game, pool: Effort | None = None) -> list[int | None]:
    """How many packages each party accepts, shape (parties,).

    The issues are split in two halves; the sums of one, sorted, tell how many meet what each sum of the other leaves
    to be met (Horowitz & Sahni, 1974).
    """
    pool = pool or for_all_counts()
    result: list[int | None] = []
    for p, effort in enumerate(shares(pool, game.parties)):
        if game.joint is not None:
            result.append(_count_of(game, p, effort))
            continue
        options = [own[here & ~red] for own, here, red in zip(game.worth[p], game.exists, game.red[p], strict=True)]
        result.append(_pairs_at_least(options, float(game.reservation[p]) - TOLERANCE))
    return result


def _count_of(game: Game, party: int, effort: Effort) -> int | None:
    """How many packages that are not forbidden a party accepts; None where that would take too long to count."""
    only = np.ones(1, dtype=bool)
    least = game.reservation[[party]] - TOLERANCE
    rows = Rows(game.worth[[party]], least, only, game.exists & ~game.red[party], game.joint)
    try:
        return sum(int(np.bitwise_count(bits).sum()) for _, bits, _ in Survey(rows, None, effort).blocks())
    except TooLarge:
        return None


def _pairs_at_least(options: Sequence[Floats], least: float) -> int | None:
    ones: list[Floats] = []
    others: list[Floats] = []
    for own in sorted(options, key=len, reverse=True):
        (ones if _size(ones) <= _size(others) else others).append(own)
    if max(_size(ones), _size(others)) > _MOST_SUMS:
        return None
    one, other = np.sort(_sums(ones)), _sums(others)
    return int((len(one) - np.searchsorted(one, least - other)).sum())


def _size(options: Sequence[Floats]) -> int:
    return prod(len(own) for own in options)


def _sums(options: Sequence[Floats]) -> Floats:
    result = np.zeros(1)
    for own in options:
        result = (result[:, None] + own[None]).reshape(-1)
    return result


def side_win_sets(game: Game, parties: Sequence[int | None], pool: Effort | None = None) -> list[int | None]:
    """How many packages are acceptable to each side; `parties` are the sizes of the parties' own win-sets."""
    pool = pool or for_all_counts()
    result: list[int | None] = []
    for s, effort in enumerate(shares(pool, len(game.sides))):
        side = game.sides[s]
        if side.alone:
            result.append(parties[side.members[0]])
            continue
        found = census(game.changed(needed=1.0, side_veto=(s,), council=None), effort)
        result.append(None if found is None else found.total)
    return result
