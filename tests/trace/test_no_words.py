"""What a trace gives is data: sentences are made in `sim.report` alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sim

ROOM = Path(sim.__file__).parent / "trace"


def sentences(source: str) -> list[str]:
    """Texts with more than one word in a module, but for what documents it and what a debugger shows."""
    tree = ast.parse(source)
    shown = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__repr__"]
    documents = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    spared = {id(part) for node in (*shown, *documents) for part in ast.walk(node)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in spared)
    return [text for text in texts if isinstance(text, str) and " " in text.strip()]


def test_a_sentence_is_seen() -> None:
    assert sentences('"""What it is."""\nx = f"{1} objects to it"\ny = "id"\n') == [" objects to it"]


@pytest.mark.parametrize("module", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_no_module_of_a_trace_holds_a_sentence(module: Path) -> None:
    assert sentences(module.read_text(encoding="utf-8")) == []
