"""What the figures of a run are called, and how to read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """Title of a figure, and a few sentences that say how to read it to someone who does not know the method."""

    title: str
    text: str


RUN = {
    "outcomes": Caption(
        "How the talks ended",
        "Each bar is the share of simulated worlds that ended so. The thin line is the 95% interval: how far the share "
        "could be off only because no more worlds were played.",
    ),
    "calendar": Caption(
        "By when",
        "The falling line is the share of worlds that are still without an agreement on every issue, day by day, with "
        "its 95% interval; where it is steep, many agree. The rising line is the share in which the talks have broken "
        "down, on the day on which they did. Between the two at the end lie talks that came to nothing, deals on some "
        "issues or refused at home, and talks that go on and are only no longer watched. Letters mark the scheduled "
        "meetings, numbers the events (at their middle dates).",
    ),
    "gap_total": Caption(
        "The gap as a whole",
        "The line is the middle world, the bands hold half and nine tenths of the worlds. The dashed line is how far "
        "apart the members' own first wishes lie: offers under it mean that the sides gave way. The bars beneath show "
        "how many worlds were still talking.",
    ),
    "gap_by_issue": Caption(
        "Gap by issue, round by round",
        "The mean distance between the sides' offers: light and near 0 where they offer the same, dark and near 1 "
        "where they are at opposite ends. Read along a row to see whether an issue moved. Later rounds are about the "
        "worlds still talking.",
    ),
    "offers": Caption(
        "Who moved, and where to",
        "One panel per issue, from its first option at the bottom to its last at the top; faint lines are the options "
        "between. On the left, bubbles stand at what the parties want most (larger: more of the side's weight). The "
        "lines are the sides' offers, round by round, on average over the worlds still talking; the band holds half of "
        "these worlds. A flat line is a side that does not move; where the lines meet, the issue is as good as "
        "settled. Letters are the meetings in the calendar above, F1 is the first follow-up.",
    ),
    "positions": Caption(
        "What every party wants",
        "In each column a party's mark stands at the option it wants most, from the first option on the left to the "
        "last on the right, at the central values of the file. The long lines are the sides' means by weight: the "
        "further apart they stand, the further apart the sides.",
    ),
    "spread": Caption(
        "How united the sides are",
        "The size of a bubble is the share of its side's weight that wants this option most. One bubble is one mind; "
        "a line between several is a side that must first agree with itself.",
    ),
    "settlements": Caption(
        "Where each issue was settled",
        "One bar per issue, cut by the options that deals chose; a bar in one piece means that all deals look alike "
        "there. Darker is further towards the last option of the issue's scale. Each bar is about its issue alone: the "
        "longest pieces of all bars together need not be any deal.",
    ),
    "utilities": Caption(
        "What each party gains by a deal",
        "How much more a deal is worth to each party than no deal would be to it in the same world (in utility). Mark: "
        "the middle world with a deal; bars: half and nine tenths of them. Right of the line the party is better off "
        "with the deal, left of it worse off, as a member may be that its side outvoted. Hollow marks are deals that "
        "settle some issues only.",
    ),
    "refusals": Caption(
        "Who turns down what",
        "In how many percent of the worlds without an agreement a party objects to the other side's last offer (or, if "
        "nobody objects, holds out for more), put down to the issue that hurts it most. A dark column is an issue that "
        "keeps the sides apart, a dark row a party that does.",
    ),
    "shortfalls": Caption(
        "What the last offers lack",
        "How much the other side's offer in the last common round falls short of what each party has without a deal. "
        "At 0 the party would rather sign; the further right, the more it would have to be given. Mark: the middle "
        "world; bar: half of the worlds; colour: the side that offers. A party at 0 may still object because of a red "
        "line.",
    ),
}
"""By the name of the figure's file."""
