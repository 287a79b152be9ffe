"""Examples in Markdown documents: commands with the output that they show, and Python sessions.

``python -m tests.renew`` writes into documents what these print now.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from doctest import DocTestParser
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent

_TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PART = re.compile(r"^<!-- in (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"^\.\.\.\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what the document says that it prints; a line of ``...`` stands for any lines."""

    command: str
    shown: str

    def run(self, place: Path) -> str:
        """What the command prints in this folder; what it says on standard error where it is refused."""
        ran = subprocess.run(
            [sys.executable, "-m", "sim", *self.words],
            cwd=place,
            env={**os.environ, **_TERMINAL},
            capture_output=True,
            text=True,
        )
        assert ran.returncode in (0, 2), ran.stderr
        return _trimmed(ran.stdout if ran.returncode == 0 else ran.stderr)

    @property
    def words(self) -> list[str]:
        """What follows the name of the program."""
        name, *words = shlex.split(self.command)
        assert name == "detente"
        return words

    def holds(self, printed: str) -> bool:
        """Whether the command prints what the document shows."""
        pieces = [re.escape(piece) for piece in _GAP.split(self.shown)]
        return re.fullmatch("(?:.*\n)*?".join(pieces), printed) is not None

    def with_output(self, printed: str) -> str:
        """What the document should show: all of it, or as many lines before and after a gap as it shows."""
        first, *others = [piece.splitlines(keepends=True) for piece in _GAP.split(self.shown)]
        if not others:
            return printed
        *middle, last = others
        lines = printed.splitlines(keepends=True)
        told, at = lines[: len(first)], len(first)
        for piece in middle:
            at = _where(lines, at, piece)
            told += ["...\n", *lines[at : at + len(piece)]]
            at += len(piece)
        return "".join([*told, "...\n", *(lines[max(len(lines) - len(last), at) :] if last else [])])


def run_here(example: Example) -> str:
    """What `Example.run` gives, in this process and its working directory: without the second that a start takes."""
    from typer.testing import CliRunner

    from sim.cli.app import app

    ran = CliRunner().invoke(app, example.words, env=_TERMINAL)
    assert ran.exit_code in (0, 2), ran.output
    return _trimmed(ran.stdout if ran.exit_code == 0 else ran.stderr)


def console_blocks(document: Path) -> list[list[Example]]:
    """The ``console`` blocks of a document: the commands of one are run one after another in one folder."""
    found = []
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        parts = [part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
        found.append([Example(command, _trimmed(shown)) for command, _, shown in parts])
    return found


def prepare(place: Path, document: Path | None = None) -> None:
    """Lay what documents speak of into an empty folder, and the files that this one has the reader write."""
    for name, text in files_of(document).items() if document else ():
        (place / name).write_text(text, encoding="utf-8")
    for name in ("scenarios", "docs"):
        (place / name).symlink_to(ROOT / name)


def files_of(document: Path) -> dict[str, str]:
    """Files that a document has the reader write: the blocks after ``<!-- in NAME -->``, one after another."""
    files: dict[str, str] = {}
    for name, text in _PART.findall(document.read_text(encoding="utf-8")):
        files[name] = f"{files[name]}\n{text}" if name in files else text
    return files


def python_sessions(document: Path) -> str:
    """The ``pycon`` blocks of a document, one after another."""
    return "\n".join(_SESSION.findall(document.read_text(encoding="utf-8")))


def rewrite(document: Path) -> list[str]:
    """Write into a document what its examples print now, where that is not what it shows; the commands concerned."""
    text, renewed = document.read_text(encoding="utf-8"), []
    for block in console_blocks(document):
        with TemporaryDirectory() as place:
            prepare(Path(place), document)
            printed = [example.run(Path(place)) for example in block]
        for example, now in zip(block, printed, strict=True):
            if not example.holds(now):
                text = _replaced(
                    text,
                    f"$ {example.command}\n{example.shown}",
                    f"$ {example.command}\n{example.with_output(now)}",
                    document,
                )
                renewed.append(example.command)
    for asked, shown, now in _answers(python_sessions(document)):
        if shown != now:
            text = _replaced(text, asked + shown, asked + now, document)
            renewed.append(asked.strip().removeprefix(">>> "))
    if renewed:
        document.write_text(text, encoding="utf-8")
    return renewed


def _replaced(text: str, before: str, after: str, document: Path) -> str:
    assert text.count(before) == 1, f"{document}: rewrite by hand:\n{before}"
    return text.replace(before, after)


def _answers(session: str) -> Iterator[tuple[str, str, str]]:
    """What is asked in a session, what is shown as the answer, and what the answer is now."""
    names: dict[str, object] = {}
    with TemporaryDirectory() as place, contextlib.chdir(place):
        for one in DocTestParser().get_examples(session):
            told = StringIO()
            with contextlib.redirect_stdout(told):
                exec(compile(one.source, "<session>", "single"), names)
            lines = one.source.splitlines()
            asked = "".join(f"{'...' if k else '>>>'} {line}".rstrip() + "\n" for k, line in enumerate(lines))
            yield asked, one.want, told.getvalue()


def _where(lines: list[str], start: int, piece: list[str]) -> int:
    """Where in the lines from `start` on there are most of those of a piece."""

    def alike(at: int) -> float:
        return SequenceMatcher(None, "".join(piece), "".join(lines[at : at + len(piece)])).ratio()

    return max(range(start, max(len(lines) - len(piece), start) + 1), key=alike)


def _trimmed(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)
