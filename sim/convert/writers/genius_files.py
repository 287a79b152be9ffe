"""Writing Genius's files: a domain, and a profile for each party.

Genius divides each evaluation by the largest of its issue, NegMAS takes evaluations as they stand. So that both read
the same, the largest evaluation of an issue is 1 and the weight what its best option is worth; but a profile that came
from Genius goes back as it was. Genius's utilities lie between 0 and 1: others are shifted and scaled, which changes no
choice.
"""

from __future__ import annotations

import math
from pathlib import Path
from xml.sax.saxutils import quoteattr

from sim.convert.draft import Draft
from sim.convert.readers.genius import SOURCE, TINY
from sim.convert.unheld import MOST, note_unheld
from sim.convert.worths import Utility, median, utility
from sim.convert.writers.written import Written, file_name, heading_and_remarks
from sim.scenario.model import Issue, Party, Scenario
from sim.scenario.problems import listing
from sim.scenario.yaml_text import number_id

NAME = "genius"
TITLE = "a Genius domain with a profile for each party (XML)"


def write(scenario: Scenario, draft: Draft, target: Path | None, heading: str) -> Written:
    """Texts of a domain and its profiles.

    Parameters
    ----------
    scenario
        What is written, at its central values.
    draft
        Its plain data; what the files cannot hold is noted here.
    target
        The domain's file, or None for a folder of its own.
    heading
        The first comment of the domain.
    """
    note_unheld(draft, draft.plain, held=("discount",))
    if any(issue.scale is not None for issue in scenario.issues):
        draft.changed(
            "scales are written as discrete issues, a value a number: Genius and NegMAS read integer issues differently"
        )
    titled = [party.id for party in scenario.parties if party.title != party.id]
    titled += [issue.id for issue in scenario.issues if issue.title != issue.id]
    if titled:
        draft.dropped(f"titles of {listing(titled, MOST)}: Genius has one name for each")
    written = Written(folder=target is None)
    domain = "domain.xml" if target is None else target.name
    profiles: dict[str, str] = {}
    for party in scenario.parties:
        name = file_name(party.id, ".xml", [domain, *profiles])
        if name != f"{party.id}.xml":
            draft.changed(f"the profile of '{party.id}' is called {name}")
        profiles[name] = _profile(scenario, draft, party)
    written.files[domain] = _domain(scenario, draft, heading)
    written.files.update(profiles)
    return written


def _domain(scenario: Scenario, draft: Draft, heading: str) -> str:
    lines = [_START, _remarks(draft, heading), "<negotiation_template>"]
    lines.append(f'<utility_space number_of_issues="{len(scenario.issues)}">')
    lines.append(_objective(scenario))
    for number, issue in enumerate(scenario.issues, 1):
        lines.append(_issue(number, issue))
        lines += [_item(k, issue, k - 1) for k in range(1, len(issue.options) + 1)]
        lines.append("</issue>")
    return "\n".join([*lines, "</objective>", "</utility_space>", "</negotiation_template>", ""])


def _profile(scenario: Scenario, draft: Draft, party: Party) -> str:
    own = utility(scenario, party)
    weights, evaluations, reservation = _as_it_was(draft, party, own) or _between_0_and_1(draft, party, own)
    lines = [_START, "<utility_space>", _objective(scenario)]
    for number, (issue, values) in enumerate(zip(scenario.issues, evaluations, strict=True), 1):
        lines.append(_issue(number, issue))
        lines += [_item(k, issue, k - 1, value) for k, value in enumerate(values, 1)]
        lines.append("</issue>")
    for number, weight in enumerate(weights, 1):
        lines.append(f'<weight index="{number}" value="{_number(weight)}"></weight>')
    lines.append("</objective>")
    lines.append(f'<discount_factor value="{_number(_discount(scenario, draft, party))}"></discount_factor>')
    lines.append(f'<reservation value="{_number(reservation)}"></reservation>')
    return "\n".join([*lines, "</utility_space>", ""])


def _as_it_was(draft: Draft, party: Party, own: Utility) -> tuple[list[float], list[list[float]], float] | None:
    """Evaluations as they stand, where they came from Genius and mean to it what they mean here."""
    plain = draft.plain.get("parties", {}).get(party.id, {})
    stated = plain.get("source", []) if isinstance(plain, dict) else []
    if SOURCE not in (stated if isinstance(stated, list) else [stated]) or not own.scored:
        return None
    largest = [max(values) for values in own.values]
    pairs = list(zip(own.weights, largest, strict=True))
    if any(weight > 0 and most < TINY for weight, most in pairs):
        return None
    weights = [_times(weight, most) if weight > 0 else 0.0 for weight, most in pairs]
    return weights, own.values, own.reservation


def _times(salience: float, largest: float) -> float:
    """The weight that divided by the largest evaluation is the salience; of several the shortest to write."""
    product = salience * largest
    near = [math.nextafter(product, -math.inf), product, math.nextafter(product, math.inf)]
    exact = [weight for weight in near if weight / largest == salience]
    return min(exact or [product], key=lambda weight: len(repr(weight)))


def _between_0_and_1(draft: Draft, party: Party, own: Utility) -> tuple[list[float], list[list[float]], float]:
    worths = [[weight * value for value in values] for weight, values in zip(own.weights, own.values, strict=True)]
    lows = [min(0.0, *worth) for worth in worths]
    worths = [[w - low for w in worth] for worth, low in zip(worths, lows, strict=True)]
    shift, total = -sum(lows), sum(max(worth) for worth in worths)
    scale = 1.0 if total <= 1.0 + 1e-9 else total
    if shift or scale != 1.0:
        plus = f"({number_id(shift)} + utility)" if shift else "utility"
        over = f" / {number_id(scale)}" if scale != 1.0 else ""
        draft.changed(f"utilities of '{party.id}' are written as {plus}{over}: Genius's lie between 0 and 1")
    weights, evaluations = [], []
    for worth in worths:
        most = max(worth)
        weights.append(most / scale)
        evaluations.append([w / most if most > 0 else 0.0 for w in worth])
    return weights, evaluations, (own.reservation + shift) / scale


def _discount(scenario: Scenario, draft: Draft, party: Party) -> float:
    """What is left at the end of the scheduled meetings of a gain that shrinks from round to round."""
    if party.discount is None:
        return 1.0
    rounds = sum(median(meeting.rounds) for meeting in scenario.meetings)
    if party.discount.unit != "round" or not rounds:
        draft.dropped(f"of {party.id}: discount by {party.discount.unit}")
        return 1.0
    left = median(party.discount.factor)
    factor = float(f"{left**rounds:.12g}")
    draft.changed(
        f"{number_id(left)} of the gain of '{party.id}' is left after each of {number_id(rounds)} rounds: "
        f"a discount factor of {number_id(factor)}"
    )
    return factor


_START = '<?xml version="1.0" encoding="UTF-8"?>'


def _objective(scenario: Scenario) -> str:
    return f'<objective index="0" name={_text(scenario.title)} type="objective" etype="objective" description="">'


def _issue(number: int, issue: Issue) -> str:
    return f'<issue index="{number}" name={_text(issue.id)} type="discrete" etype="discrete" vtype="discrete">'


def _item(index: int, issue: Issue, option: int, evaluation: float | None = None) -> str:
    one = issue.options[option]
    described = f" description={_text(one.title)}" if one.title != one.id else ""
    valued = "" if evaluation is None else f' evaluation="{_number(evaluation)}"'
    return f'<item index="{index}" value={_text(one.id)}{described}{valued}></item>'


def _text(text: str) -> str:
    """A text as an attribute; Genius's parser knows double quotation marks best."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + quoteattr(clean, {'"': "&quot;"})[1:-1].replace("'", "&apos;" if '"' in clean else "'") + '"'


def _number(value: float) -> str:
    return number_id(value)


def _remarks(draft: Draft, heading: str) -> str:
    """A comment that Genius's parser takes for a prologue: it ends at the first '>'."""
    text = "\n".join(heading_and_remarks(draft, heading)).replace("<", "(").replace(">", ")")
    while "--" in text:
        text = text.replace("--", "-")
    return f"<!-- {text} -->"
