"""Entry into force: whose ratification it takes, and what holds without it."""

from __future__ import annotations

from sim.scenario.distributions import Legal, quantity
from sim.scenario.format import ForceEntry
from sim.scenario.issues import Question
from sim.scenario.model import HEADS, Force, Party, Side, Vote, VotePart
from sim.scenario.problems import listing
from sim.scenario.reading import Reading
from sim.scenario.votes import check_weights_counted, counting_rule, read_vote
from sim.scenario.yaml_text import Node


def read_force(
    reading: Reading,
    node: Node | None,
    sides: tuple[Side, ...],
    people: tuple[Party, ...],
    questions: dict[str, Question],
) -> Force | None:
    """When a deal enters into force; None where it needs all whose assent it needs."""
    if node is None:
        return None
    entries = reading.entries(node, ForceEntry)
    ratifying = [side.id for side in sides if side.ratification is not None]
    ratifying += [party.id for party in people if party.ratification is not None]
    if not ratifying:
        reading.error(node.place, "nobody ratifies, so nothing is to enter into force: state a ratification")
    number = len(ratifying)
    stated = {key: entries[key] for key in ("majority",) if key in entries}
    vote = read_vote(reading, node, "entry_into_force", stated, number, f"the {number} who ratify")
    parts = vote.parts
    if "at_least" in entries:
        legal = Legal(1.0, float(max(number, 1)), whole=True)
        what = "at_least (of those who ratify)"
        least = quantity(reading, entries["at_least"], "entry_into_force.at_least", legal, what)
        parts = (VotePart(counting_rule(), least, HEADS), *parts)
    if not parts and "veto" not in entries:
        if "otherwise" not in entries:
            reading.error(node.place, "expected at_least, majority, veto or otherwise for entry_into_force")
        parts = (VotePart("consensus", None, HEADS),)
    voters = [(party, node.place) for party in people if party.ratification is not None]
    check_weights_counted(reading, node.place, Vote(parts), voters, "entry_into_force")
    veto = reading.ids(entries["veto"], "party or side that ratifies", ratifying) if "veto" in entries else []
    return Force(Vote(parts, abstains=True), tuple(veto), _otherwise(reading, entries.get("otherwise"), questions))


def _otherwise(reading: Reading, node: Node | None, questions: dict[str, Question]) -> tuple[int, ...] | None:
    """What holds after a no: the options given, the status quo on the other issues."""
    if node is None:
        return None
    given: dict[str, int] = {}
    for name, place, value in reading.table(node, "otherwise (option by issue)"):
        if reading.known(name, place, "issue", questions):
            option = questions[name].option(reading, value, f"what holds on '{name}' after a no")
            if option is not None:
                given[name] = option
    lacking = [name for name, one in questions.items() if name not in given and one.issue.status_quo is None]
    if lacking:
        reading.error(node.place, f"what holds after a no must name {listing(lacking)}, which has no status quo")
    return tuple(given.get(name, one.issue.status_quo or 0) for name, one in questions.items())
