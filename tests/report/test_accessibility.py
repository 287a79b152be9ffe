"""axe-core (Deque) in headless Chromium finds nothing serious in a page; where both are at hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest
from report import cases

from sim.report.run_page import publish

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ASK = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => {
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify(found.violations.map((one) => [one.id, one.impact, one.nodes[0].html]));
  document.body.append(told);
});
"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for path in map(shutil.which, _BROWSERS) if path), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    return found


@pytest.fixture(scope="module")
def axe() -> str:
    spec = find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with everything in it opened."""
    folder = tmp_path_factory.mktemp("page")
    publish(folder, cases.results("four_issue_trade"))
    text = (folder / "report.html").read_text(encoding="utf-8").replace(' name="world"', "")
    return re.sub(r"<details(?![^>]* open)", "<details open", text)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(browser: str, axe: str, page: str, dark: bool, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(page.replace("</body>", f"<script>{axe}</script><script>{_ASK}</script></body>"), encoding="utf-8")
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000"]
    asked = subprocess.run(
        [browser, *flags, *(["--force-dark-mode"] if dark else []), "--dump-dom", path.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    told = re.search(r'<pre id="told">(.*?)</pre>', asked, re.DOTALL)
    assert told is not None
    assert [one for one in json.loads(unescape(told.group(1))) if one[1] in ("serious", "critical")] == []
