"""The scenario file, key by key: what may stand where.

These models are the one list of the format's keys. The reader takes from them which keys a mapping may have, which it
must have and what to call it; the JSON Schema for editors is made from them, descriptions and all. Checking values is
the reader's task: it knows lines and columns, and what other entries say.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema, create_model
from pydantic_core import CoreSchema

from sim.rules import RULES
from sim.rules.rule import DecisionRule
from sim.scenario.model import DistributionKind, Ending
from sim.scenario.policies import (
    ACCEPTANCES,
    CONCESSIONS,
    CRITERIA,
    DESIGNS,
    LEARNING,
    OFFERINGS,
    OPPONENTS,
    PROTOCOLS,
    TIES,
)

RESERVED = ("source", "note")
"""Keys that any mapping may carry; no id may be one of them."""


def _one_of(words: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"enum": list(words)})


def _policy_of(words: Iterable[str]) -> WithJsonSchema:
    """One of these names, or a function in a file: ``my_policies.py:patient``."""
    return WithJsonSchema({"anyOf": [{"enum": list(words)}, {"type": "string", "pattern": r"\.py:"}]})


UnitShare = Annotated[float, Field(ge=0, le=1)]
Word = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"], "title": "id"})]
Text = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", title="date YYYY-MM-DD")]


def _title(model: type[Any]) -> str:
    what = str(model.what)
    return what.removeprefix("a ").removeprefix("an ")


class Entry(BaseModel):
    """A mapping of the file with fixed keys; `what` is its name in messages."""

    model_config = ConfigDict(extra="forbid", defer_build=True, model_title_generator=lambda m: _title(m))
    what: ClassVar[str] = "an entry"
    source: Word | list[Word] | None = Field(
        None, description="What this rests on: a key of the top-level `sources`, several of them, or `assumed`."
    )
    note: Text | None = Field(None, description="A remark, shown with the judgement in the report.")


class Distribution(Entry):
    """An uncertain number; one of the distributions."""

    what: ClassVar[str] = "a distribution"
    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [kind]} for kind in ("uniform", "triangular", "normal", "beta", "choice", "plus_minus")
            ]
        }
    )
    uniform: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="[a, b]: any number from a to b, all equally likely."
    )
    triangular: Annotated[list[float], Field(min_length=3, max_length=3)] | None = Field(
        None, description="[low, mode, high]: most likely at the mode, down to nothing at the ends."
    )
    normal: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="[mean, sd]: clipped to the legal range."
    )
    beta: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="[a, b]: the beta distribution on [0, 1]."
    )
    choice: Annotated[list[float | str], Field(min_length=1)] | None = Field(
        None, description="[x, y, ...]: one of these, all equally likely; the first is the central value."
    )
    plus_minus: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="[x, d]: uniform from x - d to x + d, clipped to the legal range."
    )
    shared: Shared | None = Field(None, description="Common factors it moves with: {NAME: r}, r from 0 to 1.")


KINDS: tuple[DistributionKind, ...] = ("uniform", "triangular", "normal", "beta", "choice", "plus_minus")
"""The keys of the distributions."""


class Keyed(Entry):
    """A mapping keyed by ids, which may carry `source` and `note` besides."""

    model_config = ConfigDict(extra="allow")


class Shared(Keyed):
    """Common factors by name."""

    what: ClassVar[str] = "shared"
    __pydantic_extra__: dict[str, UnitShare]


Number = float | Distribution


class Days(Entry):
    """A day counted from the start."""

    what: ClassVar[str] = "a day"
    days: Number = Field(description="Days from the start of the scenario.")


Date = Day | Days


class OptionEntry(Entry):
    """One settlement of an issue."""

    what: ClassVar[str] = "an option"
    id: Word = Field(description="The name by which the file refers to it.")
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    at: Number | None = Field(
        None,
        description="Its place in [0, 1] on the issue's scale; evenly spaced between the given neighbours if left out.",
    )


class ScaleEntry(Entry):
    """A numeric scale: the options are the numbers from, from + step, ... to."""

    what: ClassVar[str] = "a scale"
    start: float = Field(alias="from", description="The first number, at 0.")
    to: float = Field(description="The last number, at 1.")
    step: float = Field(description="The distance between two options; it divides the range.")
    unit: Text | None = Field(None, description="Shown after the number.")


class IssueEntry(Entry):
    """A question on the table."""

    what: ClassVar[str] = "an issue"
    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["options"]}, {"required": ["scale"]}]})
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    options: list[Word | OptionEntry] | None = Field(None, description="Its settlements, in order along the scale.")
    scale: ScaleEntry | None = Field(None, description="A numeric scale instead of `options`.")
    status_quo: Word | None = Field(None, description="The option that holds if nothing is agreed.")


def _setting(rule: DecisionRule) -> Any:
    """What stands under the name of a decision rule that has a number or names a member, and what it is."""
    return Number if rule.number is not None else Word, rule.names if rule.number is None else rule.number.says


def _with_setting(rule: DecisionRule) -> type[Entry]:
    """The entry of a decision rule with a setting."""
    kind, says = _setting(rule)
    fields: dict[str, Any] = {rule.name: (kind, Field(description=says))}
    made = create_model(rule.name.capitalize(), __base__=Entry, __doc__=rule.summary, **fields)
    made.what = "a decision rule"
    return made


class Carried(Entry):
    """What those who vote must carry: a share of a weight, or so much of it."""

    what: ClassVar[str] = "what must be carried"
    of: Word | None = Field(
        None, description="The weight: `votes` (if left out), `weight`, `members` (1 each), or one of the `weights`."
    )
    share: Number | None = Field(None, description="The share of the whole weight, 0 to 1.")
    reach: Number | None = Field(None, description="Instead of a share: so much of the weight.")


Blocking = Annotated[
    Number | None, Field(description="Fewer objectors than so many stop nothing, whatever they weigh.")
]
HoldingOut = Annotated[
    Literal["consents", "abstains"] | None,
    Field(description="What who holds out does: consents (doesn't break silence), or abstains (no vote for it)."),
]


def _joined_entry() -> type[Entry]:
    """The entry of several rules joined."""
    fields: dict[str, Any] = {}
    for rule in RULES.values():
        if rule.number is not None:
            kind: Any = Number if rule.number.whole else Number | Carried | list[Number | Carried]
            fields[rule.name] = (kind | None, Field(None, description=rule.number.says))
    fields["blocking"] = (Blocking, None)
    fields["holding_out"] = (HoldingOut, None)
    made = create_model("Joined", __base__=Entry, __doc__="Rules joined: all must hold.", **fields)
    made.what = "a decision rule"
    return made


JoinedEntry = _joined_entry()


class Decides:
    """How a side decides: the name of a rule, one with its setting, or several joined; in the schema alone."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        forms: list[Any] = [Literal[tuple(rule.name for rule in RULES.values() if rule.bare)]]
        forms += [_with_setting(rule) for rule in RULES.values() if not rule.bare]
        forms.append(JoinedEntry)
        return handler(reduce(or_, forms))


def _decision_entry() -> type[Entry]:
    fields: dict[str, Any] = {rule.name: (_setting(rule)[0] | None, None) for rule in RULES.values() if not rule.bare}
    fields |= {"blocking": (Blocking, None), "holding_out": (HoldingOut, None)}
    made = create_model("DecisionEntry", __base__=Entry, __doc__="Any of the decision rules with a setting.", **fields)
    made.what = "a decision rule"
    return made


DecisionEntry = _decision_entry()


class Noise(Entry):
    """A side sees the others' preferences with an error."""

    what: ClassVar[str] = "opponents"
    noise: Number = Field(description="The standard deviation of the error.")


class Learned(Entry):
    """A side learns from their offers what the others want."""

    what: ClassVar[str] = "opponents"
    learned: Annotated[str, _policy_of(LEARNING)] = Field(description="The model by which it learns.")


class OfferingEntry(Keyed):
    """An offering policy with its settings."""

    what: ClassVar[str] = "offering"
    name: Annotated[str, _policy_of(OFFERINGS)] = Field(description="The policy's name.")
    __pydantic_extra__: dict[str, float | Distribution]


class Voice(Entry):
    """What a side, and a party that is a side of its own, can say of how it acts."""

    veto: list[Word] | None = Field(None, description="Members whose objection stops the side.")
    offering: Annotated[str, _policy_of(OFFERINGS)] | OfferingEntry | None = Field(
        None, description="How it finds its offers; `ladder` if left out."
    )
    opponents: Annotated[str, _one_of(OPPONENTS)] | Noise | Learned | None = Field(
        None, description="What it believes of the others' preferences; `known` if left out."
    )
    package_only: bool | Number | None = Field(
        None, description="It agrees to the whole package only, never to a part; a number is how likely that is."
    )
    pace: Number | None = Field(
        None, description="The share of its weight that must be content; 0.5 if left out, under unanimity 1."
    )
    deadline: Date | None = Field(
        None, description="When its patience is used up: a date, or days from the start; the scenario's if left out."
    )


VOICE = ("veto", "offering", "opponents", "package_only", "pace", "deadline")
"""The keys of a side that a party may have only when it is a side of its own."""


class CaucusEntry(Entry):
    """The members of a side settle a common position before each meeting, by silence procedure."""

    what: ClassVar[str] = "a caucus"
    drafts: Number = Field(description="How many drafts can be circulated before the deadline.")


class SideEntry(Voice):
    """A group of parties that speaks with one voice."""

    what: ClassVar[str] = "a side"
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    decides: Decides | None = Field(None, description="How it decides; by consensus if left out.")
    caucus: CaucusEntry | None = Field(
        None, description="Its members settle a common position before each meeting; they don't if left out."
    )
    ratification: RatificationEntry | None = Field(
        None, description="What a deal must pass at home, for the side as a whole; nothing if left out."
    )


class Positions(Keyed):
    """Ideal points by issue."""

    what: ClassVar[str] = "positions"
    __pydantic_extra__: dict[str, Word | Distribution]


class Saliences(Keyed):
    """Weights by issue."""

    what: ClassVar[str] = "salience"
    __pydantic_extra__: dict[str, Number]


class OptionScores(Keyed):
    """The worth of every option of an issue."""

    what: ClassVar[str] = "the scores of an issue"
    __pydantic_extra__: dict[str, Number]


class Scores(Keyed):
    """The worth of options by issue."""

    what: ClassVar[str] = "scores"
    __pydantic_extra__: dict[str, OptionScores]


class Chance(Entry):
    """How likely an option is to be a red line, and what that moves with."""

    what: ClassVar[str] = "a red line"
    probability: Number = Field(description="How likely the option is to be a red line.")
    shared: Shared | None = Field(None, description="Common factors that it moves with: {NAME: r}, r from 0 to 1.")


class UncertainLine(Keyed):
    """An option that may be a red line: {OPTION: probability}."""

    what: ClassVar[str] = "a red line"
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    __pydantic_extra__: dict[str, Number | Chance]


class RedLines(Keyed):
    """Options never accepted, by issue: ids, or {OPTION: probability} where that is uncertain."""

    what: ClassVar[str] = "red_lines"
    __pydantic_extra__: dict[str, list[Word | UncertainLine]]


class CertainRedLines(Keyed):
    """Options that do not pass, by issue."""

    what: ClassVar[str] = "red_lines"
    __pydantic_extra__: dict[str, list[Word]]


class Power(Entry):
    """The exponent of the loss."""

    what: ClassVar[str] = "loss"
    power: Number = Field(description="1 is linear, 2 quadratic.")


class StatusQuo(Entry):
    """The utility of the status quo plus an amount."""

    what: ClassVar[str] = "reservation"
    status_quo: Number = Field(description="Added to the utility of the status quo.")


class AgainEntry(Entry):
    """A second vote after a no."""

    what: ClassVar[str] = "a second vote"
    after: Days = Field(description="How long after the first: {days: N}.")
    probability: Number | None = Field(
        None, description="How likely it is to pass then; as the first time if left out."
    )


class RatificationEntry(Entry):
    """What a deal must pass at home after it is signed; all that is given."""

    what: ClassVar[str] = "ratification"
    probability: Number | None = Field(None, description="How likely it is to pass; 1 if left out.")
    threshold: Number | Literal["status_quo"] | StatusQuo | None = Field(
        None, description="The utility that the deal must reach at home."
    )
    red_lines: CertainRedLines | None = Field(None, description="Options that do not pass at home, by issue.")
    date: Date | None = Field(None, description="When the vote is held, or on the day of the deal if that is later.")
    after: Days | None = Field(None, description="Instead: so long after the deal, {days: N}.")
    shared: Shared | None = Field(None, description="Common factors that its chance moves with: {NAME: r}.")
    again: AgainEntry | None = Field(None, description="A second vote after a no; none if left out.")


class Weights(Keyed):
    """What a party's vote weighs besides, by name."""

    what: ClassVar[str] = "weights"
    __pydantic_extra__: dict[str, Number]


PolicyName = Annotated[str, _policy_of(CONCESSIONS)]


class Parts(Keyed):
    """The parts of a mix: weights by policy, or {weight: w, SETTING: x}."""

    what: ClassVar[str] = "the parts of a mix"
    __pydantic_extra__: dict[str, Number | dict[str, float | str | Distribution]]


class ConcessionEntry(Keyed):
    """A concession policy with its settings."""

    what: ClassVar[str] = "concession"
    name: PolicyName | None = Field(None, description="The policy's name.")
    exponent: Number | None = Field(None, description="e in max - (max - reservation) t^e.")
    of: str | Parts | None = Field(None, description="With `mix` its parts; with `resource` what runs out.")
    __pydantic_extra__: dict[str, float | str | Distribution]


ConditionName = Annotated[str, _policy_of(ACCEPTANCES)]


class AcceptanceEntry(Keyed):
    """An acceptance condition with its settings."""

    what: ClassVar[str] = "acceptance"
    name: ConditionName = Field(description="The condition's name.")
    __pydantic_extra__: dict[str, float | str | Distribution]


class DiscountEntry(Entry):
    """What delay costs: one of the three."""

    what: ClassVar[str] = "discount"
    offer: Number | None = Field(None, description="The share of the gain that is left after each offer not taken.")
    round: Number | None = Field(None, description="The share that is left after each round.")
    day: Number | None = Field(None, description="The share that is left after each day.")


class WalkOut(Entry):
    """When a party's side leaves for good."""

    what: ClassVar[str] = "walk_out"
    after: Number = Field(description="Meetings in a row without a better offer.")


class PartyEntry(Voice):
    """One decision maker."""

    what: ClassVar[str] = "a party"
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    side: Word | None = Field(None, description="The side it belongs to; a side of its own if left out.")
    like: Word | None = Field(None, description="Another party, whose entries stand under these.")
    weight: Number | None = Field(None, description="Influence within the side; 1 if left out.")
    votes: Number | Literal["none"] | None = Field(
        None,
        description="What its vote weighs, or `none`: it sits there without one. Its weight if left out.",
    )
    weights: Weights | None = Field(
        None, description="What its vote weighs besides, by name, for rules that count it: {population: 83}."
    )
    positions: Positions | None = Field(
        None, description="Its ideal on each issue: an option id, or a number in [0, 1] or on the issue's scale."
    )
    loss: Literal["linear", "quadratic"] | Power | None = Field(
        None, description="How value falls off from the ideal; linear if left out."
    )
    scores: Scores | None = Field(None, description="Instead of a position: the worth of each option of an issue.")
    salience: Saliences | None = Field(
        None, description="How much it cares for each issue; 1 if left out. With scores, a factor."
    )
    red_lines: RedLines | None = Field(
        None, description="Options that it never accepts, by issue; {OPTION: probability} where that is uncertain."
    )
    bonuses: list[BonusEntry] | None = Field(
        None, description="What options of several issues are worth together beyond the sum over the issues."
    )
    reservation: Number | Literal["status_quo"] | StatusQuo | None = Field(
        None, description="The utility below which it prefers no deal; that of the status quo if left out."
    )
    concession: PolicyName | ConcessionEntry | None = Field(
        None, description="How its demands fall: boulware (if left out), linear, conceder, or {exponent: e}."
    )
    acceptance: ConditionName | AcceptanceEntry | None = Field(
        None, description="What it accepts: what is worth its next demand (`next`) if left out."
    )
    discount: DiscountEntry | None = Field(None, description="What delay costs it; nothing if left out.")
    walk_out: WalkOut | None = Field(None, description="When its side leaves for good; never if left out.")
    ratification: RatificationEntry | None = Field(
        None, description="What a deal must pass at home; nothing if left out."
    )


class RangeEntry(Entry):
    """Neighbouring options of an issue, both ends included."""

    what: ClassVar[str] = "a range of options"
    start: Word | None = Field(
        None, alias="from", description="The first option of the range; the issue's if left out."
    )
    to: Word | None = Field(None, description="The last option of the range; the issue's if left out.")


class Among(Keyed):
    """Packages with one of these options on each of these issues: an option, a list, or {from, to}."""

    what: ClassVar[str] = "options by issue"
    __pydantic_extra__: dict[str, Word | list[Word] | RangeEntry]


class ConstraintEntry(Entry):
    """What no deal may hold: either `if` and `then`, or `never`."""

    what: ClassVar[str] = "a constraint"
    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["if", "then"]}, {"required": ["never"]}]})
    given: Among | None = Field(None, alias="if", description="Packages with these options, on all issues named, ...")
    then: Among | None = Field(None, description="... must have one of these options on each issue named here.")
    never: Among | None = Field(None, description="No deal has these options, on all issues named, at once.")


class BonusEntry(Entry):
    """What options are worth together, more or less than by themselves."""

    what: ClassVar[str] = "a bonus"
    id: Word | None = Field(None, description="The name by which `--set` and results refer to it; else its number.")
    when: Among = Field(description="Packages with these options, on all issues named.")
    worth: Number = Field(description="What they are worth more (or, below 0, less) than the sum over the issues.")


class ChairEntry(Entry):
    """Who chairs a single negotiating text: one with a criterion, or a party with its own preferences."""

    what: ClassVar[str] = "a chair"
    criterion: Annotated[str, _one_of(CRITERIA)] | None = Field(
        None, description="By what it amends the text; `egalitarian` if left out."
    )
    party: Word | None = Field(None, description="The party in the chair, which amends by its own preferences.")
    final: bool | None = Field(None, description="The last round's text is put for a yes or no; false if left out.")


class MeetingEntry(Entry):
    """Rounds on one day at one venue."""

    what: ClassVar[str] = "a meeting"
    id: Word | None = Field(None, description="Its name; meeting_N by its place in the file if left out.")
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    date: Date | None = Field(None, description="A date, or days from the start; the start if left out.")
    venue: Text | None = Field(None, description="Where it is held.")
    parties: list[Word] | None = Field(None, description="Who takes part; all if left out.")
    protocol: Annotated[str, _one_of(PROTOCOLS)] | None = Field(
        None,
        description="Alternating offers (if left out), offers put at once, a chair's single text, or statements only.",
    )
    ties: Annotated[str, _one_of(TIES)] | None = Field(
        None, description="Which of several accepted offers stands (with `simultaneous`); `nash` if left out."
    )
    chair: Annotated[str, _one_of(CRITERIA)] | ChairEntry | None = Field(
        None, description="Who amends the text (with `single_text`), and by what; `egalitarian` if left out."
    )
    rounds: Number | None = Field(None, description="How many rounds; 10 if left out.")
    agenda: list[Word] | None = Field(None, description="Which issues are on the table; all if left out.")


class FollowUpEntry(Entry):
    """Meetings that the sides may agree on after the scheduled ones."""

    what: ClassVar[str] = "follow_up"
    after: Days = Field(description="How long after the last meeting: {days: N}.")
    at_most: Number | None = Field(None, description="How many there may be; as many as there is time for if left out.")
    rounds: Number | None = Field(None, description="How many rounds each has; 10 if left out.")
    protocol: Annotated[str, _one_of(PROTOCOLS)] | None = Field(
        None, description="As of a meeting; alternating offers if left out."
    )
    ties: Annotated[str, _one_of(TIES)] | None = Field(None, description="As of a meeting.")
    chair: Annotated[str, _one_of(CRITERIA)] | ChairEntry | None = Field(None, description="As of a meeting.")


class SetTo(Entry):
    """An effect that replaces the number."""

    what: ClassVar[str] = "an effect"
    set: Number | Word | Days = Field(
        description="The new value; of a position also an option, of a date a date or days from the start."
    )


class Times(Entry):
    """An effect that multiplies the number."""

    what: ClassVar[str] = "an effect"
    times: Number = Field(description="The factor.")


class EffectEntry(Entry):
    """Any of the effects with a key."""

    what: ClassVar[str] = "an effect"
    set: Number | Word | Days | None = None
    times: Number | None = None


class DateEffect(Entry):
    """An effect on a date: it moves by so many days, or to another date."""

    what: ClassVar[str] = "an effect on a date"
    days: Number | None = Field(None, description="So many days later; earlier if negative.")
    set: Number | Date | None = Field(None, description="The new date, or days from the start.")


class Effects(Keyed):
    """What an event does, by the path of the number: RUS.reservation, or parties.RUS.reservation."""

    what: ClassVar[str] = "effects"
    __pydantic_extra__: dict[str, float | Distribution | SetTo | Times | DateEffect]


class SettledOptions(Keyed):
    """Options by issue of which one must have been settled."""

    what: ClassVar[str] = "settled"
    __pydantic_extra__: dict[str, list[Word]]


class WhenEntry(Entry):
    """What must have come of the talks for an event to happen; all that is given."""

    what: ClassVar[str] = "when"
    settled: SettledOptions | None = Field(
        None, description="Issues that have been settled, each at one of these options: {ceasefire: [full]}."
    )
    open: list[Word] | None = Field(None, description="Issues that have not been settled by then.")


class EventEntry(Entry):
    """Something that may happen meanwhile."""

    what: ClassVar[str] = "an event"
    id: Word | None = Field(None, description="Its name; its place in the file, from 0, if left out.")
    title: Text | None = Field(None, description="How it is called in figures and reports.")
    date: Date = Field(description="A date, or days from the start.")
    probability: Number | None = Field(None, description="How likely it is to happen; 1 if left out.")
    effects: Effects | None = Field(None, description="What it changes: adds, {set: x}, {times: x}; dates: {days: N}.")
    ends: Literal["talks"] | None = Field(None, description="`talks`: it breaks the talks off.")
    when: WhenEntry | None = Field(
        None, description="What must have come of the talks until then; anything if left out."
    )


class AgreementEntry(Entry):
    """Whose assent makes an agreement."""

    what: ClassVar[str] = "agreement"
    all: Literal[True] | None = Field(None, description="All sides must agree; so if left out.")
    at_least: Number | None = Field(None, description="So many sides must agree, instead of all.")
    veto: list[Word] | None = Field(None, description="Sides that must be among them.")
    majority: Number | Carried | list[Number | Carried] | None = Field(
        None, description="What the sides that agree must carry besides: a share of the votes, or of another weight."
    )
    blocking: Blocking = None
    holding_out: HoldingOut = None
    pace: Number | None = Field(
        None, description="With `holding_out: consents`, the share of the weight that must be for it; 0.5 if left out."
    )


class ForceEntry(Entry):
    """When a ratified deal enters into force."""

    what: ClassVar[str] = "entry_into_force"
    at_least: Number | None = Field(None, description="So many of those who ratify must have.")
    majority: Number | Carried | list[Number | Carried] | None = Field(
        None, description="What those who have ratified must carry: a share of the votes, or of another weight."
    )
    veto: list[Word] | None = Field(None, description="Parties or sides that must have ratified.")
    otherwise: OptionsByIssue | None = Field(
        None, description="What holds after a no, an option by issue; the reservation values if left out."
    )


class OptionsByIssue(Keyed):
    """An option by issue."""

    what: ClassVar[str] = "a package"
    __pydantic_extra__: dict[str, Word]


Values = Annotated[
    str | list[Any],
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^own$|:"},
                {"type": "array", "minItems": 1, "items": {"not": {"type": "null"}}},
            ]
        }
    ),
]
"""What a path takes in a sweep: LOW:HIGH, LOW:HIGH:N, a list of values, or `own`."""


class VariedPaths(Keyed):
    """What a sweep varies, by path: LOW:HIGH, LOW:HIGH:N, a list of values, or `own` for its own distribution."""

    what: ClassVar[str] = "what is varied"
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    __pydantic_extra__: dict[str, Values]


class SweepEntry(Entry):
    """What `detente sweep` plays where the command line doesn't say."""

    what: ClassVar[str] = "a sweep"
    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["vary"]}, {"required": ["levers"]}]})
    vary: VariedPaths | None = Field(None, description="What nobody can choose, by path: 0.2:0.6, [a, b, c], or own.")
    levers: VariedPaths | None = Field(None, description="What a negotiator can choose, by path; as `vary`.")
    design: Annotated[str, _one_of(DESIGNS)] | None = Field(
        None, description="How points are laid out; every combination (`grid`) if left out."
    )
    points: Annotated[int, Field(ge=1)] | None = Field(
        None, description="The design's size: values of a range (grid), points, base points (sobol), trajectories."
    )
    worlds: Annotated[int, Field(ge=1)] | None = Field(None, description="How many worlds each point plays.")


class SettledIssues(Keyed):
    """How issues were settled, by id: an option, or a number from 0 to 1 (on the scale where the issue has one)."""

    what: ClassVar[str] = "the package of the outcome"
    __pydantic_extra__: dict[str, Word]


class OutcomeEntry(Entry):
    """What happened in fact; nothing that plays or analyses the scenario reads it."""

    what: ClassVar[str] = "outcome"
    agreement: Literal[True, False, "partial"] = Field(
        description="Whether there was an agreement: true, false, partial."
    )
    ending: Annotated[str, _one_of(get_args(Ending))] | None = Field(
        None, description="How the talks ended, in the words of results."
    )
    date: Day | None = Field(None, description="The day of the deal, or on which the talks ended.")
    package: SettledIssues | None = Field(
        None, description="How issues were settled: an option, or a number from 0 to 1 (on the scale if there is one)."
    )


class SourceEntry(BaseModel):
    """A source in parts; its texts are shown in a row."""

    model_config = ConfigDict(extra="allow", defer_build=True, model_title_generator=lambda m: _title(m))
    what: ClassVar[str] = "a source"
    title: Text | None = None
    url: Text | None = None
    __pydantic_extra__: dict[str, Text]


class Sources(Keyed):
    """What the scenario rests on, by key."""

    what: ClassVar[str] = "sources"
    __pydantic_extra__: dict[str, Text | SourceEntry]


class Issues(Keyed):
    """The issues by id."""

    what: ClassVar[str] = "issues"
    __pydantic_extra__: dict[str, IssueEntry]


class Sides(Keyed):
    """The sides by id."""

    what: ClassVar[str] = "sides"
    __pydantic_extra__: dict[str, SideEntry]


class Parties(Keyed):
    """The parties by id."""

    what: ClassVar[str] = "parties"
    __pydantic_extra__: dict[str, PartyEntry]


class ScenarioFile(Entry):
    """A negotiation: issues, parties, meetings, events, and how unsure all of that is."""

    what: ClassVar[str] = "a scenario"
    format: Literal[1] = Field(description="The version of this format: 1.")
    title: Text = Field(description="What the scenario is about, in a line.")
    description: Text | None = Field(None, description="Free text.")
    sources: Sources | None = Field(None, description="What the judgements rest on: key to text, or to {title, url}.")
    start: Day | None = Field(None, description="The first day; 2000-01-01 if left out.")
    end: Date | None = Field(
        None, description="How long the talks are watched: a date, or {days: N}; a year after the start if left out."
    )
    deadline: Date | None = Field(
        None,
        description="When patience is used up: a date or {days: N}; the end if left out; a side may have its own.",
    )
    worlds: Annotated[int, Field(ge=1)] | None = Field(None, description="How many worlds a run draws by default.")
    issues: Issues = Field(description="The questions on the table, by id.")
    sides: Sides | None = Field(None, description="Groups of parties that speak with one voice, by id.")
    parties: Parties = Field(description="The decision makers, by id.")
    meetings: list[MeetingEntry] | None = Field(None, description="When and where they meet; once, at the start.")
    follow_up: FollowUpEntry | None = Field(None, description="Meetings that the sides may agree on; none if left out.")
    events: list[EventEntry] | None = Field(None, description="What may happen meanwhile.")
    agreement: AgreementEntry | None = Field(None, description="Whose assent makes an agreement; all if left out.")
    entry_into_force: ForceEntry | None = Field(
        None, description="Whose ratification it takes; of all whose assent the deal needs if left out."
    )
    clock: Literal["rounds", "days"] | None = Field(
        None, description="What moves aspirations: rounds held (if left out), or days passed."
    )
    early_harvest: bool | None = Field(None, description="Single issues may be settled before the rest.")
    constraints: list[ConstraintEntry] | None = Field(
        None, description="Options of several issues that no deal may hold together; none if left out."
    )
    bonuses: list[BonusEntry] | None = Field(
        None, description="What options of several issues are worth together to every party."
    )
    sweep: SweepEntry | None = Field(None, description="What `detente sweep` varies if nothing else is said.")
    outcome: OutcomeEntry | None = Field(None, description="What happened in fact, for comparison; never played.")


class Form:
    """What the reader needs of a model: its name in messages, its keys, and those that must be there."""

    def __init__(self, model: type[Entry]) -> None:
        fields: dict[str, Any] = dict(model.model_fields)
        names = {name: str(field.alias or name) for name, field in fields.items()}
        self.what = model.what
        self.required = tuple(names[name] for name, field in fields.items() if field.is_required())
        order = (
            *self.required,
            *(n for n in names.values() if n not in self.required and n not in RESERVED),
            *RESERVED,
        )
        self.keys = dict.fromkeys(order)


@cache
def form(model: type[Entry]) -> Form:
    """Form of a model, made once."""
    return Form(model)
