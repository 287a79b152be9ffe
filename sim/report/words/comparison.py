"""What a comparison says, in plain sentences written from the numbers."""

from __future__ import annotations

import math

from sim.report.words.digits import percent, plural, whole
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import human, listed, plain
from sim.report.words.quantities import Titles, name_by
from sim.report.words.run import Sentence
from sim.sweeps.changed_values import ChangedValue
from sim.sweeps.comparison import Blocker, ComparedShare, Comparison, Content, Pair

_MOST = 4
"""Transitions, groups of blockers and options that are told."""
_MOST_VALUES = 8
"""Changed values that are told one by one."""
_FEW = 4
"""So many parties are named one by one."""


def pair_sentences(comparison: Comparison, pair: Pair) -> list[Sentence]:
    """All that a reader needs of one pair who reads nothing else."""
    found = [
        Sentence("Changed", *altered(comparison, pair)),
        Sentence("Outcome", *outcomes(pair)),
        Sentence("Worlds", *worlds(pair)),
        Sentence("Why", *why(comparison, pair)),
        Sentence("Gap", gap(pair)),
        Sentence("Deals", *contents(comparison, pair)),
        Sentence("Options", *deals(comparison, pair)),
        Sentence("Mind", "", tuple(pair.notes)),
    ]
    return [sentence for sentence in found if sentence.text or sentence.items]


def points(share: ComparedShare) -> str:
    """A difference of shares: "+16.0 points (95% interval +11.0 to +21.6)"."""
    places = 1 if share.high - share.low >= 0.002 else 2
    value, low, high = (_signed(100 * number, places) for number in (share.difference, share.low, share.high))
    return f"{value} points (95% interval {low} to {high})"


def headline(pair: Pair) -> str:
    """What differs between two runs, for who reads nothing else."""
    agreed = next(one for one in pair.outcomes if one.name == "agreement")
    first, second = (shown(share, pair.worlds) for share in (agreed.first, agreed.second))
    if not pair.changed and pair.paired:
        text = f"Agreement in {second} of the worlds, as in {plain(pair.first)}"
    else:
        text = f"Agreement in {second} of the worlds, against {first} in {plain(pair.first)}: {points(agreed)}"
    text += "." if clear(agreed) or not (pair.changed or not pair.paired) else ", which can be chance."
    others = [one for one in pair.outcomes if clear(one) and one.name != "agreement"]
    if others and len(pair.outcomes) > 2:
        told = [f"{outcome_name(one.name).lower()} {points(one)}" for one in others]
        text += f" Beyond chance too: {listed(told)}."
    if pair.paired:
        text += f" {worlds(pair)[0].rstrip(':.')}."
    return text


def clear(share: ComparedShare) -> bool:
    """Whether the interval leaves 0 out."""
    return share.low > 0 or share.high < 0


def shown(share: float, worlds: int) -> str:
    """A share of so many worlds in percent."""
    return percent(round(share * worlds), worlds)


def altered(comparison: Comparison, pair: Pair) -> tuple[str, tuple[str, ...]]:
    """What was changed in the scenario: by value, or, where no value differs that is played by, the lines."""
    if not pair.altered:
        return "The scenarios are the same.", ()
    if pair.values:
        shown_ones = pair.values if len(pair.values) <= _MOST_VALUES else pair.values[: _MOST_VALUES - 1]
        items = [changed_value(comparison, one) for one in shown_ones]
        if len(shown_ones) < len(pair.values):
            items.append(f"and {plural(len(pair.values) - len(shown_ones), 'other value')}")
        return "From the first to the second:", tuple(items)
    if len(pair.altered) > _MOST:
        return f"The scenarios differ in {plural(len(pair.altered), 'line')} (listed below).", ()
    verbs = {"+": "added", "-": "taken away"}
    told = [f"{verbs[line[0]]}: {plain(line[1:])}" if line[:1] in verbs else plain(line) for line in pair.altered]
    return "From the first to the second:", tuple(told)


def changed_value(comparison: Comparison, one: ChangedValue) -> str:
    """A value that differs: "Russia: value of no deal (parties.RUS.reservation): from 0.56 to 0.5, both certain"."""
    titles = Titles(
        comparison.parties,
        comparison.sides,
        comparison.events,
        comparison.meetings,
        comparison.issues,
        comparison.options,
    )
    name, path = name_by(titles, one.path), plain(one.path)
    title = path if name == one.path else f"{name} ({path})"
    if one.whole:
        which = "second" if one.old is None else "first"
        kind, _, entry = one.path.partition(".")
        title = plain(dict(getattr(titles, kind)).get(entry, entry))
        return f"{title} ({path}): only in the {which} ({plural(one.whole, 'value')})"
    if one.old is None:
        return f"{title}: not stated before, now {_value(one.new, one.new_uncertain)}"
    if one.new is None:
        return f"{title}: {_value(one.old, one.old_uncertain)} before, now not stated"
    if one.old_uncertain == one.new_uncertain:
        both = "both uncertain" if one.old_uncertain else "both certain"
        return f"{title}: from {plain(one.old)} to {plain(one.new)}, {both}"
    return f"{title}: from {_value(one.old, one.old_uncertain)} to {_value(one.new, one.new_uncertain)}"


def _value(text: str | None, uncertain: bool) -> str:
    return f"{plain(text or '')} ({'uncertain' if uncertain else 'certain'})"


def outcomes(pair: Pair) -> tuple[str, tuple[str, ...]]:
    """How the shares of outcomes differ, those that differ for sure first."""
    told = [share for share in pair.outcomes if clear(share)]
    items = [
        f"{outcome_name(one.name)}: {shown(one.first, pair.worlds)} and {shown(one.second, pair.worlds)}, {points(one)}"
        for one in sorted(told, key=lambda one: (one.name != "agreement", -abs(one.difference)))
    ]
    rest = [one for one in pair.outcomes if not clear(one)]
    if not told:
        agreed = next(one for one in pair.outcomes if one.name == "agreement")
        text = f"No difference in how the talks end goes beyond chance. Agreement: {points(agreed)}."
        return text, ()
    if rest:
        items.append(f"No difference beyond chance: {listed([outcome_name(one.name).lower() for one in rest])}")
    kind = "the same worlds played twice" if pair.paired else "different worlds"
    return f"Shares in {pair.first} and {pair.second}, of {kind}:", tuple(items)


def worlds(pair: Pair) -> tuple[str, tuple[str, ...]]:
    """How many worlds end otherwise, and how."""
    if not pair.paired:
        return "", ()
    if not pair.changed:
        text = f"All {whole(pair.worlds)} worlds end the same way in both"
        return text + (f", {whole(pair.other_deals)} of them in another deal." if pair.other_deals else "."), ()
    moved = sorted((one for one in pair.transitions if one.first != one.second), key=lambda one: -one.count)
    items = [
        f"from {outcome_name(one.first).lower()} to {outcome_name(one.second).lower()}: {plural(one.count, 'world')} "
        f"({_numbered(one.worlds, one.count)})"
        for one in moved[:_MOST]
    ]
    if len(moved) > _MOST:
        items.append(f"in {len(moved) - _MOST} other ways: {plural(sum(one.count for one in moved[_MOST:]), 'world')}")
    if pair.other_deals:
        items.append(f"the same way, but in another deal: {plural(pair.other_deals, 'world')}")
    text = f"{whole(pair.changed)} of {whole(pair.worlds)} worlds ({shown(pair.changed / pair.worlds, pair.worlds)})"
    return f"{text} {'ends' if pair.changed == 1 else 'end'} otherwise:", tuple(items)


def why(comparison: Comparison, pair: Pair) -> tuple[str, tuple[str, ...]]:
    """Who stopped blocking, and who started, in the worlds that end otherwise."""
    if not pair.replayed:
        return "", ()
    items = []
    if pair.same_blockers and pair.blockers:
        items.append(
            f"in {whole(pair.same_blockers)} of them the same parties block on the same issues: only how and when "
            "talks end differs"
        )
    for verb, name in (("no longer blocks", "stopped"), ("now blocks", "started")):
        for who, issue, counts in _crowds(comparison, pair.blockers, name)[:_MOST]:
            low, high = whole(min(counts)), whole(max(counts))
            often = f"{low} of them" if low == high else f"{low} to {high} of them each"
            text = verb if len(counts) == 1 else verb.replace("blocks", "block")
            items.append(f"{who} {text} on {plain(comparison.issues[issue])} (in {often})")
    some = "these" if pair.replayed == pair.changed else f"the first {whole(pair.replayed)} of these"
    if not items:
        text = f"In {some} worlds the same parties block on the same issues: only when and how the talks end differs."
        return text, ()
    return f"In {some} {plural(pair.replayed, 'world')}:", tuple(items)


def gap(pair: Pair) -> str:
    """The mean gap between the last offers."""
    value, low, high = pair.gap.value, pair.gap.low, pair.gap.high
    if math.isnan(value):
        return ""
    if low <= 0 <= high:
        span = f"{_signed(value, 3)} (95% interval {_signed(low, 3)} to {_signed(high, 3)})"
        return f"No difference beyond chance in the gap between the sides' last offers: {span}."
    word, ends = ("wider", (low, high)) if value > 0 else ("narrower", (-high, -low))
    span = "" if math.isnan(low) else f" (95% interval {ends[0]:.3f} to {ends[1]:.3f})"
    return f"The gap between the sides' last offers is {word} by {abs(value):.3f} on average{span}."


def deals(comparison: Comparison, pair: Pair) -> tuple[str, tuple[str, ...]]:
    """Options that deals hold clearly more or less often."""
    told = [one for one in pair.settlements if clear(one.share)]
    told.sort(key=lambda one: -abs(one.share.difference))
    items = []
    for one in told[:_MOST]:
        title = option_title(comparison, one.issue, one.option)
        items.append(f"{plain(comparison.issues[one.issue])} “{title}”: {points(one.share)}")
    if not items:
        return "", ()
    return "Options that stand in a deal in clearly more or fewer of all worlds:", tuple(items)


def contents(comparison: Comparison, pair: Pair) -> tuple[str, tuple[str, ...]]:
    """How what deals hold shifts, among the worlds that agree in both and among all that agree in either."""
    first, second, both = pair.deals
    items = []
    if both:
        told = [(one, one.both) for one in pair.contents if one.both]
        items.append(f"in the {plural(both, 'world')} with a deal in both: {_shifts(comparison, told)}")
    elif pair.paired and first and second:
        items.append("no world has a deal in both")
    if first and second:
        told = [(one, one.either) for one in pair.contents if one.either]
        counts = f"all {plural(first, 'deal')} of the first and the {plural(second, 'deal')} of the second"
        items.append(f"in {counts}, whichever worlds they are of: {_shifts(comparison, told)}")
    if not items:
        return "", ()
    return "How what deals contain shifts, in shares of the deals:", tuple(items)


def _shifts(comparison: Comparison, told: list[tuple[Content, ComparedShare]]) -> str:
    """The options that deals hold clearly more or less often, the largest shifts first."""
    sure = sorted((one for one in told if clear(one[1])), key=lambda one: -abs(one[1].difference))
    if not sure:
        moved = any(share.difference for _, share in told)
        return "no shift beyond chance" if moved else "no shift at all"
    parts = [
        f"{plain(comparison.issues[one.issue])} “{option_title(comparison, one.issue, one.option)}” {points(share)}"
        for one, share in sure[:_MOST]
    ]
    more = f"; and {plural(len(sure) - _MOST, 'other option')}" if len(sure) > _MOST else ""
    return "; ".join(parts) + more


def option_title(comparison: Comparison, issue: str, option: str) -> str:
    """An option as it is called."""
    title = plain(comparison.options[issue].get(option, option))
    return human(option) if title == option and not option[:1].isdigit() else title


def _crowds(comparison: Comparison, blockers: list[Blocker], which: str) -> list[tuple[str, str, list[int]]]:
    """Who, on what issue, in how many worlds each: parties of a side on an issue together, the most frequent first."""
    found = []
    for side, members in comparison.members.items():
        issues = dict.fromkeys(one.issue for one in blockers if one.party in members)
        for issue in issues:
            here = [one for one in blockers if one.party in members and one.issue == issue and getattr(one, which)]
            if here:
                titles = [plain(comparison.parties[one.party]) for one in here]
                name, of = plain(comparison.sides[side]), len(members)
                crowd = f"all {of}" if len(here) == of else f"{len(here)} of the {of}"
                who = listed(titles, _FEW) if len(here) <= _FEW else f"{crowd} members of {name}"
                found.append((who, issue, [getattr(one, which) for one in here]))
    return sorted(found, key=lambda one: -max(one[2]))


def _signed(number: float, places: int) -> str:
    """A number with its sign; none where it is 0."""
    text = f"{number:+.{places}f}"
    return text[1:] if float(text) == 0 else text


def _numbered(some: list[int], count: int) -> str:
    shown = ", ".join(map(str, some[:6]))
    label = "number" if count == 1 else "numbers"
    return f"{label} {shown}" + (", ..." if count > 6 else "")
