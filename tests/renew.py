"""Write again all that the repository shows of what the program does.

    python -m tests.renew [PART ...]

Parts: `schema` (scenarios/schema.json), `documents` (commands and Python sessions in README.md and docs/), `results`
(the example report), `gallery` (docs/gallery.md and its pictures). All of them if none is named. What has changed is
listed; look at it with `git diff`.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from examples import ROOT, rewrite


def main(arguments: list[str] | None = None) -> int:
    """Renew, and list what has changed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.renew", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    wanted = parser.parse_args(arguments).parts or list(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    for part in wanted:
        PARTS[part]()
    return 0


def schema() -> None:
    """The JSON Schema of scenario files."""
    path = ROOT / "scenarios" / "schema.json"
    told = _detente("schema").stdout
    if path.read_text(encoding="utf-8") != told:
        path.write_text(told, encoding="utf-8")
        print("scenarios/schema.json")


def documents() -> None:
    """Commands and Python sessions in the documents."""
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for example in rewrite(document):
            print(f"{document.relative_to(ROOT)}: {example}")


def results() -> None:
    """The example report, by the command that its README gives."""
    (command,) = re.findall(r"^detente (run .*)$", (ROOT / "results" / "README.md").read_text(encoding="utf-8"), re.M)
    before = _contents(ROOT / "results" / "nato_russia_2022")
    _detente(*shlex.split(command))
    if _contents(ROOT / "results" / "nato_russia_2022") != before:
        print("results/nato_russia_2022")


def gallery() -> None:
    """The gallery of figures."""
    before = _contents(ROOT / "docs" / "gallery")
    subprocess.run([sys.executable, ROOT / "docs" / "gallery.py"], check=True, cwd=ROOT)
    after = _contents(ROOT / "docs" / "gallery")
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            print(path.relative_to(ROOT))


PARTS: dict[str, Callable[[], None]] = {
    "schema": schema,
    "documents": documents,
    "results": results,
    "gallery": gallery,
}


def _detente(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sim", *words], check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}


if __name__ == "__main__":
    sys.exit(main())
