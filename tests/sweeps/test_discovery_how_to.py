"""What the how-to shows of conditions is what the command prints; it needs the extra `discovery`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import ROOT, Example, console_blocks, prepare

HOW_TO = ROOT / "docs" / "how-to" / "sweep.md"


def test_the_command_prints_the_tables_that_are_shown(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("ema_workbench")
    (block,) = re.findall(r"```shell-session\n\$ (.*?)\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    command, shown = block
    sweep = next(one for each in console_blocks(HOW_TO) for one in each if one.command.endswith("results/lhs"))
    prepare(tmp_path)
    sweep.run(tmp_path)
    printed = Example(command, shown).run(tmp_path)
    for text in (printed, shown):
        assert re.search(r"^Boxes \(PRIM\) +Coverage +Density +interval +Points$", text, re.MULTILINE)
        assert re.search(r"^Leaves of a tree \(CART\) +Coverage", text, re.MULTILINE)
        assert re.search(r"^and the largest number of further\nmeetings is at least \d$", text, re.MULTILINE)
        assert re.search(r"above 20% at \d+ of \d+\s+points\s+\(density \d+%", text)
