"""The pages for those who add something: what they touch is what the recipe says, and what they show works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from examples import ROOT
from test_recipes import PATH, ROW

PAGES = {
    "decision rule": "rule",
    "concession policy": "policy",
    "acceptance condition": "acceptance-condition",
    "protocol": "protocol",
    "measure by round": "measure",
    "scenario key": "scenario-key",
    "figure of a run": "figure",
    "format to read": "format-to-read",
    "command": "command",
}
"""The page of each kind in the recipes of `docs/architecture.md`."""

_BLOCK = re.compile(r"^(?:`(\S+)`:\n|<!-- (run) -->)\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COPIED = ("sim", "tests", "scenarios", "docs", "pyproject.toml", "README.md", "CHANGELOG.md")


@dataclass
class Steps:
    """What a page has the reader do: files to write, edits as (file, text before, text after), commands."""

    files: dict[str, str] = field(default_factory=dict)
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def touched(self) -> set[str]:
        return self.files.keys() | {path for path, _, _ in self.edits}

    def tests(self) -> list[str]:
        return [path for path in self.files if path.startswith("tests/")]


def steps(page: str) -> Steps:
    found = Steps()
    for path, run, language, text in _BLOCK.findall((ROOT / "docs" / "contributing" / f"{page}.md").read_text("utf-8")):
        if run:
            found.commands += text.splitlines()
        elif language == "diff":
            found.edits.append((path, _side(text, "-"), _side(text, "+")))
        else:
            found.files[path] = text
    return found


def _side(diff: str, sign: str) -> str:
    """What stands before (-) or after (+) an edit; of one line that need be no more than a part of it."""
    kept = [line[1:] for line in diff.splitlines() if line[0] in (" ", sign)]
    signs = {line[0] for line in diff.splitlines()}
    return "\n".join(kept) if signs == {"-", "+"} and len(diff.splitlines()) == 2 else "\n".join(kept) + "\n"


def applied(done: Steps, texts: dict[str, str]) -> dict[str, str]:
    """Files as they are after the edits."""
    for path, before, after in done.edits:
        assert texts[path].count(before) == 1, f"{path} has no longer one of:\n{before}"
        texts[path] = texts[path].replace(before, after)
    return texts


def allowed(kind: str, name: str) -> set[str]:
    """The files of a recipe, for something of this name."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    (row,) = [row for row in ROW.finditer(text) if row["kind"] == kind]
    return {path.replace("NAME", name) for path in PATH.findall(row["files"])}


def name_of(kind: str, done: Steps) -> str:
    """What the example is called: by its new file in `sim/`, or the key that it adds."""
    new = [Path(path).stem for path in done.files if path.startswith("sim/")]
    return new[0] if new else kind


def test_every_recipe_has_a_page_and_contributing_leads_to_it() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert {row["kind"] for row in ROW.finditer(text)} == PAGES.keys()
    leading = (ROOT / "docs" / "CONTRIBUTING.md").read_text("utf-8")
    pages = {path.stem for path in (ROOT / "docs" / "contributing").glob("*.md")}
    assert set(re.findall(r"\(contributing/([\w-]+)\.md\)", leading)) == pages == set(PAGES.values())


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_touches_the_files_of_its_recipe(kind: str) -> None:
    done = steps(PAGES[kind])
    recipe = allowed(kind, name_of(kind, done))
    assert {path for path in done.touched() if path.startswith("sim/")} <= recipe
    assert {path for path in recipe if path.startswith("sim/") and name_of(kind, done) in path} <= done.files.keys()
    assert done.tests()
    text = (ROOT / "docs" / "contributing" / f"{PAGES[kind]}.md").read_text("utf-8")
    assert {path for path in recipe if path.startswith("docs/") and f"`{path}`" not in text} == set()


@pytest.mark.parametrize("kind", PAGES)
def test_the_edits_of_a_page_fit_the_files_as_they_are(kind: str) -> None:
    done = steps(PAGES[kind])
    edited = applied(done, {path: (ROOT / path).read_text("utf-8") for path, _, _ in done.edits})
    for path, text in {**done.files, **edited}.items():
        assert path not in done.files or not (ROOT / path).exists()
        if path.endswith(".py"):
            compile(text, path, "exec")


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_what_a_page_shows_works(kind: str, tmp_path: Path) -> None:
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    done = steps(PAGES[kind])
    edited = applied(done, {path: (ROOT / path).read_text("utf-8") for path, _, _ in done.edits})
    for path, text in {**done.files, **edited}.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    checks = [["-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *done.tests(), "tests/test_rooms.py"]]
    code = sorted(path for path in done.touched() if path.endswith(".py"))
    checks += [["-m", "ruff", "check", *code], ["-m", "ruff", "format", "--check", *code]]
    checks = [command.split()[1:] for command in done.commands] + checks
    for words in checks:
        told = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, check=False,
            env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert told.returncode == 0, f"{' '.join(words)}\n{told.stdout}{told.stderr}"
