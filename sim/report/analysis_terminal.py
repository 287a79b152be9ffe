"""An analysis in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from sim.analysis import Analysis
from sim.report.plain_text import plain


def print_analysis(analysis: Analysis, out: Path | None = None, console: Console | None = None) -> None:
    """Print the findings in sentences, and where the report is."""
    console = console or Console(highlight=False)
    console.print(Text(plain(analysis.scenario.title), style="bold"))
    for sentence in analysis.text:
        console.print(Text(plain(sentence)))
    if out is not None:
        console.print(Text(f"Report   {out / 'report.html'}"), soft_wrap=True)
