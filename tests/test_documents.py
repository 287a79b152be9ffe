"""Every example in the documents does what the document shows."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from examples import Example, console_examples, same_output

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = [example for document in DOCUMENTS for example in console_examples(document)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.document}: {one.command}")
def test_a_command_prints_what_the_document_shows(example: Example, tmp_path: Path) -> None:
    words = shlex.split(example.command)
    assert words[0] == "detente"
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    ran = subprocess.run(
        [sys.executable, "-m", "sim", *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ran.returncode in (0, 2), ran.stderr
    printed = ran.stdout if ran.returncode == 0 else ran.stderr
    assert same_output(example.shown, printed), printed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_python_session_gives_what_the_document_shows(document: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, _ = doctest.testfile(str(document), module_relative=False)
    assert failed == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_examples_are_found_in_the_documents() -> None:
    assert len(EXAMPLES) >= 2
