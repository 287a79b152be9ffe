"""Random scenarios in which votes are counted: parties without a vote, weights, joined rules within and across sides.

text = with_votes(random_scenario(random.Random(17)), random.Random(17))
"""

from __future__ import annotations

import json
import random
from typing import Any

VOICE = ("veto", "offering", "opponents", "package_only", "pace", "deadline")


def with_votes(text: str, rng: random.Random) -> str:
    """The same scenario with votes."""
    tree = json.loads(text)
    if rng.random() < 0.25:
        _one_side(tree, rng)
    people = tree["parties"]
    groups: dict[str, list[str]] = {}
    for name, party in people.items():
        groups.setdefault(party.get("side", name), []).append(name)
    _who_votes(tree, groups, rng)
    whole = 0
    for side, members in groups.items():
        voters = [name for name in members if people[name].get("votes") != "none"]
        own = tree.get("sides", {}).get(side)
        if own is None or "leader" in str(own.get("decides", "")):
            continue
        if rng.random() < 0.6 or (len(voters) < len(members) and "quorum" in str(own["decides"])):
            own["decides"] = _rules("quorum", len(voters), rng)
            if "pace" not in own and rng.random() < 0.5:
                own["pace"] = rng.choice([0, 0.25, 0.6])
            whole += 1
    if len(groups) > 1 and (rng.random() < 0.6 or not whole):
        voting = [side for side, members in groups.items() if any(people[p].get("votes") != "none" for p in members)]
        tree["agreement"] = _rules("at_least", len(voting), rng)
        if "holding_out" in tree["agreement"] and tree["agreement"]["holding_out"] == "consents" and rng.random() < 0.5:
            tree["agreement"]["pace"] = rng.choice([0, 0.3, 1])
        if rng.random() < 0.5:
            tree["agreement"]["veto"] = rng.sample(voting, rng.randint(1, len(voting)))
    elif "agreement" in tree:
        del tree["agreement"]
    for event in tree.get("events", []):
        effects = event.get("effects", {})
        for path in [path for path in effects if ".decides." in path or ".pace" in path]:
            del effects[path]
    return json.dumps(tree, indent=1)


def _one_side(tree: dict[str, Any], rng: random.Random) -> None:
    for party in tree["parties"].values():
        party["side"] = "All"
        for key in VOICE:
            party.pop(key, None)
    tree["sides"] = {"All": {"decides": rng.choice(["consensus", "unanimity", {"majority": 0.6}, {"quorum": 1}])}}
    if rng.random() < 0.3:
        tree["sides"]["All"]["veto"] = [rng.choice(list(tree["parties"]))]
    tree.pop("events", None)
    tree.pop("agreement", None)
    for meeting in tree.get("meetings", []):
        meeting.pop("parties", None)


def _who_votes(tree: dict[str, Any], groups: dict[str, list[str]], rng: random.Random) -> None:
    asked = json.dumps([tree.get("sides", {}), tree.get("agreement", {})])
    voteless = 0
    for side, members in groups.items():
        left = len(members)
        for name in members:
            party = tree["parties"][name]
            named = f'"{name}"' in asked or f'"{side}"' in json.dumps(tree.get("agreement", {}))
            last = left == 1 and ("side" in party or voteless == len(groups) - 1)
            if rng.random() < 0.2 and not named and not last and "veto" not in party:
                party["votes"] = "none"
                left -= 1
            elif rng.random() < 0.5:
                party["votes"] = rng.choice([0, 1, 2, 3, 10, {"uniform": [1, 4]}])
            party["weights"] = {"people": rng.choice([0.5, 1, 2, 8])}
        voteless += left == 0


def _rules(count: str, voters: int, rng: random.Random) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if rng.random() < 0.7:
        rules[count] = rng.randint(1, voters)
    if rng.random() < 0.7 or not rules:
        shares = [
            rng.choice(
                [
                    rng.choice([0.25, 0.5, 0.6, 1]),
                    {"of": rng.choice(["votes", "weight", "people", "members"]), "share": rng.choice([0.4, 0.65, 0.9])},
                    {"of": rng.choice(["votes", "people"]), "reach": rng.choice([1, 3, 7])},
                ]
            )
            for _ in range(rng.choice([1, 1, 2]))
        ]
        rules["majority"] = shares if len(shares) > 1 else shares[0]
    if rng.random() < 0.4:
        rules["blocking"] = rng.randint(1, voters)
    if rng.random() < 0.6:
        rules["holding_out"] = rng.choice(["consents", "abstains"])
    return rules
