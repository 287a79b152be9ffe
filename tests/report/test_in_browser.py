"""Pages in headless Chromium: nothing sticks out at any width or in print, a keyboard is enough, axe finds nothing."""

from __future__ import annotations

import base64
import csv
import io
import time
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
    unprinted = "[...document.querySelectorAll('.tools, .skip, .browse, .behind, .tip')]"
    assert browser.run(f"{unprinted}.filter((one) => one.getClientRects().length).length") == 0
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


_FILES = """
(async () => {
  const found = {};
  const link = HTMLAnchorElement.prototype.click;
  const saved = [];
  URL.createObjectURL = (blob) => { saved.push(blob); return "data:,"; };
  HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
  for (const figure of document.querySelectorAll("figure")) {
    for (const button of figure.querySelectorAll(".tools button")) {
      if (button.textContent === "PDF") continue;
      const before = saved.length;
      button.click();
      for (let k = 0; k < 200 && saved.length < before + 2; k++) await new Promise((done) => setTimeout(done, 20));
      const [blob, name] = saved.slice(before);
      const start = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
      found[name] = button.textContent === "PNG" ? [...start].join(" ") : await blob.text();
    }
  }
  HTMLAnchorElement.prototype.click = link;
  return found;
})()
"""


@pytest.mark.parametrize("kind", ["titles", "analysis", "sweep", "compare"])
def test_every_figure_can_be_saved_as_svg_png_and_csv(browser: Browser, pages: Pages, kind: str) -> None:
    show(browser, pages(kind))
    figures = browser.run("[...document.querySelectorAll('figure')].map((one) => one.id.replace('figure-', ''))")
    files = browser.run(_FILES)
    for name in figures:
        assert files[f"{name}.svg"].startswith("<svg"), name
        assert "var(--" not in files[f"{name}.svg"]
        assert files[f"{name}.png"] == "137 80 78 71 13 10 26 10", name
        rows = list(csv.reader(io.StringIO(files[f"{name}.csv"].lstrip("\ufeff"))))
        assert len(rows) > 1, name
        assert {len(row) for row in rows} == {len(rows[0])}, name


def test_values_of_a_figure_are_read_by_the_arrow_keys_and_under_the_pointer(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False)
    figure = "document.querySelector('#figure-outcomes')"
    browser.run(f"{figure}.querySelector('.picture').focus()")
    browser.press("ArrowRight", 39)
    first = browser.run(f"{figure}.querySelector('.aloud').textContent")
    assert first.startswith("Outcome Agreement, Worlds ")
    browser.press("ArrowRight", 39)
    assert browser.run(f"{figure}.querySelector('.aloud').textContent") != first
    browser.press("Escape", 27)
    assert browser.run(f"{figure}.querySelector('.tip').hidden")
    browser.run(
        f"(() => {{ const svg = {figure}.querySelector('svg'), box = svg.getBoundingClientRect();"
        f" const row = JSON.parse({figure}.querySelector('.values').textContent).rows[0];"
        " svg.dispatchEvent(new PointerEvent('pointermove', {bubbles: true,"
        " clientX: box.left + row[0] / 1e4 * box.width, clientY: box.top + row[1] / 1e4 * box.height})); })()"
    )
    assert browser.run(f"{figure}.querySelector('.tip').innerText").startswith("Outcome Agreement")


def test_worlds_are_found_by_their_end_and_from_the_cell_that_counts_them(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False)
    told = "document.querySelector('#browse-count').textContent"
    every = browser.run(told)
    row = "document.querySelector('tr[data-outcome]')"
    worlds = browser.run(f"{row}.cells[1].innerText")
    browser.run(f"{row}.querySelector('.behind').focus()")
    browser.press("Enter", 13)
    assert browser.run(told).split()[0] == worlds
    assert browser.run("document.activeElement.id") == "browse-outcome"
    browser.run("document.querySelector('.found summary').focus()")
    browser.press("Enter", 13)
    told_below = "document.querySelector('.found .about')?.innerText ?? ''"
    for _ in range(100):  # what opens is filled a moment later
        if browser.run(told_below):
            break
        time.sleep(0.05)
    assert "detente trace" in browser.run(told_below)
    browser.run(
        "document.querySelector('#browse-outcome').value = '';"
        "document.querySelector('#browse-outcome').dispatchEvent(new Event('change'))"
    )
    assert browser.run(told) == every


def test_a_figure_is_printed_alone(browser: Browser, pages: Pages) -> None:
    show(browser, pages("titles"), everything=False, width=A4, medium="print")
    browser.run("window.print = () => {}; document.querySelectorAll('figure .file')[2].click()")
    shown = "[...document.querySelectorAll('%s')].filter((one) => one.getClientRects().length).length"
    assert browser.run(shown % "svg") == 1
    assert browser.run(shown % "table, h1, h2, nav") == 0
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run(shown % "svg") > 1
