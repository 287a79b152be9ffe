"""The documentation's site: every page is in its contents, and what the program knows of itself is filled in whole."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from examples import ROOT
from ruamel.yaml import YAML

import sim
from sim.version import VERSION

DOCS = ROOT / "docs"
PAGES = {
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in DOCS.rglob("*.md")
    if path.name != "README.md" and "_build" not in path.parts
}


def filling() -> ModuleType:
    """The site's own extension."""
    sys.path.insert(0, str(DOCS / "site"))
    try:
        return importlib.import_module("filling")
    finally:
        sys.path.remove(str(DOCS / "site"))


def part(name: str) -> str:
    return str(filling().PARTS[name]())


def test_every_page_stands_in_the_contents_once() -> None:
    contents = re.findall(
        r"```\{toctree\}\n(?::[^\n]*\n)*\n(.*?)```", (DOCS / "index.md").read_text("utf-8"), re.DOTALL
    )
    listed = [line for block in contents for line in block.split()]
    assert sorted([*listed, "index"]) == sorted(PAGES)


def test_the_list_of_documents_names_every_page() -> None:
    listed = re.findall(r"\]\(([\w./-]+)\.md\)", (DOCS / "README.md").read_text("utf-8"))
    shown_by_the_site = {"index", "changelog", "reference/scenarios", "reference/example-report"}
    assert PAGES - shown_by_the_site - set(listed) == {name for name in PAGES if name.startswith("contributing/")}


def test_every_part_that_is_filled_in_has_a_page_and_is_filled() -> None:
    extension = filling()
    named = [
        name
        for page in PAGES
        for name in re.findall(r"^<!-- filled in: (\w+) -->$", (DOCS / f"{page}.md").read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(named) == sorted(extension.PARTS)
    page = extension.filled((DOCS / "reference" / "command-line.md").read_text("utf-8"))
    assert "<!--" not in page
    assert "where you read the file" not in page


def test_the_reference_of_the_command_line_has_the_options_that_the_help_has() -> None:
    text = part("command_line")
    sections = dict(re.findall(r"^## detente (\w+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    assert {"run", "trace", "analyze", "sweep", "sensitivity", "compare", "report", "forecast"} <= sections.keys()
    assert {"convert", "validate", "scenarios", "new", "schema"} <= sections.keys()
    told = subprocess.run(
        [sys.executable, "-m", "sim", "sweep", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    options = set(re.findall(r"^ +(--[a-z-]+)", told, re.MULTILINE)) - {"--help"}
    assert len(options) > 10
    assert {name for name in options if f"`{name}" not in sections["sweep"]} == set()


def test_the_reference_of_keys_has_every_key_and_leads_nowhere_else() -> None:
    text = part("scenario_keys")
    schema = json.loads((ROOT / "scenarios" / "schema.json").read_text("utf-8"))
    keys = {key for mapping in [schema, *schema["$defs"].values()] for key in mapping["properties"]}
    assert {key for key in keys - {"source", "note"} if f"| `{key}` |" not in text} == set()
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


def test_the_scenario_format_explains_every_key() -> None:
    text = (DOCS / "scenario-format.md").read_text("utf-8") + (DOCS / "policies.md").read_text("utf-8")
    schema = json.loads((ROOT / "scenarios" / "schema.json").read_text("utf-8"))
    keys = {key for mapping in [schema, *schema["$defs"].values()] for key in mapping["properties"]}
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_the_reference_of_the_interface_has_every_name_once() -> None:
    named = re.findall(r"^\.\. \S+:: (sim(?:\.interface)?)\.(\w+)$", part("python_interface"), re.MULTILINE)
    assert sorted(name for module, name in named if module == "sim") == sorted(set(sim.__all__) - {"__version__"})
    assert len({name for _, name in named}) == len(named)


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("sphinx") is None, reason="the extra `docs` is not installed")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", DOCS, tmp_path / "site"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr


def test_the_citation_names_this_version() -> None:
    cited = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == VERSION
    assert cited["cff-version"] == "1.2.0"
    assert cited.keys() >= {"message", "title", "authors"}
    assert all(author.keys() & {"name", "family-names"} for author in cited["authors"])


def test_hosted_checks_are_on_all_systems_and_versions_and_build_the_site() -> None:
    jobs = YAML(typ="safe").load((ROOT / ".github" / "workflows" / "checks.yml").read_text("utf-8"))["jobs"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    run = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    assert ".ci/run" in run
    assert "sphinx-build -W --keep-going" in run
