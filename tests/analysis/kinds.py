"""Kinds of small scenarios for the analysis, to which meetings and events are nothing."""

from __future__ import annotations

from hypothesis import strategies as st
from strategies import CERTAIN, GENERIC, WHOLE_FORMAT, Plain, Taste, scenarios

NO_TALKS = {"effects": False, "ending_events": False, "harvest": False, "parts": False, "meetings": 1}
CROWDED = CERTAIN.but(members=(1, 5), sides=(2, 4), **NO_TALKS)


def demanding(plain: Plain) -> Plain:
    """The scenario in which every other party wants almost all it can get."""
    for party in list(plain["parties"].values())[::2]:
        best = float(bool(party.get("positions")))
        for issue, scores in party.get("scores", {}).items():
            best += party.get("salience", {}).get(issue, 1) * max(scores.values())
        party["reservation"] = round(0.9 * best, 6)
    return plain


kinds: st.SearchStrategy[Taste] = st.sampled_from(
    [WHOLE_FORMAT.but(**NO_TALKS), CROWDED, CROWDED, GENERIC.but(members=(1, 4), sides=(2, 4), **NO_TALKS)]
)
small = kinds.flatmap(scenarios)
no_deal = scenarios(CERTAIN.but(members=(1, 3), sides=(2, 3), **NO_TALKS)).map(demanding)
