"""An analysis as plain data with the ids of the scenario."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.analysis.at_home import homes
from sim.analysis.explain import explain
from sim.analysis.findings import Findings, finite, side_utilities
from sim.analysis.game import Packages
from sim.analysis.relax import Repair
from sim.analysis.solutions import Name, Solution


def _at_home(analysis: Findings) -> dict[str, Any]:
    """Packages of the zone that each who ratifies would ratify, and all of them, where anybody asks for anything."""
    if analysis.ratifiable is None:
        return {}
    each, together = analysis.ratifiable
    names = [home.id for home in homes(analysis.scenario, analysis.game)]
    return {"ratified": dict(zip(names, each, strict=True)), "ratified_by_all": together}


def as_json(analysis: Findings) -> dict[str, Any]:
    """Findings as `detente analyze --json` prints them; options, issues, parties and sides by id."""
    scenario, game = analysis.scenario, analysis.game
    counted = None if analysis.census is None else analysis.census.total
    result: dict[str, Any] = {
        "scenario": scenario.name,
        "packages": game.packages,
        "feasible": analysis.feasible,
        "feasible_packages": counted,
        "beyond_status_quo": analysis.beyond_status_quo,
        "reason": analysis.reason or None,
        "solutions": {name: _solution(analysis, name, found) for name, found in analysis.solutions.items()},
        "frontier": _frontier(analysis),
        "frontier_sample": _frontier_sample(analysis),
        "closest": {
            **_package(analysis, analysis.closest.package),
            "shortfalls": _by_party(analysis, analysis.closest.shortfalls),
            "crossings": [
                {"party": scenario.parties[p].id, "red_line": _option(analysis, j, int(analysis.closest.package[j]))}
                for p, j in analysis.closest.crossings
            ],
            "gap": finite(analysis.closest.gap),
        },
        "relax": [_repair(analysis, repair) for repair in analysis.repairs.sets],
        "relax_complete": analysis.repairs.complete,
        "relax_fewest": analysis.repairs.fewest,
        "conflict": _conflict(analysis),
        "win_sets": {
            "parties": _counts(analysis.party_win_sets, [p.id for p in scenario.parties]),
            "sides": _counts(analysis.side_win_sets, [s.id for s in scenario.sides]),
            **_at_home(analysis),
        },
        "without": {
            "parties": _counts(analysis.without_party, [p.id for p in scenario.parties]),
            "red_lines": [
                {"party": scenario.parties[p].id, "red_line": _option(analysis, j, k), "feasible_packages": count}
                for (p, j, k), count in analysis.without_red_line.items()
            ],
        },
        "options": None if analysis.census is None or not counted else _options(analysis),
        "moves": [
            {
                "issue": scenario.issues[move.issue].id,
                "side": scenario.sides[move.side].id,
                "from": scenario.issues[move.issue].options[move.start].id,
                "to": scenario.issues[move.issue].options[move.to].id,
                "distance": move.distance,
            }
            for move in analysis.moves
        ],
        "trades": [
            {
                "sides": [scenario.sides[trade.first].id, scenario.sides[trade.second].id],
                "gives": [scenario.issues[trade.first_gives].id, scenario.issues[trade.second_gives].id],
                "gains": [trade.first_gains, trade.second_gains],
                "gain": trade.gain,
            }
            for trade in analysis.trades
        ],
        "text": [finding.text for finding in explain(analysis)],
    }
    if analysis.worlds is not None:
        result["worlds"] = _worlds(analysis)
    return result


def package_ids(analysis: Findings, package: Packages) -> dict[str, str]:
    """Option ids of a package by issue id."""
    issues = analysis.scenario.issues
    return {issue.id: issue.options[int(k)].id for issue, k in zip(issues, package, strict=True)}


def _package(analysis: Findings, package: Packages) -> dict[str, Any]:
    return {
        "package": package_ids(analysis, package),
        "utilities": _by_party(analysis, analysis.game.utilities(package[None])[:, 0]),
    }


def _by_party(analysis: Findings, values: np.ndarray[Any, Any]) -> dict[str, float]:
    return {party.id: float(value) for party, value in zip(analysis.scenario.parties, values, strict=True)}


def _by_side(analysis: Findings, package: Packages) -> dict[str, float]:
    values = side_utilities(analysis, package)
    return {side.id: float(value) for side, value in zip(analysis.scenario.sides, values, strict=True)}


def _counts(values: list[int | None], ids: list[str]) -> dict[str, int | None]:
    return dict(zip(ids, values, strict=True))


def _option(analysis: Findings, issue: int, option: int) -> dict[str, str]:
    found = analysis.scenario.issues[issue]
    return {found.id: found.options[option].id}


def _solution(analysis: Findings, name: Name, found: Solution | None) -> dict[str, Any] | None:
    if found is None:
        return None
    value = float(np.exp(found.value)) if name == "nash" else found.value
    return {
        **_package(analysis, found.package),
        "sides": _by_side(analysis, found.package),
        "value": value,
        "gap": finite(found.gap),
    }


def _frontier(analysis: Findings) -> list[dict[str, Any]] | None:
    if analysis.frontier is None:
        return None
    return [
        {**_package(analysis, package), "sides": _by_side(analysis, package)} for package in analysis.frontier.packages
    ]


def _frontier_sample(analysis: Findings) -> dict[str, Any] | None:
    if analysis.weighed is None:
        return None
    return {
        "weightings": analysis.weighed.weightings,
        "packages": [
            {**_package(analysis, package), "sides": _by_side(analysis, package)}
            for package in analysis.weighed.packages
        ],
    }


def _repair(analysis: Findings, repair: Repair) -> dict[str, Any]:
    parties = analysis.scenario.parties
    changes: list[dict[str, Any]] = [
        {"party": parties[p].id, "red_line": _option(analysis, j, k)} for p, j, k in repair.red_lines
    ]
    changes += [{"party": parties[p].id, "reservation": value} for p, value in repair.reservations]
    return {"changes": changes, **_package(analysis, repair.package)}


def _conflict(analysis: Findings) -> dict[str, Any] | None:
    found = analysis.conflict
    if found is None:
        return None
    scenario = analysis.scenario
    return {
        "reservations": [scenario.parties[p].id for p in found.parties],
        "red_lines": [
            {"party": scenario.parties[p].id, "red_line": _option(analysis, j, k)} for p, j, k in found.red_lines
        ],
        "alike": {
            scenario.parties[p].id: [scenario.parties[q].id for q in others] for p, others in found.alike.items()
        },
        "issues": {
            issue.id: float(share) for issue, share in zip(scenario.issues, found.by_issue, strict=True) if share > 0
        },
        "irreducible": found.irreducible,
    }


def _options(analysis: Findings) -> dict[str, dict[str, int]]:
    """How many packages of the zone hold each option."""
    assert analysis.census is not None
    return {
        issue.id: {option.id: int(n) for option, n in zip(issue.options, counts, strict=False)}
        for issue, counts in zip(analysis.scenario.issues, analysis.census.by_option, strict=True)
    }


def _worlds(analysis: Findings) -> dict[str, Any]:
    drawn = analysis.worlds
    assert drawn is not None
    parties = analysis.scenario.parties
    return {
        "worlds": drawn.worlds,
        "seed": drawn.seed,
        "settled": drawn.feasible.total,
        "feasible": drawn.feasible.as_json(),
        "packages": [
            {
                "package": package_ids(analysis, package),
                "deal": share.as_json(),
                "acceptable": {party.id: own.share for party, own in zip(parties, accepted, strict=True)},
            }
            for package, share, accepted in zip(analysis.asked, drawn.deals, drawn.acceptance, strict=True)
        ],
    }
