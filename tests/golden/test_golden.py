"""Bundled scenarios are played as they were; who changes that on purpose renews with `python -m tests.golden`."""

from __future__ import annotations

import json

import pytest
from golden.__main__ import KEPT, golden, names

NOW = json.loads(KEPT.read_text(encoding="utf-8"))


def test_every_bundled_scenario_has_its_golden_result() -> None:
    assert sorted(NOW) == sorted(names())


@pytest.mark.parametrize("name", NOW)
def test_a_bundled_scenario_is_played_as_it_was(name: str) -> None:
    assert golden(name) == NOW[name], "if this is meant, renew with `python -m tests.golden` and say why"
