"""Draws the gallery: ``python -m tests.renew gallery`` writes ``docs/gallery.md`` and its pictures again.

The figures are those of the commands, of small runs of the project's own scenarios.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import escape
from PIL import Image

import sim
from sim.report.figures.comparison import draw_comparison
from sim.report.figures.exports import exporting, png
from sim.report.figures.run import draw_figures
from sim.report.figures.style import Shown
from sim.report.figures.sweep import draw_sweep
from sim.report.pages.analysis import analysis_figures
from sim.report.pages.sampled import sampled
from sim.report.pages.sweep import answered

DOCS = Path(__file__).resolve().parent
WIDTH = 760
"""Pixels of a picture."""
COLOURS = 96
SEED = 1
_BARGAINING = ["parties.buyer.reservation=0.2:0.7", "parties.seller.reservation=0.2:0.7", "meetings.lot.rounds=3:12"]
WORLDS = 200
_SWEEPS: dict[str, tuple[str, list[str], str, int | None, tuple[str, ...]]] = {
    "curves": ("A sweep of one number", [f"{_BARGAINING[0]}:11"], "grid", None, ("curves",)),
    "map": ("A sweep of two numbers", [f"{one}:9" for one in _BARGAINING[:2]], "grid", None, ("map",)),
    "tornado": ("One number at a time", _BARGAINING, "tornado", None, ("tornado",)),
    "sobol": ("What matters", _BARGAINING, "sobol", 128, ("indices", "convergence")),
    "lhs": ("Under which conditions", _BARGAINING, "lhs", 100, ("trends", "boxes")),
}
"""Heading, what is varied, design, points, and the figures that this design alone has; by name."""

Section = tuple[str, str, Path, dict[str, Shown]]
"""Heading, the command behind it, where its figures are, and these."""


def sections(folder: Path) -> Iterator[Section]:
    """Draw all figures into a folder; one section after another."""
    yield _run(_made(folder / "run"))
    place = _made(folder / "analysis")
    figures = analysis_figures(sim.analyze(sim.load("nato_russia_2022")), place)
    yield "An exact analysis", "detente analyze nato_russia_2022", place, figures
    for name in _SWEEPS:
        yield _sweep(name, _made(folder / name))
    yield _comparison(_made(folder / "compare"))


def _run(folder: Path) -> Section:
    founding = sim.load("nato_russia_2022")
    results = sim.run(founding, 500, SEED)
    figures = draw_figures(results, folder)
    dance = sampled(results, folder)[0].dance
    command = f"detente run nato_russia_2022 --worlds 500 --seed {SEED}"
    return "A run", command, folder, figures | {dance.drawing.name: dance}


def _sweep(name: str, folder: Path) -> Section:
    heading, vary, design, points, wanted = _SWEEPS[name]
    scenario = sim.load("price_haggle")
    swept = sim.sweep(scenario, vary, design=design, points=points, worlds=WORLDS, seed=SEED)
    drawn = draw_sweep(swept, answered(swept), folder)
    words = [f"--vary {one}" for one in vary] + [f"--design {design}"] + ([f"--points {points}"] if points else [])
    command = f"detente sweep price_haggle {' '.join(words)} --worlds {WORLDS} --seed {SEED}"
    return heading, command, folder, {figure: drawn[figure] for figure in wanted}


def _comparison(folder: Path) -> Section:
    runs = [folder / name for name in ("short", "long")]
    for place, rounds in zip(runs, (6, 12), strict=True):
        sim.run(sim.load("price_haggle", [f"meetings.lot.rounds={rounds}"]), 400, SEED, out=place, report=False)
    return "A comparison", "detente compare short long", folder, draw_comparison(sim.compare(*runs), folder)


def write(docs: Path) -> None:
    """Write `gallery.md` and the pictures into a folder."""
    pictures = _made(docs / "gallery")
    parts = [
        "# Gallery\n\nEvery figure of the reports, as the commands draw it; `python -m tests.renew gallery` draws this "
        "page again. The captions are those of the reports. All figures come as SVG, and as PNG and PDF where "
        "asked for, with a text in their place for who cannot see them.\n"
    ]
    with TemporaryDirectory() as folder, exporting(png):
        for heading, command, place, figures in sections(Path(folder)):
            parts.append(f"\n## {heading}\n\n`{command}`\n")
            for shown in figures.values():
                file = f"{place.name}_{shown.drawing.name}.png"
                shrink(place / f"{shown.drawing.name}.png", pictures / file)
                parts.append(
                    f"\n### {shown.title}\n\n"
                    f'<img src="gallery/{file}" width="{WIDTH}" alt="{escape(shown.alt)}">\n\n{shown.caption}\n'
                )
    (docs / "gallery.md").write_text("".join(parts), encoding="utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def shrink(drawn: Path, picture: Path) -> None:
    """A smaller copy of a picture, of few colours."""
    with Image.open(drawn) as image:
        height = round(image.height * WIDTH / image.width)
        small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
