"""Which values differ between two files: one by one, and at once for a party or event that only one of them has."""

from __future__ import annotations

from sim.scenario.loading import loads
from sim.sweeps.changed_values import ChangedValue, changed_values

TWO = """
format: 1
title: {title}
issues: {{land: {{options: [keep, share, give]}}}}
parties:
  A: {{side: one, reservation: {value}, positions: {{land: 0}}}}
  B: {{side: two, reservation: 0.3, positions: {{land: 1}}}}
{third}
meetings: [{{id: talks, title: Talks, date: 2000-01-05}}]
"""
THIRD = "  C: {side: two, title: Carpathia, reservation: 0.2, positions: {land: 0.5}}"


def between(one: str, other: str) -> list[ChangedValue]:
    for text in (one, other):
        loads(text, "talks.yaml")
    return changed_values({"text": one, "set": []}, {"text": other, "set": []})


def test_a_value_is_told_by_itself_and_a_title_is_none() -> None:
    one, other = (TWO.format(title=title, value=value, third="") for title, value in (("Old", 0.2), ("New", 0.4)))
    assert between(one, other) == [ChangedValue("parties.A.reservation", "0.2", "0.4", False, False)]


def test_a_party_of_only_one_file_is_told_at_once() -> None:
    one, other = (TWO.format(title="Talks", value=0.2, third=third) for third in ("", THIRD))
    assert between(one, other) == [ChangedValue("parties.C", None, "3 values", False, False, 3)]
    assert between(other, one) == [ChangedValue("parties.C", "3 values", None, False, False, 3)]
