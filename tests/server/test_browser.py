"""The pages in a real browser: Debian's Chromium, where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.snapshots import cross_product

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)")


@dataclass
class Watched:
    """A page and what it did that it should not: words on the console, requests to others."""

    page: playwright.Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def watch(context: playwright.BrowserContext, address: str) -> Watched:
    watched = Watched(context.new_page())
    page = watched.page
    page.on("console", lambda message: watched.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else watched.complaints.append(request.url))
    page.goto(address)
    return watched


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def watched(browser: playwright.Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    context = browser.new_context(java_script_enabled=request.param)
    watched = watch(context, address)
    yield watched
    context.close()
    assert watched.complaints == []


def test_a_click_on_a_question_shows_its_answer(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("link", name="Which groups are components of the PMF?").click()
    playwright.expect(page.get_by_role("table")).to_be_visible()
    assert page.locator("tbody tr").count() == 2
    assert "componentOf" in page.get_by_label("Ask in SPARQL").input_value()
    page.get_by_role("link", name="actor:kataib").click()
    playwright.expect(page.get_by_text("2 triples")).to_be_visible()


def test_a_query_typed_is_answered(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Ask in SPARQL").fill("SELECT ?label {\n  actor:badr rdfs:label ?label\n}")
    page.get_by_role("button", name="Run the query").click()
    playwright.expect(page.get_by_role("cell", name="Badr Organization")).to_be_visible()
    assert page.get_by_label("Ask in SPARQL").input_value().count("\n") == 2


def test_downloads_come_as_files(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("link", name="Which groups are components of the PMF?").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "answer.csv"
    assert download.value.path().read_text(encoding="utf-8").startswith("group\n")


def test_control_enter_runs_and_a_mistake_is_marked_in_the_box(browser: playwright.Browser, address: str) -> None:
    context = browser.new_context()
    watched = watch(context, address)
    box = watched.page.get_by_label("Ask in SPARQL")
    box.fill("SELECT * {\n  ?s ?p 1 ?o\n}")
    box.press("Control+Enter")
    playwright.expect(watched.page.get_by_role("alert")).to_contain_text("Line 2, column 11")
    assert box.evaluate("box => [box.selectionStart, box === document.activeElement]") == [21, True]
    assert all("400" in complaint for complaint in watched.complaints)
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_their_window_in_both_colours(browser: playwright.Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    wide = f"/sparql?query=SELECT * {{ {cross_product(3)} {' '.join(f'BIND({n} AS ?column{n})' for n in range(30))} }}"
    for path in ("/", "/?question=labels", wide, "/questions", "/none"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, background[4:-1].split(","))) < 200) is (scheme == "dark")
    context.close()
