"""From what a user asks for, on the command line, in Python or in the file's `sweep` section, to a plan.

What is asked for from outside goes before the section: naming anything to vary, or a list of points, replaces it as a
whole; a design, a size or a number of worlds replaces that entry alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sim.scenario.model import Scenario, SweepSection
from sim.scenario.problems import Problem, ScenarioError
from sim.sweeps.binding import Source, source_of
from sim.sweeps.designs import points_of, read_points
from sim.sweeps.plan import Plan, make_plan
from sim.sweeps.store import OutputError
from sim.sweeps.varied import Role, Varied, from_entry, listed, parse

Vary = Sequence[str] | Mapping[str, Any]
"""Texts as after ``--vary``, or a mapping of paths to ``(low, high)``, ``(low, high, levels)``, a list of values, None
for the number's own distribution, or the text after the equals sign."""


def request_plan(
    scenario: Scenario | str,
    vary: Vary = (),
    *,
    levers: Vary = (),
    design: str | None = None,
    points: int | str | Path | pl.DataFrame | None = None,
    worlds: int | None = None,
    seed: int = 0,
) -> Plan:
    """Make the plan that is asked for.

    Parameters
    ----------
    scenario
        Loaded, or a file or bundled name.
    vary, levers
        What is varied: what a negotiator can't choose, and what it can. Neither: what the `sweep` section says.
    design
        See `sim.sweeps.designs.DESIGNS`; a grid if nothing is said.
    points
        The number that the design is asked for; or an explicit list of points: a table, or the file that holds it.
    worlds, seed
        Worlds a point, and the seed.

    Raises
    ------
    ScenarioError, OutputError
        If it can't be done.
    """
    source = source_of(scenario)
    varied = [*_varied(vary, "uncertainty"), *_varied(levers, "lever")]
    if isinstance(points, int) or points is None:
        section = None if varied else source.load().sweep
        if section is not None:
            return _from_section(source, section, design, points, worlds, seed)
        return make_plan(source, varied, design or "grid", points, worlds, seed)
    if varied or design:
        raise OutputError("a list of points says itself what is varied: leave out --vary, --lever and --design")
    named, units = points_of(points) if isinstance(points, pl.DataFrame) else read_points(Path(points))
    return make_plan(source, named, "list", None, worlds, seed, units)


def check_section(scenario: Scenario, allow_code: bool = False) -> tuple[Problem, ...]:
    """What is wrong with the `sweep` section of a scenario, if it has one; see `sim.scenario.loading.examine`."""
    if scenario.sweep is None:
        return ()
    try:
        _from_section(replace(source_of(scenario), allow_code=allow_code or None), scenario.sweep)
    except ScenarioError as error:
        return error.problems
    except OutputError as error:
        return (Problem(scenario.sweep.place, str(error)),)
    return ()


def _from_section(
    source: Source,
    section: SweepSection,
    design: str | None = None,
    points: int | None = None,
    worlds: int | None = None,
    seed: int = 0,
) -> Plan:
    uncertain = [from_entry(entry, "uncertainty") for entry in section.vary]
    levers = [from_entry(entry, "lever") for entry in section.levers]
    size = section.points if points is None else points
    return make_plan(
        source, [*uncertain, *levers], design or section.design or "grid", size, worlds or section.worlds, seed
    )


def _varied(vary: Vary, role: Role) -> list[Varied]:
    if isinstance(vary, str):
        vary = [vary]
    if not isinstance(vary, Mapping):
        return [parse(text, role) for text in vary]
    found = []
    for path, values in vary.items():
        if values is None:
            found.append(parse(path, role))
        elif isinstance(values, tuple) and len(values) in (2, 3):
            found.append(parse(f"{path}={':'.join(map(_text, values))}", role))
        elif isinstance(values, str):
            found.append(parse(f"{path}={values}", role))
        else:
            found.append(listed(path, list(map(_text, values)), role))
    return found


def _text(value: Any) -> str:
    """A value as it would stand in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
