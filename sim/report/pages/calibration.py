"""The page of a calibration: what was observed, what it taught, before and after."""

from __future__ import annotations

from pathlib import Path

from sim.forecast.calibration import Calibration
from sim.forecast.narrowing import Narrowed
from sim.report.figures.calibration import draw_calibration
from sim.report.pages.page import write_page
from sim.report.words.calibration import observations, outcomes, summary


def publish(
    directory: Path, result: Calibration, changed: tuple[Narrowed, ...], left: tuple[str, ...], command: str
) -> None:
    """Write `report.html` and `figures/` into an existing directory.

    Parameters
    ----------
    directory
        Where to write.
    result, changed, left
        What was learned, which numbers were rewritten in the scenario, and which stayed as they are.
    command
        How to do it again.
    """
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    write_page(
        directory / "report.html",
        "calibration.html",
        result=result,
        sentences=summary(result),
        outcomes=outcomes(result),
        observations=observations(result),
        figure_of_numbers=draw_calibration(result, folder),
        changed=changed,
        left=left,
        command=command,
    )
