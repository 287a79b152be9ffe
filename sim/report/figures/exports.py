"""Files of figures besides SVG, written where they are asked for: pictures, and what journals want.

A journal's figure is as wide as one of its columns or as both, with its text at a size that can be read in print; PDF
holds its fonts (TrueType), PNG has 600 dots an inch. The same figure gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.figures.vectors import write_pdf

JOURNAL = "journal"
"""What the folder is called that holds the files for journals."""

MILLIMETRES = 25.4
"""In an inch."""

JOURNAL_WIDTHS = 85, 180
"""Millimetres: a column of a journal's page, and its whole width."""

JOURNAL_DPI = 600
"""Dots an inch of its PNG."""

Export = Callable[[Figure, Path, str, str], None]
"""Writes a figure that has been laid out into a folder, under a name and a title."""

Captions = dict[str, tuple[str, str]]
"""Title and caption of figures by name, in the order of the page."""

_ASKED: ContextVar[tuple[Export, ...]] = ContextVar("asked", default=())
_CAPTIONS: ContextVar[Captions | None] = ContextVar("captions", default=None)


@contextmanager
def exporting(*exports: Export) -> Iterator[Captions]:
    """Every figure that is saved inside of this is also written by each of these.

    Gives the captions of the figures that are put into pages inside of it.
    """
    captions: Captions = {}
    asked, noted = _ASKED.set(exports), _CAPTIONS.set(captions)
    try:
        yield captions
    finally:
        _ASKED.reset(asked)
        _CAPTIONS.reset(noted)


def note(name: str, title: str, caption: str) -> None:
    """Note the caption under which a figure stands in a page."""
    captions = _CAPTIONS.get()
    if captions is not None:
        captions[name] = title, caption


def write_captions(folder: Path, captions: Captions) -> None:
    """Write `captions.txt`: under the name of each figure its title and how to read it."""
    parts = [f"{name}\n{title}. {caption}\n" for name, (title, caption) in captions.items()]
    (folder / "captions.txt").write_text("\n".join(parts), encoding="utf-8")


def export(figure: Figure, directory: Path, name: str, title: str) -> None:
    """Write a figure, laid out, as everything that is asked for."""
    for write in _ASKED.get():
        write(figure, directory, name, title)


def png(figure: Figure, directory: Path, name: str, title: str) -> None:  # noqa: ARG001
    """A picture beside the SVG, NAME.png, at the figure's own size."""
    figure.savefig(directory / f"{name}.png", dpi=figure.dpi, metadata={"Software": None, "Title": None})


def pdf(figure: Figure, directory: Path, name: str, title: str) -> None:
    """A document beside the SVG, NAME.pdf, at the figure's own size."""
    write_pdf(figure, directory / f"{name}.pdf", title, 1.0, figure.dpi)


def journal(width: int) -> Export:
    """What writes figures so many millimetres wide into `JOURNAL`, as NAME_WIDTHmm.pdf and NAME_WIDTHmm.png."""

    def write(figure: Figure, directory: Path, name: str, title: str) -> None:
        folder = directory / JOURNAL
        folder.mkdir(exist_ok=True)
        scale = width / MILLIMETRES / float(figure.get_figwidth())
        write_pdf(figure, folder / f"{name}_{width}mm.pdf", title, scale, JOURNAL_DPI)
        figure.savefig(
            folder / f"{name}_{width}mm.png",
            dpi=JOURNAL_DPI * scale,
            metadata={"Software": None, "Title": None},
            pil_kwargs={"dpi": (JOURNAL_DPI, JOURNAL_DPI)},
        )

    return write
