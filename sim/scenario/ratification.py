"""Ratification: what a deal must pass at home, after it is signed (Putnam, 1988)."""

from __future__ import annotations

from sim.scenario.distributions import ANY, SHARE, is_distribution, quantity
from sim.scenario.format import AgainEntry, Days, RatificationEntry, StatusQuo
from sim.scenario.issues import Question
from sim.scenario.model import Quantity, Ratification, Reservation, SecondVote
from sim.scenario.problems import Place, listing
from sim.scenario.reading import Reading, found
from sim.scenario.red_lines import read_certain_red_lines
from sim.scenario.schedule import DAYS, START, read_any_day
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar


def read_ratification(
    reading: Reading, node: Node | None, base: str, scored: bool, questions: dict[str, Question]
) -> Ratification | None:
    """What a party or side must pass at home; None where nothing is said.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The entry, if there is one.
    base
        Its path, ``parties.RUS.ratification``.
    scored
        Whether utilities may leave [0, 1], because somebody has scores.
    questions
        The issues by id.
    """
    if node is None:
        return None
    entries = reading.entries(node, RatificationEntry)
    if isinstance(node, Mapping) and not {"probability", "threshold", "red_lines"} & node.entries.keys():
        reading.error(node.place, f"expected probability, threshold or red_lines for ratification, found {found(node)}")
    probability = threshold = None
    if "probability" in entries:
        probability = quantity(reading, entries["probability"], f"{base}.probability", SHARE, "the probability")
    if "threshold" in entries:
        threshold = _threshold(reading, entries["threshold"], f"{base}.threshold", scored, questions)
    lines = read_certain_red_lines(reading, entries.get("red_lines"), f"{base}.red_lines", questions)
    day = after = luck = again = None
    if "date" in entries:
        day = read_any_day(
            reading, entries["date"], f"{base}.date.days", "the date of the vote", reading.start or START
        )
        if "after" in entries:
            reading.error(entries["after"].place, "ratification has both date and after; keep one of them")
    elif "after" in entries:
        after = _after(reading, entries["after"], f"{base}.after.days")
    if "shared" in entries:
        luck = _luck(reading, entries["shared"], f"{base}.passes")
        if probability is None:
            reading.error(entries["shared"].place, "shared moves the chance of ratification; give a probability")
    if "again" in entries:
        again = _again(reading, entries["again"], f"{base}.again", entries.get("shared"))
    return Ratification(probability, threshold, lines, day, after, luck, again)


def _after(reading: Reading, node: Node, path: str) -> Quantity | None:
    """Days after what comes before."""
    inner = reading.entries(node, Days, "", "after")
    return quantity(reading, inner["days"], path, DAYS, "after (days)") if "days" in inner else None


def _luck(reading: Reading, shared: Node | None, path: str) -> Quantity:
    """What a chance is drawn by: evenly between 0 and 1, moved by common factors."""
    stated = Scalar(Place(), 0, "0"), Scalar(Place(), 1, "1")
    entries: dict[str, Node] = {"uniform": Items(Place(), list(stated))}
    keys = {"uniform": Place()}
    if shared is not None:
        entries["shared"], keys["shared"] = shared, shared.place
    return quantity(reading, Mapping(Place(), entries, keys), path, SHARE, "the chance of ratification")


def _again(reading: Reading, node: Node, base: str, shared: Node | None) -> SecondVote | None:
    entries = reading.entries(node, AgainEntry)
    after = _after(reading, entries["after"], f"{base}.after.days") if "after" in entries else None
    probability = None
    if "probability" in entries:
        probability = quantity(reading, entries["probability"], f"{base}.probability", SHARE, "the probability")
    return None if after is None else SecondVote(after, probability, _luck(reading, shared, f"{base}.passes"))


def _threshold(
    reading: Reading, node: Node, path: str, scored: bool, questions: dict[str, Question]
) -> Reservation | None:
    above = Quantity(f"{path}.status_quo", "fixed", (0.0,))
    if isinstance(node, Mapping) and ("status_quo" in node.entries or not is_distribution(node)):
        inner = reading.entries(node, StatusQuo, "a number, a distribution, status_quo, or ", what="threshold")
        if "status_quo" in inner:
            above = quantity(reading, inner["status_quo"], f"{path}.status_quo", ANY, "what is added to the status quo")
    elif not (isinstance(node, Scalar) and node.text == "status_quo"):
        legal = ANY if scored else SHARE
        return Reservation(False, quantity(reading, node, path, legal, "the threshold of ratification"))
    lacking = [name for name, question in questions.items() if not question.has_status_quo]
    if lacking:
        reading.error(
            node.place,
            f"the threshold needs a status quo on every issue, and {listing(lacking)} has none; give a number",
        )
    return Reservation(True, above)
