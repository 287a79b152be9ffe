"""Every example in the documents does what the document shows."""

from __future__ import annotations

import re
from doctest import DocTestParser, DocTestRunner
from pathlib import Path

import pytest
from examples import ROOT, Example, console_blocks, files_of, prepare, python_sessions, rewrite, run_here

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [
    pytest.param(document, block, id=f"{document.name}: {block[-1].command}")
    for document in DOCUMENTS
    for block in console_blocks(document)
]
SESSIONS = {document: session for document in DOCUMENTS if (session := python_sessions(document))}


@pytest.mark.parametrize(("document", "block"), BLOCKS)
def test_commands_print_what_the_document_shows(
    document: Path, block: list[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path, document)
    monkeypatch.chdir(tmp_path)
    for example in block:
        printed = run_here(example)
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


def test_the_file_that_the_tutorial_builds_up_is_the_finished_one() -> None:
    finished = (ROOT / "docs" / "camp_david_1978.yaml").read_text(encoding="utf-8")
    built = files_of(ROOT / "docs" / "tutorial.md")["camp_david.yaml"]
    assert built.replace("\n\n  israel:", "\n  israel:") == finished[finished.index("format: 1") :]


def test_examples_are_found_in_the_documents() -> None:
    assert len(BLOCKS) >= 2
    assert SESSIONS


STALE = """Text.

```console
$ detente scenarios
an old list
...
price_haggle     An old title
...
an old end
$ detente validate price_haggle
price_haggle: OK
```

```pycon
>>> import sim
>>> len(sim.load("price_haggle").parties)
7
```
"""


def test_renewing_a_document_changes_what_has_changed_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "stale.md"
    document.write_text(STALE, encoding="utf-8")
    assert rewrite(document) == ["detente scenarios", 'len(sim.load("price_haggle").parties)']
    text = document.read_text(encoding="utf-8")
    ((listed, validated),) = console_blocks(document)
    assert listed.holds(listed.run(tmp_path))
    assert listed.shown.count("\n") == STALE[: STALE.index("$ detente validate")].count("\n") - 4
    assert "Haggling over a price" in listed.shown
    assert validated.shown == "price_haggle: OK\n"
    assert ".parties)\n2\n```" in text
    assert rewrite(document) == []
