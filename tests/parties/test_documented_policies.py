"""docs/policies.md names every policy of the format with every setting, and each comes with its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.scenario.policies import ACCEPTANCES, CONCESSIONS, LEARNING, OFFERINGS, OPPONENTS, PolicyForm

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+).*?\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
FORMS = [
    *(("Concession", name, form) for name, form in CONCESSIONS.items()),
    *(("Acceptance", name, form) for name, form in ACCEPTANCES.items()),
    *(("Offers", name, form) for name, form in OFFERINGS.items()),
    *(("Beliefs", name, PolicyForm(name)) for name in (*OPPONENTS, *LEARNING)),
]


@pytest.mark.parametrize(("section", "name", "form"), FORMS, ids=[f"{s}: {n}" for s, n, _ in FORMS])
def test_a_policy_stands_in_its_section_with_its_settings(section: str, name: str, form: PolicyForm) -> None:
    text = SECTIONS[section]
    assert re.search(rf"`(\{{learned: )?{name}\}}?`", text)
    for setting, values in form.words.items():
        assert f"`{setting}`" in text
        assert all(f"`{value}`" in text for value in values)
    assert all(f"`{setting}`" in text for setting in form.numbers)


def test_every_source_that_is_cited_is_listed_and_every_one_listed_is_cited() -> None:
    listed = re.findall(r"^- \[(\w+)\]", SECTIONS["Sources"], re.MULTILINE)
    before = PAGE[: PAGE.index("## Sources")]
    assert set(re.findall(r"\[([A-Z][A-Za-z]{0,2})(?: \d\.\d)?\]", before)) == set(listed)
