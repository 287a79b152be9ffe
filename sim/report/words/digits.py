"""Numbers as text, with no more digits than the sample carries."""

from __future__ import annotations

import math

from sim.report.findings.rounds import Track
from sim.sweeps.intervals import wilson


def decimals_of_percent(count: int, total: int) -> int:
    """Decimals of a share in percent: none while its 95 % interval is wider than one point, and so on."""
    low, high = wilson(count, total)
    half = (high - low) / 2
    return 0 if half >= 0.005 else 1 if half >= 0.0005 else 2


def percent(count: int, total: int, most_places: int = 2) -> str:
    """A share of worlds, as "43%"; 0% and 100% are said of none and all alone."""
    if total == 0:
        return "–"
    if count in (0, total):
        return f"{100 * count // total}%"
    places = min(decimals_of_percent(count, total), most_places)
    least = 10.0**-places
    shown = round(100 * count / total, places)
    if shown == 0:
        return f"<{least:g}%"
    return f"{shown:.{places}f}%" if shown < 100 else f">{100 - least:g}%"


def interval(count: int, total: int, to: str = " to ") -> str:
    """The 95 % interval of a share, as "40% to 46%"."""
    low, high = wilson(count, total)
    places = decimals_of_percent(count, total)
    ends = [f"{100 * end:.{0 if end in (0.0, 1.0) else places}f}%" for end in (low, high)]
    return to.join(ends)


def with_interval(count: int, total: int) -> str:
    """A share and its interval: "43% (40% to 46%)"."""
    return f"{percent(count, total)} ({interval(count, total)})"


def share_range(counts: list[int], total: int) -> str:
    """Several shares in one expression: "95%", or "88% to 95%"."""
    ends = min(counts), max(counts)
    places = min(decimals_of_percent(count, total) for count in ends)
    low, high = (percent(count, total, places) for count in ends)
    return low if low == high else f"{low} to {high}"


def decimals_of_mean(deviation: float, count: int) -> int:
    """Decimals of a mean: two where its 95 % interval is within 0.05, else one. One world is an exact number."""
    if count <= 1 or not math.isfinite(deviation):
        return 2
    return 2 if 1.96 * deviation / math.sqrt(count) < 0.05 else 1


def mean_of(track: Track, column: int) -> str:
    """The mean of a measure in a round, with as many digits as the sample carries."""
    value = float(track.mean[column])
    if math.isnan(value):
        return "–"
    return f"{value:.{decimals_of_mean(track.deviation(column), int(track.counted[column]))}f}"


def signed(value: float, places: int = 2) -> str:
    """A difference with its sign, "+0.12" or "−0.05"; nothing is "0.00"."""
    text = f"{abs(value):.{places}f}"
    return text if float(text) == 0 else f"{'+' if value > 0 else '−'}{text}"


def whole(number: int) -> str:
    """A count with its thousands apart: "1,000"."""
    return f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 world", "1,000 worlds"."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"
