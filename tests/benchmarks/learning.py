"""Does it pay to learn what the others want from their offers? A scenario in which saliences are unknown.

    python tests/benchmarks/learning.py [--worlds 4000] [--seed 0] [--out docs/policies.md]

Two parties want the opposite on four issues, and how much each cares for which is drawn. Both play along the ladder, by
what they believe of the other; each belief in the same worlds. Shown are the means over worlds with their standard
errors, and of the gain over believing all issues equally important to the other how much it is of what knowing gives.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.loading import loads
from sim.talks.calendar import talk
from sim.talks.record.endings import conclude

Floats = NDArray[np.float64]

MODELS: dict[str, Any] = {
    "known": "known",
    "positions": "positions",
    "bayes": {"learned": "bayes"},
    "frequency": {"learned": "frequency"},
    "noise 0.2": {"noise": 0.2},
}
RESERVATION = 0.2
START, END = "<!-- table made by tests/benchmarks/learning.py -->", "<!-- end of the table -->"


def scenario_text(opponents: Any, concession: str = "linear") -> str:
    """The benchmark scenario."""
    options = [f"o{k}" for k in range(5)]
    issues = [f"i{j}" for j in range(4)]
    parties = {
        name: {
            "positions": dict.fromkeys(issues, ideal),
            "salience": {issue: {"beta": [0.6, 0.6]} for issue in issues},
            "reservation": RESERVATION,
            "concession": concession,
            "opponents": opponents,
        }
        for name, ideal in (("A", 0.0), ("B", 1.0))
    }
    entry = {"issues": {issue: {"options": options} for issue in issues}, "parties": parties}
    return json.dumps({"format": 1, "title": "Unknown saliences", **entry, "meetings": [{"rounds": 20}]})


def measure(worlds: int, seed: int, concession: str = "linear") -> dict[str, dict[str, Floats]]:
    """By model: joint utility, product of the gains, and whether agreed, each of shape (worlds,)."""
    found = {}
    for name, opponents in MODELS.items():
        scenario = loads(scenario_text(opponents, concession))
        ended = conclude(scenario, talk(scenario, seed, np.arange(worlds, dtype=np.int64)))
        gain = np.maximum(ended.utility - RESERVATION, 0.0)
        agreed = (ended.outcome == 0).astype(np.float64)
        found[name] = {"joint": ended.utility.sum(axis=0), "product": gain[0] * gain[1], "agreed": agreed}
    return found


def table(worlds: int, seed: int) -> str:
    """The table in Markdown."""
    lines = [
        f"{worlds:,} worlds, `--seed {seed}`; in brackets standard errors.",
        "",
        "| both concede | belief | agreed | joint utility | product of gains | share of what knowing adds |",
        "|---|---|---|---|---|---|",
    ]
    for concession in ("linear", "boulware", "conceder"):
        results = measure(worlds, seed, concession)
        base, best = (results[name]["product"].mean() for name in ("positions", "known"))
        for name, result in results.items():
            numbers = [f"{result['agreed'].mean():.1%}"]
            for key in ("joint", "product"):
                numbers.append(f"{result[key].mean():.4f} ({result[key].std() / worlds**0.5:.4f})")
            numbers.append(f"{(result['product'].mean() - base) / (best - base):.0%}")
            lines.append(f"| {concession} | {name} | {' | '.join(numbers)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or write it into a page between its marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="page whose table to replace")
    chosen = parser.parse_args()
    made = table(chosen.worlds, chosen.seed)
    if chosen.out is None:
        print(made, end="")
        return
    text = chosen.out.read_text(encoding="utf-8")
    start, end = text.index(START) + len(START), text.index(END)
    chosen.out.write_text(f"{text[:start]}\n{made}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
