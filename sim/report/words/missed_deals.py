"""Missed deals in words: "no deal was possible" and "they did not find it" are different news."""

from __future__ import annotations

from sim.report.words.digits import interval, percent, plural, whole
from sim.sweeps.possible import MissedDeals


def missed_in_words(found: MissedDeals | None) -> str:
    """In how many worlds without a deal there was one to be had; "" where nobody asked, or all ended in a deal."""
    if found is None or not found.settled:
        return ""
    if found.without_deal == 1:
        there, end = ("a", ", but they did not reach it") if found.missed else ("no", "")
        return (
            f"In the one world that ended without a deal there was {there} package that all who are needed could have "
            f"signed, at the values drawn, before any event{end}."
        )
    where = f"the {plural(found.without_deal, 'world')} that ended without a deal"
    if found.asked < found.without_deal:
        where = f"the first {whole(found.asked)} of {where}"
    when = "at the values drawn, before any event"
    if not found.missed:
        text = f"In none of {where} was there a package that all who are needed could have signed, {when}."
    elif found.missed == found.asked:
        text = (
            f"In each of {where} (95% interval {interval(found.missed, found.settled)}) there was a package that all "
            f"who are needed could have signed, {when}, but they did not reach it."
        )
    else:
        text = (
            f"In {whole(found.missed)} of {where} ({percent(found.missed, found.settled)}, 95% interval "
            f"{interval(found.missed, found.settled)}) there was a package that all who are needed could have signed, "
            f"{when}, but they did not reach it."
        )
        if found.missed < found.settled:
            text += f" In the other {whole(found.settled - found.missed)} there was none."
    unsettled = found.asked - found.settled
    return text + (f" In {plural(unsettled, 'world')} it could not be told." if unsettled else "")
