"""From rows of who stands where on what (actor, issue, position, salience, power) to a scenario.

This is what models of collective decisions work on: positions on a scale for each issue, how much each actor cares,
and what it can bring to bear (Bueno de Mesquita & Stokman, *European Community Decision Making*, 1994). A position is a
position, salience is salience, and power becomes the party's `weight`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sim.convert.draft import Draft, Plain, new_id, refuse
from sim.scenario.problems import Place
from sim.scenario.reading import ASSUMED
from sim.scenario.yaml_text import number_id

MOST_PLACES = 200_000
"""Actors times issues."""

MOST_STEPS = 100
"""Steps of a scale, if positions need no more."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What one actor wants on one issue; None where the source does not say."""

    actor: str
    issue: str
    position: float
    salience: float | None
    power: float | None
    place: Place


@dataclass(slots=True)
class Scale:
    """An issue: its name, and the ends of its scale; None where the source does not say."""

    name: str
    title: str = ""
    low: float | None = None
    high: float | None = None
    status_quo: float | None = None
    note: str = ""


@dataclass(slots=True)
class Actor:
    """An actor: its name, its full name, and what the source says of it.

    A description that no other actor has serves as full name.
    """

    name: str
    title: str = ""
    note: str = ""


@dataclass(slots=True)
class Stands:
    """All that a source holds: actors and issues in their order, and where who stands."""

    actors: list[Actor] = field(default_factory=list)
    issues: list[Scale] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)


def add_stands(draft: Draft, data: Stands, source: str, place: Place) -> dict[str, str]:
    """Add issues and parties to a draft.

    Parameters
    ----------
    draft
        What the scenario becomes.
    data
        Where who stands.
    source
        Key of the source that the parties name.
    place
        The source as a whole.

    Returns
    -------
    dict
        Ids of the parties by the names of the actors.

    Raises
    ------
    ScenarioError
        If an actor stands twice on an issue, off its scale, or fewer than two actors stand anywhere.
    """
    by_issue: dict[str, list[Stand]] = {issue.name: [] for issue in data.issues}
    by_actor: dict[str, dict[str, Stand]] = {actor.name: {} for actor in data.actors}
    for stand in data.stands:
        if stand.issue in by_actor[stand.actor]:
            raise refuse(stand.place, f"'{stand.actor}' stands twice on '{stand.issue}'")
        by_actor[stand.actor][stand.issue] = stand
        by_issue[stand.issue].append(stand)
    if len(data.actors) * len(data.issues) > MOST_PLACES:
        many = f"{len(data.actors):,} actors and {len(data.issues):,} issues"
        raise refuse(place, f"{many}, expected at most {MOST_PLACES:,} positions")
    _whole_table(draft, data, by_issue, place)
    ids = _issues(draft, data.issues, by_issue)
    order = {issue: number for number, issue in enumerate(ids)}
    silent = [actor.name for actor in data.actors if not by_actor[actor.name]]
    for name in silent:
        draft.dropped(f"the actor '{name}', which has no position on any issue", place)
    speaking = [actor for actor in data.actors if by_actor[actor.name]]
    if len(speaking) < 2:
        raise refuse(place, f"expected the positions of at least two actors, found {len(speaking)}")
    said = Counter(actor.note for actor in data.actors)
    for actor in speaking:
        if actor.note and not actor.title and len(actor.note) <= 60 and said[actor.note] == 1:
            actor.title, actor.note = actor.note, ""
    parties: Plain = {}
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for number, actor in enumerate(speaking, 1):
        name = new_id(actor.name, taken, f"party {number}")
        names[actor.name] = name
        parties[name] = _party(draft, actor, name, by_actor[actor.name], ids, order, source)
    draft.plain["parties"] = parties
    if any("weight" in party for party in parties.values()):
        draft.assumed(
            "an actor's power is its weight: influence within a side; a party that is a side alone has all of it"
        )
    if all(stand.salience is None for stand in data.stands):
        draft.assumed("every issue is as salient as any other to everybody, for there is no salience", place)
    return names


def any_deal_is_better(draft: Draft, why: str) -> None:
    """Let every party's reservation value be 0, and say in each that this is assumed."""
    for party in draft.plain["parties"].values():
        party["source"] = [party["source"], ASSUMED]
        said = f"{party['note'].rstrip('.')}. " if "note" in party else ""
        party["note"] = f"{said}The reservation value is assumed."
        party["reservation"] = 0
    draft.assumed(f"any deal is better than none to everybody: reservation values are 0, for {why}")


def talks_among_all(draft: Draft, rounds: int) -> None:
    """State the talks, of which the source says nothing: one meeting, and no deal is the worst for everybody."""
    draft.plain["meetings"] = [{"id": "session", "rounds": rounds, "source": ASSUMED}]
    draft.assumed(
        f"one meeting of {rounds} rounds (--rounds), alternating offers, conceding by the default; all must agree"
    )


def _whole_table(draft: Draft, data: Stands, by_issue: Mapping[str, Sequence[Stand]], place: Place) -> None:
    """Find the ends of scales that the source does not give."""
    open_ones = [issue for issue in data.issues if issue.low is None or issue.high is None]
    positions = [stand.position for issue in open_ones for stand in by_issue[issue.name]]
    if not open_ones or not positions:
        return
    low, high = min(positions), max(positions)
    common: tuple[float, float] | None = None
    if low >= 0.0 and high <= 1.0:
        common = (0.0, 1.0)
    elif low >= 0.0 and 90.0 <= high <= 100.0:
        common = (0.0, 100.0)
    for issue in open_ones:
        own = [stand.position for stand in by_issue[issue.name]]
        if not own:
            raise refuse(place, f"nobody has a position on the issue '{issue.name}'")
        issue.low, issue.high = common or (min(own), max(own))
        if issue.low == issue.high:
            issue.low, issue.high = issue.low - 1.0, issue.high + 1.0
        draft.assumed(
            f"the scale of '{issue.name}' runs from {number_id(issue.low)} to {number_id(issue.high)}"
            + ("" if common else ", as far as its positions do"),
            place,
        )


def _issues(draft: Draft, issues: Sequence[Scale], by_issue: Mapping[str, Sequence[Stand]]) -> dict[str, str]:
    entries: Plain = {}
    ids: dict[str, str] = {}
    taken: dict[str, int] = {}
    for number, issue in enumerate(issues, 1):
        name = new_id(issue.name, taken, f"issue {number}")
        ids[issue.name] = name
        low, high = issue.low, issue.high
        assert low is not None
        assert high is not None
        for stand in by_issue[issue.name]:
            if not min(low, high) <= stand.position <= max(low, high):
                between = f"from {number_id(low)} to {number_id(high)}"
                raise refuse(
                    stand.place, f"the position {number_id(stand.position)} lies off the scale of '{name}', {between}"
                )
        on_it = [stand.position for stand in by_issue[issue.name]]
        if issue.status_quo is not None:
            on_it.append(issue.status_quo)
        step = _step(low, high, on_it)
        title = issue.title.strip() or issue.name.strip()
        entry: Plain = {} if title == name else {"title": title}
        entry["scale"] = {"from": low, "to": high, "step": step}
        if issue.status_quo is not None:
            entry["status_quo"] = _nearest(draft, issue, name, low, step)
        if issue.note.strip():
            entry["note"] = issue.note.strip()
        entries[name] = entry
    draft.plain["issues"] = entries
    draft.assumed("what can be agreed on a scale are its steps; positions lie where they are, also between steps")
    return ids


def _step(low: float, high: float, positions: Sequence[float]) -> float:
    """The widest round step (1, 2, 2.5 or 5 of some unit) that hits all positions, with 10 to 100 on the scale.

    Where none does, the widest round one with the most; where none divides the scale, a part of it.
    """
    start, span = Decimal(repr(low)), Decimal(repr(high)) - Decimal(repr(low))
    offsets = [Decimal(repr(x)) - start for x in positions]
    unit = abs(span).adjusted()
    sizes = [Decimal(size).scaleb(unit - down) for down in range(3) for size in ("5", "2.5", "2", "1")]
    fitting = [size for size in sizes if span % size == 0 and 10 <= abs(span) / size <= MOST_STEPS]
    fitting = [size for size in fitting if Decimal(repr(float(size))) == size]
    for size in fitting:
        if all(offset % size == 0 for offset in offsets):
            return float(size)
    if fitting:
        return float(fitting[-1])
    for count in (100, 64, 50, 32, 20, 16, 10, 8, 4, 2):
        step = Decimal(repr(float(span / count)))
        if step * count == span:
            return float(abs(step))
    return float(abs(span))


def _nearest(draft: Draft, issue: Scale, name: str, low: float, step: float) -> float:
    """The step nearest to the status quo, which must be one."""
    assert issue.status_quo is not None
    wanted, start, width = Decimal(repr(issue.status_quo)), Decimal(repr(low)), Decimal(repr(step))
    found = float(start + ((wanted - start) / width).to_integral_value() * width)
    if found != issue.status_quo:
        draft.changed(
            f"the status quo {number_id(issue.status_quo)} of '{name}' is moved to the step {number_id(found)}"
        )
    return found


def _party(
    draft: Draft,
    actor: Actor,
    name: str,
    stands: Mapping[str, Stand],
    ids: Mapping[str, str],
    order: Mapping[str, int],
    source: str,
) -> Plain:
    title = actor.title.strip() or actor.name.strip()
    party: Plain = {} if title == name else {"title": title}
    party["source"] = source
    if actor.note.strip() and actor.note.strip() != title:
        party["note"] = actor.note.strip()
    powers = {stand.power for stand in stands.values() if stand.power is not None}
    if powers:
        power = next(iter(powers)) if len(powers) == 1 else sum(powers_of(stands)) / len(powers_of(stands))
        if len(powers) > 1:
            shown = ", ".join(
                f"{stand.issue} {number_id(stand.power)}" for stand in stands.values() if stand.power is not None
            )
            first = next(iter(stands.values()))
            draft.changed(f"the power of '{name}' differs by issue ({shown}): its weight is the mean", first.place)
        party["weight"] = power
    ordered = sorted(stands.items(), key=lambda one: order[one[0]])
    party["positions"] = {ids[issue]: stand.position for issue, stand in ordered}
    saliences = {ids[issue]: stand.salience for issue, stand in ordered if stand.salience is not None}
    if saliences:
        party["salience"] = saliences
    return party


def powers_of(stands: Mapping[str, Stand]) -> list[float]:
    """The powers that an actor has on its issues."""
    return [stand.power for stand in stands.values() if stand.power is not None]
