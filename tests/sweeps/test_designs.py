"""Designs: that every value that is asked for occurs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.sweeps import designs
from sim.sweeps.store import OutputError
from sim.sweeps.varied import listed, parse


def test_every_value_of_lists_and_few_whole_numbers_occurs_equally_often_in_a_morris_design() -> None:
    pytest.importorskip("SALib")
    varied = [
        listed("parties.a.concession", ["linear", "boulware", "conceder", "{exponent: 2}", "{exponent: 6}"]),
        parse("meetings.m.rounds=1:5"),
        parse("parties.b.reservation=0:1"),
    ]
    varied[1] = replace(varied[1], whole=True)
    points = designs.morris(varied, 400, 0)
    for column in points[:, :2].T:
        counts = np.unique(column, return_counts=True)[1]
        assert len(counts) == 5
        assert counts.min() > 0.6 * counts.max()  # trajectories begin at random
    assert len(np.unique(points[:, 2])) == 10


def test_a_morris_design_of_values_that_have_nothing_in_common_is_refused() -> None:
    pytest.importorskip("SALib")
    varied = [listed(f"p{k}", [str(n) for n in range(k)]) for k in (5, 7, 11)]
    with pytest.raises(OutputError, match=r"equally often \(5 of p5, 7 of p7, 11 of p11\)"):
        designs.morris(varied, 10, 0)
    assert designs.morris_levels({"number": 10**9}) == designs.morris_levels({"two": 2}) == 4
