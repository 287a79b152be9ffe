"""Examples in Markdown documents: commands with the output that they show, and Python sessions.

``python tests/examples.py README.md docs/*.md`` writes into documents what the commands print now.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"^\.\.\.\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what the document says that it prints; a line of ``...`` stands for any lines."""

    command: str
    shown: str

    def run(self, place: Path) -> str:
        """What the command prints in this folder; what it says on standard error where it is refused."""
        words = shlex.split(self.command)
        assert words[0] == "detente"
        environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
        ran = subprocess.run(
            [sys.executable, "-m", "sim", *words[1:]], cwd=place, env=environment, capture_output=True, text=True
        )
        assert ran.returncode in (0, 2), ran.stderr
        return _trimmed(ran.stdout if ran.returncode == 0 else ran.stderr)

    def holds(self, printed: str) -> bool:
        """Whether the command prints what the document shows."""
        pieces = [re.escape(piece) for piece in _GAP.split(self.shown)]
        return re.fullmatch("(?:.*\n)*?".join(pieces), printed) is not None

    def with_output(self, printed: str) -> str:
        """What the document should show: all of it, or as many lines before and after a gap as it shows."""
        if not _GAP.search(self.shown):
            return printed
        first, last = _GAP.split(self.shown)
        lines, end = printed.splitlines(keepends=True), last.count("\n")
        return "".join([*lines[: first.count("\n")], "...\n", *(lines[-end:] if end else [])])


def console_blocks(document: Path) -> list[list[Example]]:
    """The ``console`` blocks of a document: the commands of one are run one after another in one folder."""
    found = []
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        parts = [part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
        found.append([Example(command, _trimmed(shown)) for command, _, shown in parts])
    return found


def prepare(place: Path) -> None:
    """Lay what documents speak of into an empty folder."""
    for name in ("scenarios", "docs"):
        (place / name).symlink_to(ROOT / name)


def python_sessions(document: Path) -> str:
    """The ``pycon`` blocks of a document, one after another."""
    return "\n".join(_SESSION.findall(document.read_text(encoding="utf-8")))


def rewrite(document: Path) -> None:
    """Write into a document what its commands print now, where that is not what it shows."""
    text = document.read_text(encoding="utf-8")
    for block in console_blocks(document):
        with TemporaryDirectory() as place:
            prepare(Path(place))
            printed = [example.run(Path(place)) for example in block]
        for example, now in zip(block, printed, strict=True):
            if not example.holds(now):
                before = f"$ {example.command}\n{example.shown}"
                assert text.count(before) == 1, f"{document}: rewrite by hand: {example.command}"
                text = text.replace(before, f"$ {example.command}\n{example.with_output(now)}")
    document.write_text(text, encoding="utf-8")


def _trimmed(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(Path(name))
