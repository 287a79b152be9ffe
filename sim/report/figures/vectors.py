"""Figures as vectors: each is laid out once and drawn once, by the renderer that has measured its text.

What matplotlib does when it saves a figure would measure every text several times: in two rounds of layout, and again
when it is drawn. Here labels are measured once, and the renderer that draws them remembers what they measured.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends import backend_mixed, backend_svg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

_POINTS = 72
"""In an inch; what vectors count in."""

_MIXED: Any = backend_mixed.MixedModeRenderer
_SVG: Any = backend_svg.RendererSVG


def as_svg(figure: Figure, title: str, dpi: float) -> str:
    """Lay a figure out and draw it.

    Parameters
    ----------
    figure
        Its layout is settled afterwards.
    title
        What the drawing calls itself.
    dpi
        Dots per inch of what is drawn as a picture in it; the figure has so many afterwards.
    """
    buffer = StringIO()
    width, height = figure.get_size_inches()
    metadata = {"Date": None, "Creator": "detente", "Title": title}
    figure.set_dpi(_POINTS)
    renderer = _MIXED(
        figure, width, height, dpi, _SVG(width * _POINTS, height * _POINTS, buffer, image_dpi=dpi, metadata=metadata)
    )
    _Canvas(figure, renderer)
    _lay_out(figure)
    figure.draw(renderer)
    renderer.finalize()
    figure.set_dpi(dpi)
    return buffer.getvalue()


def write_pdf(figure: Figure, path: Path, title: str, scale: float, dpi: float) -> None:
    """Draw a figure that has been laid out on a page of its own, made larger or smaller as a whole.

    Parameters
    ----------
    figure
        What to draw.
    path
        The file to write.
    title
        What the document calls itself.
    scale
        How much larger than the figure the page is.
    dpi
        Dots per inch of what is drawn as a picture in it.
    """
    from matplotlib.backends import backend_pdf

    pdf: Any = backend_pdf
    width, height = figure.get_size_inches()
    own = figure.dpi
    figure.set_dpi(_POINTS)
    file = pdf.PdfFile(path, metadata={"CreationDate": None, "Creator": "detente", "Title": title})
    try:
        file.newPage(width * scale, height * scale)
        file.output(scale, 0, 0, scale, 0, 0, pdf.Op.concat_matrix)
        renderer = _MIXED(figure, width, height, dpi, pdf.RendererPdf(file, dpi, height, width))
        figure.draw(renderer)
        renderer.finalize()
        file.finalize()
    finally:
        file.close()
        figure.set_dpi(own)


class _Canvas(backend_svg.FigureCanvasSVG):
    """Measures text with the renderer that draws it."""

    def __init__(self, figure: Figure, renderer: Any) -> None:
        super().__init__(figure)
        self.renderer = renderer

    def get_renderer(self) -> Any:
        """What layout asks for."""
        return self.renderer


def _lay_out(figure: Figure) -> None:
    """Make room for labels. They are measured once: what sticks out of axes is as large when these have been moved."""
    engine = figure.get_layout_engine()
    if engine is None:
        return
    for axes in figure.axes:
        axes.get_tightbbox = _measured_once(axes)  # type: ignore[method-assign]
    engine.execute(figure)
    for axes in figure.axes:
        del axes.get_tightbbox
    figure.set_layout_engine(None)


def _measured_once(axes: Axes) -> Callable[..., Bbox | None]:
    """The method that measures axes with all their labels, which goes by its first answer."""
    measure = axes.get_tightbbox
    found: list[float] = []

    def measured(*about: Any, **how: Any) -> Bbox | None:
        inner = axes.bbox.extents
        if not found:
            box = measure(*about, **how)
            if box is None:
                return None
            found.extend(outer - own for outer, own in zip(box.extents, inner, strict=True))
        return Bbox.from_extents(*(own + out for own, out in zip(inner, found, strict=True)))

    return measured
