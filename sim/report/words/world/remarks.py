"""What became of what was agreed in a meeting, and of issues on common ground, in words."""

from __future__ import annotations

from sim.report.words.world.naming import listed_all, option_named, party_title, side_title
from sim.report.words.world.verdicts import described
from sim.scenario.model import Scenario
from sim.trace.minutes import MeetingMinutes
from sim.trace.remarks import Agreed, Common, Divided, Harvested, PutToWhole, Remark


def remarked(scenario: Scenario, meeting: MeetingMinutes) -> list[str]:
    """All that is to be said of a meeting, in sentences none of which comes twice."""
    return list(dict.fromkeys(sentence(scenario, one) for one in meeting.remarks))


def sentence(scenario: Scenario, remark: Remark) -> str:
    """One remark."""
    match remark:
        case PutToWhole():
            done = "passes it" if remark.passed else "does not pass it"
            said = described(scenario, remark.verdict)
            return f"Put to the whole of {side_title(scenario, remark.side)}, which {done}: {said}."
        case Agreed():
            if remark.stands:
                return "Agreed: all whose agreement is needed have accepted."
            return "Agreed ad referendum, but it does not stand."
        case Harvested():
            name = option_named(scenario, remark.issue, remark.option)
            return f"Settled by itself (early harvest): {name}. The sides' last offers agree on it."
        case Common():
            name = option_named(scenario, remark.issue, remark.option)
            why = [f"{side_title(scenario, side)} insists on the whole package" for side in remark.insisting]
            why += [
                f"by itself it is not acceptable to {side_title(scenario, side)}: {described(scenario, verdict)}"
                for side, verdict in remark.refusals
            ]
            return f"On common ground but not settled: {name}, since {'; '.join(why)}."
        case Divided():
            return f"The vote: {_divided(scenario, remark)}."


def _divided(scenario: Scenario, remark: Divided) -> str:
    """Who voted how; everybody is named."""
    told = []
    for word, text in (("for", "for it"), ("abstained", "abstaining"), ("against", "against it, and outvoted")):
        who = [party_title(scenario, party) for party, vote in remark.votes if vote == word]
        if who:
            told.append(f"{len(who)} {text} ({listed_all(who)})")
    others = [party_title(scenario, party) for party, vote in remark.votes if vote == "no_vote"]
    if others:
        told.append(f"{listed_all(others)} without a vote")
    return "; ".join(told)
