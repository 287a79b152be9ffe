"""How far headlines move over the ranges of judgements, in words."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.findings.judgements import FEWEST, Judged, ends, moves, too_few
from sim.report.words.digits import interval, percent, plural, whole, with_interval
from sim.report.words.quantities import quantity_name
from sim.scenario.model import Scenario
from sim.sweeps.separation import Separation, Separations, together
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES

_MOST = 6
"""So many judgements are told of each headline."""


@dataclass(frozen=True, slots=True)
class Row:
    """A judgement and the shares in the parts of its range, each with its interval; in five cells."""

    name: str
    also: str
    correlation: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What moves one headline."""

    title: str
    text: str
    rows: tuple[Row, ...]


def moved(scenario: Scenario, found: Separations | None, over: str = "") -> str:
    """How far a share moves over the judgement that moves it most: "0% to 36% over “Russia’s value of no deal”".

    `over` stands in the place of that name where the name is said beside it.
    """
    first = strongest(found)
    if first is None:
        return ""
    low, high = (percent(*part) for part in ends(first))
    return f"{low} to {high} {over or f'over {quoted(scenario, first)}'}"


def judgement(scenario: Scenario, summary: Summary, found: Judged) -> str:
    """The headline of agreements with its two uncertainties; "" where nothing can be told of the second."""
    first = strongest(found.reached)
    if first is None or summary.worlds < 2:
        return ""
    agreed = int(summary.outcomes[OUTCOMES.index("agreement")])
    low, high = ends(first)
    return (
        f"{percent(agreed, summary.worlds)} of the worlds agree on every issue. Sampling leaves open "
        f"{interval(agreed, summary.worlds)}; over the range that the file gives to "
        f"{quoted(scenario, first)} it is {with_interval(*low)} at the least and "
        f"{with_interval(*high)} at the most, which more worlds do not narrow."
    )


def tables(scenario: Scenario, summary: Summary, found: Judged) -> list[Table]:
    """For each headline what moves it, the strongest first."""
    parts = (
        ("Worlds with a deal to be had, before any event", found.exists),
        ("Worlds that reach a deal on every issue", found.reached),
        ("Worlds that miss a deal that was there", found.missed),
    )
    return [Table(title, _about(summary, one), _rows(scenario, one)) for title, one in parts if one is not None]


def quoted(scenario: Scenario, one: Separation) -> str:
    """The name of a judgement in quotation marks, where it has none itself."""
    name = quantity_name(scenario, one.path)
    return name if "“" in name else f"“{name}”"


def strongest(found: Separations | None) -> Separation | None:
    """The judgement that moves a share most: a number if one does, else something that holds or not."""
    clear = [] if found is None else moves(found)
    return next((one for one in clear if len(one.parts) > 2), clear[0] if clear else None)


def _about(summary: Summary, found: Separations) -> str:
    worlds = plural(found.worlds, "world")
    if summary.worlds == 1:
        return "With one world nothing varies."
    if not found.asked:
        return "Nothing in the file is uncertain, so no judgement moves this share."
    if found.agreed in (0, found.worlds):
        return f"It is the same in all of {worlds}, whatever they drew."
    if too_few(found):
        return f"It is known of {worlds} with what they drew: fewer than {FEWEST} in each fifth, too few to tell."
    clear = moves(found)
    chance = f"more than chance explains in {worlds}"
    if not clear and found.asked == 1:
        return f"The one uncertain number or event of the file does not move it {chance}."
    if not clear:
        return f"None of the {whole(found.asked)} uncertain numbers and events of the file moves it {chance}."
    few = len(found.clear) - len(clear)
    text = f"Of {whole(found.asked)} uncertain numbers and events {whole(len(clear))}"
    text = "The one uncertain number or event of the file" if found.asked == 1 else text
    text += f" {'moves' if len(clear) == 1 else 'move'} it {chance}."
    if few:
        text += f" Of {whole(few)} more a part of the range has fewer than {FEWEST} worlds, too few to tell."
    return text


def _rows(scenario: Scenario, found: Separations) -> tuple[Row, ...]:
    return tuple(
        Row(
            quantity_name(scenario, one.path),
            f"and {plural(others, 'other')} that share “{factor}” with it" if others else "",
            f"{one.correlation:+.2f}",
            _cells(one),
        )
        for one, others, factor in together(scenario, moves(found))[:_MOST]
    )


def _cells(one: Separation) -> tuple[str, ...]:
    shown = [with_interval(*part) if part[1] else "–" for part in one.parts]
    return tuple(shown) if len(shown) > 2 else (f"{shown[0]} without", "", "", "", f"{shown[1]} with it")
