"""Councils as they vote: members, votes and inhabitants in the Council of the Union, and the Security Council.

Votes of 27 members, 345 in all: as from 1 January 2007, by the Treaty of Accession of Bulgaria and Romania (OJ L 157,
21.6.2005). Inhabitants in millions on 1 January 2008 and 2020: Eurostat, table demo_pjan as revised, rounded.
"""

from __future__ import annotations

from collections.abc import Iterable

VOTES = {
    "DE": 29, "FR": 29, "IT": 29, "UK": 29, "ES": 27, "PL": 27, "RO": 14, "NL": 13, "BE": 12, "CZ": 12, "EL": 12,
    "HU": 12, "PT": 12, "AT": 10, "BG": 10, "SE": 10, "DK": 7, "IE": 7, "LT": 7, "SK": 7, "FI": 7, "CY": 4, "EE": 4,
    "LV": 4, "LU": 4, "SI": 4, "MT": 3,
}  # fmt: skip
MILLIONS_2008 = {
    "DE": 82.2, "FR": 64.0, "UK": 61.6, "IT": 58.7, "ES": 45.7, "PL": 38.1, "RO": 20.6, "NL": 16.4, "EL": 11.1,
    "BE": 10.7, "PT": 10.6, "CZ": 10.3, "HU": 10.0, "SE": 9.2, "AT": 8.3, "BG": 7.5, "DK": 5.5, "SK": 5.4, "FI": 5.3,
    "IE": 4.5, "LT": 3.2, "LV": 2.2, "SI": 2.0, "EE": 1.3, "CY": 0.8, "LU": 0.5, "MT": 0.4,
}  # fmt: skip
MILLIONS_2020 = {
    "DE": 83.2, "FR": 67.3, "IT": 59.6, "ES": 47.3, "PL": 38.0, "RO": 19.3, "NL": 17.4, "BE": 11.5, "EL": 10.7,
    "CZ": 10.7, "SE": 10.3, "PT": 10.3, "HU": 9.8, "AT": 8.9, "BG": 7.0, "DK": 5.8, "FI": 5.5, "SK": 5.5, "IE": 5.0,
    "HR": 4.1, "LT": 2.8, "SI": 2.1, "LV": 1.9, "EE": 1.3, "CY": 0.9, "LU": 0.6, "MT": 0.5,
}  # fmt: skip
PERMANENT = ("China", "France", "Russia", "UK", "US")
SECURITY_COUNCIL = (*PERMANENT, *(f"E{n}" for n in range(1, 11)))


def nice(yes: Iterable[str]) -> bool:
    """Whether these carry a proposal of the Commission: a majority of members, 255 votes, 62 % of the inhabitants."""
    members = list(yes)
    votes = sum(VOTES[one] for one in members)
    inhabitants = sum(MILLIONS_2008[one] for one in members) / sum(MILLIONS_2008.values())
    return len(members) >= 14 and votes >= 255 and inhabitants >= 0.62


def lisbon(yes: Iterable[str]) -> bool:
    """Whether these carry it: 55 % of the members with 65 % of the inhabitants, or fewer than four are not for it."""
    members = list(yes)
    inhabitants = sum(MILLIONS_2020[one] for one in members) / sum(MILLIONS_2020.values())
    return (len(members) >= 15 and inhabitants >= 0.65) or len(MILLIONS_2020) - len(members) < 4


def security_council(yes: Iterable[str], no: Iterable[str]) -> bool:
    """Whether a resolution passes: nine for it, and no permanent member against it; an abstention is no veto."""
    return len(list(yes)) >= 9 and not set(no) & set(PERMANENT)


def scenario(members: Iterable[str], rules: str, of: str = "agreement", own: dict[str, str] | None = None) -> str:
    """A file in which these members agree by these rules: sides of their own, or within one side."""
    side = "" if of == "agreement" else "side: council, "
    lines = ["format: 1", "title: A council", "issues: {text: {options: [none, weak, strong], status_quo: none}}"]
    lines.append(f"agreement: {rules}" if of == "agreement" else f"sides: {{council: {rules}}}")
    lines.append("parties:")
    for one in members:
        position = "positions: {text: strong}"
        lines.append(f'  "{one}": {{{side}{position}, {(own or {}).get(one, "weight: 1")}}}')
    return "\n".join(lines) + "\n"
