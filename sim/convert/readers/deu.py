"""DEU: Decision-making in the European Union, one of whose proposals becomes a scenario.

A row is a disputed issue of a proposal, with positions from 0 to 100 of Commission, Parliament and member states and
how salient it is to them, the reference point (what holds without a decision), the procedure (COD: Parliament decides
with the Council; CNS: it is consulted) and how the Council votes (QMV or Unan). Arregui & Perarnau, DEU III,
doi:10.34810/data53.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.convert.cells import Cell, Sheet, read_table
from sim.convert.draft import Draft, refuse
from sim.convert.opened import Opened
from sim.convert.stands import Actor, Scale, Stand, Stands, add_stands, any_deal_is_better
from sim.convert.wishes import Wishes
from sim.scenario.problems import did_you_mean, listing
from sim.scenario.reading import ASSUMED

NAME = "deu"
TITLE = "Decision-making in the European Union (DEU), one proposal of it"

SOURCE = "deu"
COMMISSION, PARLIAMENT, COUNCIL = "commission", "parliament", "council"
QUALIFIED = 0.72
"""About the share of the Council's votes that a qualified majority took: 62 of 87 (1995), 255 of 345 (2007)."""

_NEEDED = ("prnr", "prname", "isnr", "proc", "counvte", "pcom", "pep", "scom", "sep", "rp")
_STATES = {
    "at": "Austria", "be": "Belgium", "bu": "Bulgaria", "cr": "Croatia", "cy": "Cyprus", "cz": "Czechia",
    "dk": "Denmark", "ee": "Estonia", "fi": "Finland", "fr": "France", "de": "Germany", "el": "Greece",
    "hu": "Hungary", "ie": "Ireland", "it": "Italy", "lv": "Latvia", "lt": "Lithuania", "lu": "Luxembourg",
    "mt": "Malta", "nl": "Netherlands", "pl": "Poland", "pt": "Portugal", "ro": "Romania", "si": "Slovenia",
    "sk": "Slovakia", "es": "Spain", "se": "Sweden", "uk": "United Kingdom",
}  # fmt: skip


def knows(file: Opened) -> bool:
    """Whether the first line has DEU's names."""
    if file.zipped:
        return False
    first = file.head.split("\n", 1)[0].replace('"', "")
    return {"prnr", "isnr", "counvte"} <= set(first.replace(";", "\t").replace(",", "\t").split("\t"))


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read the proposal that is wished for, by its number or name.

    Raises
    ------
    ScenarioError
        If none is wished for or there is no such proposal, or a row is wrong.
    """
    if len(files) > 1:
        raise refuse(files[1].place, "one table at a time")
    file = files[0]
    draft = Draft()
    table = read_table(file)
    at = {cell.text: column for column, cell in enumerate(table.rows[0])}
    lacking = [name for name in _NEEDED if name not in at]
    if lacking:
        raise refuse(table.rows[0][0].place, f"the column '{lacking[0]}' is missing")
    rows = [row for row in table.rows[1:] if _text(row, at, "prnr")]
    chosen = _proposal(file, rows, at, wishes)
    data = _stands(table, chosen, at)
    first = chosen[0]
    name, procedure, vote = (_text(first, at, column) for column in ("prname", "proc", "counvte"))
    draft.plain = {
        "format": 1,
        "title": f"Proposal {_text(first, at, 'prnr')} ({name}) in the Council of the European Union",
        "description": f"Procedure {procedure}, vote {vote}; {len(chosen)} disputed issue{'s' * (len(chosen) > 1)}.",
        "sources": {
            SOURCE: "Arregui, J. & Perarnau, C., The Decision-Making in the European Union (DEU) III dataset, "
            f"doi:10.34810/data53, CC BY 4.0; proposal {_text(first, at, 'prnr')} in {file.name}"
        },
    }
    ids = add_stands(draft, data, SOURCE, file.place)
    _institutions(draft, ids, procedure, vote)
    if any(issue.status_quo is None for issue in data.issues):
        any_deal_is_better(draft, "an issue has no reference point")
    else:
        draft.assumed("without a decision the reference points hold: reservation values are their worth")
    draft.plain["meetings"] = [{"id": "council", "title": "Council", "rounds": wishes.rounds, "source": ASSUMED}]
    draft.assumed(f"one meeting of {wishes.rounds} rounds (--rounds), alternating offers, conceding by the default")
    used = {*_NEEDED, "out", "prnrnmc", "isnrnmc", "type", "council"} | {
        f"{kind}{state}" for kind in "ps" for state in _STATES
    }
    unread = [name for name in at if name and name not in used and _text(first, at, name)]
    if unread:
        draft.dropped(f"the columns {listing(unread)}", file.place)
    return draft


def _proposal(file: Opened, rows: list[list[Cell]], at: dict[str, int], wishes: Wishes) -> list[list[Cell]]:
    names = {_text(row, at, "prnr"): _text(row, at, "prname") for row in rows}
    shown = listing([f"{number} {name}" for number, name in names.items()], 10)
    if wishes.proposal is None:
        raise refuse(file.place, f"choose one of the {len(names)} proposals with --proposal (number or name): {shown}")
    keys = [column for column in ("prnr", "prname", "prnrnmc") if column in at]
    chosen = [row for row in rows if wishes.proposal in [_text(row, at, key) for key in keys]]
    numbers = {_text(row, at, "prnr") for row in chosen}
    if not chosen:
        hint = did_you_mean(wishes.proposal, names.values()) or f"; there are {shown}"
        raise refuse(file.place, f"there is no proposal '{wishes.proposal}'{hint}")
    if len(numbers) > 1:
        raise refuse(
            file.place,
            f"several proposals are called '{wishes.proposal}': {listing(sorted(numbers))}; name one by its number",
        )
    return chosen


def _stands(table: Sheet, rows: list[list[Cell]], at: dict[str, int]) -> Stands:
    codes = {"com": COMMISSION, "ep": PARLIAMENT} | {code: code.upper() for code in _STATES}
    titles = {COMMISSION: "European Commission", PARLIAMENT: "European Parliament"}
    titles |= {code.upper(): name for code, name in _STATES.items()}
    data = Stands([Actor(name, titles[name]) for name in codes.values()])
    for row in rows:
        name = _text(row, at, "isnr")
        reference, outcome = _optional(table, row, at, "rp"), _optional(table, row, at, "out") if "out" in at else None
        note = "" if outcome is None else f"What was decided: {outcome:g}."
        data.issues.append(Scale(name, low=0.0, high=100.0, status_quo=reference, note=note))
        for code, actor in codes.items():
            if f"p{code}" not in at:
                continue
            position = _optional(table, row, at, f"p{code}")
            if position is not None:
                salience = _optional(table, row, at, f"s{code}") if f"s{code}" in at else None
                data.stands.append(Stand(actor, name, position, salience, None, row[at[f"p{code}"]].place))
    heard = {stand.actor for stand in data.stands}
    data.actors = [actor for actor in data.actors if actor.name in heard]
    return data


def _institutions(draft: Draft, ids: dict[str, str], procedure: str, vote: str) -> None:
    parties = draft.plain["parties"]
    states = [name for actor, name in ids.items() if actor not in (COMMISSION, PARLIAMENT)]
    for name in states:
        parties[name] = {"side": COUNCIL, **parties[name]}
    if vote.lower().startswith("una"):
        decides: object = "unanimity"
    else:
        decides = {"majority": QUALIFIED}
        draft.assumed(
            f"a qualified majority is {QUALIFIED} of the member states, each with one vote: DEU codes no voting weights"
        )
    draft.plain["sides"] = {COUNCIL: {"title": "Council", "decides": decides, "source": ASSUMED}}
    together = procedure.upper() == "COD" and PARLIAMENT in ids
    needed = [COUNCIL, PARLIAMENT] if together else [COUNCIL]
    draft.plain["agreement"] = {"at_least": len(needed), "veto": needed, "source": ASSUMED}
    draft.assumed(
        f"under the procedure {procedure} agreement takes {' and '.join(needed)}; the Commission is not needed"
    )


def _text(row: list[Cell], at: dict[str, int], column: str) -> str:
    return row[at[column]].text if at[column] < len(row) else ""


def _optional(table: Sheet, row: list[Cell], at: dict[str, int], column: str) -> float | None:
    if not _text(row, at, column):
        return None
    high = 100.0
    return table.number(row[at[column]], column, 0.0, high)
