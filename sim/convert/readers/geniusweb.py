"""GeniusWeb: Genius's successor, whose domain and profiles are in JSON.

A domain has values of issues (names, or the range of a number), a profile (``LinearAdditiveUtilitySpace``) weights and
a utility for each value, or for the two ends of a range; its reservation is a bid, whose utility becomes the
reservation value.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.convert.additive import Profile, Question, Worth, add_parties, lay_out, one_session
from sim.convert.draft import Draft, must_be, refuse
from sim.convert.nodes import entry, items, label, mapping, number, optional, read_tree
from sim.convert.opened import Opened
from sim.convert.wishes import Wishes
from sim.scenario.problems import Place, listing
from sim.scenario.yaml_text import Mapping, Node

NAME = "geniusweb"
TITLE = "a GeniusWeb domain with profiles (JSON)"

SOURCE = "geniusweb"
_SPACE = "LinearAdditiveUtilitySpace"


def knows(file: Opened) -> bool:
    """Whether this is a domain or a linear additive profile."""
    if file.suffix != ".json":
        return False
    return '"issuesValues"' in file.text or f'"{_SPACE}"' in file.text


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read a domain and its profiles; without a domain file that of the first profile is taken.

    Raises
    ------
    ScenarioError
        If a file is wrong.
    """
    draft = Draft()
    domain: tuple[Opened, Mapping] | None = None
    spaces: list[tuple[Opened, Mapping]] = []
    for file in files:
        root = mapping(read_tree(file), "a GeniusWeb file")
        if _SPACE in root.entries:
            spaces.append((file, mapping(root.entries[_SPACE], _SPACE)))
        elif domain is None:
            domain = (file, root)
        else:
            raise refuse(file.place, f"this is a second domain; the first is {domain[0].shown}")
    if len(spaces) < 2:
        raise refuse(files[0].place, f"expected the profiles of at least two parties, found {len(spaces)}")
    if domain is None:
        first = spaces[0]
        domain = (first[0], mapping(entry(first[1], "domain", "a profile"), "domain"))
        draft.assumed("there is no domain file: the issues are those of the first profile", first[0].place)
    values = mapping(entry(domain[1], "issuesValues", "the domain"), "issuesValues")
    questions = [_question(name, values.keys[name], node) for name, node in values.entries.items()]
    if not questions:
        raise refuse(values.place, "there is no issue here")
    lay_out(draft, questions, len(spaces), wishes)
    profiles = [_profile(draft, file, root, questions) for file, root in spaces]
    add_parties(draft, questions, profiles, SOURCE)
    one_session(draft, wishes)
    title = optional(domain[1], "name")
    names = list(dict.fromkeys([domain[0].name, *(file.name for file, _ in spaces)]))
    draft.plain = {
        "format": 1,
        "title": label(title, "name") if title is not None else domain[0].stem,
        "sources": {SOURCE: f"GeniusWeb: {listing(names, 40)}"},
        **draft.plain,
    }
    return draft


def _question(name: str, place: Place, node: Node) -> Question:
    root = mapping(node, f"the issue '{name}'")
    question = Question(name.strip(), place)
    if "range" in root.entries:
        ends = [float(label(one, "an end of the range")) for one in items(root.entries["range"], "range")]
        if len(ends) != 3 or ends[2] <= 0 or ends[0] > ends[1]:
            raise refuse(place, f"expected [low, high, step] as range of the issue '{name}'")
        count = (ends[1] - ends[0]) / ends[2]
        if count > 100_000:
            raise refuse(place, f"the issue '{name}' has more than 100,000 values")
        question.labels = [f"{ends[0] + i * ends[2]:.12g}" for i in range(int(count + 1e-9) + 1)]
    else:
        question.labels = [
            label(one, "a value").strip() for one in items(entry(root, "values", f"the issue '{name}'"), "values")
        ]
    question.labels = list(dict.fromkeys(question.labels))
    if not question.labels:
        raise refuse(place, f"the issue '{name}' has no values")
    return question


def _profile(draft: Draft, file: Opened, root: Mapping, questions: Sequence[Question]) -> Profile:
    weights = mapping(entry(root, "issueWeights", "a profile"), "issueWeights")
    utilities = mapping(entry(root, "issueUtilities", "a profile"), "issueUtilities")
    names = [question.name for question in questions]
    for key in utilities.entries:
        must_be(key.strip(), names, utilities.keys[key], "issue")
    title = optional(root, "name")
    profile = Profile(label(title, "name") if title is not None else file.stem, root.place, [])
    for question in questions:
        weight = number(entry(weights, question.name, "issueWeights"), "a weight")
        profile.worths.append(_worth(entry(utilities, question.name, "issueUtilities"), question, weight))
    bid = optional(root, "reservationBid")
    if bid is not None:
        profile.reservation = _of_bid(mapping(bid, "reservationBid"), profile, questions)
        draft.changed(f"the reservation value of '{profile.name}' is the utility of its reservation bid", bid.place)
    for key in root.entries:
        if key not in ("name", "issueWeights", "issueUtilities", "domain", "reservationBid"):
            draft.dropped(f"'{key}' of '{profile.name}'", root.keys[key])
    return profile


def _worth(node: Node, question: Question, weight: float) -> Worth:
    root = mapping(node, "the utilities of an issue")
    discrete = optional(root, "discreteutils")
    if discrete is not None:
        table = mapping(entry(mapping(discrete, "discreteutils"), "valueUtilities", "discreteutils"), "valueUtilities")
        given = {name.strip(): number(one, f"the utility of '{name}'") for name, one in table.entries.items()}
        return Worth(weight, by_label={name: given[name] for name in question.labels if name in given})
    ends = mapping(entry(root, "numberutils", "the utilities of an issue"), "numberutils")
    low, high = (_end(ends, key) for key in ("lowValue", "highValue"))
    worst, best = (number(entry(ends, key, "numberutils"), key) for key in ("lowUtility", "highUtility"))
    if low == high:
        raise refuse(ends.place, f"the range of '{question.name}' has no width")
    by_label = {name: worst + (best - worst) * (float(name) - low) / (high - low) for name in question.labels}
    return Worth(weight, by_label=by_label)


def _end(ends: Mapping, key: str) -> float:
    node = entry(ends, key, "numberutils")
    try:
        return float(label(node, key))
    except ValueError:
        raise refuse(node.place, f"expected a number for {key}") from None


def _of_bid(bid: Mapping, profile: Profile, questions: Sequence[Question]) -> float:
    values = mapping(entry(bid, "issuevalues", "reservationBid"), "issuevalues")
    total = 0.0
    for question, worth in zip(questions, profile.worths, strict=True):
        node = optional(values, question.name)
        if node is None:
            continue  # a bid may leave an issue open: it counts for nothing
        name = label(node, "a value").strip()
        if worth.by_label is None or name not in worth.by_label:
            raise refuse(node.place, f"the issue '{question.name}' has no value '{name}'")
        total += worth.weight * worth.by_label[name]
    return total
