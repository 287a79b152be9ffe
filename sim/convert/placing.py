"""Putting texts into files: all of them or none, and nothing replaced unless that is wished for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sim.convert.draft import refuse
from sim.convert.opened import SUFFIXES
from sim.disk.leftovers import clear, draft_beside, let_go, make_draft
from sim.disk.whole import draft_prefix, put, write_draft
from sim.scenario.problems import Place, ScenarioError


def place_files(texts: Mapping[Path, str], overwrite: bool = False) -> None:
    """Write files, all or none.

    Parameters
    ----------
    texts
        What is to stand in each file.
    overwrite
        Replace files that are there.

    Raises
    ------
    ScenarioError
        If a file is there already, or cannot be written.
    """
    for path in texts:
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except (OSError, ValueError) as error:
            raise _cannot(path, error) from None
        if is_folder:
            raise _wrong(path, "this is a folder, expected a file to write")
        if is_there and not overwrite:
            raise _wrong(path, "there is such a file already; name another with --to, or add --overwrite")
    drafts: dict[Path, Path] = {}
    placed: list[Path] = []
    made: list[Path] = []
    locks: list[int | None] = []
    try:
        for path in texts:
            try:
                made += _made(path.parent)
            except OSError as error:
                raise _cannot(path, error) from None
        for path, text in texts.items():
            clear(path.parent, draft_prefix(path))
            drafts[path], lock = write_draft(path, text.encode())
            locks.append(lock)
        for path, draft in drafts.items():
            put(draft, path, overwrite)
            if not overwrite:
                placed.append(path)
    except BaseException as error:
        for file in [*placed, *drafts.values()]:
            with suppress(OSError):
                file.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise _wrong(path, "there is such a file already; name another with --to, or add --overwrite") from None
        if isinstance(error, (OSError, ValueError)):
            raise _cannot(path, error) from None
        raise
    finally:
        for lock in locks:
            let_go(lock)


def place_folder(folder: Path, texts: Mapping[str, str], overwrite: bool = False) -> None:
    """Write a folder with files, whole or not at all.

    Parameters
    ----------
    folder
        Where it shall stand.
    texts
        What is to stand in each of its files.
    overwrite
        Replace a folder that holds nothing but such files.

    Raises
    ------
    ScenarioError
        If something else stands there, or it cannot be written.
    """
    try:
        clear(folder.parent, draft_prefix(folder), folder)
        there = sorted(folder.iterdir()) if folder.is_dir() else []
        if folder.exists() and not folder.is_dir():
            raise _wrong(folder, "this is a file, expected a folder to write")
        if there and not overwrite:
            raise _wrong(folder, "this folder is not empty; name another with --to, or add --overwrite")
        others = [file.name for file in there if file.is_dir() or file.suffix.lower() not in SUFFIXES]
        if others or (there and Path.cwd().is_relative_to(folder.resolve())):
            what = f"it holds '{others[0]}'" if others else "it is the working folder or above it"
            raise _wrong(folder, f"this folder is not replaced: {what}; name another with --to")
    except OSError as error:
        raise _cannot(folder, error) from None
    draft = draft_beside(folder.parent, draft_prefix(folder))
    aside = draft.with_name(draft.name + "-old")
    lock = None
    try:
        lock = make_draft(draft)
        for name, text in texts.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        if there:
            os.replace(folder, aside)
        os.replace(draft, folder)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if aside.exists() and not folder.exists():
            os.replace(aside, folder)
        if isinstance(error, (OSError, ValueError)):
            raise _cannot(folder, error) from None
        raise
    finally:
        let_go(lock)
    shutil.rmtree(aside, ignore_errors=True)


def _made(folder: Path) -> list[Path]:
    """Make a folder; those that were not there before, from the outermost."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _wrong(path: Path, message: str) -> ScenarioError:
    return refuse(Place(str(path)), message)


def _cannot(path: Path, error: Exception) -> ScenarioError:
    return _wrong(path, f"this cannot be written ({getattr(error, 'strerror', None) or error})")
