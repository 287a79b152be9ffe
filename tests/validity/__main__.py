"""Play the what-ifs whose sign theory knows, and print the table of them.

    python -m tests.validity [--only KEY ...] [--worlds N] [--by rules] [--out docs/validity.md]

Worlds are paired: the same seed before and after. `--worlds` and `--scenarios` play fewer. `--by rules` has the plain
program of the rules of play play them, slowly. `--out` writes the table into a page between its marks. Returns 1 if
something did not come as expected.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from validity.play import PLAYERS
from validity.table import heading, line, lines, written
from validity.what_ifs import WHAT_IFS, play


def main(arguments: list[str] | None = None) -> int:
    """Play, print and write; 1 if something did not come as expected."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.validity", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = {one.key: one for one in WHAT_IFS}
    parser.add_argument("--only", nargs="+", choices=known, default=list(known), metavar="KEY")
    parser.add_argument("--worlds", type=int, default=5000, help="at most so many worlds of a scenario")
    parser.add_argument("--scenarios", type=int, default=100, help="at most so many random scenarios")
    parser.add_argument("--by", choices=PLAYERS, default="program", help="who plays them")
    parser.add_argument("--out", type=Path, help="page whose table to replace")
    options = parser.parse_args(arguments)
    player = PLAYERS[options.by]()
    played, wrong, title = {}, 0, ""
    for key in options.only:
        what_if = known[key].smaller(options.worlds, options.scenarios)
        if title != (title := heading(what_if)):
            print(*lines(title), sep="\n")
        played[key] = play(what_if, player)
        print(line(what_if, played[key]), flush=True)
        if not played[key].holds(what_if.expected):
            wrong += 1
            print(f"{key} did not come as expected", file=sys.stderr)
    if options.out is not None:
        options.out.write_text(written(options.out.read_text(encoding="utf-8"), played), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
