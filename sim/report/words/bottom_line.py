"""What a run comes to, in two or three sentences for who reads nothing else."""

from __future__ import annotations

import numpy as np

from sim.report.findings.refusals import groups
from sim.report.words.digits import percent
from sim.report.words.plain_text import cut, listed
from sim.scenario.model import Scenario
from sim.sweeps.possible import MissedDeals
from sim.sweeps.run import Results
from sim.sweeps.summary import Summary
from sim.talks.record.endings import OUTCOMES

_WORDS = {
    0.05: "rare",
    0.25: "unlikely",
    0.45: "less likely than not",
    0.55: "about as likely as not",
    0.75: "more likely than not",
    0.95: "likely",
    1.0: "almost certain",
}
"""An outcome whose share of worlds is below this is called so."""
_OFTEN = 0.05
"""From this share of the worlds without an agreement on it is told whose limits alone rule a deal out."""
_ENDS = {
    "partial": "some issues are settled and the others left open",
    "talks_continue": "the talks go on, with nothing settled by the end of the time played",
    "impasse": "the talks end with nothing settled",
    "breakdown": "the talks break down",
    "not_ratified": "a deal is signed but refused at home",
}


def bottom_line(results: Results) -> str:
    """How likely an agreement is, whether there is one to be had, and what most often stands in its way."""
    scenario, summary = results.scenario, results.summary
    if summary.worlds < 2:
        return ""
    parts = [likelihood(summary), existence(summary.missed_deals), obstacle(scenario, summary)]
    return " ".join(filter(None, parts))


def likelihood(summary: Summary) -> str:
    """How likely an agreement is, and how the talks end otherwise."""
    total, agreed = summary.worlds, int(summary.outcomes[OUTCOMES.index("agreement")])
    if agreed == total:
        return "Under these assumptions the talks end in agreement on every issue, in every simulated world."
    word = next((word for bound, word in _WORDS.items() if agreed / total < bound), "almost certain")
    ratified = bool(summary.by_outcome.get("not_ratified"))
    if agreed:
        reach = "reach one and have it ratified" if ratified else "reach one"
        text = (
            f"Under these assumptions an agreement on every issue is {word}: {percent(agreed, total)} of the simulated "
            f"worlds {reach}."
        )
    elif ratified:
        text = "Under these assumptions no agreement is ratified in any simulated world."
    else:
        text = "Under these assumptions no simulated world reaches an agreement on every issue."
    others = {name: count for name, count in summary.by_outcome.items() if name != "agreement"}
    most = max(others, key=lambda name: others[name])
    often = "In all of them" if others[most] == total else f"Most often ({percent(others[most], total)})"
    if agreed and others[most] == total - agreed:
        often = f"Otherwise ({percent(others[most], total)})"
    elif agreed > others[most]:
        often = f"Otherwise, most often ({percent(others[most], total)}),"
    return f"{text} {often} {_ENDS[most]}."


def existence(found: MissedDeals | None) -> str:
    """Whether it was for want of a deal to be had."""
    if found is None or not found.settled:
        return ""
    none, package = found.settled - found.missed, "package that all who are needed could have signed"
    if not found.missed:
        return f"Where nothing was settled there was no {package}, as things stood at the start."
    if not none:
        return f"Wherever nothing was settled there was a {package} as things stood at the start; it was not found."
    most = max(none, found.missed)
    there, end = ("no", "") if none >= found.missed else ("a", "; it was not found")
    where = f"In {percent(most, found.settled)} of the worlds where nothing was settled"
    return f"{where} there was {there} {package} as things stood at the start{end}."


def obstacle(scenario: Scenario, summary: Summary) -> str:
    """Whose limits alone rule a deal out most often, or else over which issue offers are turned down most often."""
    if not summary.without_agreement:
        return ""
    possible = summary.possible
    if possible.by_one and possible.by_one >= _OFTEN * possible.pivots_of:
        who = int(possible.by_party.argmax())
        count = int(possible.by_party[who])
        share = "all" if count == possible.without_zone else f"{percent(count, possible.without_zone)} of the"
        name = cut(scenario.parties[who].title, 80)
        over = ""
        alike = [int(p) for p in np.flatnonzero(possible.by_party == count)]
        if len(alike) > 1:
            names = listed([cut(scenario.parties[p].title, 80) for p in alike[1:]], 3)
            over = f", and just as often those of {names}"
        elif len(scenario.issues) > 1:
            over = f", above all on {cut(scenario.issues[int(possible.pivots[who].argmax())].title, 80)}"
        return (
            f"Where no deal was to be had, the needs and red lines of {name} alone stand in the way in {share} "
            f"worlds{over}."
        )
    if len(scenario.issues) < 2:
        return ""
    found = groups(scenario, summary.refusals, summary.without_agreement)
    if not found:
        return ""
    return f"Offers are turned down most often over {cut(scenario.issues[found[0].issue].title, 80)}."
