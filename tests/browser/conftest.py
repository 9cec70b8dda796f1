"""A served collection and a browser, for the tests that need them."""

import shutil
import threading
from collections.abc import Iterator

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright

from engine.embedded.engine import EmbeddedEngine
from search_service import create_app
from tests.service.collection import PDF, VOCABULARY, draw, products

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


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a served collection."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "reports").mkdir()
    (folder / "reports" / "compost.pdf").write_bytes(PDF)
    draw(folder)
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
    """Return a browser; what needs one is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
