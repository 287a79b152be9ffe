"""In what two results differ before anything is played: their scenario files, changes, seeds and versions."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

_MOST = 60
"""Lines of a difference between two files that are kept."""


def changes_between(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """What was changed from one manifest to another: `--set` options, and lines of the file, as in a diff."""
    found = [f"- --set {one}" for one in first["set"] if one not in second["set"]]
    found += [f"+ --set {one}" for one in second["set"] if one not in first["set"]]
    if not found and first["set"] != second["set"]:
        found = ["the --set options are the same in another order"]
    if first["text"] != second["text"]:
        lines = unified_diff(first["text"].splitlines(), second["text"].splitlines(), lineterm="", n=0)
        changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        found += changed[:_MOST]
        if len(changed) > _MOST:
            found.append(f"and {len(changed) - _MOST} more lines of the scenario file")
    return found


def caveats(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """What makes the two harder to compare."""
    found = []
    if first["seed"] != second["seed"]:
        found.append(
            f"The seeds differ ({first['seed']} and {second['seed']}), so the two share no luck: the intervals are "
            "those of different worlds and wider than they need be, and no world can be followed from one to the "
            "other. Run both with the same --seed."
        )
    if first["worlds"] != second["worlds"] and first["seed"] == second["seed"]:
        fewer = min(first["worlds"], second["worlds"])
        counts = f"One has {first['worlds']:,} worlds and the other {second['worlds']:,}"
        found.append(f"{counts}: the first {fewer:,} are compared.")
    ours, theirs = first.get("versions", {}), second.get("versions", {})
    other = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
    if other:
        listed = ", ".join(f"{name} {ours.get(name, 'none')} and {theirs.get(name, 'none')}" for name in other)
        found.append(f"They were computed by different versions ({listed}).")
    return found
