"""Many games of one scenario side by side: a case is one world, perhaps with the limits of some parties left out.

Cases come last in every array, as worlds do elsewhere, and no answer in one depends on what others lie beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.game import Packages
from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import Ballot, ballot_of
from sim.parties.council import council_of
from sim.rules.condition import Condition
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding
from sim.worlds.joint import Joint
from sim.worlds.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Cases:
    """Utilities, limits and votes in many games.

    Where options that go together bring bonuses, limits are as low as if a package had all that are worth something to
    a party: so bounds by the issues alone rule nothing out that may be a deal. What a package is worth is counted from
    there, and less where it lacks one.

    Attributes
    ----------
    scenario
        Whose rules of decision hold.
    worth
        Worth of an option to a party, shape (parties, issues, options, cases).
    exists
        Which options there are, shape (issues, options).
    red
        Red lines, shape (parties, issues, options, cases), or (..., 1) where they are the same in all.
    least
        What a package must be worth to a party for it to accept; -inf where its limits do not count, inf where it is
        known to accept nothing that could be a deal. Shape (parties, cases).
    ballots
        How each side decides in the cases.
    needed
        How many sides must assent, shape (cases,).
    must
        Without whom there is no deal, shape (parties, cases).
    unanimous
        Where a deal is what all these accept, and nobody else counts; shape (cases,).
    council
        What must hold of the sides that assent where their votes are counted otherwise; see `sim.parties.council`.
    joint
        What is forbidden and what brings a bonus; None where nothing joins the issues.
    bonus
        What each bonus is worth to each party, shape (parties, bonuses, cases); None without any.
    """

    scenario: Scenario
    worth: Floats
    exists: Bools
    red: Bools
    least: Floats
    ballots: tuple[Ballot, ...]
    needed: Floats
    must: Bools
    unanimous: Bools
    council: Condition | None = None
    joint: Joint | None = None
    bonus: Floats | None = None

    @property
    def count(self) -> int:
        """How many cases there are."""
        return int(self.least.shape[1])

    @property
    def everywhere(self) -> Ints:
        """The places of all cases, shape (cases,)."""
        return np.arange(self.count)

    @property
    def with_red_lines(self) -> Ints:
        """Parties that have a red line in any case."""
        return np.flatnonzero(self.red.any(axis=(1, 2, 3)))

    def of(self, places: Ints) -> Cases:
        """The cases at these places."""
        return replace(
            self,
            worth=self.worth.take(places, axis=3),
            red=self.red.take(places, axis=3) if self.red.shape[3] > 1 else self.red,
            least=self.least[:, places],
            ballots=tuple(one.of(places) for one in self.ballots),
            needed=self.needed[places],
            must=self.must[:, places],
            unanimous=self.unanimous[places],
            council=None if self.council is None else self.council.of(places),
            bonus=None if self.bonus is None else self.bonus.take(places, axis=2),
        )

    def without(self, parties: Bools) -> Cases:
        """The same games where the limits of these parties (parties, cases) do not count."""
        return replace(
            self,
            least=np.where(parties, -np.inf, self.least),
            red=self.red & ~parties[:, None, None],
        )

    def among(self, may: Bools) -> Cases:
        """The same games where no others than these parties (parties, cases) may accept: some more may be needed."""
        return replace(self, least=np.where(may, self.least, np.inf))._voted(may)

    def together(self) -> Cases:
        """The games in which all must agree who may accept at all."""
        return replace(self, must=~np.isposinf(self.least), unanimous=np.ones(self.count, dtype=bool))

    def worths(self, party: Ints, places: Ints) -> Floats:
        """Worths of the options to one party (n,) in each of the cases at these places; (issues, options, n)."""
        _, issues, options, count = self.worth.shape
        start = party * (issues * options * count) + places
        steps = np.arange(issues * options)[:, None] * count
        return np.asarray(self.worth.reshape(-1).take(start + steps).reshape(issues, options, len(party)))

    def red_lines(self, party: Ints, places: Ints) -> Bools:
        """Red lines of one party in each of the cases, as `worths`."""
        return np.asarray(self.red[party, :, :, places if self.red.shape[3] > 1 else 0].transpose(1, 2, 0))

    def values(self, package: Packages, places: Ints) -> Floats:
        """Utility of packages (issues, n) in the cases at these places (n,), shape (parties, n)."""
        result = np.zeros((len(self.worth), package.shape[1]))
        for j, option in enumerate(package):
            result += self.worth[:, j, option, places]
        if self.joint is not None and self.bonus is not None:
            own = self.bonus[..., places]
            result += self.joint.bonus(own, package) - total(np.maximum(own, 0.0).transpose(1, 0, 2))
        return result

    def broken(self, package: Packages) -> Bools:
        """Which packages (issues, n) are forbidden, shape (n,)."""
        return np.zeros(package.shape[1], dtype=bool) if self.joint is None else self.joint.breaks(package)

    def votes(self, package: Packages, places: Ints) -> Bools:
        """Who accepts packages: no red line crossed, worth the least; arguments as `values`, shape (parties, n)."""
        result = self.values(package, places) >= self.least[:, places]
        lines = places if self.red.shape[3] > 1 else np.zeros_like(places)
        for p in self.with_red_lines:
            for j in np.flatnonzero(self.red[p].any(axis=(1, 2))):
                result[p] &= ~self.red[p, j, package[j], lines]
        return np.asarray(result)

    def deal(self, votes: Bools, places: Ints) -> Bools:
        """Whether there is a deal, given who accepts (parties, n) in the cases at these places (n,); shape (n,)."""
        unanimous = self.unanimous[places]
        result = np.asarray((votes | ~self.must[:, places]).all(axis=0))
        if not unanimous.all():
            some = np.flatnonzero(result & ~unanimous)
            result[some] = self._decide(votes[:, some], places[some])
        return result

    def acceptable(self, package: Packages, places: Ints) -> Bools:
        """Which packages are in the zone of agreement; arguments as `values`, shape (n,)."""
        found = self.deal(self.votes(package, places), places)
        return found if self.joint is None else found & ~self.broken(package)

    def _voted(self, may: Bools) -> Cases:
        """With `must` and `unanimous` as they follow where these parties (parties, cases) may accept."""
        must, unanimous = self.must.copy(), self.unanimous.copy()
        left = np.flatnonzero(~unanimous)
        votes = may[:, left]
        for p in range(len(may)):
            votes[p] = False
            must[p, left] = may[p, left] & ~self._decide(votes, left)
            votes[p] = may[p, left]
        unanimous[left] = self._decide(must[:, left], left)
        return replace(self, must=must, unanimous=unanimous)

    def _decide(self, votes: Bools, places: Ints) -> Bools:
        """As `deal`, by the rules: enough sides assent, each with every aspiration down at the reservation value.

        Who does not object is content then.
        """
        assent = []
        for side, ballot in zip(self.scenario.sides, self.ballots, strict=True):
            own = votes[list(side.members)]
            assent.append(ballot.of(places).passes(~own, own))
        if self.council is not None:
            return self.council.of(places).holds(np.stack(assent))
        result = np.add.reduce(assent, axis=0, dtype=np.intp) >= np.ceil(self.needed[places])
        for s in self.scenario.agreement.veto:
            result &= assent[s]
        return np.asarray(result)


def cases(scenario: Scenario, coded: Coding, wants: Preferences, needed: Floats | None = None) -> Cases:
    """The games of a block of worlds, one case a world.

    Parameters
    ----------
    coded, wants
        The numbers of the block and what follows from them.
    needed
        How many sides must assent, shape (worlds,), where the agreement rule says `at_least`; else all must.
    """
    count = wants.reservation.shape[1]
    everybody = np.ones(wants.reservation.shape, dtype=bool)
    return Cases(
        scenario=scenario,
        worth=wants.worth,
        exists=coded.exists,
        red=coded.red if coded.red.ndim == 4 else coded.red[..., None],
        least=wants.reservation
        - TOLERANCE
        - (0.0 if wants.bonus is None else total(np.maximum(wants.bonus, 0.0).transpose(1, 0, 2))),
        ballots=tuple(ballot_of(side, s, coded, slice(None)) for s, side in enumerate(scenario.sides)),
        needed=np.full(count, float(len(scenario.sides))) if needed is None else needed,
        must=~everybody,
        unanimous=np.zeros(count, dtype=bool),
        council=council_of(scenario, coded, slice(None)),
        joint=coded.joint,
        bonus=wants.bonus,
    )._voted(everybody)
