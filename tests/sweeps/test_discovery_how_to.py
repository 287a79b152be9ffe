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
        assert re.search(r"^Boxes \(PRIM\) +Coverage +Density +95% interval +Points$", text, re.MULTILINE)
        assert re.search(r"^Leaves of a tree \(CART\) +Coverage", text, re.MULTILINE)
        assert re.search(r"^follow_up\.at_most at least \d\.5$", text, re.MULTILINE)
        assert re.search(r"above 0\.2 at\s+\d+%\s+of\s+the\s+points\s+\(density\)", text)
