"""Renew the golden results: `python -m tests.golden`; `--check` only compares and exits with 1 where they differ.

For every bundled scenario the SHA-256 of the tables of a small run, as text, so that nothing changes what is played
without somebody saying so. Renew them when a scenario or a rule of play has been changed on purpose, and say in the
commit which and why.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

import polars as pl

KEPT = Path(__file__).with_name("golden.json")
WORLDS, SEED = 60, 20
_DIGITS = 9


def text_of(table: pl.DataFrame) -> str:
    """A table as text, the same on every machine and for every version of the libraries: numbers with nine digits."""
    lines = [",".join(table.columns)]
    lines += [",".join(map(_shown, row)) for row in table.iter_rows()]
    return "\n".join(lines) + "\n"


def golden(name: str) -> dict[str, object]:
    """What a small run of a bundled scenario gives: counts of outcomes to read, hashes to compare."""
    import sim

    found = sim.run(sim.load(name), WORLDS, SEED)
    outcomes = {outcome: int(one["count"]) for outcome, one in found.outcomes.items()}
    tables = {"worlds": found.worlds, "rounds": found.rounds}
    return {"outcomes": outcomes, **{key: sha256(text_of(one).encode()).hexdigest() for key, one in tables.items()}}


def names() -> list[str]:
    """All bundled scenarios."""
    from sim.scenario.bundled import bundled

    return list(bundled())


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.{_DIGITS}g}" if value else "0"
    return "" if value is None else str(value)


def main() -> int:
    """Write them, or compare; the exit code."""
    now = {name: golden(name) for name in names()}
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for name in sorted(now.keys() | kept.keys()):
        if now.get(name) != kept.get(name):
            print(f"{name}: {kept.get(name, {}).get('outcomes')} -> {now.get(name, {}).get('outcomes')}")
    if "--check" in sys.argv:
        return int(now != kept)
    KEPT.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
