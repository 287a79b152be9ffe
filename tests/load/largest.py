"""The largest files that are legal, each large in its own way: what stands at the limits of `sim.scenario.limits`."""

from __future__ import annotations

from collections.abc import Callable

from sim.scenario import limits

HEAD = "format: 1\ntitle: Large\n"
ISSUE = "issues: {i: {options: [yes, no]}}\n"
TWO = "parties: {a: {positions: {i: yes}, reservation: 0}, b: {positions: {i: no}, reservation: 0}}\n"


def parties() -> str:
    """As many parties as there may be, in two sides, each with an uncertain number of its own."""
    one = "  p{}: {{side: {}, positions: {{i: yes}}, reservation: {{uniform: [0, 1]}}}}\n"
    listed = "".join(one.format(k, "st"[k % 2]) for k in range(limits.MOST_PARTIES))
    return f"{HEAD}{ISSUE}sides: {{s: {{}}, t: {{}}}}\nparties:\n{listed}"


def likeness() -> str:
    """A chain of parties, each like the one before it."""
    listed = "".join(f"  p{k}: {{side: s, like: p{k - 1}}}\n" for k in range(1, 2_000))
    first = "  p0: {side: s, positions: {i: yes}, salience: {i: {uniform: [0, 1]}}, reservation: 0}\n"
    return f"{HEAD}{ISSUE}sides: {{s: {{}}}}\nparties:\n{first}{listed}  b: {{positions: {{i: no}}, reservation: 0}}\n"


def worths() -> str:
    """Parties times issues times options as large as they may be, on scales."""
    count = limits.MOST_WORTHS // (limits.MOST_ISSUES * 1_000)
    issues = "".join(f"  i{k}: {{scale: {{from: 0, to: 999, step: 1}}}}\n" for k in range(limits.MOST_ISSUES))
    wants = ", ".join(f"i{k}: {{uniform: [0, 999]}}" for k in range(limits.MOST_ISSUES))
    listed = "".join(f"  p{k}: {{side: {'st'[k % 2]}, positions: {{{wants}}}, reservation: 0}}\n" for k in range(count))
    return f"{HEAD}issues:\n{issues}sides: {{s: {{}}, t: {{}}}}\nparties:\n{listed}"


def options() -> str:
    """Issues with as many options as there may be, each told, and scored by two parties."""
    ids = [f"o{k}" for k in range(limits.MOST_OPTIONS)]
    issues = "".join(f"  i{j}: {{options: [{', '.join(ids)}]}}\n" for j in range(9))
    scores = ", ".join(f"{one}: {k}" for k, one in enumerate(ids))
    own = ", ".join(f"i{j}: {{{scores}}}" for j in range(9))
    listed = "".join(f"  {name}: {{scores: {{{own}}}, reservation: 0}}\n" for name in "ab")
    return f"{HEAD}issues:\n{issues}parties:\n{listed}"


def distributions() -> str:
    """As many uncertain numbers as fit into a file, all with a common factor."""
    one = "i: {uniform: [0, 1], shared: {f: 0.5}}"
    row = (
        f"  p{{}}: {{{{side: {{}}, positions: {{{{{one.replace('{', '{{').replace('}', '}}')}}}}}, reservation: 0}}}}\n"
    )
    listed = "".join(row.format(k, "st"[k % 2]) for k in range(4_900))
    return f"{HEAD}{ISSUE}sides: {{s: {{}}, t: {{}}}}\nparties:\n{listed}"


def effects() -> str:
    """As many effects of events as there may be."""
    many = limits.MOST_EFFECTS // limits.MOST_EVENTS
    effect = ", ".join(f"p{k}.reservation: 0.01" for k in range(many))
    listed = "".join(f"  p{k}: {{positions: {{i: {'yes' if k else 'no'}}}, reservation: 0}}\n" for k in range(many))
    events = f"  - {{date: {{days: {{uniform: [0, 9]}}}}, effects: {{{effect}}}}}\n" * limits.MOST_EVENTS
    return f"{HEAD}{ISSUE}parties:\n{listed}events:\n{events}"


def meetings() -> str:
    """As many meetings as there may be, each with its own agenda and parties."""
    count = limits.MOST_MEETINGS
    listed = "".join(
        f"  - {{id: m{k}, date: {{days: {k}}}, rounds: 1, agenda: [i], parties: [a, b]}}\n" for k in range(count)
    )
    return f"{HEAD}end: {{days: {count}}}\n{ISSUE}{TWO}meetings:\n{listed}"


def rounds() -> str:
    """As many rounds as there may be."""
    return f"{HEAD}{ISSUE}{TWO}meetings: [{{id: m, rounds: {limits.MOST_MEASURED // 16}}}]\n"


def follow_ups() -> str:
    """As many follow-ups as there may be."""
    end = f"end: {{days: {limits.MOST_FOLLOW_UPS}}}\n"
    return f"{HEAD}{end}{ISSUE}{TWO}follow_up: {{after: {{days: 1}}, rounds: 1}}\n"


def aliases() -> str:
    """As many values as there may be, nearly all of them under aliases."""
    issues = "".join(f"  i{k}: {{options: [yes, no]}}\n" for k in range(limits.MOST_ISSUES))
    wants = ", ".join(f"i{k}: yes" for k in range(limits.MOST_ISSUES))
    first = (
        f"  p0: {{side: s, positions: &w {{{wants}}}, salience: &v {{{wants.replace('yes', '1')}}}, reservation: 0}}\n"
    )
    rest = "".join(
        f"  p{k}: {{side: {'st'[k % 2]}, positions: *w, salience: *v, reservation: 0}}\n" for k in range(1, 240)
    )
    return f"{HEAD}issues:\n{issues}sides: {{s: {{}}, t: {{}}}}\nparties:\n{first}{rest}"


def red_lines() -> str:
    """Parties that rule out nearly all options of many issues."""
    ids = [f"o{k}" for k in range(100)]
    issues = "".join(f"  i{j}: {{options: [{', '.join(ids)}]}}\n" for j in range(20))
    lines = ", ".join(f"i{j}: [{', '.join(ids[1:])}]" for j in range(20))
    listed = "".join(
        f"  p{k}: {{side: {'st'[k % 2]}, positions: {{i0: o0}}, red_lines: {{{lines}}}, reservation: 0}}\n"
        for k in range(40)
    )
    return f"{HEAD}issues:\n{issues}sides: {{s: {{}}, t: {{}}}}\nparties:\n{listed}"


FILES: dict[str, Callable[[], str]] = {
    one.__name__: one
    for one in (
        parties, likeness, worths, options, distributions, effects, meetings, rounds, follow_ups, aliases, red_lines,
    )
}  # fmt: skip
