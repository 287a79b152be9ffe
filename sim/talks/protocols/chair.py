"""The chair of a single negotiating text: how it drafts the text, and how it amends it from round to round.

Fisher's single-text procedure (Fisher, *International Mediation*, 1978; Fisher & Ury, *Getting to Yes*, 1981, ch. 7;
Raiffa, *The Art and Science of Negotiation*, 1982, ch. 14, on Camp David): the sides do not make concessions to each
other, they criticise one text, which a third party amends until it can do no better. What each side lacks it tells the
chair in confidence, by its surplus over its reservation value.

An amendment changes one issue, or, where no single change helps, trades two issues against each other. As long as the
text leaves somebody short, the amendments are those that make the largest shortfall smaller; the chair takes the one
that does most, and a party in the chair the one that costs it least for what it does. Once nobody is short, it amends
as long as it can better its own criterion without leaving anybody short.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ladder import scaled_worth
from sim.scenario.model import Chair
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.joint_ranges import allowed_on
from sim.talks.state import NONE
from sim.worlds.joint import Joint
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import red_lines_in, utility


def draft(appraisal: Appraisal, chair: Chair) -> Packages:
    """The chair's text at the beginning of a meeting, shape (issues, cohort).

    On an issue with a text from an earlier meeting it stays; on any other the chair writes the option of which the side
    that likes it least gets the largest share of what the issue is worth to it (ties: the largest sum of shares, then
    the first in the file), and a party in the chair the option worth most to itself. Options that somebody present
    could stop by a red line are left out where others are left. Where the options so chosen are forbidden together, the
    text is the package that is not with the largest sum of these least shares (of a party in the chair: worth most to
    it).
    """
    sitting = appraisal.sitting
    coded, state, cohort = sitting.state.coded, sitting.state, sitting.cohort
    worth, stakes = state.wants.worth[..., cohort], state.wants.stakes(cohort)
    weight = np.maximum(coded.weight[:, cohort], 0.0)
    exists = coded.exists[:, :, None]
    allowed = np.repeat(exists, len(cohort), axis=2)
    for delegation in sitting.delegations:
        allowed &= ~delegation.ballot.barred(delegation.red)
    allowed = np.where(allowed.any(axis=1, keepdims=True), allowed, exists)
    shares = []
    for delegation in sitting.delegations:
        own = scaled_worth(worth, stakes, list(delegation.parties), sitting.on_table, weight)
        low = np.where(coded.exists[:, :, None], own, np.inf).min(axis=1, keepdims=True)
        high = np.where(coded.exists[:, :, None], own, -np.inf).max(axis=1, keepdims=True)
        shares.append(np.where(high - low > TOLERANCE, share(own - low, high - low), 1.0))
    least, most = np.minimum.reduce(shares), np.add.reduce(shares)
    left = np.broadcast_to(allowed, least.shape)
    if chair.party is not None:
        left = _top(worth[chair.party], left)
    fresh = _top(most, _top(least, left)).argmax(axis=1)
    earlier = state.text[:, cohort]
    text = np.where(earlier != NONE, earlier, fresh)
    text = np.where(sitting.on_table, text, sitting.base).astype(PACKAGE)
    joint = state.wants.joint
    if joint is None or not (broken := joint.breaks(text)).any():
        return text
    at = np.flatnonzero(broken)
    score = (least if chair.party is None else worth[chair.party])[..., at]
    can_be = allowed_on(state, sitting.on_table[:, at], sitting.base[:, at])
    nothing = np.zeros((len(joint.bonuses), len(at)))
    for open_ in (can_be, can_be & np.broadcast_to(allowed, least.shape)[..., at]):
        package, there = joint.best(np.where(open_, score, -np.inf), nothing)
        text[:, at] = np.where(there, package, text[:, at])
    return text


def amend(appraisal: Appraisal, chair: Chair, text: Packages, where: Bools) -> Bools:
    """Amend the text (issues, cohort) in these worlds; answers where the chair found something to amend."""
    at = np.flatnonzero(where)
    amended = np.zeros_like(where)
    for size in (1, 2):
        if not len(at) or size > len(text):
            break
        search = _search(appraisal, chair, text[:, at], at)
        for issues in combinations(range(len(text)), size):
            search.change(issues)
        text[:, at] = search.package
        amended[at] = search.found
        at = at[~search.found]
    return amended


@dataclass(slots=True)
class _Search:
    """The search for the best amendment in n worlds.

    Attributes
    ----------
    at
        Places of the worlds in the cohort, shape (n,).
    here, value, crossed
        The text as it is (issues, n), the worth of its options to the members and the chair, and how many red lines of
        the members it crosses; (members + 1, n) and (members, n).
    worth, red
        Of the members and the chair (members + 1, issues, options, n), of the members (members, issues, options, n).
    shortfall, criterion
        What the text reaches, shape (n,).
    package, ends, first, second, found
        The best amendment so far, (issues, n), and by what it is the best: whether it ends the shortfall, then two
        numbers; whether there is any; (n,).
    joint, bonus
        What joins the issues, and what bonuses are worth to the members and the chair, (members + 1, bonuses, n).
    """

    appraisal: Appraisal
    chair: Chair
    at: Ints
    here: Packages
    value: Floats
    crossed: Floats
    worth: Floats
    red: Floats
    shortfall: Floats
    criterion: Floats
    package: Packages
    ends: Bools
    first: Floats
    second: Floats
    found: Bools
    joint: Joint | None = None
    bonus: Floats | None = None

    def change(self, issues: tuple[int, ...]) -> None:
        """Try every change of these issues, all of them at once."""
        sitting = self.appraisal.sitting
        open_ = np.logical_and.reduce(sitting.on_table[list(issues)][:, self.at], axis=0)
        if not open_.any():
            return
        exists = sitting.state.coded.exists
        column = np.arange(len(self.at))
        value, crossed = self.value, self.crossed
        for j in issues:
            value = value - self.worth[:, j, self.here[j], column]
            crossed = crossed - self.red[:, j, self.here[j], column]
        *before, last = issues
        choices = np.flatnonzero(exists[last])
        for first in np.flatnonzero(exists[before[0]]) if before else (None,):
            own, lines, differs = value, crossed, open_
            if first is not None:
                own, lines = value + self.worth[:, before[0], first], crossed + self.red[:, before[0], first]
                differs = open_ & (self.here[before[0]] != first)
            if not differs.any():
                continue
            values = own[:, None] + self.worth[:, last, choices]
            lined = lines[:, None] + self.red[:, last, choices]
            trial = self._changed({last: choices} if first is None else {before[0]: first, last: choices})
            if trial is not None and self.bonus is not None and self.joint is not None:
                values += self.joint.bonus(self.bonus, trial)
            shortfall, criterion = _measure(self.appraisal, self.chair, values, lined, self.at)
            if trial is not None and self.joint is not None:
                shortfall[self.joint.breaks(trial)] = np.inf
            for c, option in enumerate(choices):
                better = differs & (self.here[last] != option) & self._better(shortfall[c], criterion[c])
                if better.any():
                    self.package[:, better] = self.here[:, better]
                    if first is not None:
                        self.package[before[0], better] = first
                    self.package[last, better] = option

    def _changed(self, options: dict[int, Any]) -> Packages | None:
        """The text with the options of each change on these issues, (issues, changes, n); None where none are joint."""
        if self.joint is None:
            return None
        count = max(np.size(option) for option in options.values())
        trial = np.repeat(self.here[:, None], count, axis=1)
        for issue, option in options.items():
            trial[issue] = np.reshape(option, (-1, 1))
        return trial

    def _better(self, shortfall: Floats, criterion: Floats) -> Bools:
        """Where an amendment betters the text, and the best one so far; notes it."""
        short = self.shortfall > TOLERANCE
        helps = np.where(
            short,
            shortfall < self.shortfall - TOLERANCE,
            (shortfall <= TOLERANCE) & (criterion > self.criterion + TOLERANCE),
        )
        first, second = -shortfall, criterion
        if self.chair.party is not None:
            cost = np.maximum(self.criterion - criterion, TOLERANCE)
            per_cost = (self.shortfall - shortfall) / cost
            first = np.where(shortfall <= TOLERANCE, criterion, np.where(short, per_cost, criterion))
            second = -shortfall
        ends = shortfall <= TOLERANCE
        same = ends == self.ends
        above = (ends & ~self.ends) | (same & (first > self.first + TOLERANCE))
        equal = same & (first >= self.first - TOLERANCE)
        better = helps & (~self.found | above | (equal & (second > self.second + TOLERANCE)))
        self.ends = np.where(better, ends, self.ends)
        self.first = np.where(better, first, self.first)
        self.second = np.where(better, second, self.second)
        self.found |= better
        return np.asarray(better)


def _search(appraisal: Appraisal, chair: Chair, here: Packages, at: Ints) -> _Search:
    sitting = appraisal.sitting
    who = [*appraisal.parties, appraisal.parties[0] if chair.party is None else chair.party]
    worth = sitting.state.wants.worth[who][..., sitting.cohort[at]]
    lines = red_lines_in(sitting.state.coded.red[appraisal.parties], sitting.cohort[at]).astype(np.float64)
    red = np.broadcast_to(lines, (*lines.shape[:3], len(at)))
    value = utility(worth, here)
    crossed = np.zeros((len(red), len(at)))
    for j, option in enumerate(here):
        crossed += red[:, j, option, np.arange(len(at))]
    wants = sitting.state.wants
    bonus = None if wants.bonus is None else wants.bonus[who][..., sitting.cohort[at]]
    whole = value if bonus is None or wants.joint is None else value + wants.joint.bonus(bonus, here)
    shortfall, criterion = _measure(appraisal, chair, whole[:, None], crossed[:, None], at)
    nothing = np.full(len(at), -np.inf)
    return _Search(
        appraisal=appraisal,
        chair=chair,
        at=at,
        here=here,
        value=value,
        crossed=crossed,
        worth=worth,
        red=red,
        shortfall=shortfall[0],
        criterion=criterion[0],
        package=here.copy(),
        ends=np.zeros(len(at), dtype=bool),
        first=nothing,
        second=nothing,
        found=np.zeros(len(at), dtype=bool),
        joint=wants.joint,
        bonus=bonus,
    )


def _measure(appraisal: Appraisal, chair: Chair, value: Floats, crossed: Floats, at: Ints) -> tuple[Floats, Floats]:
    """The largest shortfall of packages, and what they are worth by the chair's criterion; both (packages, n).

    `value` are their utilities to the members and, last, the chair, (members + 1, packages, n); `crossed` has shape
    (members, packages, n).
    """
    shortfall = appraisal.shortfall(appraisal.margins(value[:-1], crossed, at), at)
    if chair.party is not None:
        return shortfall, value[-1]
    if chair.criterion == "closest":
        return shortfall, np.zeros(shortfall.shape)
    gains = appraisal.gains(value[:-1], at)
    if chair.criterion == "egalitarian":
        return shortfall, np.asarray(np.minimum.reduce(gains))
    if chair.criterion == "utilitarian":
        return shortfall, total(gains) / len(gains)
    product = np.ones(shortfall.shape)
    for gain in gains:
        product *= np.maximum(gain, 0.0)
    return shortfall, product


def _top(score: Floats, left: Bools) -> Bools:
    """Of the options left on each issue, those with the highest score; all (issues, options, n)."""
    best = np.where(left, score, -np.inf).max(axis=1, keepdims=True)
    return np.asarray(left & (score >= best - TOLERANCE))
