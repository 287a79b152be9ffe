"""Changes to a scenario from the command line: ``--set PATH=VALUE``.

A change is made to the file's tree, before anything is checked: it means what the file would mean if it said so.
So a change to a party also reaches those that are `like` it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.scenario.format import RESERVED
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text, read_yaml

DEEPEST = 20
"""More parts than this no path has."""

_NAMED = ("concession", "acceptance", "offering")
"""Sections that may be just the name of a policy, which stays when its settings are changed."""

_OF_PARTY = re.compile(r"parties\.(?P<party>.+?)\.red_lines\.(?P<line>.+)")
_OF_CHANCE = re.compile(r"\.(?P<rest>probability(?:\..+)?|shared(?:\..+)?)$")
_RED_LINES = re.compile(r"parties\..+\.red_lines\..+")
_DECLARED = ("issues", "sides", "parties")


def apply_changes(root: Node, changes: Sequence[str]) -> Node:
    """Tree with the changes made, one after another.

    Parameters
    ----------
    root
        The tree of a file. It is left as it is.
    changes
        Each ``PATH=VALUE``, VALUE in YAML. A path goes by keys; in lists by id, or by place counted from 0.

    Raises
    ------
    ScenarioError
        With a problem for each change that cannot be made.
    """
    problems: list[Problem] = []
    for change in changes:
        place = Place(option=f"--set {change}")
        try:
            path, equals, value = change.partition("=")
            path = path.strip()
            if not equals or not path:
                raise ScenarioError([Problem(place, "expected PATH=VALUE, e.g. parties.USA.reservation=0.5")])
            if not value.strip():
                raise ScenarioError([Problem(place, f"a value is missing after '{path}='")])
            if path.count(".") > DEEPEST:
                raise ScenarioError([Problem(place, "the path has too many parts")])
            node = read_yaml(value, option=place.option)
            root = _with_red_lines_taken_over(root, path, place)
            root = _set(root, path, "", node, place)
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return root


def _set(node: Node, path: str, above: str, value: Node, place: Place) -> Node:
    """Return a copy of the node with the value at the path below it; what else it holds is shared."""
    if isinstance(node, Items):
        return _set_in_list(node, path, above, value, place)
    if not isinstance(node, Mapping):  # a word or number gives way to a mapping: loss: linear -> loss: {power: 2}
        named = isinstance(node, Scalar) and node.value is not None and above.rpartition(".")[2] in _NAMED
        node = Mapping(place, {"name": node}, {"name": node.place}) if named else Mapping(place, {}, {})
    key, rest = _split(path, node.entries)
    if not key:
        raise ScenarioError([Problem(place, f"the path '{path}' has an empty part")])
    here = f"{above}.{key}" if above else key
    if rest is None:
        below: Node = value
    elif key in node.entries:
        below = _set(node.entries[key], rest, here, value, place)
    else:
        if above in _DECLARED:
            _unknown(key, node.entries, above, place)
        below = _set(_absent(node, here, place), rest, here, value, place)
    keys = {**node.keys, key: place if rest is None else node.keys.get(key, place)}
    return Mapping(node.place, {**node.entries, key: below}, keys)


def _set_in_list(node: Items, path: str, above: str, value: Node, place: Place) -> Node:
    if ".red_lines." in f".{above}":
        return _set_red_line(node, path, above, value, place)
    names = [_name(item, above, i) for i, item in enumerate(node.items)]
    places = {str(i): i for i in range(len(names))}
    by_id = {name: i for i, name in reversed(list(enumerate(names))) if name is not None}
    key, rest = _split(path, {**places, **by_id})
    at = by_id.get(key, places.get(key))
    if at is None:
        _unknown(key, list(by_id) or list(places), above, place)
        return node
    old = node.items[at]
    if rest is not None and isinstance(old, Scalar):  # an option that is but an id
        old = Mapping(old.place, {"id": old}, {"id": old.place})
    new = value if rest is None else _set(old, rest, f"{above}.{key}", value, place)
    return Items(node.place, [new if i == at else item for i, item in enumerate(node.items)])


def _set_red_line(node: Items, path: str, above: str, value: Node, place: Place) -> Node:
    """Set how likely an option is to be a red line, be it one already or not."""
    names = [_of_red_line(item) for item in node.items]
    below = _OF_CHANCE.search(path)  # ids of options may contain dots
    key, rest = (path, None) if below is None else (path[: below.start()], below["rest"])
    if not key:
        raise ScenarioError([Problem(place, f"the path '{path}' has an empty part")])
    at = names.index(key) if key in names else len(names)
    item = node.items[at] if at < len(names) else Scalar(place, key, key)
    old = item.entries[key] if isinstance(item, Mapping) else Mapping(place, {}, {})
    new = value if rest is None else _set(old, rest, f"{above}.{key}", value, place)
    more = item.entries if isinstance(item, Mapping) else {}
    keys = item.keys if isinstance(item, Mapping) else {}
    changed = Mapping(item.place, {**more, key: new}, {**keys, key: keys.get(key, place)})
    return Items(node.place, [*node.items[:at], changed, *node.items[at + 1 :]])


def _with_red_lines_taken_over(root: Node, path: str, place: Place) -> Node:
    """The tree in which a party whose red line is changed states those on the issue that it takes over from another."""
    match = _OF_PARTY.fullmatch(path)
    parties = root.entries.get("parties") if isinstance(root, Mapping) else None
    if match is None or not isinstance(parties, Mapping):
        return root
    at, seen = match["party"], set[str]()
    while at not in seen and isinstance(party := parties.entries.get(at), Mapping):
        seen.add(at)
        lines = party.entries.get("red_lines")
        by_issue = lines.entries if isinstance(lines, Mapping) else {}
        issue = max((key for key in by_issue if match["line"].startswith(f"{key}.")), key=len, default=None)
        if issue is not None:
            whole = f"parties.{match['party']}.red_lines.{issue}"
            return root if at == match["party"] else _set(root, whole, "", by_issue[issue], place)
        like = party.entries.get("like")
        if not isinstance(like, Scalar):
            break
        at = id_text(like)
    return root


def _of_red_line(item: Node) -> str | None:
    """The id of the option in an entry of a list of red lines: an id, or {OPTION: probability}."""
    if isinstance(item, Mapping):
        return next((key for key in item.entries if key not in RESERVED), None)
    return id_text(item) if isinstance(item, Scalar) and item.value is not None else None


def _split(path: str, known: Iterable[str]) -> tuple[str, str | None]:
    """Split the first part off a path: the longest key that is known, for ids may contain dots."""
    if "." not in path:
        return path, None
    for key in sorted((k for k in known if "." in k), key=len, reverse=True):
        if path == key:
            return key, None
        if path.startswith(f"{key}."):
            return key, path[len(key) + 1 :]
    key, _, rest = path.partition(".")
    return key, rest


def _name(item: Node, above: str, i: int) -> str | None:
    """Return the id of a list's item."""
    given = item.entries.get("id") if isinstance(item, Mapping) else item if above.endswith(".options") else None
    if isinstance(given, Scalar) and given.value is not None:
        return id_text(given)
    return f"meeting_{i + 1}" if above == "meetings" else None


def _absent(parent: Mapping, path: str, place: Place) -> Node:
    """Return what stands for a section that the file leaves out."""
    if path == "meetings":
        return Items(place, [Mapping(place, {}, {})])
    if _RED_LINES.fullmatch(path):
        return Items(place, [])
    if path == "events" or (path.startswith("issues.") and path.endswith(".options")):
        return Items(place, [])
    entries: dict[str, Node] = {}
    if path == "sides":
        parties = parent.entries.get("parties")
        for party in parties.entries.values() if isinstance(parties, Mapping) else ():
            side = party.entries.get("side") if isinstance(party, Mapping) else None
            if isinstance(side, Scalar) and side.value is not None:
                entries[id_text(side)] = Mapping(place, {}, {})
    return Mapping(place, entries, dict.fromkeys(entries, place))


def _unknown(key: str, known: Iterable[str], above: str, place: Place) -> None:
    names = list(known)
    hint = did_you_mean(key, names) or (f"; there are {listing(names)}" if names else "; there are none")
    raise ScenarioError([Problem(place, f"there is no '{key}' in {above or 'the scenario'}{hint}")])
