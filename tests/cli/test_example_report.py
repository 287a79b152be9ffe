"""The example report in `results/` is what its command writes now, and its figures are those of the gallery."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

from report import pictures
from report.dom import Page

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "results"
EXAMPLE = RESULTS / "nato_russia_2022"

Detente = Callable[..., tuple[int, str, str]]


def told(page: Path) -> list[tuple[str, str]]:
    """Elements with their text, but for the versions of the libraries."""
    found = Page(page.read_text(encoding="utf-8"))
    parts = ("dt", "dd", "p", "li", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "text", "code")
    shown = [(one.tag, one.text) for one in found.elements if one.tag in parts]
    return [(tag, text) for tag, text in shown if not re.match(r"detente \d", text)]


def test_the_example_is_what_its_command_writes(detente: Detente, tmp_path: Path) -> None:
    text = (RESULTS / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^detente (run .*)$", text, re.MULTILINE)
    words = [str(tmp_path / "again") if one == "results/nato_russia_2022" else one for one in shlex.split(command)]
    assert detente(*words)[0] == 0
    now, kept = (json.loads((place / "summary.json").read_text()) for place in (tmp_path / "again", EXAMPLE))
    assert now | {"out": None} == kept | {"out": None}
    assert told(tmp_path / "again" / "report.html") == told(EXAMPLE / "report.html")
    assert detente("report", str(tmp_path / "again"), "--figures", "png")[0] == 0
    found = pictures.compared(tmp_path / "again" / "figures", "run")
    assert len(found) == 12
    assert {name: far for name, far in found.items() if far > pictures.TOLERANCE} == {}


def test_what_is_kept_is_small_and_nothing_else() -> None:
    kept = [path for path in EXAMPLE.iterdir() if path.name in ("report.html", "summary.json")]
    assert len(kept) == 2
    assert sum(path.stat().st_size for path in kept) < 1_500_000
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "results/*" in ignored
