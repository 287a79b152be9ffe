"""Alternating offers against NegMAS (Mohammad, Nakadai & Greenwald, 2020), per negotiation, on the same utilities.

Both play to the endings and no further: like NegMAS, the engine keeps no distances round by round here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from benchmarks.made import bilateral, crowd
from benchmarks.measure import Row, interleaved

from sim.scenario.model import Scenario
from sim.sweeps.blocks import fitting
from sim.talks.play import play
from sim.worlds.coding import draw_coding
from sim.worlds.preferences import preferences

Package = tuple[int, ...]


def rows(small: bool) -> list[Row]:
    """Bilateral by ladder and by exhaustive search, and a crowd of 31."""
    return [*_bilateral(small), *_crowd(small)]


def _bilateral(small: bool) -> list[Row]:
    ours, theirs, repetitions = (2_000, 2, 2) if small else (20_000, 12, 5)
    found = []
    for offering, goal in (("ladder", ">= 2000"), ("exhaustive", ">= 200")):
        scenario = bilateral(offering)
        _play(scenario, 64)
        sessions = Sessions(scenario, theirs)
        worlds = ours if offering == "ladder" else ours // 10
        times = interleaved({"ours": lambda s=scenario, n=worlds: _play(s, n), "negmas": sessions.play}, repetitions)
        detail = _each(times.median("ours") / worlds, times.median("negmas") / theirs)
        if offering == "exhaustive":
            same, ending = agreement_rate(scenario, 20 if small else 150)
            assert same >= 0.95, same
            assert ending == 1.0, ending
            detail += f"; same package in {same:.0%}, agreement or none alike in {ending:.0%}"
        figure = times.ratio("negmas", "ours", worlds / theirs)
        found.append(Row(f"bilateral, {offering}, faster than NegMAS", *figure, "times", goal, detail))
    return found


def _crowd(small: bool) -> list[Row]:
    ours, repetitions = (64, 1) if small else (2_000, 3)
    scenario = crowd(issues=3) if small else crowd()
    _play(scenario, 16)
    sessions = Sessions(scenario, 1)
    times = interleaved({"ours": lambda: _play(scenario, ours), "negmas": sessions.play}, repetitions)
    detail = _each(times.median("ours") / ours, times.median("negmas"))
    figure = times.ratio("negmas", "ours", ours)
    issues = len(scenario.issues)
    return [Row(f"31 parties, {issues} issues of 5 options, faster than NegMAS", *figure, "times", ">= 50000", detail)]


def _play(scenario: Scenario, worlds: int) -> None:
    batch = fitting(scenario, worlds)
    for first in range(0, worlds, batch):
        play(scenario, 0, np.arange(first, min(first + batch, worlds)))


def agreement_rate(scenario: Scenario, worlds: int) -> tuple[float, float]:
    """Share of worlds in which both agree on the same package, and in which both agree or neither does."""
    ended = play(scenario, 0, np.arange(worlds))
    ours = [tuple(ended.package[:, w].tolist()) if ended.settled[0, w] else None for w in range(worlds)]
    theirs = Sessions(scenario, worlds).play()
    same = [one == other for one, other in zip(ours, theirs, strict=True)]
    alike = [(one is None) == (other is None) for one, other in zip(ours, theirs, strict=True)]
    return sum(same) / worlds, sum(alike) / worlds


class Sessions:
    """The first worlds of a scenario of lone parties with scores, as sessions of NegMAS."""

    def __init__(self, scenario: Scenario, worlds: int) -> None:
        self.scenario = scenario
        coded = draw_coding(scenario, 0, np.arange(worlds))
        self.worth = preferences(coded).worth
        self.exponents = coded.settings["exponent"][:, 0]
        self.worlds = worlds

    def play(self) -> list[Package | None]:
        """Negotiate in all worlds, one after the other: what was agreed."""
        return [self._session(world) for world in range(self.worlds)]

    def _session(self, world: int) -> Package | None:
        from negmas import LinearAdditiveUtilityFunction, SAOMechanism, make_issue, make_os
        from negmas.gb.negotiators.timebased import BoulwareTBNegotiator, ConcederTBNegotiator, LinearTBNegotiator

        kinds: dict[float, Any] = {4.0: BoulwareTBNegotiator, 1.0: LinearTBNegotiator, 0.25: ConcederTBNegotiator}
        scenario = self.scenario
        space = make_os([make_issue([f"o{k}" for k in range(len(i.options))], name=i.id) for i in scenario.issues])
        session = SAOMechanism(outcome_space=space, n_steps=int(scenario.meetings[0].rounds.parameters[0]))
        for p in range(len(scenario.parties)):
            worth = self.worth[p, :, :, world]
            size = float(worth.max(axis=1).sum())
            ufun = LinearAdditiveUtilityFunction(
                values=[{f"o{k}": float(u) / size for k, u in enumerate(row)} for row in worth],
                weights=[1.0] * len(worth),
                outcome_space=space,
                reserved_value=0.0,
            )
            session.add(kinds[float(self.exponents[p])](name=f"p{p}"), preferences=ufun)
        agreed = session.run().agreement
        return None if agreed is None else tuple(int(option[1:]) for option in agreed)


def _each(ours: float, theirs: float) -> str:
    return f"{ours * 1e6:.1f} us against {theirs * 1e3:.1f} ms a negotiation"
