"""Draws the page and the figures of stored results again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sim.disk.leftovers import clear, draft_beside, hold, let_go, make_draft
from sim.disk.whole import write_whole
from sim.report.figures.exports import JOURNAL, JOURNAL_WIDTHS, Export, exporting, journal, pdf, png, write_captions
from sim.report.figures.style import narrow
from sim.sweeps.seal import MANIFEST, has_checksums, read_manifest, redrawn
from sim.sweeps.store import OutputError, as_text, uninterrupted
from sim.sweeps.stored import read_run

_DRAFT = ".report.partial-"
_PAGE, _FIGURES = "report.html", "figures"


_BESIDE: dict[str, Export] = {"png": png, "pdf": pdf, JOURNAL: journal(JOURNAL_WIDTHS[1])}
"""What can be asked for besides SVG."""


def redraw(directory: Path, allow_code: bool = False, figures: Sequence[str] = ()) -> Path:
    """Draw the report of stored results again and put it in the place of the one that is there.

    Parameters
    ----------
    directory
        With the results of a run, a sweep or a comparison.
    allow_code
        Run the code of users' policies that a run has kept.
    figures
        What to write in `figures/` besides SVG: ``png`` and ``pdf`` lie beside them; ``journal`` stands for PDF and PNG
        of two widths in `figures/journal/`, with their captions.

    Returns
    -------
    The page.

    Raises
    ------
    OutputError
        If the directory holds nothing to report, or cannot be written; or if `figures` asks for something else.
    """
    for one in figures:
        if one not in _BESIDE:
            raise OutputError(f"expected figures as {', '.join(_BESIDE)}, found {one!r}")
    manifest = read_manifest(directory)
    publish, results = _drawer(directory, manifest["kind"], allow_code)
    clear(directory, _DRAFT)
    draft, lock = draft_beside(directory, _DRAFT), None
    try:
        lock = make_draft(draft)
        _publish(draft, publish, results, figures)
        with uninterrupted():
            one_at_a_time = hold(directory)
            try:
                _take_over(draft, directory)
                if has_checksums(manifest):
                    write_whole(directory / MANIFEST, as_text(redrawn(manifest, directory)))
            finally:
                let_go(one_at_a_time)
    except OSError as error:
        raise OutputError(f"cannot write in {directory}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        let_go(lock)
    return directory / _PAGE


def _publish(draft: Path, publish: Callable[[Path, Any], None], results: Any, figures: Sequence[str]) -> None:
    """Write the page and its figures, and these as what is asked for."""
    with exporting(*(_BESIDE[one] for one in dict.fromkeys(figures))) as captions:
        publish(draft, results)
    folder = draft / _FIGURES / JOURNAL
    if JOURNAL not in figures or not folder.is_dir():
        return
    write_captions(folder, captions)
    second = draft / "narrow"
    second.mkdir()
    with narrow(), exporting(journal(JOURNAL_WIDTHS[0])):
        publish(second, results)
    for file in (second / _FIGURES / JOURNAL).iterdir():
        file.rename(folder / file.name)
    shutil.rmtree(second)


def _drawer(directory: Path, kind: str, allow_code: bool) -> tuple[Callable[[Path, Any], None], Any]:
    """What draws results of this kind, and the results."""
    if kind == "run":
        from sim.report.pages.run import publish

        return publish, read_run(directory, allow_code)
    if kind == "sweep":
        from sim.report.pages.sweep import publish as publish_sweep
        from sim.sweeps.sweep import read_sweep

        return publish_sweep, read_sweep(directory)
    if kind == "compare":
        from sim.report.pages.comparison import publish as publish_comparison
        from sim.sweeps.comparison import read_comparison

        return publish_comparison, read_comparison(directory)
    raise OutputError(f"{directory} holds the results of `{kind}`, of which there is no report")


def _take_over(draft: Path, directory: Path) -> None:
    """Move page and figures from the draft into the directory."""
    old = draft / "old"
    if (directory / _FIGURES).exists():
        (directory / _FIGURES).rename(old)
    if (draft / _FIGURES).exists():
        (draft / _FIGURES).rename(directory / _FIGURES)
    (draft / _PAGE).replace(directory / _PAGE)
