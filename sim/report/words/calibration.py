"""What a calibration comes to, in sentences and rows."""

from __future__ import annotations

from datetime import timedelta

from sim.forecast.calibration import Calibration, Moved
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.report.words.quantities import quantity_name
from sim.report.words.run import Sentence
from sim.report.words.world.naming import day_named
from sim.sweeps.intervals import wilson


def summary(result: Calibration) -> list[Sentence]:
    """What was kept, how well it fits, what was learned, and whether it carries over to what was held out."""
    found = [
        Sentence("Kept", _kept(result)),
        Sentence("Fit", _fit(result)),
        Sentence("Learned", _learned(result)),
    ]
    if result.before.held_out is not None and result.after.held_out is not None:
        found.append(Sentence("Held out", _held_out(result.before.held_out, result.after.held_out)))
    found.append(
        Sentence(
            "Mind",
            "A world that fits what was said in public need not be like the one that was: the file's assumptions "
            "stay, and only their ranges are narrowed. Shares are shares of simulated worlds.",
        )
    )
    return found


def _kept(result: Calibration) -> str:
    near = "just as observed" if result.tolerance < 1e-9 else f"at most {result.tolerance:.3f} from what was observed"
    return (
        f"Of {result.worlds:,} worlds {result.accepted:,} were kept, in which the sides stood {near}. They tell as "
        f"much as {result.effective:,.0f} worlds of equal weight would."
    )


def _fit(result: Calibration) -> str:
    return (
        "On a scale from 0 (the very options) to 1 (the other end) the worlds stood, on average, "
        f"{result.before.distance:.3f} from the observations before and {result.after.distance:.3f} after."
    )


def _learned(result: Calibration) -> str:
    clear = sum(moved.clear for moved in result.moved)
    if not clear:
        return (
            f"None of the {len(result.moved):,} uncertain numbers moved by more than chance explains: the file already "
            "said what the observations say."
        )
    return f"{clear:,} of {len(result.moved):,} uncertain numbers moved by more than chance explains in so few worlds."


def _held_out(before: float, after: float) -> str:
    change = "nearer than" if after < before - 5e-4 else "farther than" if after > before + 5e-4 else "as near as"
    check = (
        "what was learned carries over"
        if after < before - 5e-4
        else "what was learned does not carry over to it, a reason not to rely on the narrowed file"
    )
    return (
        f"From the observations that were held out the worlds stood {before:.3f} before and {after:.3f} after, "
        f"{change} before: {check}."
    )


def outcomes(result: Calibration) -> list[tuple[str, str, str]]:
    """Rows: how the talks end, before and after, with 95 % intervals; those after by the effective number of worlds."""
    return [
        (
            outcome_name(name),
            _with_interval(share, result.worlds),
            _with_interval(result.after.outcomes[name], result.effective),
        )
        for name, share in result.before.outcomes.items()
    ]


def _with_interval(share: float, worlds: float) -> str:
    low, high = wilson(round(share * worlds), round(worlds))
    return f"{share:.0%} ({low:.0%} to {high:.0%})"


def observations(result: Calibration) -> list[tuple[str, str, str, str, str, str, str]]:
    """Rows: day, side, issue, option, held out or not, share of worlds that stood there before and after."""
    scenario = result.scenario
    rows = []
    for k, row in enumerate(result.observed.rows):
        day = scenario.start + timedelta(days=row.day)
        issue = scenario.issues[row.issue]
        rows.append(
            (
                day_named(day),
                plain(scenario.sides[row.side].title),
                plain(issue.title),
                plain(issue.options[row.option].title),
                "held out" if row.held_out else "fitted",
                f"{result.before.matches[k]:.0%}",
                f"{result.after.matches[k]:.0%}",
            )
        )
    return rows


def numbers(result: Calibration, most: int | None = None) -> list[tuple[str, str, str]]:
    """Rows: name, mean and middle 90 per cent before and after, of what moved clearly, the most moved first."""
    clear = sorted((moved for moved in result.moved if moved.clear), key=moved_by, reverse=True)
    return [(number_name(result, one), _range(one.before), _range(one.after)) for one in clear[:most]]


def number_name(result: Calibration, moved: Moved) -> str:
    """What a number is called, with its path in the file only where it has no name."""
    return plain(quantity_name(result.scenario, moved.quantity.path))


def moved_by(moved: Moved) -> float:
    """By how many of its own standard deviations a number's mean moved."""
    return abs(moved.after[0] - moved.before[0]) / moved.before[1] if moved.before[1] > 0.0 else 0.0


def _range(described: tuple[float, float, float, float]) -> str:
    mean, _, low, high = described
    return f"{mean:.3g} ({low:.3g} to {high:.3g})"
