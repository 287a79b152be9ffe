"""Every example in the documents does what the document shows."""

from __future__ import annotations

import re
from doctest import DocTestParser, DocTestRunner
from pathlib import Path

import pytest
from examples import ROOT, Example, console_blocks, prepare, python_sessions

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [
    pytest.param(block, id=f"{document.name}: {block[-1].command}")
    for document in DOCUMENTS
    for block in console_blocks(document)
]
SESSIONS = {document: session for document in DOCUMENTS if (session := python_sessions(document))}


@pytest.mark.parametrize("block", BLOCKS)
def test_commands_print_what_the_document_shows(block: list[Example], tmp_path: Path) -> None:
    prepare(tmp_path)
    for example in block:
        printed = example.run(tmp_path)
        assert example.holds(printed), printed


@pytest.mark.parametrize("document", SESSIONS, ids=lambda path: path.name)
def test_a_python_session_gives_what_the_document_shows(document: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = DocTestParser().get_doctest(SESSIONS[document], {}, document.name, str(document), 0)
    assert DocTestRunner().run(session).failed == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_examples_are_found_in_the_documents() -> None:
    assert len(BLOCKS) >= 2
    assert SESSIONS
