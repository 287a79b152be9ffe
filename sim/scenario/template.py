"""The scenario that `new` writes: small, commented, and ready to run."""

from __future__ import annotations

import json

from sim.rules import RULES

_TEMPLATE = """\
# yaml-language-server: $schema=schema.json
# For completion and checks in your editor, put the schema beside this file: detente schema > schema.json
# Check this file with `detente validate FILE`, play it with `detente run FILE`.
format: 1
title: @TITLE@
description: Two sides and two issues, to be replaced by your own.

# What the judgements below rest on. Any mapping may carry `source: KEY`; `assumed` says that it is your own judgement.
sources:
  example: "Author, title, date, address"

start: 2024-01-08
end: {days: 60}

# The questions on the table. Options stand in order along a scale from 0 to 1; the status quo holds without a deal.
issues:
  inspections:
    title: Inspections of sites
    options:
      - {id: none, title: No inspections}
      - {id: on_notice, title: After a week's notice}
      - {id: any_time, title: At any time}
    status_quo: none
  limit:
    title: Limit on launchers
    scale: {from: 0, to: 100, step: 10, unit: launchers}
    status_quo: 100

# Groups that speak with one voice. `decides`: @RULES@.
sides:
  alliance: {title: The alliance, decides: consensus}

# A party without a side is a side of its own.
parties:
  north:
    title: North
    side: alliance
    source: assumed
    positions: {inspections: any_time, limit: 20}
    salience: {inspections: 0.6, limit: 0.4}
    reservation: {plus_minus: [0.45, 0.1]}     # a number may be uncertain: here from 0.35 to 0.55
    red_lines: {inspections: [none]}           # never accepted, whatever else is in the package
  south:
    title: South
    side: alliance
    source: assumed
    like: north                                # the entries of north, except those given here
    salience: {inspections: 0.3, limit: 0.7}
  neighbour:
    title: The neighbour
    source: assumed
    positions: {inspections: none, limit: 40}
    salience: {inspections: {uniform: [0.3, 0.6]}, limit: 0.5}
    reservation: {status_quo: 0.05}            # what it has without a deal, and a little more
    concession: linear                         # how its demands fall: boulware, linear, conceder or {exponent: e}

meetings:
  - {id: opening, title: Opening session, date: 2024-01-08, venue: Vienna, rounds: 6}
  - {id: second, title: Second session, date: 2024-01-22, venue: Geneva, rounds: 8}

# Meetings that the sides may agree on after these.
follow_up: {after: {days: {uniform: [7, 21]}}, at_most: 2, rounds: 4}

# What may happen meanwhile.
events:
  - id: incident
    title: An incident at the border
    date: {days: {uniform: [5, 20]}}
    probability: 0.3
    effects: {neighbour.reservation: 0.05}     # adds to the number; {set: x} and {times: x} do that

agreement: {all: true}
"""


def starter(title: str) -> str:
    """Text of a new scenario file with this title."""
    forms = [rule.form for rule in RULES.values()]
    text = _TEMPLATE.replace("@RULES@", f"{', '.join(forms[:-1])} or {forms[-1]}")
    return text.replace("@TITLE@", json.dumps(title, ensure_ascii=False))
