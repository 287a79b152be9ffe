"""A small size of `python -m tests.fuzz`: every input that is kept, and some near them."""

from __future__ import annotations

import os
import time

import pytest

if os.name != "posix":
    pytest.skip("limits of POSIX", allow_module_level=True)

from fuzz import search
from fuzz.bounds import TookTooMuch, bounded
from fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_inputs_that_are_kept_end_in_a_result_or_one_clear_message(target: str) -> None:
    kept = search.corpus(target)
    assert kept
    assert {name: what for name, data in kept.items() if (what := search.tried(target, data))} == {}


@pytest.mark.parametrize("target", TARGETS)
def test_so_do_inputs_near_them(target: str) -> None:
    assert search.search_some(target, 15, chance=1) is None


def test_every_target_takes_some_of_its_corpus_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise what lies behind the first check would never be reached."""
    monkeypatch.setattr("fuzz.targets.OWN", ())
    for target in TARGETS:
        assert any(not search.tried(target, data) for data in search.corpus(target).values()) or target == "results"


def test_what_may_not_be_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(data: bytes) -> None:
        if b"9" in data:
            raise ValueError("nine")

    monkeypatch.setitem(TARGETS, "set", falls)
    found = search.search_some("set", 200, chance=1)
    assert found is not None
    assert (b"9" in found.data, found.what) == (True, "ValueError: nine")


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.bounds.SECONDS", 0.05)
    with pytest.raises(TookTooMuch, match="more than"), bounded():
        sum(k for k in range(10**10))
    time.sleep(0.4)  # no alarm is left
