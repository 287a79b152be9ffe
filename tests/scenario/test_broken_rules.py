"""Every rule of the format, broken once: what is said, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

# name: edits of the sample (old text, new text), then the complaints without the file's name
CASES: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "unknown key at the top": (
        [("events:", "event:")],
        [
            "31:1: unknown key 'event' in a scenario; did you mean 'events'?",
        ],
    ),
    "unknown key with no near one": (
        [("title: Two", "colour: red\ntitle: Two")],
        [
            "2:1: unknown key 'colour' in a scenario; known are format, title, issues, parties, "
            "description, sources, start, end, deadline, worlds, sides, meetings, follow_up, events, agreement, "
            "entry_into_force, clock, early_harvest, constraints, bonuses, sweep, outcome",
        ],
    ),
    "unknown key in an issue": (
        [("    status_quo: 0", "    statusquo: 0")],
        [
            "15:5: unknown key 'statusquo' in an issue; did you mean 'status_quo'?",
        ],
    ),
    "unknown key in an option": (
        [("open_door, at: 1", "open_door, att: 1")],
        [
            "11:25: unknown key 'att' in an option; did you mean 'at'?",
        ],
    ),
    "unknown key in a side": (
        [("decides: consensus", "decide: consensus")],
        [
            "17:23: unknown key 'decide' in a side; did you mean 'decides'?",
        ],
    ),
    "unknown key in a meeting": (
        [("rounds: 4", "round: 4")],
        [
            "30:57: unknown key 'round' in a meeting; did you mean 'rounds'?",
        ],
    ),
    "unknown key in an event": (
        [("date: 2022-01-17", "dates: 2022-01-17")],
        [
            "32:6: unknown key 'dates' in an event; did you mean 'date'?",
        ],
    ),
    "title missing": (
        [("title: Two sides, two issues\n", "")],
        [
            "1:1: the key 'title' is missing in a scenario",
        ],
    ),
    "format missing": (
        [("format: 1\n", "")],
        [
            "1:1: the key 'format' is missing in a scenario",
        ],
    ),
    "another format": (
        [("format: 1", "format: 2")],
        [
            "1:9: this is format 2; this version reads format 1",
        ],
    ),
    "format in quotes": (
        [("format: 1", 'format: "1"')],
        [
            "1:9: expected format: 1, found '1'",
        ],
    ),
    "key without a value": (
        [("salience: {membership: 0.9}", "salience:")],
        [
            "22:5: 'salience' has no value; give one, or leave the key out",
        ],
    ),
    "list where a mapping belongs": (
        [("salience: {membership: 0.9}", "salience: [0.9]")],
        [
            "22:15: expected a mapping for salience (by issue), found a list",
        ],
    ),
    "mapping where a list belongs": (
        [("[barred]", "{barred: true}")],
        [
            "23:29: expected a list of option ids for red_lines, found a mapping (barred)",
        ],
    ),
    "word where a list belongs": (
        [("[barred]", "barred")],
        [
            "23:29: expected a list of option ids for red_lines, found 'barred'",
        ],
    ),
    "key twice": (
        [("    reservation: 0.55", "    reservation: 0.55\n    side: nato")],
        [
            "25:5: the key 'side' stands twice, first in line 20",
        ],
    ),
    "undeclared source": (
        [("reservation: {status_quo: 0.05}", "source: [nrc, ncr]\n    reservation: {status_quo: 0.05}")],
        [
            "28:19: there is no source 'ncr' in 'sources'; did you mean 'nrc'?",
        ],
    ),
    "source called assumed": (
        [("{nrc:", "{assumed: x, nrc:")],
        [
            "3:11: 'assumed' cannot be the key of a source: it marks what rests on none",
        ],
    ),
    "option unknown": (
        [("{membership: barred,", "{membership: bared,")],
        [
            "27:29: there is no option 'bared' of the issue 'membership'; did you mean 'barred'?",
        ],
    ),
    "status quo unknown": (
        [("status_quo: open_door", "status_quo: opendoor")],
        [
            "12:17: there is no option 'opendoor' of the issue 'membership'; did you mean 'open_door'?",
        ],
    ),
    "option twice": (
        [("- moratorium", "- barred")],
        [
            "10:9: the id 'barred' of an option stands twice",
        ],
    ),
    "reserved id": (
        [("- moratorium", "- source")],
        [
            "10:9: 'source' cannot be the id of an option: any mapping may carry a 'source'",
        ],
    ),
    "option outside": (
        [("open_door, at: 1", "open_door, at: 1.5")],
        [
            "11:29: expected a number from 0 to 1 for the place of an option, found 1.5",
        ],
    ),
    "no options": (
        [("scale: {from: 0, to: 20, step: 1, unit: years}", "title: Delay")],
        [
            "13:3: the issue 'delay' has neither options nor a scale",
        ],
    ),
    "both options and scale": (
        [("    status_quo: 0\n", "    status_quo: 0\n    options: [a, b]\n")],
        [
            "16:14: the issue 'delay' has both options and a scale; keep one of them",
        ],
    ),
    "step does not divide": (
        [("step: 1", "step: 3")],
        [
            "14:36: the step 3 does not divide the scale from 0 to 20",
        ],
    ),
    "step 0": (
        [("step: 1", "step: 0")],
        [
            "14:36: the step of a scale cannot be 0",
        ],
    ),
    "scale of no length": (
        [("to: 20", "to: 0")],
        [
            "14:26: a scale needs two different ends, found 0 twice",
        ],
    ),
    "scale with a distribution": (
        [("to: 20", "to: {uniform: [10, 20]}")],
        [
            "14:26: expected a number for 'to', found a mapping (uniform) (here it cannot be a distribution)",
        ],
    ),
    "position off the scale": (
        [("delay: 0}", "delay: 21}")],
        [
            "21:47: expected a number from 0 to 20 years for the position on 'delay', found 21",
        ],
    ),
    "position outside": (
        [("membership: open_door,", "membership: 1.2,")],
        [
            "21:29: expected an option id or a number from 0 to 1 for the position on 'membership', found 1.2",
        ],
    ),
    "mixed choice": (
        [("membership: open_door,", "membership: {choice: [open_door, 0.5]},")],
        [
            "21:50: the position on 'membership' chooses among options and numbers; use one kind",
        ],
    ),
    "beta where the scale begins above 0": (
        [
            ("from: 0,", "from: 5,"),
            ("status_quo: 0", "status_quo: 5"),
            ("delay: 0", "delay: 5"),
            ("{plus_minus: [20, 3]}", "{beta: [2, 3]}"),
        ],
        [
            "27:51: beta [2, 3] can fall to 0, below 5: expected a number from 5 to 20 years "
            "for the position on 'delay'",
        ],
    ),
    "number too large": (
        [("weight: 0.5", "weight: 1e200")],
        [
            "25:40: expected a number of at least 0 for weight, found 1e200; numbers end at 1e+15",
        ],
    ),
    "distribution of numbers too large": (
        [("weight: 0.5", "weight: {uniform: [0, 1e200]}")],
        [
            "25:54: uniform needs numbers, found 1e200; numbers end at 1e+15",
        ],
    ),
    "merge key of YAML 1.1": (
        [
            ("salience: {membership: 0.9}", "salience: &s {membership: 0.9}"),
            ("reservation: {status_quo: 0.05}", "salience: {<<: *s}"),
        ],
        [
            "28:16: '<<' does not merge in YAML 1.2; write the entries out, or use `like` for a party",
        ],
    ),
    "issue unknown": (
        [("salience: {membership: 0.9}", "salience: {memberships: 0.9}")],
        [
            "22:16: there is no issue 'memberships'; did you mean 'membership'?",
        ],
    ),
    "position and scores": (
        [("delay: 0}", "delay: 0}\n    scores: {membership: {barred: 0, moratorium: 1, open_door: 2}}")],
        [
            "22:14: both a position and scores on the issue 'membership'; keep one of them",
        ],
    ),
    "scores incomplete": (
        [("positions: {membership: open_door, delay: 0}", "scores: {membership: {barred: 0, open_door: 2}}")],
        [
            "21:26: the scores on 'membership' lack moratorium; every option needs one",
        ],
    ),
    "scores of an unknown option": (
        [
            (
                "positions: {membership: open_door, delay: 0}",
                "scores: {membership: {barred: 0, moratorum: 1, open_door: 2}}",
            )
        ],
        [
            "21:38: there is no option 'moratorum' of the issue 'membership'; did you mean 'moratorium'?",
        ],
    ),
    "salience negative": (
        [("membership: 0.9", "membership: -0.9")],
        [
            "22:28: expected a number of at least 0 for salience, found -0.9",
        ],
    ),
    "salience a boolean": (
        [("membership: 0.9", "membership: true")],
        [
            "22:28: expected a number of at least 0 for salience, found true",
        ],
    ),
    "salience not a number": (
        [("membership: 0.9", "membership: .nan")],
        [
            "22:28: expected a number of at least 0 for salience, found .nan",
        ],
    ),
    "salience infinite": (
        [("membership: 0.9", "membership: .inf")],
        [
            "22:28: expected a number of at least 0 for salience, found .inf",
        ],
    ),
    "weight negative": (
        [("weight: 0.5", "weight: -1")],
        [
            "25:40: expected a number of at least 0 for weight, found -1",
        ],
    ),
    "no weight in a side": (
        [("reservation: 0.55", "reservation: 0.55\n    weight: 0"), ("weight: 0.5", "weight: 0")],
        [
            "25:13: the side 'nato' has no weight: all its members have weight 0",
        ],
    ),
    "reservation outside": (
        [("reservation: 0.55", "reservation: 1.1")],
        [
            "24:18: expected a number from 0 to 1 for reservation (with positions only, utility lies in "
            "[0, 1]), found 1.1",
        ],
    ),
    "reservation a wrong word": (
        [("reservation: 0.55", "reservation: statusquo")],
        [
            "24:18: expected a number, status_quo or {status_quo: x} for reservation, found "
            "'statusquo'; did you mean 'status_quo'?",
        ],
    ),
    "reservation required": (
        [("    status_quo: 0\n", "")],
        [
            "27:18: a reservation value is required, because the issue 'delay' has no status quo",
        ],
    ),
    "uniform reversed": (
        [("0.55", "{uniform: [0.6, 0.5]}")],
        [
            "24:28: uniform needs [a, b] with a <= b, found [0.6, 0.5]",
        ],
    ),
    "uniform leaves the range below": (
        [("0.55", "{uniform: [-0.1, 0.5]}")],
        [
            "24:28: uniform [-0.1, 0.5] can fall to -0.1, below 0: expected a number from 0 to 1 for "
            "reservation (with positions only, utility lies in [0, 1])",
        ],
    ),
    "uniform leaves the range above": (
        [("0.55", "{uniform: [0.6, 1.5]}")],
        [
            "24:28: uniform [0.6, 1.5] can rise to 1.5, above 1: expected a number from 0 to 1 for "
            "reservation (with positions only, utility lies in [0, 1])",
        ],
    ),
    "uniform with three numbers": (
        [("0.55", "{uniform: [0.6, 0.7, 0.8]}")],
        [
            "24:28: uniform needs 2 numbers [a, b], found 3",
        ],
    ),
    "uniform without a list": (
        [("0.55", "{uniform: 0.6}")],
        [
            "24:28: uniform needs a list [a, b], found 0.6",
        ],
    ),
    "uniform of words": (
        [("0.55", "{uniform: [low, 0.6]}")],
        [
            "24:29: uniform needs numbers, found 'low'",
        ],
    ),
    "triangular out of order": (
        [("0.55", "{triangular: [0.1, 0.8, 0.5]}")],
        [
            "24:31: triangular needs [low, mode, high] with low <= mode <= high, found [0.1, 0.8, 0.5]",
        ],
    ),
    "normal with negative sd": (
        [("0.55", "{normal: [0.5, -0.1]}")],
        [
            "24:27: normal needs [mean, sd] with sd >= 0, found [0.5, -0.1]",
        ],
    ),
    "normal centred outside": (
        [("0.55", "{normal: [1.5, 0.1]}")],
        [
            "24:27: the central value 1.5 of normal [1.5, 0.1] is out of range: expected a number from "
            "0 to 1 for reservation (with positions only, utility lies in [0, 1])",
        ],
    ),
    "plus_minus with negative d": (
        [("0.55", "{plus_minus: [0.5, -0.1]}")],
        [
            "24:31: plus_minus needs [x, d] with d >= 0, found [0.5, -0.1]",
        ],
    ),
    "beta with 0": (
        [("0.55", "{beta: [0, 1]}")],
        [
            "24:25: beta needs [a, b] both above 0, found [0, 1]",
        ],
    ),
    "choice leaves the range": (
        [("0.55", "{choice: [0.5, 2]}")],
        [
            "24:27: choice [0.5, 2] can rise to 2, above 1: expected a number from 0 to 1 for "
            "reservation (with positions only, utility lies in [0, 1])",
        ],
    ),
    "empty choice": (
        [("0.55", "{choice: []}")],
        [
            "24:27: choice needs at least one number [x, y, ...], found 0",
        ],
    ),
    "two distributions": (
        [("0.55", "{uniform: [0, 1], normal: [0.5, 1]}")],
        [
            "24:18: expected one distribution for reservation (with positions only, utility lies in [0, "
            "1]), found 2 (uniform, normal)",
        ],
    ),
    "misspelt distribution": (
        [("0.55", "{unifrom: [0, 1]}")],
        [
            "24:19: unknown key 'unifrom' in a distribution; did you mean 'uniform'?",
        ],
    ),
    "no distribution": (
        [("membership: 0.9", "membership: {shared: {a: 1}}")],
        [
            "22:28: expected a number of at least 0 or a distribution (uniform, triangular, normal, "
            "beta, choice, plus_minus) for salience",
        ],
    ),
    "shared above 1": (
        [("0.55", "{uniform: [0, 1], shared: {a: 0.7, b: 0.4}}")],
        [
            "24:44: the correlations in shared sum to 1.1, expected at most 1",
        ],
    ),
    "shared outside": (
        [("0.55", "{uniform: [0, 1], shared: {a: 1.4}}")],
        [
            "24:48: expected a number from 0 to 1 for the correlation by 'a', found 1.4",
        ],
    ),
    "loss unknown": (
        [("reservation: 0.55", "reservation: 0.55\n    loss: quadratisch")],
        [
            "25:11: expected linear, quadratic or {power: x} for loss, found 'quadratisch'; did you mean 'quadratic'?",
        ],
    ),
    "power outside": (
        [("reservation: 0.55", "reservation: 0.55\n    loss: {power: 0}")],
        [
            "25:19: expected a number from 0.001 to 100 for the power of the loss, found 0",
        ],
    ),
    "policy unknown": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: boulwar")],
        [
            "25:17: the concession policy 'boulwar' is not known; did you mean 'boulware'?",
        ],
    ),
    "policy unlike any": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: qqq}")],
        [
            "25:24: the concession policy 'qqq' is not known; known are boulware, linear, conceder, time, polynomial, "
            "exponential, deadline, resource, hard_liner, relative_tit_for_tat, absolute_tit_for_tat, "
            "averaged_tit_for_tat, micro, zeuthen, rubinstein, mix",
        ],
    ),
    "policy that has no settings": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: zeuthen, lag: 2}")],
        [
            "25:33: unknown setting 'lag' of the concession policy 'zeuthen'; it has none",
        ],
    ),
    "mix without parts": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: mix")],
        [
            "25:17: the concession policy 'mix' needs its parts: {name: mix, of: {POLICY: weight, ...}}",
        ],
    ),
    "mix of what is no policy": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: mix, of: {linear: 1, zeuten: 1}}")],
        [
            "25:45: the concession policy 'zeuten' is not known; did you mean 'zeuthen'?",
        ],
    ),
    "mix of a mix": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: mix, of: {mix: 1}}")],
        [
            "25:34: a mix cannot be a part of a mix; give its parts themselves",
        ],
    ),
    "mix part without a weight": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: mix, of: {deadline: {hold: 0.5}}}")],
        [
            "25:44: the part 'deadline' of the mix needs a weight",
        ],
    ),
    "mix of weights 0": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {name: mix, of: {linear: 0}}")],
        [
            "25:33: the parts of the mix have no weight: all are 0",
        ],
    ),
    "acceptance unknown": (
        [("reservation: 0.55", "reservation: 0.55\n    acceptance: nxt")],
        [
            "25:17: the acceptance condition 'nxt' is not known; did you mean 'next'?",
        ],
    ),
    "acceptance without its setting": (
        [("reservation: 0.55", "reservation: 0.55\n    acceptance: time")],
        [
            "25:17: the acceptance condition 'time' needs an 'after'",
        ],
    ),
    "acceptance by a word that it does not know": (
        [("reservation: 0.55", "reservation: 0.55\n    acceptance: {name: combined, after: 0.9, of: worst}")],
        [
            "25:50: expected best, mean, recent_best, recent_mean, anything for of, found 'worst'",
        ],
    ),
    "discount of two kinds": (
        [("reservation: 0.55", "reservation: 0.55\n    discount: {day: 0.9, round: 0.9}")],
        [
            "25:15: expected one of offer, round, day for discount, found a mapping (day, round)",
        ],
    ),
    "discount above 1": (
        [("reservation: 0.55", "reservation: 0.55\n    discount: {day: 1.1}")],
        [
            "25:21: expected a number from 0 to 1 for the share of the gain that is left after each day, found 1.1",
        ],
    ),
    "policy in a file": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: mine.py:policy")],
        [
            "25:17: this runs code from 'mine.py'; if you trust it, say so with --allow-code",
        ],
    ),
    "event on a setting that there is not": (
        [("RUS.reservation: 0.03", "RUS.discount.day: 0.03")],
        [
            "32:34: there is no setting 'day' of the discount of 'RUS'; there are none",
        ],
    ),
    "policy setting unknown": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {exponnt: 2}")],
        [
            "25:18: unknown setting 'exponnt' of the concession policy 'time'; did you mean 'exponent'?",
        ],
    ),
    "exponent negative": (
        [("reservation: 0.55", "reservation: 0.55\n    concession: {exponent: -2}")],
        [
            "25:28: expected a number of at least 0 for exponent, found -2",
        ],
    ),
    "walk_out without days": (
        [("reservation: 0.55", "reservation: 0.55\n    walk_out: 3")],
        [
            "25:15: expected a mapping (after) for walk_out, found 3",
        ],
    ),
    "walk_out after 0": (
        [("reservation: 0.55", "reservation: 0.55\n    walk_out: {after: 0}")],
        [
            "25:23: expected a whole number of at least 1 for walk_out after (meetings), found 0",
        ],
    ),
    "like unknown": (
        [("like: USA", "like: UAS")],
        [
            "25:27: there is no party 'UAS'; did you mean 'USA'?",
        ],
    ),
    "like in a circle": (
        [("POL: {side: nato, like: USA, weight: 0.5}", "POL: {side: nato, like: EST}\n  EST: {like: POL}")],
        [
            "26:15: parties are like each other in a circle: 'POL' is like 'EST', 'EST' is like 'POL'",
        ],
    ),
    "like itself": (
        [("like: USA", "like: POL")],
        [
            "25:27: parties are like each other in a circle: 'POL' is like 'POL'",
        ],
    ),
    "side unknown": (
        [("  USA:\n    side: nato", "  USA:\n    side: naot")],
        [
            "20:11: there is no side 'naot'; did you mean 'nato'?",
        ],
    ),
    "two sides for a party": (
        [("  USA:\n    side: nato", "  USA:\n    side: [nato, osce]")],
        [
            "20:11: a party belongs to one side, found a list",
        ],
    ),
    "side without members": (
        [("  nato: {", "  osce: {}\n  nato: {")],
        [
            "17:3: the side 'osce' has no members",
        ],
    ),
    "side with a party's id": (
        [("  nato: {", "  RUS: {}\n  nato: {")],
        [
            "27:3: the party 'RUS' has no side, so it is a side of its own, but there is a side with its id",
        ],
    ),
    "one side led by one": (
        [("decides: consensus", "decides: {leader: USA}"), ("  RUS:\n", "  RUS:\n    side: nato\n")],
        [
            "17:32: 'nato' is the only side and its leader decides alone: nothing is negotiated",
        ],
    ),
    "one side with an agreement of its own": (
        [("  RUS:\n", "  RUS:\n    side: nato\n"), ("events:", "agreement: {all: true}\nevents:")],
        [
            "32:12: the members of the only side 'nato' agree as it `decides`; leave this out",
        ],
    ),
    "one side with a caucus and ratification": (
        [
            ("decides: consensus", "caucus: {drafts: 2}, ratification: {probability: 0.5}"),
            ("  RUS:\n", "  RUS:\n    side: nato\n"),
        ],
        [
            "17:23: 'nato' is the only side, so its members agree among themselves: there is nobody to prepare a "
            "position for",
            "17:44: 'nato' is the only side, so its members agree among themselves: state it for the members who "
            "ratify",
        ],
    ),
    "votes misspelt": (
        [("weight: 0.5", "votes: non")],
        [
            "25:39: expected a number of at least 0 or none for votes, found 'non'; did you mean 'none'?",
        ],
    ),
    "votes below nothing": (
        [("weight: 0.5", "votes: -1")],
        [
            "25:39: expected a number of at least 0 for votes, found -1",
        ],
    ),
    "a veto without a vote": (
        [("weight: 0.5", "votes: none"), ("decides: consensus", "veto: [POL]")],
        [
            "17:30: there is no member 'POL' in the side 'nato'; it has no vote",
        ],
    ),
    "a leader without a vote": (
        [("weight: 0.5", "votes: none"), ("decides: consensus", "decides: {leader: POL}")],
        [
            "17:41: there is no member 'POL' in the side 'nato'; it has no vote",
        ],
    ),
    "a side without votes": (
        [("    reservation: 0.55\n", "    reservation: 0.55\n    votes: none\n")],
        [
            "17:3: no member of the side 'nato' has a vote",
        ],
    ),
    "a weight that nobody gives": (
        [("decides: consensus", "decides: {majority: {of: population, share: 0.6}}")],
        [
            "17:3: the side 'nato' counts 'population', but no party gives it under 'weights'; known are votes, "
            "weight, members",
        ],
    ),
    "a weight that one does not give": (
        [
            ("decides: consensus", "decides: {majority: {of: population, share: 0.6}}"),
            (
                "  POL: {side: nato, like: USA, weight: 0.5}",
                "  POL: {side: nato, weights: {population: 38}, like: USA}",
            ),
        ],
        [
            "17:3: the side 'nato' counts 'population', which USA doesn't give under 'weights'; 0 for none",
        ],
    ),
    "a weight with a name that is taken": (
        [("weight: 0.5", "weights: {votes: 3}")],
        [
            "25:42: 'votes' can't be one of the weights: where it is counted it means its votes",
        ],
    ),
    "a share and what must be reached": (
        [("decides: consensus", "decides: {majority: {share: 0.6, reach: 3}}")],
        [
            "17:43: expected share, or reach, for majority, found a mapping (share, reach)",
        ],
    ),
    "blocking without a rule": (
        [("decides: consensus", "decides: {blocking: 2}")],
        [
            "17:33: blocking needs a rule beside it that objectors could block (quorum, majority)",
        ],
    ),
    "more who block than there are": (
        [("decides: consensus", "decides: {majority: 0.5, blocking: 3}")],
        [
            "17:58: expected a whole number from 1 to 2 for blocking (of the 2 members of 'nato', how many objectors "
            "it takes), found 3",
        ],
    ),
    "holding out misspelt": (
        [("decides: consensus", "decides: {quorum: 2, holding_out: abstain}")],
        [
            "17:57: expected consents, abstains for holding_out, found 'abstain'; did you mean 'abstains'?",
        ],
    ),
    "a pace of an agreement that nobody counts": (
        [("events:", "agreement: {at_least: 2, pace: 0.4}\nevents:")],
        [
            "31:32: the pace of an agreement needs holding_out: consents beside it",
        ],
    ),
    "a vote at home with two dates": (
        [("    reservation: 0.55", "    reservation: 0.55\n    ratification: {date: 2022-03-01, after: {days: 3}}")],
        [
            "25:19: expected probability, threshold or red_lines for ratification, found a mapping (date, after)",
            "25:45: ratification has both date and after; keep one of them",
        ],
    ),
    "a chance that moves and is not given": (
        [("    reservation: 0.55", "    reservation: 0.55\n    ratification: {threshold: 0.5, shared: {mood: 0.4}}")],
        [
            "25:44: shared moves the chance of ratification; give a probability",
        ],
    ),
    "entry into force of nothing": (
        [("events:", "entry_into_force: {at_least: 1}\nevents:")],
        [
            "31:19: nobody ratifies, so nothing is to enter into force: state a ratification",
        ],
    ),
    "holding out alone": (
        [("events:", "agreement: {holding_out: consents}\nevents:")],
        [
            "31:12: holding_out needs a rule beside it that the sides decide by: at_least, majority",
        ],
    ),
    "voice of a party with a side": (
        [("reservation: 0.55", "reservation: 0.55\n    offering: ladder")],
        [
            "25:5: 'offering' belongs to the side 'nato', not to a party that has a side",
        ],
    ),
    "rule unknown": (
        [("decides: consensus", "decides: concensus")],
        [
            "17:32: expected consensus, unanimity or {quorum: N}, {majority: share}, {leader: PARTY} "
            "for decides, found 'concensus'; did you mean 'consensus'?",
        ],
    ),
    "rule empty": (
        [("decides: consensus", "decides: {}")],
        [
            "17:32: expected one of quorum, majority, leader for decides, found an empty mapping",
        ],
    ),
    "two rules": (
        [("decides: consensus", "decides: {leader: USA, majority: 0.5}")],
        [
            "17:32: expected one of quorum, majority, leader for decides, found a mapping (leader, majority)",
        ],
    ),
    "quorum above members": (
        [("decides: consensus", "decides: {quorum: 3}")],
        [
            "17:41: expected a whole number from 1 to 2 for the quorum of the 2 members of 'nato', found 3",
        ],
    ),
    "quorum not whole": (
        [("decides: consensus", "decides: {quorum: 1.5}")],
        [
            "17:41: expected a whole number from 1 to 2 for the quorum of the 2 members of 'nato', found 1.5",
        ],
    ),
    "quorum that may rise above the members": (
        [("decides: consensus", "decides: {quorum: {uniform: [1, 3]}}")],
        [
            "17:51: uniform [1, 3] can rise to 3, above 2: expected a whole number from 1 to 2 "
            "for the quorum of the 2 members of 'nato'",
        ],
    ),
    "quorum below 1": (
        [("decides: consensus", "decides: {quorum: 0}")],
        [
            "17:41: expected a whole number from 1 to 2 for the quorum of the 2 members of 'nato', found 0",
        ],
    ),
    "majority above 1": (
        [("decides: consensus", "decides: {majority: 60}")],
        [
            "17:43: expected a number from 0 to 1 for the majority, found 60",
        ],
    ),
    "leader elsewhere": (
        [("decides: consensus", "decides: {leader: RUS}")],
        [
            "17:41: there is no member 'RUS' in the side 'nato'; it is a party of another side",
        ],
    ),
    "veto elsewhere": (
        [("decides: consensus", "decides: consensus, veto: [RUS]")],
        [
            "17:50: there is no member 'RUS' in the side 'nato'; it is a party of another side",
        ],
    ),
    "opponents by an unknown model": (
        [("decides: consensus", "opponents: {learned: bays}")],
        [
            "17:44: expected bayes, frequency for learned, found 'bays'; did you mean 'bayes'?",
        ],
    ),
    "opponents unknown": (
        [("decides: consensus", "opponents: learnt")],
        [
            "17:34: expected known, positions, learned or {noise: sd}, {learned: MODEL} for opponents, found 'learnt'; "
            "did you mean 'learned'?",
        ],
    ),
    "offering unknown": (
        [("decides: consensus", "offering: laddr")],
        [
            "17:33: the offering policy 'laddr' is not known; did you mean 'ladder'?",
        ],
    ),
    "noise negative": (
        [("decides: consensus", "opponents: {noise: -1}")],
        [
            "17:42: expected a number of at least 0 for the noise (a standard deviation), found -1",
        ],
    ),
    "flag a word": (
        [("decides: consensus", "package_only: yes")],
        [
            "17:37: expected how likely it is, from 0 to 1, or true or false for package_only, found 'yes'",
        ],
    ),
    "end before start": (
        [("end: 2022-02-23", "end: 2021-02-23")],
        [
            "5:6: the end 2021-02-23 lies before the start 2022-01-10",
        ],
    ),
    "impossible date": (
        [("end: 2022-02-23", "end: 2022-02-30")],
        [
            "5:6: there is no date 2022-02-30 (for end)",
        ],
    ),
    "date not in full": (
        [("end: 2022-02-23", "end: 23.2.2022")],
        [
            "5:6: expected a date YYYY-MM-DD or {days: N} for end, found '23.2.2022'",
        ],
    ),
    "start in days": (
        [("start: 2022-01-10", "start: {days: 3}")],
        [
            "4:8: expected a date YYYY-MM-DD for start, found a mapping (days)",
        ],
    ),
    "meeting before start": (
        [("date: 2022-01-10", "date: 2022-01-09")],
        [
            "30:24: the date of 'geneva' 2022-01-09 lies before the start 2022-01-10",
        ],
    ),
    "meeting after end": (
        [("date: 2022-01-10", "date: {days: 45}")],
        [
            "30:24: the date of 'geneva' 2022-02-24 lies after the end 2022-02-23",
        ],
    ),
    "event after end": (
        [("date: 2022-01-17", "date: 2022-03-17")],
        [
            "32:12: the date of the event '0' 2022-03-17 lies after the end 2022-02-23",
        ],
    ),
    "rounds not whole": (
        [("rounds: 4", "rounds: 2.5")],
        [
            "30:65: expected a whole number from 1 to 100000 for rounds, found 2.5",
        ],
    ),
    "position set to an option whose place is uncertain": (
        [
            ("open_door, at: 1", "open_door, at: {uniform: [0.9, 1]}"),
            ("RUS.reservation: 0.03", "RUS.positions.membership: {set: moratorium}"),
        ],
        [
            "32:66: the place of 'moratorium' is uncertain; set 'RUS.positions.membership' to a number",
        ],
    ),
    "position set to an unknown option": (
        [("RUS.reservation: 0.03", "RUS.positions.membership: {set: moratorum}")],
        [
            "32:66: there is no option 'moratorum' of the issue 'membership'; did you mean 'moratorium'?",
        ],
    ),
    "issue without a value": (
        [("    scale: {from: 0, to: 20, step: 1, unit: years}\n    status_quo: 0\n", "")],
        [
            "13:3: 'delay' has no value; give one, or leave the key out",
        ],
    ),
    "issue a word": (
        [("  delay:\n    scale: {from: 0, to: 20, step: 1, unit: years}\n    status_quo: 0\n", "  delay: years\n")],
        [
            "13:10: expected a mapping (title, options, scale, status_quo) for an issue, found 'years'",
        ],
    ),
    "issues misspelt": (
        [("issues:", "isues:")],
        [
            "6:1: unknown key 'isues' in a scenario; did you mean 'issues'?",
        ],
    ),
    "party without a value": (
        [("  POL: {side: nato, like: USA, weight: 0.5}", "  POL:")],
        [
            "25:3: 'POL' has no value; give one, or leave the key out",
        ],
    ),
    "id of a meeting a list": (
        [("{id: geneva,", "{id: [geneva],")],
        [
            "30:10: expected the id of a meeting, found a list",
        ],
    ),
    "distribution of dates without days": (
        [("date: 2022-01-17", "date: {uniform: [3, 9]}")],
        [
            "32:12: expected a date (YYYY-MM-DD) or {days: ...} for the date of the event '0', "
            "found a mapping (uniform); put it inside",
        ],
    ),
    "parties of a meeting a word": (
        [("[USA, RUS]", "USA")],
        [
            "30:45: expected a list of ids of parties, found 'USA'",
        ],
    ),
    "date too far ahead": (
        [("end: 2022-02-23", "end: 9999-12-31")],
        [
            "5:6: expected a date up to 3999-12-31 for end, found 9999-12-31",
        ],
    ),
    "rounds without end": (
        [("rounds: 4", "rounds: 1000000000")],
        [
            "30:65: expected a whole number from 1 to 100000 for rounds, found 1000000000",
        ],
    ),
    "rounds may fall to 0": (
        [("rounds: 4", "rounds: {uniform: [0, 3]}")],
        [
            "30:75: uniform [0, 3] can fall to 0, below 1: expected a whole number from 1 to 100000 for rounds",
        ],
    ),
    "meeting of one side": (
        [("[USA, RUS]", "[USA, POL]")],
        [
            "30:5: all parties of the meeting 'geneva' are of the side 'nato'",
        ],
    ),
    "meeting of nobody": (
        [("[USA, RUS]", "[]")],
        [
            "30:45: a meeting needs at least one party; leave the key out for all",
        ],
    ),
    "side at a meeting": (
        [("[USA, RUS]", "[nato, RUS]")],
        [
            "30:46: there is no party 'nato'; 'nato' is a side, name its parties (USA, POL)",
        ],
    ),
    "party twice": (
        [("[USA, RUS]", "[USA, RUS, USA]")],
        [
            "30:56: the party 'USA' stands twice in the list",
        ],
    ),
    "agenda unknown": (
        [("rounds: 4", "agenda: [dealy]")],
        [
            "30:66: there is no issue 'dealy'; did you mean 'delay'?",
        ],
    ),
    "agenda without an issue that needs it": (
        [("    status_quo: 0\n", ""), ("{status_quo: 0.05}", "0.5"), ("rounds: 4", "agenda: [membership]")],
        [
            "29:5: the issue 'delay' has no status quo, so it must be on the agenda of every meeting, also of 'geneva'",
        ],
    ),
    "chair of another protocol": (
        [("rounds: 4", "protocol: simultaneous, chair: nash")],
        [
            "30:88: 'chair' belongs to the protocol 'single_text', not to 'simultaneous'",
        ],
    ),
    "ties of another protocol": (
        [("rounds: 4", "ties: nash")],
        [
            "30:63: 'ties' belongs to the protocol 'simultaneous', not to 'alternating'",
        ],
    ),
    "ties unknown": (
        [("rounds: 4", "protocol: simultaneous, ties: coin")],
        [
            "30:87: expected nash, chance, first for ties, found 'coin'",
        ],
    ),
    "criterion unknown": (
        [("rounds: 4", "protocol: single_text, chair: {criterion: egalitarien}")],
        [
            "30:99: expected egalitarian, nash, utilitarian, closest for criterion, found 'egalitarien'; "
            "did you mean 'egalitarian'?",
        ],
    ),
    "chair that is a word too many": (
        [("rounds: 4", "protocol: single_text, chair: fair")],
        [
            "30:87: expected egalitarian, nash, utilitarian, closest or {criterion: ...}, {party: PARTY} for chair, "
            "found 'fair'",
        ],
    ),
    "chair with a criterion and a party": (
        [("rounds: 4", "protocol: single_text, chair: {criterion: nash, party: USA}")],
        [
            "30:87: a chair has a criterion, or is a party with its own preferences; keep one of them",
        ],
    ),
    "chair unknown": (
        [("rounds: 4", "protocol: single_text, chair: {party: FIN}")],
        [
            "30:95: there is no party 'FIN'; known are USA, POL, RUS",
        ],
    ),
    "caucus without drafts": (
        [("decides: consensus", "caucus: {deadline: 3}")],
        [
            "17:31: the key 'drafts' is missing in a caucus",
            "17:32: unknown key 'deadline' in a caucus; known are drafts",
        ],
    ),
    "caucus without time for a draft": (
        [("decides: consensus", "caucus: {drafts: 0}")],
        [
            "17:40: expected a whole number of at least 1 for drafts, found 0",
        ],
    ),
    "caucus off the ladder": (
        [("decides: consensus", "offering: exhaustive, caucus: {drafts: 2}")],
        [
            "17:53: a caucus drafts along the ladder: it needs offering ladder, not exhaustive",
        ],
    ),
    "caucus of one": (
        [("  POL: {side: nato, like: USA, weight: 0.5}\n", ""), ("decides: consensus", "caucus: {drafts: 2}")],
        [
            "17:31: the side 'nato' has one member, so it needs no caucus",
        ],
    ),
    "ratification that asks for nothing": (
        [("    reservation: 0.55", "    reservation: 0.55\n    ratification: {}")],
        [
            "25:19: expected probability, threshold or red_lines for ratification, found an empty mapping",
        ],
    ),
    "ratification more likely than certain": (
        [("    reservation: 0.55", "    reservation: 0.55\n    ratification: {probability: 1.2}")],
        [
            "25:33: expected a number from 0 to 1 for the probability, found 1.2",
        ],
    ),
    "threshold of ratification out of range": (
        [("    reservation: 0.55", "    reservation: 0.55\n    ratification: {threshold: {uniform: [0.5, 2]}}")],
        [
            "25:41: uniform [0.5, 2] can rise to 2, above 1: expected a number from 0 to 1 for "
            "the threshold of ratification",
        ],
    ),
    "red line at home unknown": (
        [("decides: consensus", "ratification: {red_lines: {membership: [close]}}")],
        [
            "17:63: there is no option 'close' of the issue 'membership'; known are barred, moratorium, open_door",
        ],
    ),
    "protocol unknown": (
        [("rounds: 4", "protocol: alternate")],
        [
            "30:67: expected alternating, simultaneous, single_text, plenary for protocol, found 'alternate'; "
            "did you mean 'alternating'?",
        ],
    ),
    "meeting id twice": (
        [("rounds: 4}", "rounds: 4}\n  - {id: geneva}")],
        [
            "31:10: the id 'geneva' of a meeting stands twice",
        ],
    ),
    "meeting id taken by another's place": (
        [("id: geneva", "id: meeting_2"), ("rounds: 4}", "rounds: 4}\n  - {rounds: 3}")],
        [
            "31:5: the id 'meeting_2' of a meeting stands twice",
        ],
    ),
    "follow_up incomplete": (
        [("events:", "follow_up: {rounds: 2}\nevents:")],
        [
            "31:12: the key 'after' is missing in follow_up",
        ],
    ),
    "follow_up on the same day": (
        [("events:", "follow_up: {after: {days: 0}}\nevents:")],
        [
            "31:27: expected a whole number from 1 to 1000000 for after (days), found 0",
        ],
    ),
    "follow_up without days": (
        [("events:", "follow_up: {after: 14, at_most: -1}\nevents:")],
        [
            "31:20: expected a mapping (days) for after, found 14",
            "31:33: expected a whole number from 0 to 1000000 for at_most, found -1",
        ],
    ),
    "effect on nobody": (
        [("RUS.reservation", "RSU.reservation")],
        [
            "32:34: there is no party or side 'RSU' for the effect on 'RSU.reservation'; did you mean 'RUS'?",
        ],
    ),
    "effect on no number": (
        [("RUS.reservation", "RUS")],
        [
            "32:34: expected the path of a number (PARTY.reservation, PARTY.weight, "
            "PARTY.salience.ISSUE, ...), found 'RUS'",
        ],
    ),
    "effect misspelt": (
        [("RUS.reservation", "RUS.reservatio")],
        [
            "32:34: an event cannot change 'RUS.reservatio'; did you mean 'reservation'?",
        ],
    ),
    "effect on a meeting": (
        [("RUS.reservation", "meetings.genevra.rounds")],
        [
            "32:34: there is no meeting 'genevra' for the effect on 'meetings.genevra.rounds'; did you mean 'geneva'?",
        ],
    ),
    "effect on a rule that is not": (
        [("RUS.reservation", "nato.decides.quorum")],
        [
            "32:34: the side 'nato' decides by consensus, so it has no 'decides.quorum' to change",
        ],
    ),
    "effect sets the status quo's out of range": (
        [("0.03", "{set: 1.3}")],
        [
            "32:57: expected a number from 0 to 1 for 'RUS.reservation', found 1.3",
        ],
    ),
    "effect out of range": (
        [("RUS.reservation: 0.03", "USA.reservation: {set: 1.3}")],
        [
            "32:57: expected a number from 0 to 1 for 'USA.reservation', found 1.3",
        ],
    ),
    "effect twice": (
        [("RUS.reservation: 0.03", "RUS.reservation: 0.03, parties.RUS.reservation: 0.02")],
        [
            "32:57: the effects change 'parties.RUS.reservation' twice",
        ],
    ),
    "effect of two kinds": (
        [("0.03", "{set: 0.3, times: 2}")],
        [
            "32:51: expected a number to add, {set: x} or {times: x} for 'RUS.reservation', found a "
            "mapping (set, times)",
        ],
    ),
    "probability above 1": (
        [("date: 2022-01-17", "probability: 2, date: 2022-01-17")],
        [
            "32:19: expected a number from 0 to 1 for the probability, found 2",
        ],
    ),
    "ends a word": (
        [("date: 2022-01-17", "ends: all, date: 2022-01-17")],
        [
            "32:12: expected talks for ends, found 'all'",
        ],
    ),
    "event id of a place": (
        [("{RUS.reservation: 0.03}}", "{RUS.reservation: 0.03}, id: 1}\n  - {date: {days: 2}}")],
        [
            "33:5: the id '1' of an event stands twice",
        ],
    ),
    "at_least above the sides": (
        [("events:", "agreement: {at_least: 3}\nevents:")],
        [
            "31:23: expected a whole number from 1 to 2 for at_least (of the sides), found 3",
        ],
    ),
    "agreement of nothing": (
        [("events:", "agreement: {all: false}\nevents:")],
        [
            "31:18: expected all: true, or at_least: N, for agreement",
        ],
    ),
    "agreement of both": (
        [("events:", "agreement: {all: true, at_least: 1}\nevents:")],
        [
            "31:18: agreement has both all and at_least; keep one of them",
        ],
    ),
    "agreement with a party's veto": (
        [("events:", "agreement: {at_least: 1, veto: [USA]}\nevents:")],
        [
            "31:33: there is no side 'USA'; 'USA' is a party of the side 'nato'",
        ],
    ),
    "clock unknown": (
        [("events:", "clock: hours\nevents:")],
        [
            "31:8: expected rounds, days for clock, found 'hours'",
        ],
    ),
    "worlds not whole": (
        [("events:", "worlds: 0\nevents:")],
        [
            "31:9: expected a whole number of at least 1 for worlds, found 0",
        ],
    ),
    "early harvest": (
        [("    status_quo: 0\n", ""), ("{status_quo: 0.05}", "0.5"), ("events:", "early_harvest: true\nevents:")],
        [
            "30:16: early_harvest needs a status quo on every issue, and 'delay' has none",
        ],
    ),
    "two mistakes": (
        [("rounds: 4", "rounds: 0"), ("like: USA", "like: UAS")],
        [
            "25:27: there is no party 'UAS'; did you mean 'USA'?",
            "30:65: expected a whole number from 1 to 100000 for rounds, found 0",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_told_with_its_place(
    name: str, sample: str, edit: Callable[..., str], complaints: Callable[..., list[str]]
) -> None:
    edits, expected = CASES[name]
    assert complaints(edit(sample, *edits)) == [f"f.yaml:{line}" for line in expected]


def test_the_sample_itself_is_right(sample: str, complaints: Callable[..., list[str]]) -> None:
    assert complaints(sample) == []
