"""A served collection, on every engine that there is, and a browser."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright

from engine.opening import open_engine
from search_service import create_app
from tests.opensearch.cluster import ADDRESS
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


ENGINES = {"embedded": "whoosh:{folder}/index"}
if cluster := os.environ.get(ADDRESS):
    ENGINES["opensearch"] = f"opensearch+{cluster}/browser"


@pytest.fixture(scope="module", params=ENGINES)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a served collection."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "reports").mkdir()
    (folder / "reports" / "compost.pdf").write_bytes(PDF)
    draw(folder)
    engine = open_engine(ENGINES[request.param].format(folder=folder))
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
