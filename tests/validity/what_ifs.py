"""What-ifs whose sign theory knows: what is changed, what is measured, what is expected and why.

What is certain in every world is expected to be so in every world; what holds on average, on average. `open` stands
for a sign that theory leaves open: the figure is shown, nothing is asserted, and the reason is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from math import nan

import numpy as np
from validity import generated
from validity.paired import Paired, joined
from validity.play import Player, Rows, Variant

FOUNDING, PRICE, TRADE = "nato_russia_2022", "price_haggle", "four_issue_trade"
TITLES = {
    FOUNDING: "NATO and Russia, the founding scenario",
    PRICE: "Haggling over a price",
    TRADE: "Fish for tariffs, where nobody settles for little",
    "all": "All bundled scenarios",
    "": "Random scenarios of every kind",
}


@dataclass(frozen=True)
class WhatIf:
    """A change and what is expected of it.

    Attributes
    ----------
    key
        Its name for the command line.
    change
        What is changed, in words.
    scenario
        A bundled scenario; `all` of them; nothing where it is played on random ones.
    before, after
        Changes to it, as with `--set`.
    generated
        The change on all or on random scenarios.
    measure
        `agreement`; `deal` (whole or partial); `zone` of agreement; `utility.PARTY`, in worlds with an agreement
        before and after.
    expected
        One of `CERTAIN` or `ON_AVERAGE`.
    why
        The reason, with its source; or why the sign is open.
    worlds
        How many: of the scenario, or of each random one.
    scenarios
        How many of all or of random ones.
    """

    key: str
    change: str
    expected: str
    why: str
    scenario: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    generated: generated.Change | None = None
    measure: str = "agreement"
    worlds: int = 1000
    scenarios: int = 20

    def smaller(self, worlds: int, scenarios: int) -> WhatIf:
        """The same on fewer worlds."""
        return replace(self, worlds=min(worlds, self.worlds), scenarios=min(scenarios, self.scenarios))


def play(what_if: WhatIf, player: Player, seed: int = 0) -> Paired:
    """The measure in all worlds before and after."""
    if what_if.generated is None:
        before = Variant(what_if.scenario, what_if.before)
        return _compare(what_if, player, before, Variant(what_if.scenario, what_if.before + what_if.after), seed)
    trees = generated.bundled_trees() if what_if.scenario == "all" else generated.random_trees()
    parts = generated.pairs(what_if.generated, what_if.scenarios, trees)
    return joined(list(starmap(lambda number, one, other: _compare(what_if, player, one, other, number), parts)))


def _compare(what_if: WhatIf, player: Player, before: Variant, after: Variant, seed: int) -> Paired:
    if what_if.measure == "zone":
        one, other = (np.array(player.zones(x, what_if.worlds, seed), dtype=float) for x in (before, after))
        return Paired(one, other, bool((one == other).all()), True)
    first, second = (player.rows(x, what_if.worlds, seed) for x in (before, after))
    one, other = (np.array(list(_measured(rows, what_if.measure))) for rows in (first, second))
    return Paired(one, other, first == second, not what_if.measure.startswith("utility."))


def _measured(rows: Rows, measure: str) -> Sequence[float]:
    package = next(key for key in rows[0] if key.startswith("package."))
    if measure == "deal":
        return [float(row[package] is not None) for row in rows]
    agreed = [row["outcome"] == "agreement" for row in rows]
    if measure == "agreement":
        return list(map(float, agreed))
    return [row[measure] if there else nan for row, there in zip(rows, agreed, strict=True)]


RHYTHM = "a rhythm of meetings, not a change of what anybody wants or when patience ends"
PACKAGE = "parties.RUS.package_only=true"  # nothing is settled on the way
CONSENSUS_1 = "sides.nato.pace=1"
FIRM = (
    "parties.Askja.reservation={plus_minus: [0.63, 0.06]}",
    "parties.Candia.reservation={plus_minus: [0.63, 0.06]}",
    "parties.Dovre.reservation={plus_minus: [0.58, 0.06]}",
)
MONTH = (
    "clock=days",
    "end={days: 30}",
    "meetings=[{date: {days: 10}, rounds: 4}, {date: {days: 20}, rounds: 4}, {date: {days: 28}, rounds: 4}]",
)
WIN_SET = "the more must consent, the smaller the win-set (Tsebelis 2002, ch. 1; Putnam 1988, p. 437)"
PREFIX = "until then everything goes as before"

WHAT_IFS: tuple[WhatIf, ...] = (
    # --- the calendar -------------------------------------------------------------------------------------------------
    *(
        WhatIf(
            f"founding-rhythm-{days}",
            f"a follow-up every {days} days",
            "about the same",
            RHYTHM,
            FOUNDING,
            after=(f"follow_up.after={{days: {days}}}",),
            worlds=5000,
        )
        for days in (7, 9, 11, 13, 15)
    ),
    *(
        WhatIf(
            f"founding-end-{key}",
            f"watched until {day}, the deadlines as they were",
            "none lost",
            f"{PREFIX}, and then there is more to see",
            FOUNDING,
            after=(f"end={date}",),
            worlds=5000,
        )
        for key, day, date in (("march", "23 March", "2022-03-23"), ("april", "23 April", "2022-04-23"))
    ),
    WhatIf(
        "founding-statements-decide",
        "one meeting more that can decide: offers instead of statements on 13 January",
        "none lost",
        "no side is bound by what it offered there",
        FOUNDING,
        before=(PACKAGE,),
        after=("meetings.osce.protocol=alternating",),
    ),
    WhatIf(
        "founding-one-follow-up-more",
        "one follow-up more: two instead of one",
        "none lost",
        f"{PREFIX}; and offers come down with time",
        FOUNDING,
        before=(PACKAGE, "follow_up.at_most=1"),
        after=("follow_up.at_most=2",),
    ),
    WhatIf(
        "founding-more-rounds",
        "four rounds in a follow-up instead of two",
        "none lost",
        f"{PREFIX}, and all rounds of a day have the same clock",
        FOUNDING,
        before=(PACKAGE,),
        after=("follow_up.rounds=4",),
    ),
    WhatIf(
        "founding-nothing-ends-them",
        "no event ends the talks",
        "none lost",
        PREFIX,
        FOUNDING,
        after=("events.recognition.probability=0",),
    ),
    # --- decisions ----------------------------------------------------------------------------------------------------
    WhatIf(
        "founding-quorum-30",
        "a quorum of all 30 allies instead of consensus",
        "identical",
        "nobody may object in either",
        FOUNDING,
        after=("sides.nato.decides={quorum: 30}",),
    ),
    WhatIf(
        "founding-unanimity",
        "unanimity instead of consensus, where all must be content",
        "identical",
        "nobody may object and all must be content in either",
        FOUNDING,
        before=(CONSENSUS_1,),
        after=("sides.nato.decides=unanimity",),
    ),
    WhatIf(
        "founding-unanimity-quorum",
        "unanimity instead of a quorum of all 30, where all must be content",
        "identical",
        "as before",
        FOUNDING,
        before=("sides.nato.decides={quorum: 30}", CONSENSUS_1),
        after=("sides.nato.decides=unanimity",),
    ),
    WhatIf(
        "founding-quorum-24",
        "a quorum of 24 allies instead of consensus",
        "more",
        WIN_SET,
        FOUNDING,
        after=("sides.nato.decides={quorum: 24}",),
    ),
    WhatIf(
        "founding-quorum-16",
        "a quorum of 16 instead of 24",
        "more",
        WIN_SET,
        FOUNDING,
        before=("sides.nato.decides={quorum: 24}",),
        after=("sides.nato.decides={quorum: 16}",),
    ),
    WhatIf(
        "founding-leader",
        "the United States decide for NATO, instead of consensus",
        "more",
        "one veto player of thirty is left (Tsebelis 2002, ch. 1)",
        FOUNDING,
        after=("sides.nato.decides={leader: USA}",),
    ),
    WhatIf(
        "founding-veto",
        "with a quorum of 24, Poland gets a veto",
        "fewer",
        "a veto player more (Tsebelis 2002, ch. 1)",
        FOUNDING,
        before=("sides.nato.decides={quorum: 24}",),
        after=("sides.nato.veto=[POL]",),
    ),
    WhatIf(
        "founding-pace",
        "all allies must be content before NATO moves, instead of half the weight",
        "no more",
        "each day fewer packages pass; on the last of its patience everybody is down, and the pace is nothing",
        FOUNDING,
        after=(CONSENSUS_1,),
    ),
    # --- what the parties can live with -------------------------------------------------------------------------------
    WhatIf(
        "founding-any-gain",
        "Russia is content with any gain over the status quo",
        "more",
        "a lower reservation value widens the bargaining range (Raiffa 1982, ch. 4; Fearon 1995, p. 386)",
        FOUNDING,
        after=("parties.RUS.reservation={status_quo: 0}",),
    ),
    WhatIf(
        "founding-firmer-allies",
        "for Poland and those like it a deal must be worth 0.05 more",
        "fewer",
        "a smaller win-set (Putnam 1988, p. 437)",
        FOUNDING,
        after=("parties.POL.reservation={status_quo: {plus_minus: [0.08, 0.03], shared: {allied_resolve: 0.8}}}",),
    ),
    WhatIf(
        "founding-moratorium",
        "no ally has a red line on a moratorium for new members",
        "no fewer",
        "the zone of agreement can only grow; a deal that was found may be passed over for another on the way",
        FOUNDING,
        after=tuple(f"parties.{ally}.red_lines.membership=[barred]" for ally in ("BEL", "DEU", "NOR", "POL", "USA")),
        worlds=1000,
    ),
    WhatIf(
        "founding-open-door",
        "Russia has no red line on the open door, nor on a mere statement about it",
        "no fewer",
        "as above",
        FOUNDING,
        after=("parties.RUS.red_lines.membership=[action_plan]",),
        worlds=1000,
    ),
    WhatIf(
        "founding-terms",
        "Russia is content with any gain: what Russia gets where both agree",
        "fewer",
        "who can live with less gets less (Schelling 1960, ch. 2; Putnam 1988, p. 440)",
        FOUNDING,
        after=("parties.RUS.reservation={status_quo: 0}",),
        measure="utility.RUS",
    ),
    # --- patience -----------------------------------------------------------------------------------------------------
    WhatIf(
        "founding-patient-russia",
        "Russia's patience lasts two weeks longer than it was",
        "open",
        "it demands more on every day, but the talks also go on for longer",
        FOUNDING,
        before=("parties.RUS.deadline={days: 40}", "sides.nato.deadline={days: 44}"),
        after=("parties.RUS.deadline={days: 54}",),
    ),
    WhatIf(
        "founding-hasty-russia",
        "Russia's patience is used up two weeks earlier",
        "open",
        "it gives way earlier, but the talks end with it while the allies have not yet given way",
        FOUNDING,
        before=("parties.RUS.deadline={days: 40}", "sides.nato.deadline={days: 44}"),
        after=("parties.RUS.deadline={days: 26}",),
    ),
    WhatIf(
        "founding-same-day",
        "Russia's patience lasts until the day of the allies', instead of four days less",
        "more",
        "on the last day of both everybody is down at the least to be had; whoever leaves first does not see the "
        "other's last step",
        FOUNDING,
        before=("parties.RUS.deadline={days: 40}", "sides.nato.deadline={days: 44}"),
        after=("parties.RUS.deadline={days: 44}",),
    ),
    # --- partial deals, beliefs, ratification -------------------------------------------------------------------------
    WhatIf(
        "founding-harvest",
        "Russia would settle issues one by one: deals, whole and partial",
        "none lost",
        "what was agreed as a whole is agreed, unless parts of it have been settled before",
        FOUNDING,
        after=("parties.RUS.package_only=false",),
        measure="deal",
    ),
    WhatIf(
        "founding-harvest-whole",
        "Russia would settle issues one by one: whole agreements",
        "open",
        "what is settled early can pay for nothing any more (Raiffa 1982, ch. 11), but it also leaves less to agree",
        FOUNDING,
        after=("parties.RUS.package_only=false",),
    ),
    WhatIf(
        "founding-noise",
        "NATO is wrong about what Russia wants",
        "no more",
        "who errs offers what costs much and gives little (private information: Fearon 1995, p. 390); by chance an "
        "error may hit on a deal",
        FOUNDING,
        after=("sides.nato.opponents={noise: 0.2}",),
    ),
    WhatIf(
        "founding-ratification",
        "NATO's deal is ratified in 5 cases of 10 instead of 9",
        "none won",
        "a narrower gate at home lets through no more (Putnam 1988, p. 437)",
        FOUNDING,
        before=("sides.nato.ratification={probability: 0.9}",),
        after=("sides.nato.ratification={probability: 0.5}",),
    ),
    # --- one issue, two parties: nothing can be traded, so that much is certain ---------------------------------------
    WhatIf(
        "price-seller-lower",
        "the seller would take 400 euros less",
        "none lost",
        "on one issue each demands less at every moment and offers no less",
        PRICE,
        after=("parties.seller.reservation={plus_minus: [0.35, 0.25]}",),
    ),
    WhatIf(
        "price-both-lower",
        "no deal is worth 0.1 less to both",
        "none lost",
        "the costs of no deal open a bargaining range (Fearon 1995, p. 386)",
        PRICE,
        after=(
            "parties.seller.reservation={plus_minus: [0.35, 0.25]}",
            "parties.buyer.reservation={plus_minus: [0.25, 0.25]}",
        ),
    ),
    WhatIf(
        "price-terms",
        "the seller would take 400 euros less: what the seller gets where both agree",
        "fewer",
        "who can live with less gets less (Schelling 1960, ch. 2)",
        PRICE,
        after=("parties.seller.reservation={plus_minus: [0.35, 0.25]}",),
        measure="utility.seller",
    ),
    WhatIf(
        "price-patient",
        "the seller holds out longer (exponent 6 instead of 3)",
        "none won",
        "it demands more at every moment",
        PRICE,
        after=("parties.seller.concession={exponent: 6}",),
    ),
    WhatIf(
        "price-patient-terms",
        "the seller holds out longer: what the seller gets where both agree",
        "more",
        "the more patient side gets the better terms (Rubinstein 1982, p. 108)",
        PRICE,
        after=("parties.seller.concession={exponent: 6}",),
        measure="utility.seller",
    ),
    WhatIf(
        "price-hasty",
        "the seller gives way sooner (exponent 1 instead of 3)",
        "none lost",
        "it demands less at every moment",
        PRICE,
        after=("parties.seller.concession={exponent: 1}",),
    ),
    WhatIf(
        "price-rounds",
        "24 rounds instead of 12",
        "none lost",
        "both come further down by the last round",
        PRICE,
        after=("meetings.lot.rounds=24",),
    ),
    WhatIf(
        "price-deadline-later",
        "three meetings in a month: the seller's patience lasts for five weeks",
        "none won",
        "at each meeting it demands more",
        PRICE,
        before=MONTH,
        after=("parties.seller.deadline={days: 35}",),
    ),
    WhatIf(
        "price-deadline-earlier",
        "the same: the seller's patience lasts for three weeks",
        "none lost",
        "at each meeting it demands no more, and all three are held in any case",
        PRICE,
        before=MONTH,
        after=("parties.seller.deadline={days: 21}",),
    ),
    WhatIf(
        "price-deadline-terms",
        "the same: what the seller gets where both agree",
        "fewer",
        "the less patient side gets the worse terms (Rubinstein 1982, p. 108)",
        PRICE,
        before=MONTH,
        after=("parties.seller.deadline={days: 21}",),
        measure="utility.seller",
    ),
    # --- two sides, four issues ---------------------------------------------------------------------------------------
    WhatIf(
        "trade-quorum",
        "two of the three market states suffice, instead of all",
        "more",
        WIN_SET,
        TRADE,
        before=(*FIRM, "sides.market.decides=consensus"),
        after=("sides.market.decides={quorum: 2}",),
    ),
    WhatIf(
        "trade-reservation",
        "the market states would settle for 0.1 less",
        "more",
        "a lower reservation value widens the bargaining range (Raiffa 1982, ch. 4); certain only on one issue: a "
        "side that gives way further may reach past the trade that the other wanted",
        TRADE,
        before=FIRM,
        after=(
            "parties.Candia.reservation={plus_minus: [0.53, 0.06]}",
            "parties.Dovre.reservation={plus_minus: [0.48, 0.06]}",
        ),
    ),
    WhatIf(
        "trade-noise",
        "both sides are wrong about what the other wants",
        "fewer",
        "trades are missed (Raiffa 1982, ch. 11; Fearon 1995, p. 390)",
        TRADE,
        before=FIRM,
        after=("sides.coast.opponents={noise: 0.2}", "sides.market.opponents={noise: 0.2}"),
    ),
    # --- all bundled scenarios ----------------------------------------------------------------------------------------
    WhatIf(
        "all-quorum-of-all",
        "in each side a quorum of all members instead of consensus",
        "identical",
        "nobody may object in either",
        "all",
        generated=generated.quorum_of_all,
        worlds=100,
    ),
    WhatIf(
        "all-unanimity",
        "in each side consensus in which all must be content instead of unanimity",
        "identical",
        "they are the same rule",
        "all",
        generated=generated.consensus_at_pace_1,
        worlds=100,
    ),
    WhatIf(
        "all-watched",
        "watched for a month more, the deadlines as they were",
        "none lost",
        PREFIX,
        "all",
        generated=generated.watched_for_a_month_more,
        worlds=200,
    ),
    WhatIf(
        "all-events",
        "no event ends the talks before their time",
        "none lost",
        PREFIX,
        "all",
        generated=generated.no_event_ends_them,
        worlds=200,
    ),
    WhatIf(
        "all-red-line",
        "one red line of somebody given up",
        "no fewer",
        "the zone can only grow, but the way there is another",
        "all",
        generated=generated.red_line_less,
        worlds=200,
    ),
    WhatIf(
        "all-harvest",
        "issues on common ground may be settled one by one: deals, whole and partial",
        "open",
        "what is settled early is no longer there to be traded (Raiffa 1982, ch. 11); "
        "and where the talks break down after it, it does not count",
        "all",
        generated=generated.harvest_allowed,
        worlds=200,
        measure="deal",
    ),
    WhatIf(
        "all-ratification",
        "somebody's ratification in 5 cases of 10 instead of 9",
        "none won",
        "a narrower gate at home lets through no more (Putnam 1988, p. 437)",
        "all",
        generated=generated.ratification_less_likely,
        worlds=200,
    ),
    # --- random scenarios ---------------------------------------------------------------------------------------------
    WhatIf(
        "random-quorum-of-all",
        "a quorum of all members instead of consensus",
        "identical",
        "nobody may object in either",
        generated=generated.quorum_of_all,
        worlds=50,
    ),
    WhatIf(
        "random-unanimity",
        "consensus in which all must be content instead of unanimity",
        "identical",
        "they are the same rule",
        generated=generated.consensus_at_pace_1,
        worlds=50,
    ),
    WhatIf(
        "random-meeting",
        "one meeting more before the last, by the clock of days",
        "none lost",
        "what was said there binds nobody; neither walking out nor early harvest",
        worlds=50,
        generated=generated.one_meeting_more,
    ),
    WhatIf(
        "random-watched",
        "watched twice as long, the deadline as it was",
        "none lost",
        PREFIX,
        worlds=50,
        generated=generated.watched_longer,
    ),
    WhatIf(
        "random-event",
        "nothing ends the talks, where an event did in half of the worlds",
        "none lost",
        PREFIX,
        worlds=50,
        generated=generated.nothing_ends_the_talks,
    ),
    WhatIf(
        "random-walk-out",
        "a party walks out after one meeting without a better offer instead of two",
        "none won",
        PREFIX,
        worlds=50,
        generated=generated.walks_out_sooner,
    ),
    WhatIf(
        "random-ratification",
        "ratified in 5 cases of 10 instead of 9",
        "none won",
        "as above",
        worlds=50,
        generated=generated.ratification_less_likely,
    ),
    WhatIf(
        "random-harvest",
        "issues on common ground may be settled one by one: deals, whole and partial",
        "none lost",
        "as above",
        worlds=50,
        generated=generated.harvest_allowed,
        measure="deal",
    ),
    WhatIf(
        "random-red-line-zone",
        "a red line less: is there a zone of agreement?",
        "none lost",
        "what was acceptable still is",
        worlds=50,
        generated=generated.red_line_less,
        measure="zone",
    ),
    WhatIf(
        "random-red-line",
        "a red line less",
        "no fewer",
        "the zone can only grow, but the way there is another",
        worlds=50,
        generated=generated.red_line_less,
    ),
    WhatIf(
        "random-reservation-zone",
        "a reservation value lower by a fifth: is there a zone of agreement?",
        "none lost",
        "what was acceptable still is",
        worlds=50,
        generated=generated.reservation_lower,
        measure="zone",
    ),
    WhatIf(
        "random-reservation",
        "a reservation value lower by a fifth",
        "no fewer",
        "on several issues not certain, see above",
        worlds=50,
        generated=generated.reservation_lower,
    ),
    WhatIf(
        "random-veto-zone",
        "a member gets a veto: is there a zone of agreement?",
        "none won",
        WIN_SET,
        worlds=50,
        generated=generated.veto_more,
        measure="zone",
    ),
    WhatIf("random-veto", "a member gets a veto", "no more", WIN_SET, worlds=50, generated=generated.veto_more),
    WhatIf(
        "random-quorum-zone",
        "a quorum of all but one instead of consensus: is there a zone of agreement?",
        "none lost",
        WIN_SET,
        worlds=50,
        generated=generated.looser_quorum,
        measure="zone",
    ),
    WhatIf(
        "random-quorum",
        "a quorum of all but one instead of consensus",
        "more",
        WIN_SET,
        worlds=50,
        generated=generated.looser_quorum,
    ),
    WhatIf(
        "random-leader-zone",
        "one member decides instead of consensus: is there a zone of agreement?",
        "none lost",
        WIN_SET,
        worlds=50,
        generated=generated.leader_decides,
        measure="zone",
    ),
    WhatIf(
        "random-leader",
        "one member decides instead of consensus",
        "more",
        "one veto player is left, though it may be a slow one",
        worlds=50,
        generated=generated.leader_decides,
    ),
    WhatIf(
        "random-at-least-zone",
        "one side fewer must agree: is there a zone of agreement?",
        "none lost",
        WIN_SET,
        worlds=50,
        generated=generated.fewer_needed,
        measure="zone",
    ),
    WhatIf(
        "random-at-least", "one side fewer must agree", "more", WIN_SET, worlds=50, generated=generated.fewer_needed
    ),
)
