"""What a chair, a caucus and those who ratify did in one world, from the arrays that decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Chair, Scenario
from sim.talks.ratification import AtHome, homes, needed_at_home, worth_at_home
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.caucus import Caucus
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State
from sim.trace.packages import Package, named_if_any
from sim.worlds.packages import Packages
from sim.worlds.preferences import crosses_red_line


@dataclass(frozen=True, slots=True)
class Lack:
    """Who is short of its reservation value with a text, and by how much; or whose red line the text crosses."""

    party: str
    shortfall: float
    red_line: bool


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a chair did to its text.

    Attributes
    ----------
    chair
        The party in the chair, None where it is nobody's.
    before
        The text as it was, None before the first of a meeting.
    final
        Whether it is put for a yes or no.
    lacks
        Who is still short of it.
    enough
        Whether enough could live with it all the same.
    criterion, gains
        By what a chair that is no party amends, and what each side gains on its own range; by id.
    worth
        What the text is worth to the party in the chair, None where there is none.
    """

    chair: str | None
    before: Package | None
    final: bool
    lacks: tuple[Lack, ...]
    enough: bool
    criterion: str
    gains: tuple[tuple[str, float], ...]
    worth: float | None


@dataclass(frozen=True, slots=True)
class Circulated:
    """A draft that was circulated in a caucus: its rung, from 1, who broke silence, and whether silence was kept."""

    rung: int
    broke: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class HomeAnswer:
    """How a home took a deal.

    Attributes
    ----------
    id
        Of the party or side.
    refuses
        Whether it does not ratify.
    crossed
        Its red lines that the deal holds, option by issue.
    worth, needed
        What the deal is worth at home, and what it asks for; None where it has no threshold.
    chance
        The chance that it had to pass there.
    needless
        Whether the deal passes without this home, which refuses it.
    votes
        The days on which it voted, and whether it passed then; none where it votes when the talks are over.
    """

    id: str
    refuses: bool
    crossed: tuple[tuple[str, str], ...]
    worth: float | None
    needed: float | None
    chance: float
    needless: bool
    votes: tuple[tuple[date, bool], ...] = ()

    @property
    def too_little(self) -> bool:
        """Whether the deal is worth too little there."""
        return self.worth is not None and self.needed is not None and self.worth < self.needed - TOLERANCE


def drafting(appraisal: Appraisal, chair: Chair, before: Packages, text: Packages, final: bool) -> Drafting:
    """What the chair did to the text, by what, and who is still short of it; packages are (issues, 1)."""
    sitting = appraisal.sitting
    scenario = sitting.scenario
    lacks, enough = _lacks(appraisal, text)
    gains: tuple[tuple[str, float], ...] = ()
    worth = None
    if chair.party is not None:
        worth = float(sitting.state.wants.utility(text, sitting.cohort)[chair.party, 0])
    else:
        found = appraisal.gains(appraisal.utility(text), np.zeros(1, dtype=np.intp))
        sides = [scenario.sides[delegation.side].id for delegation in sitting.delegations]
        gains = tuple((side, float(gain[0])) for side, gain in zip(sides, found, strict=True))
    return Drafting(
        chair=None if chair.party is None else scenario.parties[chair.party].id,
        before=named_if_any(scenario, before),
        final=final,
        lacks=lacks,
        enough=enough,
        criterion=chair.criterion,
        gains=gains,
        worth=worth,
    )


def _lacks(appraisal: Appraisal, text: Packages) -> tuple[tuple[Lack, ...], bool]:
    """Who is short of a text, and whether enough could live with it."""
    scenario = appraisal.sitting.scenario
    first = np.zeros(1, dtype=np.intp)
    value = appraisal.utility(text)
    crossed = crosses_red_line(appraisal.sitting.state.coded.red[appraisal.parties], text)
    found = []
    for m, p in enumerate(appraisal.parties):
        shortfall = float(appraisal.reservation[m, 0] - value[m, 0])
        if crossed[m, 0] or shortfall > TOLERANCE:
            found.append(Lack(scenario.parties[p].id, shortfall, bool(crossed[m, 0])))
    margins = appraisal.margins(value, crossed.astype(np.float64), first)
    return tuple(found), not float(appraisal.shortfall(margins, first)[0]) > TOLERANCE


def circulated(sitting: Sitting, i: int, came: Caucus) -> tuple[Circulated, ...]:
    """The drafts of the caucus of the i-th side, in the order in which they were circulated."""
    scenario, delegation = sitting.scenario, sitting.delegations[i]
    if came.first[0] == NONE:
        return ()
    return tuple(
        Circulated(
            rung=rung + 1,
            broke=tuple(scenario.parties[p].id for m, p in enumerate(delegation.parties) if came.breaks[m, rung, 0]),
            kept=bool(came.adopted[0]) and rung == came.mandate[0],
        )
        for rung in range(int(came.first[0]), int(came.first[0] - came.drafts[0]), -1)
    )


def answers_at_home(
    scenario: Scenario,
    state: State,
    deal: Packages,
    said: AtHome,
    votes: Mapping[str, Sequence[tuple[date, bool]]],
) -> tuple[HomeAnswer, ...]:
    """How each home that was asked took a deal (issues, 1), given the `votes` held on days of their own, by home."""
    found = []
    for home, asked, no in zip(homes(scenario), said.asked[:, 0], said.refuses[:, 0], strict=True):
        if not asked:
            continue
        threshold, probability = home.terms.threshold, home.terms.probability
        found.append(
            HomeAnswer(
                id=home.id,
                refuses=bool(no),
                crossed=tuple(
                    (scenario.issues[j].id, scenario.issues[j].options[option].id)
                    for j, option in sorted(home.terms.red_lines)
                    if deal[j, 0] == option
                ),
                worth=None if threshold is None else float(worth_at_home(home, state, deal)[0]),
                needed=None if threshold is None else float(needed_at_home(home, state)[0]),
                chance=1.0 if probability is None else float(state.numbers[probability.path][0]),
                needless=bool(no) and not said.fails[0],
                votes=tuple(votes.get(home.id, ())),
            )
        )
    return tuple(found)
