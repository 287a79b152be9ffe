"""Do to every writing command what happens to programs, count how often, and what fell.

    python -m tests.faults [--times N] [--seed S] [--only COMMAND ...] [--harm HARM ...] [--out docs/reliability.md]

Signals at random moments of real processes, files that may not grow, directories taken away, two programs in one place,
killed workers, damaged files. `--out` writes the table into a page between its marks. Exit code 1 if anything fell.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.harms import COMMANDS, Count, bench, harms

START, END = "<!-- table made by python -m tests.faults -->", "<!-- end of the table -->"


def main(arguments: list[str] | None = None) -> int:
    """Do it, print the table, and give back the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="how often each harm is done to each command")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], metavar="COMMAND")
    parser.add_argument("--harm", nargs="*", default=[], metavar="HARM")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(arguments)
    counts: dict[str, dict[str, Count]] = {}
    with tempfile.TemporaryDirectory(prefix="detente-faults-") as place:
        ground = bench(Path(place) / "ground", asked.seed)
        for command in COMMANDS:
            if asked.only and command.name not in asked.only:
                continue
            for name, harm in harms(command).items():
                if asked.harm and name not in asked.harm:
                    continue
                count = counts.setdefault(command.name, {}).setdefault(name, Count())
                for _ in range(asked.times):
                    fell = harm(ground, command)  # type: ignore[operator]
                    count.done += 1
                    if fell:
                        count.fell.append(fell)
                        print(f"FELL {command.name}, {name}: {fell}", file=sys.stderr, flush=True)
                    for old in ground.place.iterdir():
                        if old != ground.base:
                            shutil.rmtree(old, ignore_errors=True)
            if asked.out:  # after each, for all of them take hours
                write(asked.out, table(counts))
            print(f"{command.name}: done", file=sys.stderr, flush=True)
    print(table(counts))
    return int(any(count.fell for row in counts.values() for count in row.values()))


def write(path: Path, text: str) -> None:
    """Put the table into a page between its marks."""
    page = path.read_text(encoding="utf-8")
    head, rest = page.split(START, 1)
    path.write_text(f"{head}{START}\n\n{text}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def table(counts: dict[str, dict[str, Count]]) -> str:
    """How often each harm was done, and how often something fell, as Markdown."""
    names = list(dict.fromkeys(name for row in counts.values() for name in row))
    lines = [f"| command | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for command, row in counts.items():
        cells = [_cell(row[name]) if name in row else "" for name in names]
        lines.append(f"| `{command}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(count: Count) -> str:
    return f"{count.done}, **{len(count.fell)} fell**" if count.fell else str(count.done)


if __name__ == "__main__":
    sys.exit(main())
