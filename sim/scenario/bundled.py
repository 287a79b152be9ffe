"""The scenarios that come with the program."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder() -> Path:
    """Folder of the bundled scenarios: in an installed package, or in the repository."""
    packaged = _HERE / "bundled"
    return packaged if packaged.is_dir() else _HERE.parents[1] / "scenarios"


def bundled() -> dict[str, Path]:
    """Bundled scenarios by name, in alphabetical order."""
    return {path.stem: path for path in sorted(folder().glob("*.yaml"))}


def titles() -> dict[str, str]:
    """Titles of the bundled scenarios by name."""
    return {name: title_of(path) for name, path in bundled().items()}


def title_of(path: Path) -> str:
    """Title of a scenario file, read no further than its `title` line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("title:"):
                from sim.scenario.yaml_text import Mapping, Scalar, read_yaml

                root = read_yaml(line)
                title = root.entries.get("title") if isinstance(root, Mapping) else None
                return title.text if isinstance(title, Scalar) else ""
    return ""
