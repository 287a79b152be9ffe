"""DEU's figures by a second, plain program: NumPy only, straight from the table as published, one issue at a time."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from math import erf, sqrt
from pathlib import Path

import numpy as np

STATES = [
    "at",
    "be",
    "bu",
    "cr",
    "cy",
    "cz",
    "dk",
    "ee",
    "fi",
    "fr",
    "de",
    "el",
    "hu",
    "ie",
    "it",
    "lv",
    "lt",
    "lu",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "si",
    "sk",
    "es",
    "se",
    "uk",
]


def _votes(text: str) -> dict[str, float]:
    """Read "10 de fr, 8 es": ten for Germany and France, eight for Spain."""
    found = {}
    for part in text.split(","):
        votes, *states = part.split()
        found.update(dict.fromkeys(states, float(votes)))
    return found


VOTES = [
    ((1900, 1, 1), _votes("10 de fr it uk,8 es,5 be el nl pt,4 at se,3 dk ie fi,2 lu")),
    ((2004, 5, 1), _votes("10 de fr it uk,8 es pl,5 be el nl pt cz hu,4 at se,3 dk ie fi lt sk ee lv si,2 lu cy mt")),
    (
        (2004, 11, 1),
        _votes(
            "29 de fr it uk,27 es pl,14 ro,13 nl,12 be cz el hu pt,10 at bu se,7 dk ie lt sk fi cr,"
            "4 ee lv si cy lu,3 mt"
        ),
    ),
    (
        (2014, 11, 1),
        _votes(
            "15.93 de,13.04 fr,12.73 uk,12.07 it,9.12 es,7.47 pl,3.9 ro,3.37 nl,2.21 be,2.13 el,2.05 cz,2.04 pt,"
            "1.94 hu,1.92 se,1.69 at,1.42 bu,1.11 dk,1.08 fi,1.06 sk,0.91 ie,0.83 cr,0.57 lt,"
            "0.41 si,0.39 lv,0.26 ee,0.17 cy,0.11 lu,0.08 mt"
        ),
    ),
]
"""Votes in the Council from a day on, since Lisbon per cent of the population."""


@dataclass
class Issue:
    id: str
    place: np.ndarray
    salience: np.ndarray
    power: np.ndarray
    reference: float | None
    outcome: float
    parliament: list[bool] = field(default_factory=list)
    consulted: bool = False


def read(path: Path) -> list[Issue]:
    """The issues with an outcome and three actors or more."""
    found = []
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"):
        if not row["isnr"] or not row["out"]:
            continue
        actors = [a for a in ("com", "ep", *STATES) if row[f"p{a}"] and row[f"s{a}"]]
        if len(actors) < 3:
            continue
        day = _day(row["finact"]) or _two_years_on(_day(row["intro"]))
        votes = [table for since, table in VOTES if since <= day][-1]
        largest = max((votes[a] for a in actors if a in votes), default=1.0)
        found.append(
            Issue(
                row["isnr"],
                np.array([float(row[f"p{a}"]) for a in actors]),
                np.array([float(row[f"s{a}"]) for a in actors]),
                np.array([votes.get(a, largest) for a in actors]),
                float(row["rp"]) if row["rp"] else None,
                float(row["out"]),
                [a == "ep" for a in actors],
                row["proc"] == "CNS",
            )
        )
    return found


def _day(text: str) -> tuple[int, int, int] | None:
    """A date as DD-MM-YY, or as YYYY-MM-DD where a spreadsheet has read 30-05-01 as the year 1930."""
    if text.count("-") != 2:
        return None
    first, month, last = text.split("-")
    day, year = (int(first[2:]), int(last)) if len(first) == 4 else (int(first), int(last))
    return (year + (1900 if year >= 90 else 2000) if year < 100 else year, int(month), day)


def _two_years_on(day: tuple[int, int, int] | None) -> tuple[int, int, int]:
    assert day is not None
    return (day[0] + 2, *day[1:])


def influence(issue: Issue, consulted: float = 1.0) -> np.ndarray:
    heard = np.array([consulted if is_ep and issue.consulted else 1.0 for is_ep in issue.parliament])
    weight = issue.salience * issue.power * heard
    return weight / weight.sum() if weight.sum() > 0 else np.full(len(weight), 1 / len(weight))


def mean(issue: Issue) -> float:
    return float(influence(issue) @ issue.place)


def median(place: np.ndarray, share: np.ndarray) -> float:
    """The lowest place up to which half of the weight stands."""
    return quantile(place, share, 0.5)


def quantile(place: np.ndarray, share: np.ndarray, level: float) -> float:
    for at in np.unique(place):
        if share[place <= at].sum() >= level - 1e-9:
            return float(at)
    raise AssertionError("shares do not sum to 1")


def crps(place: np.ndarray, share: np.ndarray, outcome: float) -> float:
    """E|X - y| - E|X - X'| / 2 (Gneiting & Raftery, 2007, equation 21)."""
    apart = np.abs(place[:, None] - place[None])
    return float(share @ np.abs(place - outcome) - share @ apart @ share / 2)


def inside(issue: Issue, level: float) -> bool:
    share = influence(issue)
    low, high = (quantile(issue.place, share, 0.5 + sign * level / 2) for sign in (-1, 1))
    return low <= issue.outcome <= high


def spread(issue: Issue, blend: float, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions and a normal neighbourhood of their mean, on a grid of the scale: places and shares."""
    share = influence(issue, 0.2)
    centre = share @ issue.place
    edges = np.linspace(0, 100, 401)
    below = np.array([0.5 * (1 + erf((x - centre) / width / sqrt(2))) for x in edges])
    below[0], below[-1] = 0.0, 1.0
    at_ends = 0.5 * (1 + erf((0 - centre) / width / sqrt(2)))
    near = np.diff(below)
    near[0] -= at_ends
    middle = (edges[1:] + edges[:-1]) / 2
    return (
        np.concatenate([issue.place, [0.0], middle]),
        np.concatenate([blend * share, (1 - blend) * np.concatenate([[at_ends], near])]),
    )


def challenge(issue: Issue) -> float:
    """Scholz, Calbert & Smith (2011) by their equations, actor by actor: the median where it rests."""
    x, s, n = issue.place / 100, issue.salience / 100, len(issue.place)
    share = influence(issue)
    votes = s * issue.power if (s * issue.power).sum() > 0 else share
    at, resting = median(x, share), 0
    for _ in range(20):
        width = x.max() - x.min()
        if width == 0 or resting >= 2:
            break

        def expects(i: int, j: int, r: np.ndarray, x: np.ndarray = x, width: float = width, m: float = at) -> float:
            d = abs(x[i] - x[j]) / width
            pull = [votes[k] * (abs(x[k] - x[j]) - abs(x[k] - x[i])) for k in range(n)]
            cast = sum(map(abs, pull))
            p = sum(v for v in pull if v > 0) / cast if cast > 0 else 0.5
            success, failure = 2 - 4 * (0.5 - 0.5 * d) ** r[i], 2 - 4 * (0.5 + 0.5 * d) ** r[i]
            quo = 0.0 if issue.reference is None else min(abs(x[i] - issue.reference / 100) / width, 1)
            stays = 2 - 4 * (0.5 + 0.5 * quo) ** r[i]
            to_m = abs(x[i] - m) / width
            way = 0.25 * (to_m + d)
            moves = 2 - 4 * max(0.5 - way if to_m < d else 0.5 + way, 0.0) ** r[i]
            return s[j] * (p * success + (1 - p) * failure) + (1 - s[j]) * success - 0.7 * stays - 0.3 * moves

        one = np.ones(n)
        fear = np.array([sum(expects(j, i, one) for j in range(n) if j != i) for i in range(n)])
        span = fear.max() - fear.min()
        basis = (2 * fear - fear.max() - fear.min()) / span if span > 0 else np.zeros(n)
        r = (1 - basis / 3) / (1 + basis / 3)
        own = [[expects(i, j, r) if i != j else 0.0 for j in range(n)] for i in range(n)]
        moved = x.copy()
        for i in range(n):
            offers = []
            for j in range(n):
                a, b = own[i][j], own[j][i]
                if x[i] != x[j] and b > 0 > a:
                    goal = x[i] + (x[j] - x[i]) * min(abs(a / b), 1.0)
                    offers.append((-b, abs(goal - x[i]), goal))
            if offers:
                moved[i] = min(offers)[2]
        x = moved
        now = median(x, share)
        resting = resting + 1 if abs(now - at) < 0.005 else 0
        at = now
    return 100 * at
