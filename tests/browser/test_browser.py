"""The service in a real browser: a visitor searches, filters, opens a page and comes back."""

import shutil
import threading
from collections.abc import Iterator

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from engine.embedded.engine import EmbeddedEngine
from search_service import create_app
from tests.service.collection import PDF, VOCABULARY, products

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a served collection."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "reports").mkdir()
    (folder / "reports" / "compost.pdf").write_bytes(PDF)
    engine = EmbeddedEngine(folder / "index")
    with engine.write(VOCABULARY, fresh=True) as batch:
        for document, passages in products(folder):
            batch.put(document, passages)
    server = waitress.create_server(create_app(engine), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Closed inside the loop's own thread, so that it ends at its next turn.
    server.trigger.pull_trigger(server.close)
    thread.join()
    server.task_dispatcher.shutdown()
    engine.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Return a browser without JavaScript, at the size of a desk."""
    context = browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_a_visitor_finds_a_page_and_comes_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the knowledge products").fill("city market")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 documents for city market")

    page.get_by_role("checkbox", name="Waste").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1 document for city market")
    expect(page.get_by_role("checkbox", name="Waste")).to_be_checked()
    expect(page.get_by_role("link", name="Remove filter Cluster: Waste")).to_be_visible()

    page.get_by_role("link", name="p. 1 · Background").click()
    expect(page).to_have_title("p. 1 – Composting in Kisumu – Cities Search")
    expect(page.locator(".paper mark")).to_have_text(["city", "markets"])
    page.get_by_role("link", name="Next page").first.click()
    expect(page.get_by_text("This page could not be read: no text.")).to_be_visible()

    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Remove filter Cluster: Waste").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 documents for city market")


def test_filters_are_folded_away_on_a_phone_and_stand_open_on_a_desk(page: Page) -> None:
    page.goto("/search")
    expect(page.get_by_role("checkbox", name="Waste")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_role("checkbox", name="Waste")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_role("checkbox", name="Waste")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=city&country=Kenya", "/d/d1", "/d/d1/p/3?q=compost"]
)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    box = page.locator("body").bounding_box()
    assert box is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_loads_only_from_its_own_service_and_nothing_is_refused(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/search?q=city")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(address) for url in asked)
    assert len(asked) <= 6
    assert refused == []
