"""Tables of positions: DECIDE, KTAB, DEU, and plain ones in every way that spreadsheets write them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from sim.convert.formats import Converted, read_files
from sim.convert.wishes import Wishes
from sim.scenario.problems import ScenarioError

TABLE = """\
Actor,Issue,Position,Salience,Power
North,tariff,70,0.75,0.25
North,quota,20,0.5,0.25
South,tariff,0,1,0.5
South,quota,95,0.25,0.5
"""


def read(path: Path, text: str | bytes, **wishes: object) -> Converted:
    if isinstance(text, str):
        text = text.encode()
    path.write_bytes(text)
    return read_files([path], Wishes(**wishes))  # type: ignore[arg-type]


def complaint(path: Path, text: str | bytes, **wishes: object) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(path, text, **wishes)
    return str(caught.value).removeprefix(str(path))


def is_that_table(converted: Converted) -> None:
    plain = converted.draft.plain
    assert plain["issues"] == {
        "tariff": {"scale": {"from": 0, "to": 100, "step": 10}},
        "quota": {"scale": {"from": 0, "to": 100, "step": 5}},
    }
    north, south = plain["parties"].values()
    assert (north["positions"], north["salience"]) == ({"tariff": 70, "quota": 20}, {"tariff": 0.75, "quota": 0.5})
    assert (north["weight"], south["weight"]) == (0.25, 0.5)
    assert north["reservation"] == 0
    assert north["source"] == ["table", "assumed"]


WRITTEN = {
    "commas": TABLE,
    "semicolons": TABLE.replace(",", ";"),
    "semicolons and decimal commas": TABLE.replace(",", ";").replace(".", ","),
    "tabs": TABLE.replace(",", "\t"),
    "tabs and decimal commas": TABLE.replace(",", "\t").replace(".", ","),
    "a byte order mark": "\ufeff" + TABLE,
    "Windows line ends": TABLE.replace("\n", "\r\n"),
    "quotation marks": TABLE.replace("North", '"North"').replace("0.25", '"0.25"'),
    "decimal commas in quotation marks": TABLE.replace("0.", '"0.')
    .replace("5,", '5",')
    .replace("5\n", '5"\n')
    .replace("0.", "0,")
    .replace('95"', "95"),
    "blanks and empty lines": TABLE.replace(",", " , ").replace("\n", "\n\n"),
    "other names and order": "Power;STAKEHOLDER;Pos;Sal;dimension\n"
    "0.25;North;70;0.75;tariff\n0.25;North;20;0.5;quota\n0.5;South;0;1;tariff\n0.5;South;95;0.25;quota\n",
    "UTF-16": TABLE.encode("utf-16"),
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=list(WRITTEN))
def test_a_table_is_read_however_it_is_written(tmp_path: Path, text: str | bytes) -> None:
    is_that_table(read(tmp_path / "t.csv", text))


def workbook(rows: list[list[object]], more: int = 0) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for number in range(more):
        book.create_sheet(f"more {number}").append(["x"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of_table() -> list[list[object]]:
    lines = [line.split(",") for line in TABLE.splitlines()]
    return [lines[0], *([*line[:2], *map(float, line[2:])] for line in lines[1:])]


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    converted = read(tmp_path / "t.xlsx", workbook(rows_of_table(), more=1))
    is_that_table(converted)
    assert "the other sheets: more 0" in str(converted.draft.remarks)


def test_a_spreadsheet_without_its_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(rows_of_table())
    monkeypatch.setattr("sim.convert.spreadsheet.find_spec", lambda _: None)
    assert "pip install 'detente[xlsx]'" in complaint(tmp_path / "t.xlsx", data)


def test_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    converted = read(tmp_path / "t.csv", TABLE.replace("Power\n", "Power,Remark\n").replace("0.5\n", "0.5,x\n"))
    assert "the column 'Remark'" in str(converted.draft.remarks)


def test_a_table_without_issues_is_about_one(tmp_path: Path) -> None:
    converted = read(tmp_path / "emissions.csv", "Actor,Capability,Position,Salience\nA,0.08,4,0.8\nB,0.16,10,0.6\n")
    assert converted.draft.plain["issues"] == {"emissions": {"scale": {"from": 4, "to": 10, "step": 0.5}}}


def test_the_ends_of_scales_come_from_the_positions(tmp_path: Path) -> None:
    shares = read(tmp_path / "t.csv", "actor,position\nA,0.1\nB,0.85\n")
    assert shares.draft.plain["issues"]["t"]["scale"] == {"from": 0, "to": 1, "step": 0.05}
    own = read(tmp_path / "t.csv", "actor,position\nA,-3\nB,12.37\n")
    assert own.draft.plain["issues"]["t"]["scale"]["from"] == -3
    assert own.draft.plain["issues"]["t"]["scale"]["to"] == 12.37
    one = read(tmp_path / "t.csv", "actor,position\nA,300\nB,300\n")
    assert one.draft.plain["issues"]["t"]["scale"] == {"from": 299, "to": 301, "step": 0.2}


WRONG = {
    "a word": (TABLE.replace("70", "seventy"), ":2:14: expected a number for a position, found 'seventy'"),
    "nothing": (TABLE.replace("70", ""), ":2:1: this row has no position"),
    "marks between thousands": (
        TABLE.replace(",70", ',"7,000.5"'),
        ":2:14: expected a number for a position, found '7,000.5'; write numbers without",
    ),
    "two ways": (TABLE.replace(",70", ',"7,5"'), ":2:14: numbers are written in two ways: 7,5 here and 0.75 in line 2"),
    "a negative salience": (TABLE.replace("0.75", "-0.75"), ":2:17: expected a number of at least 0 for a salience"),
    "twice": (TABLE + "South,quota,5,1,1\n", ":6:1: 'South' stands twice on 'quota'"),
    "one actor": (
        TABLE.replace("South", "North").replace("tariff,0", "t,0").replace("quota,95", "q,95"),
        ": expected the positions of at least two",
    ),
    "no positions": (TABLE.replace("Position", "Place"), ": the format of this file is not known"),
    "two columns of power": (TABLE.replace("Salience", "Capability"), ":1:33: a second column for power"),
    "an open quotation": (TABLE + '"South', ':6:1: a quotation mark " is opened here and never closed'),
    "binary": (b"actor,position\n\x00\x01", ": the format of this file is not known"),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_table_is_told_with_its_place(tmp_path: Path, text: str | bytes, told: str) -> None:
    assert complaint(tmp_path / "t.csv", text).startswith(told)


DECIDE = """\
#O	Climate
#/	collected by hand
'#A'	'EU'	'European Union'	''
'#A'	'US'	'US'	'of America'
#P	treaty	New treaty	Whether there is one
#M	treaty	0	none
#M	treaty	100	one
#P	money	Finance
#D	EU	treaty	100	0.9	0.25
#D	US	treaty	10	0.5	0.4
#D	US	money	35	0.7	0.2
"""


def test_decide(tmp_path: Path) -> None:
    converted = read(tmp_path / "d.csv", DECIDE.replace("'", ""))
    plain = converted.draft.plain
    assert plain["title"] == "Climate"
    assert plain["issues"]["treaty"] == {
        "title": "New treaty",
        "scale": {"from": 0, "to": 100, "step": 10},
        "note": "Whether there is one. 0: none; 100: one",
    }
    assert plain["issues"]["money"]["scale"] == {"from": 0, "to": 100, "step": 5}
    assert plain["parties"]["EU"]["title"] == "European Union"
    assert plain["parties"]["US"]["positions"] == {"treaty": 10, "money": 35}
    assert plain["parties"]["US"]["weight"] == pytest.approx(0.3)
    assert "differs by issue (treaty 0.4, money 0.2)" in str(converted.draft.remarks)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("100	0.9", "150	0.9", ":9:1: the position 150 lies off the scale of 'treaty', from 0 to 100"),
        ("#D	EU", "#D	EUU", ":9:4: there is no actor 'EUU'; did you mean 'EU'?"),
        ("#D	US	money", "#D	US	mony", ":11:7: there is no issue 'mony'; did you mean 'money'?"),
        ("0.7	0.2", "0.7", ":11:1: a power is missing in this line"),
        ("#P	money", "#X	money", ":8:1: expected a line that begins with #A"),
        ("#A	US", "#A	EU", ":4:1: the actor 'EU' stands twice"),
        ("	35	", "	x	", ":11:13: expected a number for a position, found 'x'"),
    ],
)
def test_a_wrong_line_of_decide_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = DECIDE.replace("'", "")
    assert old in text
    assert complaint(tmp_path / "d.csv", text.replace(old, new)).startswith(told)


SMP = """\
Reform ,"Who moves, and how far",2,2,
Actor,Description,Power,Policy Position,Policy Salience,Pace,Sal2,
A1, First of all, 102.543, 75.79, 49.53,  6.37,  5.91,
A2, Second,  53, 82.72, 30.33, 73.50, 21.22
"""

SMP_XML = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<Scenario xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="smpSchema.xsd">
  <name>Reform</name><desc>Who moves, and how far</desc><prngSeed>037</prngSeed>
  <ModelParameters><VotingRule>PropCbc</VotingRule></ModelParameters>
  <Dimensions><dName>Policy</dName><dName>Pace</dName></Dimensions>
  <Actors>
    <Actor><name>A1</name><description>First of all</description><capability>102.543</capability>
      <Position><dCoord>75.79</dCoord><dCoord>6.37</dCoord></Position>
      <Salience><dSal>49.53</dSal><dSal>5.91</dSal></Salience></Actor>
    <Actor><name>A2</name><description>Second</description><capability>53</capability>
      <Position><dCoord>82.72</dCoord><dCoord>73.5</dCoord></Position>
      <Salience><dSal>30.33</dSal><dSal>21.22</dSal></Salience></Actor>
  </Actors>
  <IdealAdjustment><iaPair><adjustingIdeal>A1</adjustingIdeal><referencePos>A2</referencePos><adjust>0.3</adjust></iaPair>
  </IdealAdjustment>
</Scenario>
"""


@pytest.mark.parametrize(("name", "text"), [("s.csv", SMP), ("s.xml", SMP_XML)])
def test_ktab(tmp_path: Path, name: str, text: str) -> None:
    converted = read(tmp_path / name, text)
    plain = converted.draft.plain
    assert (plain["title"], plain["description"]) == ("Reform", "Who moves, and how far")
    assert plain["issues"] == {key: {"scale": {"from": 0, "to": 100, "step": 1}} for key in ("Policy", "Pace")}
    assert plain["parties"]["A1"] == {
        "title": "First of all",
        "source": ["ktab", "assumed"],
        "weight": 102.543,
        "positions": {"Policy": 75.79, "Pace": 6.37},
        "salience": {"Policy": 49.53, "Pace": 5.91},
        "note": "The reservation value is assumed.",
        "reservation": 0,
    }
    if name == "s.xml":
        dropped = str(converted.draft.remarks)
        for left_out in ("prngSeed", "VotingRule PropCbc", "IdealAdjustment"):
            assert left_out in dropped


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("s.csv", SMP.replace(",2,2,", ",3,2,"), ":1:34: 3 actors are announced, found 2"),
        (
            "s.csv",
            SMP.replace("75.79", "175.79"),
            ":3:28: expected a number from 0 to 100 for a position, found 175.79",
        ),
        ("s.csv", SMP.replace(", 73.50, 21.22", ""), ":4:25: this line ends early: expected 7 cells, found 5"),
        ("s.xml", SMP_XML.replace("<dCoord>6.37</dCoord>", ""), ":7:5: expected 2 positions and saliences for 'A1'"),
        ("s.xml", SMP_XML.replace("6.37", "-6.37"), ":8:39: expected a number from 0 to 100 for <dCoord>, found -6.37"),
        ("s.xml", SMP_XML.replace("Actors>", "People>"), ":2:1: expected Dimensions and Actors"),
    ],
)
def test_a_wrong_smp_file_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    assert complaint(tmp_path / name, text).startswith(told)


_DEU_HEAD = "prnrnmc isnrnmc prnr prname isnr type council proc counvte pcom pep pde pfr scom sep sde sfr rp out"
_DEU_ROWS = (
    "1,1,d1,docs,d1i1,Reg,Gen,COD,QMV,100,100,0,40,50,60,70,80,0,50",
    "1,2,d1,docs,d1i2,Reg,Gen,COD,QMV,0,50,,100,20,30,40,50,100,",
    "2,3,d2,milk,d2i1,Dir,Agri,CNS,Unan,0,50,60,100,20,30,40,50,,75",
)
DEU = "\n".join(
    [
        "\t".join(f'"{name}"' for name in _DEU_HEAD.split()),
        "\t" * 18,
        *(row.replace(",", "\t") for row in _DEU_ROWS),
        "",
    ]
)


def test_a_proposal_of_deu(tmp_path: Path) -> None:
    converted = read(tmp_path / "deu.csv", DEU, proposal="docs")
    plain = converted.draft.plain
    assert plain["issues"]["d1i1"]["status_quo"] == 0
    assert plain["issues"]["d1i1"]["note"] == "What was decided: 50."
    assert plain["sides"]["council"]["decides"] == {"majority": 0.72}
    assert plain["agreement"] == {"at_least": 2, "veto": ["council", "parliament"], "source": "assumed"}
    assert plain["parties"]["DE"]["positions"] == {"d1i1": 0}
    assert plain["parties"]["FR"]["side"] == "council"
    assert "reservation" not in plain["parties"]["FR"]
    scenario = converted.scenario
    assert [side.id for side in scenario.sides] == ["commission", "parliament", "council"]
    assert scenario.parties[2].reservation.status_quo


def test_consultation_and_a_missing_reference_point(tmp_path: Path) -> None:
    plain = read(tmp_path / "deu.csv", DEU, proposal="d2").draft.plain
    assert plain["sides"]["council"]["decides"] == "unanimity"
    assert plain["agreement"]["at_least"] == 1
    assert plain["parties"]["FR"]["reservation"] == 0


def test_a_proposal_must_be_chosen(tmp_path: Path) -> None:
    message = complaint(tmp_path / "deu.csv", DEU)
    assert message == ": choose one of the 2 proposals with --proposal (number or name): d1 docs, d2 milk"
    assert complaint(tmp_path / "deu.csv", DEU, proposal="dosc").startswith(
        ": there is no proposal 'dosc'; did you mean 'docs'?"
    )


def test_the_files_of_the_field(shared: Path) -> None:
    cop21 = read_files([shared / "data" / "cop21.csv"]).draft.plain
    assert (len(cop21["issues"]), len(cop21["parties"])) == (13, 15)
    assert cop21["parties"]["African_grp"]["positions"]["differentiation"] == 70
    copenhagen = read_files([shared / "data" / "copenhagen.csv"]).draft.plain
    assert (len(copenhagen["issues"]), len(copenhagen["parties"])) == (7, 11)
    smp = read_files([shared / "data" / "smp_3dim.csv"]).draft.plain
    assert (len(smp["issues"]), len(smp["parties"])) == (3, 7)
    emissions = read_files([shared / "data" / "ec_emissions_1989.csv"]).draft.plain
    assert emissions["parties"]["Denmark"]["weight"] == 0.05


def test_every_proposal_of_deu_makes_a_scenario(shared: Path) -> None:
    lines = (shared / "data" / "deu3.csv").read_text(encoding="utf-8").splitlines()[2:]
    numbers = list(dict.fromkeys(line.split("\t")[2].strip('"') for line in lines))
    assert len(numbers) == 141
    for number in numbers[::20]:
        scenario = read_files([shared / "data" / "deu3.csv"], Wishes(proposal=number)).scenario
        assert len(scenario.issues) == sum(line.split("\t")[2].strip('"') == number for line in lines)


def test_an_archive_that_is_no_spreadsheet_is_told(tmp_path: Path) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert complaint(tmp_path / "t.xlsx", file.getvalue()) == ": this is an archive, but no spreadsheet (.xlsx)"
    assert (
        complaint(tmp_path / "t.xlsx", b"PK\x03\x04 damaged")
        == ": this is a damaged archive, expected a spreadsheet (.xlsx)"
    )
