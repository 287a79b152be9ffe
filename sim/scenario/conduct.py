"""How a party acts: how it concedes, what it accepts, what delay costs it; and how a side finds its offers."""

from __future__ import annotations

import math
from collections.abc import Mapping as Lookup

from sim.policies.setting import Setting
from sim.scenario.distributions import AT_LEAST_0, Legal, is_distribution, quantity
from sim.scenario.format import RESERVED, DiscountEntry, Learned, Noise
from sim.scenario.issues import Question
from sim.scenario.limits import MOST_PACKAGE_WORTHS, MOST_PACKAGES, MOST_PACKAGES_A_TURN
from sim.scenario.model import Discount, Opponents, Policy, Quantity
from sim.scenario.plugins import form_of, in_file, installed, not_allowed, read_code
from sim.scenario.policies import ACCEPTANCES, CONCESSIONS, LEARNING, MIX, OFFERINGS, OPPONENTS, PolicyForm
from sim.scenario.problems import Place, ScenarioError, did_you_mean, listing
from sim.scenario.reading import Reading, article, found
from sim.scenario.yaml_text import Mapping, Node, Scalar

_LABELS = {"concession": "concession policy", "acceptance": "acceptance condition", "offering": "offering policy"}
_FACTOR = Legal(0.0, 1.0)


def read_concession(reading: Reading, path: str, node: Node | None) -> Policy:
    """Compile how a party concedes."""
    default = _unstated(path, CONCESSIONS)
    if node is None:
        return default
    return _policy(reading, path, node, "concession", CONCESSIONS, default.name, "{exponent: e}") or default


def read_acceptance(reading: Reading, path: str, node: Node | None) -> Policy:
    """Compile what a party accepts."""
    default = _unstated(path, ACCEPTANCES)
    if node is None:
        return default
    return _policy(reading, path, node, "acceptance", ACCEPTANCES) or default


def read_discount(reading: Reading, path: str, node: Node | None) -> Discount | None:
    """Compile what delay costs a party; None where it costs nothing."""
    if node is None:
        return None
    entries = reading.entries(node, DiscountEntry)
    units = [key for key in ("offer", "round", "day") if key in entries]
    if len(units) != 1:
        if units or not entries:
            reading.error(node.place, f"expected one of offer, round, day for discount, found {found(node)}")
        return None
    unit = units[0]
    what = f"the share of the gain that is left after each {unit}"
    return Discount(unit, quantity(reading, entries[unit], f"{path}.{unit}", _FACTOR, what))


def read_offering(
    reading: Reading, path: str, node: Node | None, questions: dict[str, Question], members: int, parties: int
) -> Policy:
    """Compile how a side of so many members, among so many parties, finds its offers."""
    if node is None:
        return Policy("ladder")
    policy = _policy(reading, path, node, "offering", OFFERINGS) or Policy("ladder")
    if policy.name == "ladder":
        return policy
    packages = math.prod(max(len(question.issue.options), 1) for question in questions.values())
    once = policy.name == "exhaustive" and members == 1
    most = min(MOST_PACKAGES if once else MOST_PACKAGES_A_TURN, MOST_PACKAGE_WORTHS // max(parties, 1))
    if packages > most:
        often = "" if once else " in every turn"
        reading.error(
            node.place,
            f"the offering policy '{policy.name}' looks at all packages{often}, and there are {packages:,}; at most "
            f"{most:,} are possible here, use ladder",
        )
    return policy


def read_opponents(reading: Reading, path: str, node: Node | None) -> Opponents:
    """Compile what a side believes of the others."""
    if node is None:
        return Opponents()
    if isinstance(node, Mapping):
        form = Learned if any(key == "learned" or did_you_mean(key, ["learned"]) for key in node.entries) else Noise
        entries = reading.entries(node, form)
        if "noise" in entries:
            what = "the noise (a standard deviation)"
            return Opponents("noise", quantity(reading, entries["noise"], f"{path}.noise", AT_LEAST_0, what))
        if "learned" in entries:
            return Opponents(_model(reading, entries["learned"]))
        return Opponents()
    also = " or {noise: sd}, {learned: MODEL}"
    word = reading.word(node, "opponents", OPPONENTS, also=also)
    return Opponents(LEARNING[0] if word == "learned" else word)


def _unstated(path: str, known: Lookup[str, PolicyForm]) -> Policy:
    """The first of the policies as it is where nothing is said."""
    form = next(iter(known.values()))
    return Policy(form.plays, tuple((key, _default(path, key, setting)) for key, setting in form.numbers.items()))


def _default(path: str, key: str, setting: Setting) -> Quantity:
    value = setting.default or 0.0
    return Quantity(f"{path}.{key}", "fixed", (value,), setting.low, setting.high, setting.whole)


def _model(reading: Reading, node: Node) -> str:
    if isinstance(node, Scalar) and (in_file(node.text) is not None or node.text in installed("opponents")):
        _of_user(reading, node, node.text, "opponents")
        return node.text
    return reading.word(node, "learned", [*LEARNING, *installed("opponents")])


def _policy(
    reading: Reading,
    path: str,
    node: Node,
    kind: str,
    known: Lookup[str, PolicyForm],
    unnamed: str = "",
    short: str = "",
) -> Policy | None:
    """Compile a named policy, or one of `unnamed` where only settings are given; None where the file is wrong."""
    label = _LABELS[kind]
    entries: dict[str, Node] = {}
    named: Node | None = node
    if isinstance(node, Mapping):
        reading.annotations(node)
        entries = {k: v for k, v in node.entries.items() if k not in RESERVED and reading.has_value(node, k)}
        named = entries.pop("name", None)
        unlike = next((key for key in entries if did_you_mean(key, ["name"])), None)
        if named is None and unlike is not None:
            reading.error(node.keys[unlike], f"unknown key '{unlike}' of the {label}{did_you_mean(unlike, ['name'])}")
            return None
        if named is None and not (unnamed and entries):
            also = f"{short} or " if short else ""
            reading.error(node.place, f"expected {also}{{name: ...}} for {kind}, found {found(node)}")
            return None
    name = unnamed if named is None else reading.id(named, f"{article(label)} {label}")
    if not name:
        return None
    place = node.place if named is None else named.place
    form = known.get(name) or _of_user(reading, named or node, name, kind)
    if form is None:
        if in_file(name) is None:
            hint = did_you_mean(name, [*known, *installed(kind)])
            names = listing([*known, *installed(kind)], 40)
            reading.error(place, f"the {label} '{name}' is not known{hint or f'; known are {names}'}")
        return None
    parts: tuple[tuple[str, Quantity, Policy], ...] = ()
    if name == MIX and kind == "concession":
        parts = _parts(reading, path, node, entries.pop("of", None))
    settings = _settings(reading, path, node, f"the {label} '{name}'", form, entries)
    return Policy(form.plays, settings.numbers, settings.words, parts)


def _of_user(reading: Reading, node: Node, name: str, kind: str) -> PolicyForm | None:
    """The form of a user's policy with this name; None, and a mistake noted, where it cannot be had."""
    where = in_file(name)
    if where is None and name not in installed(kind):
        return None
    try:
        if where is not None and not _allowed(reading, node.place, where[0]):
            return None if reading.allow_code is not None else PolicyForm(name)
        return form_of(kind, name, reading.code.values(), node.place)
    except ScenarioError as error:
        reading.errors.extend(error.problems)
    return None


def _allowed(reading: Reading, place: Place, file: str) -> bool:
    """Whether a file's code may be run; if so, it is read."""
    if file in reading.code:
        return True
    if reading.allow_code is None:
        reading.warning(place, f"not checked: this runs code from '{file}' (with --allow-code it is)")
        return False
    if not reading.allow_code:
        reading.error(place, not_allowed(file))
        return False
    reading.code[file] = read_code(file, reading.folder, place)
    return True


def _parts(reading: Reading, path: str, node: Node, of: Node | None) -> tuple[tuple[str, Quantity, Policy], ...]:
    """The parts of a mix: ``of: {POLICY: weight, POLICY: {weight: w, SETTING: x}}``."""
    if of is None:
        reading.error(node.place, "the concession policy 'mix' needs its parts: {name: mix, of: {POLICY: weight, ...}}")
        return ()
    parts = []
    for name, place, value in reading.table(of, "the parts of a mix (policy to weight)"):
        below = f"{path}.of.{name}"
        if name == MIX:
            reading.error(place, "a mix cannot be a part of a mix; give its parts themselves")
            continue
        entries: dict[str, Node] = {"name": Scalar(place, name, name)}
        keys: dict[str, Place] = {"name": place}
        weight: Node | None = value
        if isinstance(value, Mapping) and not is_distribution(value):
            reading.annotations(value)
            entries.update({k: v for k, v in value.entries.items() if k not in (*RESERVED, "weight", "name")})
            keys.update(value.keys)
            weight = value.entries.get("weight")
        if weight is None:
            reading.error(value.place, f"the part '{name}' of the mix needs a weight")
            continue
        policy = _policy(reading, below, Mapping(value.place, entries, keys), "concession", CONCESSIONS)
        if policy is not None:
            number = quantity(reading, weight, f"{below}.weight", AT_LEAST_0, f"the weight of '{name}' in the mix")
            parts.append((name, number, policy))
    if parts and all(one.certain and one.parameters[0] == 0 for _, one, _ in parts):
        reading.error(of.place, "the parts of the mix have no weight: all are 0")
    return tuple(parts)


def _settings(
    reading: Reading, path: str, node: Node, label: str, policy: PolicyForm, entries: dict[str, Node]
) -> Policy:
    """The settings that stand in the file, or their defaults."""
    numbers: list[tuple[str, Quantity]] = []
    words: list[tuple[str, str]] = []
    unchecked = reading.allow_code is None and in_file(policy.plays) is not None
    for key, setting in policy.numbers.items():
        legal = Legal(setting.low, setting.high, setting.whole)
        if key in entries:
            numbers.append((key, quantity(reading, entries[key], f"{path}.{key}", legal, key)))
        elif setting.default is None and not any(did_you_mean(k, [key]) for k in entries):
            reading.error(node.place, f"{label} needs {article(key)} '{key}'")
        else:
            numbers.append((key, _default(path, key, setting)))
    for key, allowed in policy.words.items():
        words.append((key, reading.word(entries[key], key, allowed) if key in entries else allowed[0]))
    known = [*policy.numbers, *policy.words]
    for key in entries:
        if key not in known and isinstance(node, Mapping) and not unchecked:
            names = f"; known are {listing(known)}" if known else "; it has none"
            hint = did_you_mean(key, [*known, "name"]) or names
            reading.error(node.keys[key], f"unknown setting '{key}' of {label}{hint}")
    return Policy(policy.plays, tuple(numbers), tuple(words))
