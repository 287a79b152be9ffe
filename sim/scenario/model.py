"""The scenario as the rest of the program sees it: checked, resolved, immutable.

Every number is a `Quantity` that knows its path, so that whoever draws worlds, sweeps or explains can name it.
Indices (of issues, options, parties, sides) count in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sim.rules import RULES
from sim.scenario.problems import Place

DistributionKind = Literal["fixed", "uniform", "triangular", "normal", "beta", "choice", "plus_minus"]
Ending = Literal["agreement", "partial", "talks_continue", "impasse", "breakdown", "not_ratified"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the scenario, certain or not.

    Attributes
    ----------
    path
        Its address, e.g. ``parties.USA.salience.membership``; also the name under which it is drawn.
    kind, parameters
        The distribution and its numbers in the order of the file format: ``fixed (x,)``, ``uniform (low, high)``,
        ``triangular (low, mode, high)``, ``normal (mean, sd)``, ``beta (a, b, low, high)``, ``choice (x, y, ...)``,
        ``plus_minus (x, d)``.
    low, high
        The legal range; ``normal`` and ``plus_minus`` are clipped to it.
    whole
        Draws are rounded half up to whole numbers.
    shared
        Common factors it moves with, as (name, r): two numbers that share a factor with r correlate by r.
    """

    path: str
    kind: DistributionKind
    parameters: tuple[float, ...]
    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = False
    shared: tuple[tuple[str, float], ...] = ()

    @property
    def certain(self) -> bool:
        """Whether every world has the same value."""
        return self.kind == "fixed"


@dataclass(frozen=True, slots=True)
class Option:
    """One settlement of an issue; `at` is its place on the scale, None where it is spaced between its neighbours."""

    id: str
    title: str
    at: Quantity | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The numeric scale of an issue: options are the numbers `start`, `start + step`, ... `stop`."""

    start: float
    stop: float
    step: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Issue:
    """A question on the table."""

    id: str
    title: str
    options: tuple[Option, ...]
    status_quo: int | None
    scale: Scale | None = None

    def index(self, option: str) -> int:
        """Index of the option with this id."""
        return next(i for i, o in enumerate(self.options) if o.id == option)


@dataclass(frozen=True, slots=True)
class VotePart:
    """One of several joined rules: its name, its number, and of what weight that is, `absolute` or a share of it.

    `of` is `VOTES`, `INFLUENCE`, `HEADS`, or a key of the parties' `weights`.
    """

    rule: str
    number: Quantity | None
    of: str
    absolute: bool = False


VOTES, INFLUENCE, HEADS = "votes", "weight", "members"
"""What a vote may weigh: the party's votes (its weight where it states none), its weight, or 1."""


@dataclass(frozen=True, slots=True)
class Vote:
    """Rules joined: all must hold; fewer objectors than `blocking` stop nothing; who holds out may abstain."""

    parts: tuple[VotePart, ...]
    blocking: Quantity | None = None
    abstains: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """How a side decides: by a rule of `sim.rules`, with its number or the index of the party that it names, if any.

    With a `vote` it decides by those rules joined.
    """

    rule: str = next(iter(RULES))
    number: Quantity | None = None
    named: int | None = None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class Opponents:
    """What a side believes of the others' preferences: an opponent model, with its noise if it has any."""

    kind: str = "known"
    noise: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A group of parties that speaks with one voice; `members` and `veto` are indices of parties.

    `caucus` is how many drafts of a common position its members can circulate before a meeting, None without a caucus.
    `package_only` says whether it settles nothing but the whole package, or how likely it is that it insists on that.
    `pace` is the share of the weight that must be content, None where its rule knows none; `deadline` the day from the
    start on which its patience is used up, None where it is the scenario's.
    """

    id: str
    title: str
    members: tuple[int, ...]
    decides: Decision
    veto: tuple[int, ...] = ()
    offering: str = "ladder"
    opponents: Opponents = field(default_factory=Opponents)
    package_only: bool | Quantity = False
    offering_numbers: tuple[tuple[str, Quantity], ...] = ()
    caucus: Quantity | None = None
    ratification: Ratification | None = None
    pace: Quantity | None = None
    deadline: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Ideal:
    """A party's position on an issue: a place in [0, 1], or, where `options` is given, options to choose among.

    With `options`, `place` holds the index into `options` (a fixed 0 if there is but one).
    """

    place: Quantity
    options: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Preference:
    """What a party wants on one issue: an ideal or a score for every option, and how much it cares.

    `salience` is normalised over the issues with an ideal; with scores it is a factor.
    """

    salience: Quantity
    ideal: Ideal | None = None
    scores: tuple[Quantity, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """The reservation value: `amount`, or where `status_quo` the utility of the status quo plus `amount`."""

    status_quo: bool
    amount: Quantity


@dataclass(frozen=True, slots=True)
class UncertainRedLine:
    """An option of which it is uncertain whether it is a red line; drawn anew in every world.

    It is one where `luck`, evenly between 0 and 1, is at least 1 - `probability` (the inverse distribution function of
    a yes or no), so that what it shares with other numbers moves both the same way.
    """

    issue: int
    option: int
    probability: Quantity
    luck: Quantity


@dataclass(frozen=True, slots=True)
class SecondVote:
    """A vote that follows a no: so many days later, with a chance of its own."""

    after_days: Quantity
    probability: Quantity | None
    luck: Quantity


@dataclass(frozen=True, slots=True)
class Ratification:
    """What a deal must pass at home: reach the `threshold`, hold no option of `red_lines`, and then this chance.

    Parts that are left out ask for nothing. With a `day` from the start or days `after` the signature the vote is held
    then, else when the talks are over. `luck` is what the chance is drawn by, where that moves with common factors: it
    passes where the luck is high.
    """

    probability: Quantity | None = None
    threshold: Reservation | None = None
    red_lines: frozenset[tuple[int, int]] = frozenset()  # (issue, option)
    day: Quantity | None = None
    after_days: Quantity | None = None
    luck: Quantity | None = None
    again: SecondVote | None = None

    @property
    def dated(self) -> bool:
        """Whether it has a day of its own."""
        return self.day is not None or self.after_days is not None or self.again is not None


@dataclass(frozen=True, slots=True)
class Force:
    """When a deal enters into force: once enough of those who ratify have, and what holds otherwise.

    `veto` are ids of parties or sides that must have ratified. `otherwise` has an option by issue, None where the
    reservation values stand.
    """

    vote: Vote
    veto: tuple[str, ...] = ()
    otherwise: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A named policy with its numeric settings, its words, and of a mix its parts: name, weight and policy of each."""

    name: str
    numbers: tuple[tuple[str, Quantity], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, Quantity, Policy], ...] = ()

    @property
    def settings(self) -> tuple[tuple[str, Quantity], ...]:
        """All its numbers and those of its parts, named as in their paths: ``exponent``, ``of.linear.weight``."""
        found = list(self.numbers)
        for name, weight, part in self.parts:
            found.append((f"of.{name}.weight", weight))
            found.extend((f"of.{name}.{key}", number) for key, number in part.settings)
        return tuple(found)

    def number(self, key: str) -> Quantity:
        """The setting with this name."""
        return dict(self.settings)[key]


@dataclass(frozen=True, slots=True)
class Discount:
    """What delay costs: the share of a party's gain from a deal that is left after each offer, round or day."""

    unit: Literal["offer", "round", "day"]
    factor: Quantity


@dataclass(frozen=True, slots=True)
class Party:
    """One decision maker. `preferences` has an entry per issue, None where the party does not care."""

    id: str
    title: str
    side: int
    weight: Quantity
    preferences: tuple[Preference | None, ...]
    loss: Quantity  # exponent of the loss: 1 linear, 2 quadratic
    red_lines: frozenset[tuple[int, int]]  # (issue, option) that are red lines for certain
    reservation: Reservation
    concession: Policy
    walk_out: Quantity | None = None  # meetings in a row without a better offer
    ratification: Ratification | None = None
    acceptance: Policy = field(default_factory=lambda: Policy("next"))
    discount: Discount | None = None
    uncertain_red_lines: tuple[UncertainRedLine, ...] = ()
    votes: Quantity | None = None  # what its vote weighs; None: its weight
    has_vote: bool = True
    weights: tuple[tuple[str, Quantity], ...] = ()  # what else its vote may weigh, by name
    has_bonus: bool = False  # whether options can be worth a bonus to it

    @property
    def unbounded(self) -> bool:
        """Whether its utility need not lie in [0, 1]: with scores, or a bonus."""
        return self.has_bonus or any(one is not None and one.scores is not None for one in self.preferences)

    @property
    def settings(self) -> tuple[tuple[str, Quantity], ...]:
        """Numbers of its policies: of its concession as they are named there, ``acceptance.after``, ``discount``."""
        found = list(self.concession.settings)
        found.extend((f"acceptance.{key}", number) for key, number in self.acceptance.settings)
        if self.discount is not None:
            found.append(("discount", self.discount.factor))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Chair:
    """Who amends a single negotiating text, and by what it chooses.

    Attributes
    ----------
    criterion
        egalitarian, nash, utilitarian, closest, or party: its own preferences.
    party
        The party in the chair, None for a chair without a stake.
    final
        Whether the text of a meeting's last round is put for a yes or no.
    """

    criterion: str = "egalitarian"
    party: int | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """Settings of a protocol: which of several accepted offers stands (simultaneous), and the chair (single_text)."""

    ties: str = "nash"
    chair: Chair = Chair()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Rounds on one day at one venue; `parties` and `agenda` are indices, None where all."""

    id: str
    title: str
    day: Quantity  # days from start
    venue: str
    protocol: str
    rounds: Quantity
    parties: tuple[int, ...] | None = None
    agenda: tuple[int, ...] | None = None
    procedure: Procedure = Procedure()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Meetings that the sides may agree on after the scheduled ones; `at_most` is beyond all days where not stated."""

    after_days: Quantity
    at_most: Quantity
    rounds: Quantity
    protocol: str = "alternating"
    procedure: Procedure = Procedure()


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does to the number at `path` (always the full path).

    Where it draws a red line (set to 1) or gives one up (0), `red_line` is its party, issue and option (indices).
    """

    path: str
    how: Literal["add", "set", "times"]
    amount: Quantity
    red_line: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may happen meanwhile."""

    id: str
    title: str
    day: Quantity  # days from start
    probability: Quantity
    effects: tuple[Effect, ...] = ()
    ends_talks: bool = False
    settled: tuple[tuple[int, tuple[int, ...]], ...] = ()  # issues that must be settled, at one of these options
    unsettled: tuple[int, ...] = ()  # issues that must not be settled


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whose assent makes an agreement: all sides, or `at_least` so many with those in `veto` (sides) among them.

    With a `vote` its rules must hold besides, of the sides that assent or, where who holds out does not abstain, of
    those that do not object; then those that assent must carry the `pace`, a share of the weight.
    """

    at_least: Quantity | None = None
    veto: tuple[int, ...] = ()
    vote: Vote | None = None
    pace: Quantity | None = None

    @property
    def by_votes(self) -> bool:
        """Whether fewer than all sides can make an agreement."""
        return self.at_least is not None or self.vote is not None


@dataclass(frozen=True, slots=True)
class Box:
    """The packages that have one of these options on each of these issues; issues that are not named may be anything.

    `sets` holds pairs of an issue and its options, all by index and in the order of the file.
    """

    sets: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def issues(self) -> tuple[int, ...]:
        """The issues that it names."""
        return tuple(issue for issue, _ in self.sets)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What no deal may hold: packages in `given` that are not in `then`; all of `given` where `then` is None.

    `forbidden` are the boxes that this comes to.
    """

    given: Box
    then: Box | None
    forbidden: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """What packages in a box are worth more (or less) to some parties than their options by themselves."""

    id: str
    when: Box
    parties: tuple[int, ...]
    worth: Quantity


@dataclass(frozen=True, slots=True)
class Settled:
    """How an issue was settled in fact: by an `option` (its index), or at a `place` on its scale, from 0 to 1.

    On an issue with a numeric scale the place is always given, and the option where the number is one.
    """

    issue: int
    option: int | None = None
    place: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened. Nothing that plays or analyses the scenario reads it.

    Attributes
    ----------
    agreement
        Whether there was one, or a partial one.
    ending
        How the talks ended, None where the file leaves it open.
    day
        Of the deal or of the end of the talks.
    package
        How issues were settled, as far as the file says; of a deal that was not ratified, what had been signed.
    note, sources
        The reason, and keys of the scenario's sources or "assumed".
    """

    agreement: bool | Literal["partial"]
    ending: Ending | None = None
    day: date | None = None
    package: tuple[Settled, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A coded judgement of the file and what it rests on, for the report's list of assumptions."""

    path: str
    value: str
    sources: tuple[str, ...]  # keys of the scenario's sources, or "assumed"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A file of policies that the scenario names: as it is named there, where it lies, and its text."""

    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class VariedEntry:
    """A path of the `sweep` section: values as text in YAML, or what stands for them (`0.2:0.6`, `own`)."""

    path: str
    values: tuple[str, ...] | str
    place: Place


@dataclass(frozen=True, slots=True)
class SweepSection:
    """What a sweep of the scenario plays if nothing else is said."""

    vary: tuple[VariedEntry, ...]
    levers: tuple[VariedEntry, ...]
    design: str | None
    points: int | None
    worlds: int | None
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Scenario:
    """A whole negotiation, ready to be played or analysed."""

    title: str
    description: str
    sources: tuple[tuple[str, str], ...]
    start: date
    end_day: Quantity  # the horizon, in days from start
    worlds: int | None
    issues: tuple[Issue, ...]
    sides: tuple[Side, ...]  # in the order of their first party in the file
    parties: tuple[Party, ...]
    meetings: tuple[Meeting, ...]
    follow_up: FollowUp | None
    events: tuple[Event, ...]
    agreement: Agreement
    clock: Literal["rounds", "days"]
    force: Force | None = None
    early_harvest: bool = False
    deadline: Quantity | None = None  # when patience is used up, in days from start; None: at the end
    name: str = ""  # the file's name without its ending
    file: str = ""  # as the user named it
    text: str = ""  # the file as read, kept so that a result can tell what it was computed from
    changes: tuple[str, ...] = ()  # what --set changed, as PATH=VALUE
    judgements: tuple[Judgement, ...] = ()
    code: tuple[Code, ...] = ()  # files of policies that it uses
    sweep: SweepSection | None = None
    outcome: Outcome | None = None
    constraints: tuple[Constraint, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    code_folder: str = ""  # where more of them may be read when it is varied; empty where the user has not allowed it

    def __repr__(self) -> str:
        return f"<Scenario {self.title!r}, issues: {len(self.issues)}, parties: {len(self.parties)}>"

    @property
    def linked(self) -> bool:
        """Whether a package is more than its options one by one: where some are forbidden, or worth a bonus."""
        return bool(self.constraints or self.bonuses)

    @property
    def ratified(self) -> bool:
        """Whether somebody must ratify a deal."""
        homes = [*(side.ratification for side in self.sides), *(party.ratification for party in self.parties)]
        return any(one is not None for one in homes)

    @property
    def ratified_later(self) -> bool:
        """Whether somebody votes on a deal on a day of its own."""
        homes = [*(side.ratification for side in self.sides), *(party.ratification for party in self.parties)]
        return any(one is not None and one.dated for one in homes)

    @property
    def voting_sides(self) -> tuple[int, ...]:
        """The sides that have a vote on an agreement: those of which a member has one."""
        return tuple(s for s, side in enumerate(self.sides) if any(self.parties[p].has_vote for p in side.members))

    @property
    def council(self) -> bool:
        """Whether the sides' votes on an agreement are counted otherwise than side by side."""
        return self.agreement.vote is not None or any(not party.has_vote for party in self.parties)

    @property
    def told_by_votes(self) -> bool:
        """Whether the file says how votes are counted, so that they are told: who was for what, and who outvoted."""
        if self.council or any(party.votes is not None or party.weights for party in self.parties):
            return True
        return any(side.decides.vote is not None for side in self.sides)
