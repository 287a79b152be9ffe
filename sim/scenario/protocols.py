"""Protocols of meetings, and their settings: which of several accepted offers stands, who chairs a single text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sim.scenario.format import ChairEntry
from sim.scenario.limits import MOST_AMENDMENTS
from sim.scenario.model import Chair, Issue, Procedure
from sim.scenario.policies import CRITERIA, PROTOCOLS, TIES
from sim.scenario.problems import Place
from sim.scenario.reading import Reading
from sim.scenario.yaml_text import Mapping, Node

_BELONGS = {"ties": "simultaneous", "chair": "single_text"}
"""The protocol to which each setting belongs."""


def read_protocol(reading: Reading, entries: dict[str, Node], index: dict[str, int]) -> tuple[str, Procedure]:
    """The protocol of a meeting and its settings.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    entries
        Entries of the meeting, or of the follow-up meetings.
    index
        Index of each party by id.
    """
    protocol = PROTOCOLS[0]
    if "protocol" in entries:
        protocol = reading.word(entries["protocol"], "protocol", PROTOCOLS)
    for key, owner in _BELONGS.items():
        if key in entries and protocol != owner:
            reading.error(entries[key].place, f"'{key}' belongs to the protocol '{owner}', not to '{protocol}'")
    ties = reading.word(entries["ties"], "ties", TIES) if "ties" in entries else TIES[0]
    chair = _chair(reading, entries["chair"], index) if "chair" in entries else Chair()
    return protocol, Procedure(ties, chair)


def check_amendments(reading: Reading, place: Place, protocol: str, issues: Sequence[Issue]) -> None:
    """A chair of a single text tries every change of two issues in every round."""
    sizes = [len(issue.options) for issue in issues]
    pairs = (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2
    if protocol == "single_text" and pairs > MOST_AMENDMENTS:
        reading.error(
            place,
            f"a chair would try {pairs:,} changes of two issues in every round of a single_text, expected at most "
            f"{MOST_AMENDMENTS:,}",
        )


def _chair(reading: Reading, node: Node, index: Collection[str]) -> Chair:
    if not isinstance(node, Mapping):
        return Chair(reading.word(node, "chair", CRITERIA, also=" or {criterion: ...}, {party: PARTY}"))
    entries = reading.entries(node, ChairEntry)
    final = "final" in entries and reading.flag(entries["final"], "final")
    if "party" in entries and "criterion" in entries:
        reading.error(node.place, "a chair has a criterion, or is a party with its own preferences; keep one of them")
    elif "party" in entries:
        name, names = reading.id(entries["party"], "a party"), list(index)
        if name is not None and reading.known(name, entries["party"].place, "party", names):
            return Chair("party", names.index(name), final)
    elif "criterion" in entries:
        return Chair(reading.word(entries["criterion"], "criterion", CRITERIA), None, final)
    return Chair(final=final)
