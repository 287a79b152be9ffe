"""The kernels of the round loop against the same work fused into one loop by numba (here only, not in the engine)."""

from __future__ import annotations

import numpy as np
from benchmarks.made import sized
from benchmarks.measure import Row, interleaved

from sim.arrays.tolerance import TOLERANCE
from sim.parties.conceding import aspirations
from sim.talks.seats.preparation import Preparations
from sim.talks.seats.seating import sit_down
from sim.talks.seats.sitting import Sitting
from sim.talks.state import begin
from sim.worlds.coding import draw_coding
from sim.worlds.packages import PACKAGE
from sim.worlds.preferences import preferences, utility


def rows(small: bool) -> list[Row]:
    """Scoring of packages, and the choice of an offer by a side of fifteen."""
    return [_scoring(small), _choosing(small)]


def _scoring(small: bool) -> Row:
    """What a package is worth to every party, in every world."""
    import numba

    @numba.njit  # type: ignore[misc, unused-ignore]
    def fused(worth, package, result):  # type: ignore[no-untyped-def]
        parties, issues, _, worlds = worth.shape
        for p in range(parties):
            for w in range(worlds):
                result[p, w] = 0.0
            for j in range(issues):
                for w in range(worlds):
                    result[p, w] += worth[p, j, package[j, w], w]

    scenario = sized(30, 13)
    worlds = 256 if small else 1024
    worth = preferences(draw_coding(scenario, 0, np.arange(worlds))).worth
    package = np.random.default_rng(0).integers(0, 5, (13, worlds)).astype(PACKAGE)
    result = np.empty((30, worlds))
    fused(worth, package, result)
    assert np.array_equal(result, utility(worth, package))
    times = interleaved(
        {
            "numpy": lambda: [utility(worth, package) for _ in range(20)],
            "numba": lambda: [fused(worth, package, result) for _ in range(20)],
        },
        2 if small else 15,
    )
    detail = _detail(times.median("numpy") / 20 / worlds, times.median("numba") / 20 / worlds)
    return Row("scoring kernel, time against fused numba", *times.ratio("numpy", "numba"), "times", "<= 1.5", detail)


def _choosing(small: bool) -> Row:
    """Aspirations of all members, who is for each rung, the side's decision, and the last rung that passes."""
    import numba

    @numba.njit  # type: ignore[misc, unused-ignore]
    def fused(value, best, reservation, exponent, time, weight, open_, chosen, some):  # type: ignore[no-untyped-def]
        members, rungs, worlds = value.shape
        demand = np.empty(members)
        for w in range(worlds):
            whole = 0.0
            for m in range(members):
                top = max(best[m, w], reservation[m, w])
                demand[m] = max(reservation[m, w], top - (top - reservation[m, w]) * time ** exponent[m, w]) - TOLERANCE
                whole += weight[m, w]
            chosen[w], some[w] = 0, False
            for r in range(rungs - 1, -1, -1):
                if not open_[r, w]:
                    continue
                carried = 0.0
                for m in range(members):
                    if value[m, r, w] >= demand[m]:
                        carried += weight[m, w]
                if carried >= 0.5 * whole * (1.0 - TOLERANCE):
                    chosen[w], some[w] = r, True
                    break

    scenario = sized(30, 13)
    worlds = 256 if small else 1024
    sitting = seated(scenario, worlds)
    delegation = sitting.delegations[0]
    at = list(delegation.parties)
    open_ = delegation.valid & ~delegation.blocked
    chosen, some = np.zeros(worlds, dtype=np.intp), np.zeros(worlds, dtype=bool)
    time = np.full((len(scenario.sides), worlds), 0.6)
    arguments = (
        np.ascontiguousarray(delegation.value), sitting.best[at], sitting.reservation[at],
        sitting.settings["exponent"][at], 0.6, delegation.ballot.weight, open_, chosen, some,
    )  # fmt: skip

    def ours() -> np.ndarray:  # type: ignore[type-arg]
        demanded = aspirations(scenario, time, sitting.best, sitting.least, sitting.reservation, sitting.settings)
        return delegation.choose(demanded[at])[0]

    fused(*arguments)
    assert np.array_equal(chosen[some], ours()[some])
    times = interleaved(
        {"numpy": lambda: [ours() for _ in range(5)], "numba": lambda: [fused(*arguments) for _ in range(5)]},
        2 if small else 15,
    )
    detail = _detail(times.median("numpy") / 5 / worlds, times.median("numba") / 5 / worlds)
    return Row("round kernel, time against fused numba", *times.ratio("numpy", "numba"), "times", "<= 1.5", detail)


def seated(scenario, worlds: int) -> Sitting:  # type: ignore[no-untyped-def]
    """The first meeting of a scenario, all there."""
    everywhere = np.arange(worlds)
    coded = draw_coding(scenario, 0, everywhere)
    state = begin(scenario, everywhere, coded, preferences(coded))
    return sit_down(Preparations(scenario, state, {}), (None, None), everywhere)


def _detail(ours: float, theirs: float) -> str:
    return f"{ours * 1e9:.0f} ns against {theirs * 1e9:.0f} ns a world"
