"""Events, and the numbers that they change.

An effect names its number by the full path (``parties.RUS.reservation``) or from the party or side on (a party where
both have the id); the compiled effect has the number's own path. A number on an issue's scale is given in the scale's
units. A red line is set: to 1 it is drawn, to 0 given up. Of a reservation value that is the status quo plus an amount,
``RUS.reservation`` names the value itself and ``RUS.reservation.status_quo`` the amount. Dates of meetings and the end
move by days; see `sim.scenario.timetable`.
"""

from __future__ import annotations

from sim.scenario.distributions import ANY, SHARE, Legal, as_number, is_distribution, quantity
from sim.scenario.format import EffectEntry, Effects, EventEntry, WhenEntry, form
from sim.scenario.issues import Question, fixed_place, names_option
from sim.scenario.limits import MOST_EFFECTS, MOST_EVENTS
from sim.scenario.model import Effect, Event, Quantity
from sim.scenario.reading import Reading, found
from sim.scenario.schedule import Span, read_any_day, read_day
from sim.scenario.targets import Cast, Target, find_target
from sim.scenario.timetable import date_effect, timetable
from sim.scenario.yaml_text import Mapping, Node, Scalar


def read_events(reading: Reading, node: Node, span: Span, cast: Cast) -> tuple[Event, ...]:
    """Events in the order of the file."""
    events: dict[str, Event] = {}
    reading.at_most(node, MOST_EVENTS, "events")
    effects_in_all = 0
    for i, item in enumerate(reading.items(node, "events")):
        entries = reading.entries(item, EventEntry)
        name = str(i)
        place = item.place
        if "id" in entries:
            name, place = reading.id(entries["id"], "an event") or str(i), entries["id"].place
        if not reading.new_id(name, place, "an event", events):
            continue
        base = f"events.{name}"
        probability = Quantity(f"{base}.probability", "fixed", (1.0,), 0.0, 1.0)
        if "probability" in entries:
            probability = quantity(reading, entries["probability"], f"{base}.probability", SHARE, "the probability")
        what = f"the date of the event '{name}'"
        effects: tuple[Effect, ...] = ()
        if "effects" in entries:
            effects = _effects(reading, entries["effects"], f"{base}.effects", span, cast)
            effects_in_all += len(effects)
            if effects_in_all > MOST_EFFECTS:
                reading.stop(place, f"there are more than {MOST_EFFECTS:,} effects of events up to here")
        ends = "ends" in entries and bool(reading.word(entries["ends"], "ends", ("talks",)))
        settled, unsettled = _when(reading, entries.get("when"), cast.questions)
        events[name] = Event(
            id=name,
            title=reading.text(entries["title"], "title") if "title" in entries else name,
            day=_day(reading, entries.get("date"), f"{base}.date.days", what, span, cast),
            probability=probability,
            effects=effects,
            ends_talks=ends,
            settled=settled,
            unsettled=unsettled,
        )
    return tuple(events.values())


def _when(
    reading: Reading, node: Node | None, questions: dict[str, Question]
) -> tuple[tuple[tuple[int, tuple[int, ...]], ...], tuple[int, ...]]:
    """What must have been settled for an event to happen, and what must not."""
    if node is None:
        return (), ()
    entries = reading.entries(node, WhenEntry)
    settled = []
    for name, place, value in reading.table(entries["settled"], "settled (by issue)") if "settled" in entries else ():
        if not reading.known(name, place, "issue", questions):
            continue
        items = reading.items(value, f"options of '{name}'")
        found_ = [questions[name].option(reading, item, f"an option of '{name}'") for item in items]
        settled.append((questions[name].index, tuple(option for option in found_ if option is not None)))
    names = reading.ids(entries["open"], "issue", questions) if "open" in entries else []
    if not settled and not names and not reading.errors:
        reading.error(node.place, "expected settled or open for when")
    return tuple(settled), tuple(questions[name].index for name in names)


def _day(reading: Reading, node: Node | None, path: str, what: str, span: Span, cast: Cast) -> Quantity:
    """The day of an event: not after the end, unless somebody votes on a deal later."""
    homes = [party.ratification for party in cast.parties.values()]
    homes += [side.ratification for side in cast.sides.values()]
    if node is not None and any(home is not None and home.dated for home in homes):
        return read_any_day(reading, node, path, what, span.start)
    return read_day(reading, node, path, what, span)


def _effects(reading: Reading, node: Node, base: str, span: Span, cast: Cast) -> tuple[Effect, ...]:
    effects: dict[str, Effect] = {}
    dates = timetable(span, cast.meetings, cast.follow_up, cast.deadline)
    for path, place, value in reading.table(node, f"{form(Effects).what} (path to change)"):
        moved = dates.get(path.removesuffix(".days"))
        target = Target(moved) if moved is not None else find_target(reading, path, place, cast)
        if target is None:
            continue
        full = target.number.path
        if full in effects:
            reading.error(place, f"the effects change '{full}' twice")
            continue
        if target.red_line is not None:
            effect = _red_line(reading, value, path, f"{base}.{full}", target)
        elif full.endswith(".days"):
            effect = date_effect(reading, value, path, f"{base}.{full}", target.number, span)
        else:
            effect = _effect(reading, value, path, f"{base}.{full}", target)
        if effect is not None:
            effects[full] = effect
    return tuple(effects.values())


def _effect(reading: Reading, node: Node, shown: str, path: str, target: Target) -> Effect | None:
    number = target.number
    if isinstance(node, Mapping) and ({"set", "times"} & node.entries.keys() or not is_distribution(node)):
        entries = reading.entries(node, EffectEntry, "a number, a distribution or ")
        hows = [key for key in ("set", "times") if key in node.entries]
        if len(hows) != 1:
            if not [key for key in node.entries if key not in form(EffectEntry).keys]:
                reading.error(
                    node.place,
                    f"expected a number to add, {{set: x}} or {{times: x}} for '{shown}', found {found(node)}",
                )
            return None
        if hows[0] not in entries:
            return None
        inner = entries[hows[0]]
        if hows[0] == "set" and target.question is not None and _is_option(target.question, inner):
            return _to_option(reading, inner, shown, path, target)
        if hows[0] == "times":
            if target.shift:
                reading.error(inner.place, "times needs a scale that begins at 0; add or set the position instead")
                return None
            return Effect(number.path, "times", quantity(reading, inner, path, ANY, f"the factor for '{shown}'"))
        low, high = sorted((number.low * target.stretch + target.shift, number.high * target.stretch + target.shift))
        legal = Legal(low, high, number.whole) if target.stretch != 1.0 or target.shift else _legal(number)
        amount = quantity(reading, inner, path, legal, f"'{shown}'", target.shift, target.stretch)
        return Effect(number.path, "set", amount)
    amount = quantity(reading, node, path, ANY, f"what is added to '{shown}'", 0.0, target.stretch)
    return Effect(number.path, "add", amount)


def _red_line(reading: Reading, node: Node, shown: str, path: str, target: Target) -> Effect | None:
    """A red line drawn or given up: ``{set: 1}`` or ``{set: 0}``."""
    wrong = node
    if isinstance(node, Mapping) and not is_distribution(node):
        entries = reading.entries(node, EffectEntry)
        if len(entries) < len(node.entries):
            return None
        if entries.keys() & {"set", "times"} == {"set"}:
            wrong = entries["set"]
            amount = as_number(wrong)
            if amount in (0.0, 1.0):
                return Effect(target.number.path, "set", Quantity(path, "fixed", (amount,), 0.0, 1.0), target.red_line)
    reading.error(
        wrong.place,
        f"expected {{set: 1}}, which draws the red line, or {{set: 0}}, which gives it up, for '{shown}', found "
        f"{found(wrong)}; how unsure that is says the event's probability",
    )
    return None


def _is_option(question: Question, node: Node) -> bool:
    quoted = question.issue.scale is not None and isinstance(node, Scalar) and isinstance(node.value, str)
    return quoted or names_option(question, node)


def _to_option(reading: Reading, node: Node, shown: str, path: str, target: Target) -> Effect | None:
    """A position set to an option: to its place."""
    question = target.question
    assert question is not None
    option = question.option(reading, node, f"an option for '{shown}'")
    if option is None:
        return None
    place = fixed_place(question.issue, option)
    if place is None:
        name = question.issue.options[option].id
        reading.error(node.place, f"the place of '{name}' is uncertain; set '{shown}' to a number")
        return None
    return Effect(target.number.path, "set", Quantity(path, "fixed", (place,), 0.0, 1.0))


def _legal(number: Quantity) -> Legal:
    return Legal(number.low, number.high, number.whole)
