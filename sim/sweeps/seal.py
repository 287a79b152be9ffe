"""A result directory vouches for itself: its manifest holds the checksum of every file, and one of its own.

The manifest is written last. ``files`` gives the size and SHA-256 of every file but the manifest, and ``seal`` the
SHA-256 of the rest of the manifest, so that a file that is missing, cut short or changed is found when it is read.
Directories of versions before this hold neither; they can be read, and vouch for nothing.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from shlex import join
from typing import Any

import polars as pl

from sim.sweeps.store import OutputError, left_aside

MANIFEST = "manifest.json"
_FILES, _SEAL = "files", "seal"
_DRAWN = ("report.html", "figures")
"""What `detente report` draws again; all else is what was computed."""
_NAMED = 3

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)
"""What reading files ends in that hold something else than they should."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file of a result directory; `drawn` if it can be drawn again from the others."""

    file: str
    what: str
    drawn: bool

    def __str__(self) -> str:
        return f"{self.file} {self.what}"


def sealed(manifest: dict[str, Any], directory: Path) -> dict[str, Any]:
    """The manifest with the checksums of the files that stand in the directory now.

    Files whose name begins with a dot are no part of a result.
    """
    files = {name: _checksum(directory / name) for name in _names(directory) if name != MANIFEST}
    whole = {**without_checksums(manifest), _FILES: files}
    return {**whole, _SEAL: _seal(whole)}


def without_checksums(manifest: dict[str, Any]) -> dict[str, Any]:
    """What was computed, without what the files were."""
    return {key: value for key, value in manifest.items() if key not in (_FILES, _SEAL)}


def redrawn(manifest: dict[str, Any], directory: Path) -> dict[str, Any]:
    """The manifest with new checksums for what `detente report` draws, and the old ones for all else.

    One without checksums stays as it is: nobody knows what its tables were.
    """
    if not has_checksums(manifest):
        return manifest
    now = {name: _checksum(directory / name) for name in _names(directory) if _is_drawn(name)}
    kept = {name: one for name, one in manifest[_FILES].items() if not _is_drawn(name)}
    whole = {**without_checksums(manifest), _FILES: dict(sorted((kept | now).items()))}
    return {**whole, _SEAL: _seal(whole)}


def has_checksums(manifest: dict[str, Any]) -> bool:
    """Whether the manifest says what its files were."""
    return _FILES in manifest


def read_manifest(directory: Path) -> dict[str, Any]:
    """What the results in a directory were computed from.

    Raises
    ------
    OutputError
        If the directory holds no results, or the manifest is damaged.
    """
    found = find_manifest(directory)
    if found is None:
        if not directory.is_dir():
            raise OutputError(
                f"{directory} is not a directory with results{left_aside(directory)}; "
                "`detente run SCENARIO --out DIR` makes one"
            )
        under_way = (directory / ".plan.json").exists()
        unfinished = "; the sweep in it is not finished: its command goes on with it" if under_way else ""
        raise OutputError(f"{directory} holds no results: it has no {MANIFEST}{unfinished}")
    return found


def find_manifest(directory: Path) -> dict[str, Any] | None:
    """The manifest of a directory; None if it has none.

    Raises
    ------
    OutputError
        If it is damaged, or of something else.
    """
    path = directory / MANIFEST
    damaged = (
        f"{path} is damaged%s: nothing says any more what was computed; take a copy of the directory, or run it anew"
    )
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OutputError(f"{path} is not a file")
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(f"{path} cannot be read ({error.strerror or error})") from error
    except (ValueError, RecursionError) as error:
        raise OutputError(damaged % f" ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("kind"), str):
        raise OutputError(f"{path} is not the manifest of a result of detente")
    if _FILES in found or _SEAL in found:
        whole = {key: value for key, value in found.items() if key != _SEAL}
        if not _is_list(found.get(_FILES)) or _encoded(whole) is None or found.get(_SEAL) != _seal(whole):
            raise OutputError(damaged % " (its own checksum differs)")
    return found


def faults(directory: Path, manifest: dict[str, Any], drawn: bool = True) -> list[Fault]:
    """Files that are not what was written; with `drawn` also of those that can be drawn again."""
    return [fault for fault in _faults(directory, manifest) if drawn or not fault.drawn]


def strangers(directory: Path, manifest: dict[str, Any]) -> list[str]:
    """Files that stand in the directory and are no part of the result; empty without checksums."""
    known = {MANIFEST, *manifest.get(_FILES, ())}
    return [name for name in _names(directory) if name not in known] if has_checksums(manifest) else []


def check_tables(directory: Path, manifest: dict[str, Any]) -> None:
    """Refuse results of which a file that was computed is not what was written.

    Raises
    ------
    OutputError
        The message names the files and what can be done.
    """
    found = faults(directory, manifest, drawn=False)
    if found:
        raise OutputError(f"{directory} is damaged: {listed(found)}; {remedy(manifest)}")


def listed(found: Sequence[Fault]) -> str:
    """The first of some faults in words, and how many more there are."""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(map(str, found[:_NAMED])) + more


def remedy(manifest: dict[str, Any]) -> str:
    """What brings computed files back."""
    kind = manifest["kind"]
    if kind == "run":
        return f"play it again: `{_command(manifest)}` (the text of the scenario stands in {MANIFEST})"
    if kind == "compare":
        places = [str(place) for place in manifest.get("directories", ())]
        return f"compare again: `{join(['detente', 'compare', *places, '--out', 'DIR'])}`"
    return f"give the command of this `{kind}` again with another --out (what it was stands in {MANIFEST})"


def _command(manifest: dict[str, Any]) -> str:
    """The command that plays a run again."""
    from sim.scenario.bundled import bundled

    name = str(manifest.get("scenario") or "scenario")
    known = bundled().get(name)
    same = known is not None and sha256(known.read_bytes()).hexdigest() == manifest.get("sha256")
    parts = ["detente", "run", name if same else f"{name}.yaml"]
    parts += ["--worlds", str(manifest.get("worlds")), "--seed", str(manifest.get("seed"))]
    for change in manifest.get("set", ()):
        parts += ["--set", str(change)]
    return join([*parts, *(["--allow-code"] if manifest.get("code") else []), "--out", "DIR"])


def _faults(directory: Path, manifest: dict[str, Any]) -> Iterator[Fault]:
    for name, written in manifest.get(_FILES, {}).items():
        what = _difference(directory / name, written)
        if what:
            yield Fault(name, what, _is_drawn(name))


def _difference(path: Path, written: dict[str, Any]) -> str:
    """How a file differs from what was written; empty if it does not."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "is not a file"
        if found.st_size < written["bytes"]:
            return f"is cut short ({found.st_size:,} of {written['bytes']:,} bytes)"
        if found.st_size > written["bytes"]:
            return f"has grown ({found.st_size:,} bytes, {written['bytes']:,} were written)"
        return "" if _checksum(path) == written else "has been changed (its checksum differs)"
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"


def _is_list(files: Any) -> bool:
    """Whether this is a list of files inside a directory with their sizes and checksums."""
    return isinstance(files, dict) and all(
        isinstance(one, dict)
        and isinstance(one.get("bytes"), int)
        and isinstance(one.get("sha256"), str)
        and bool(name)
        and "\0" not in name
        and not (PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts)
        for name, one in files.items()
    )


def _is_drawn(name: str) -> bool:
    return name.split("/", 1)[0] in _DRAWN


def _names(directory: Path) -> list[str]:
    """Files of a directory, those below it too, by their paths from it; without hidden ones."""
    names = []
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        names += [(Path(folder) / name).relative_to(directory).as_posix() for name in files if name[0] != "."]
    return sorted(names)


def _checksum(path: Path) -> dict[str, Any]:
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
            size += len(part)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _seal(manifest: dict[str, Any]) -> str:
    return sha256(_encoded(manifest) or b"").hexdigest()


def _encoded(manifest: dict[str, Any]) -> bytes | None:
    """The manifest in one form, whatever the order and the spaces; None if its text is no text."""
    try:
        return json.dumps(manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return None
