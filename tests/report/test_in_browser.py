"""Pages in headless Chromium: nothing sticks out at any width or in print, a keyboard is enough, axe finds nothing."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from report.browser import Browser, installed
from report.pages import KINDS, RUNS, written

Pages = Callable[[str], Path]

WIDTHS = (390, 1280, 2560)
A4 = 680
"""Pixels between the margins of a sheet of A4."""

_OPEN = "for (const one of document.querySelectorAll('details')) { one.removeAttribute('name'); one.open = true; }"

_STICKING_OUT = """
(() => {
  const found = [], wide = document.documentElement.clientWidth;
  const all = document.documentElement.scrollWidth;
  if (all > wide) found.push(`the page is ${all} wide`);
  const scrolls = (one) => one.closest(".picture, .table, pre, .skip, .sort");
  for (const one of document.body.querySelectorAll("*")) {
    const box = one.getBoundingClientRect();
    if (!box.width || scrolls(one)) continue;
    if (box.right > wide + 1 || box.left < -1) found.push(`${one.tagName}: ${one.textContent.trim().slice(0, 60)}`);
    if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
      found.push(`${one.tagName} is wider inside: ${one.textContent.trim().slice(0, 60)}`);
  }
  for (const svg of document.querySelectorAll("svg")) {
    const whole = svg.getBoundingClientRect();
    for (const one of svg.querySelectorAll("text")) {
      const box = one.getBoundingClientRect(), slack = 3 + 0.01 * whole.width;
      if (box.right > whole.right + slack || box.left < whole.left - slack
          || box.top < whole.top - slack || box.bottom > whole.bottom + slack)
        found.push(`outside of its figure: ${one.textContent}`);
    }
  }
  for (const one of document.querySelectorAll(".table")) {
    const box = one.getBoundingClientRect();
    const scrolls = one.scrollWidth > one.clientWidth + 1;
    if (box.width && scrolls && wide > 1000) found.push(`a table scrolls: ${one.ariaLabel}`);
  }
  return found;
})()
"""

_AXE = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => [one.id, one.nodes[0].html.slice(0, 200)]))
"""

_TABLES = """
[...document.querySelectorAll("table")].map((one) => [
  one.caption?.innerText,
  one.tHead.rows[0].cells.length,
  one.querySelectorAll("thead button.sort").length,
  one.parentElement.nextElementSibling.querySelectorAll(".copy").length,
])
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = installed()
    if program is None:
        pytest.skip("there is no Chromium here")
    with Browser(program, tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(scope="module")
def pages(
    browser: Browser,  # noqa: ARG001
    published: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Path]:
    """A page of a kind, written when it is first asked for."""

    def page(kind: str) -> Path:
        if kind in RUNS:
            return published(RUNS[kind]) / "report.html"
        return written(kind, tmp_path_factory.mktemp(kind))

    return cache(page)


@pytest.fixture(scope="module")
def axe() -> str:
    spec = find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def show(browser: Browser, page: Path, everything: bool = True, **how: Any) -> None:
    browser.asked.clear()
    browser.faults.clear()
    browser.open(page.as_uri(), **how)
    if everything:
        browser.run(_OPEN)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_any_width_or_in_print(browser: Browser, pages: Pages, kind: str) -> None:
    for width in WIDTHS:
        show(browser, pages(kind), width=width)
        assert (width, browser.run(_STICKING_OUT)) == (width, [])
        assert browser.faults == []
        assert [one for one in browser.asked if not one.startswith("data:")] == [pages(kind).as_uri()]
    show(browser, pages(kind), everything=False, width=A4, medium="print", dark=True)
    assert browser.run(_STICKING_OUT) == []
    shown = "[...document.querySelectorAll('nav, .tools, .skip')].filter((one) => one.getClientRects().length).length"
    assert browser.run(shown) == 0
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert base64.b64decode(browser.printed()).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "run"])
def test_axe_finds_nothing_serious(browser: Browser, axe: str, pages: Pages, kind: str) -> None:
    for dark in (False, True):
        show(browser, pages(kind), dark=dark)
        browser.run(f"{axe};0")
        assert (dark, browser.run(_AXE)) == (dark, [])


@pytest.mark.slow
def test_axe_finds_nothing_serious_in_a_page_of_thirty_one_parties(browser: Browser, axe: str, pages: Pages) -> None:
    show(browser, pages("run"))
    browser.run(f"{axe};0")
    assert browser.run(_AXE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_can_be_sorted_and_copied(browser: Browser, pages: Pages, kind: str) -> None:
    show(browser, pages(kind))
    told = browser.run(_TABLES)
    assert all(heads == buttons and copies == 1 for _, heads, buttons, copies in told), told


def test_a_table_is_sorted_and_copied_by_the_keyboard_alone(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False)
    table = "document.querySelectorAll('table')[0]"
    column = f"[...{table}.tBodies[0].rows].map((row) => row.cells[1].innerText)"
    before = browser.run(column)
    browser.run(f"{table}.tHead.rows[0].cells[1].querySelector('button').focus()")
    browser.press("Enter", 13)
    rising = browser.run(column)
    assert rising == sorted(before, key=lambda text: int(text.replace(",", "")))
    assert browser.run(f"{table}.tHead.rows[0].cells[1].ariaSort") == "ascending"
    browser.press("Enter", 13)
    assert [int(text) for text in browser.run(column)] == sorted((int(text) for text in rising), reverse=True)
    browser.run(
        "window.copied = ''; document.addEventListener('copy', () => {"
        " window.copied = document.activeElement.value ?? String(getSelection()); })"
    )
    browser.run("delete Object.getPrototypeOf(navigator).clipboard; document.querySelector('.copy').focus()")
    browser.press("Enter", 13)
    lines = str(browser.run("window.copied")).splitlines()
    assert lines[0].split("\t") == ["Outcome", "Worlds", "Share", "95% interval"]
    assert len(lines) == len(before) + 1


def test_the_first_stop_of_the_keyboard_leads_past_the_contents(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False)
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter", 13)
    assert browser.run("location.hash") == "#main"


def test_a_world_is_chosen_and_its_minutes_opened_by_the_keyboard(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False)
    worlds = "[...document.querySelectorAll('details[name=world]')]"
    assert browser.run(f"{worlds}.map((one) => one.open)")[:2] == [True, False]
    browser.run(f"{worlds}[1].querySelector('summary').focus()")
    browser.press("Enter", 13)
    assert browser.run(f"{worlds}.map((one) => one.open)")[:2] == [False, True]
    browser.run(f"{worlds}[1].querySelector('.minutes > summary').focus()")
    browser.press("Enter", 13)
    told = str(browser.run(f"{worlds}[1].querySelector('.minutes').innerText"))
    assert "Round 1" in told
    assert "The end: " in told
