"""Pages under axe-core and Lighthouse, for `make test-page`, which installs both.

They take minutes and packages of Node: no part of `make test`, hence no test in the file's name.
"""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.service.collection import IMAGE
from tests.service.test_weight import COLD, REQUESTS

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
LIGHTHOUSE = HERE / "node_modules" / ".bin" / "lighthouse"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "first": "/",
    "results": "/search?q=city&country=Kenya",
    "zero results": "/search?q=nowhere&country=Kenya&year=2021",
    "wrong date": "/search?from=lately",
    "show all": "/facet/country?q=city",
    "document": "/d/d1?q=compost",
    "page": "/d/d1/p/3?q=compost",
    "unread page": "/d/d1/p/2",
    "error": "/none",
    "coverage": "/coverage",
    "lessons": "/lessons",
}
MEASURED = {"first": 0, "results": 0, "document": 0, "page": len(IMAGE)}
"""Pages that Lighthouse looks at, and the bytes of their pictures beside the budget."""
RUNS = int(os.environ.get("LIGHTHOUSE_RUNS", "1"))
FULL = {"accessibility": 1, "best-practices": 1, "seo": 1}
SHIFT = 0.01
"""Of the layout; Lighthouse counts off from 0.1."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    browser: Browser, address: str, name: str, lang: str, width: int, scheme: str
) -> None:
    path = PAGES[name]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        # The policy of the service keeps axe out too.
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.add_script_tag(path=AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    context.close()
    assert len(found["passes"]) > 10
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


@pytest.mark.parametrize("form", ["mobile", "desktop"])
@pytest.mark.parametrize("name", MEASURED)
def test_lighthouse_gives_full_marks(
    address: str, name: str, form: str, tmp_path: Path, speed: dict[str, float]
) -> None:
    """Speed on a shared machine decides nothing: it is told in the end, and what makes a page
    quick is asserted instead."""
    scores = []
    for run in range(RUNS):
        told = _told(f"{address}{PAGES[name]}", form, tmp_path / f"{run}.json")
        marks = {key: category["score"] for key, category in told["categories"].items()}
        scores.append(marks.pop("performance"))
        assert marks == FULL
        audits = told["audits"]
        loaded = audits["network-requests"]["details"]["items"]
        blocking = audits["render-blocking-insight"]["details"]["items"]
        assert [urlsplit(item["url"]).path for item in blocking] == ["/static/pages.css"]
        assert audits["cumulative-layout-shift"]["numericValue"] < SHIFT
        assert audits["total-byte-weight"]["numericValue"] < COLD + MEASURED[name]
        assert 1 < len(loaded) <= REQUESTS
        assert all(item["url"].startswith(address) for item in loaded)
    speed[f"{name} ({form})"] = median(scores)


def _told(url: str, form: str, to: Path) -> dict[str, Any]:
    """Return what Lighthouse says of a page."""
    subprocess.run(
        [
            str(LIGHTHOUSE),
            url,
            "--quiet",
            "--output=json",
            f"--output-path={to}",
            f"--chrome-flags={' '.join(FLAGS)}",
            *(["--preset=desktop"] if form == "desktop" else []),
            # A filtered page asks not to be listed.
            "--skip-audits=is-crawlable",
        ],
        check=True,
        timeout=300,
        env={**os.environ, "CHROME_PATH": CHROMIUM or ""},
    )
    found: dict[str, Any] = json.loads(to.read_text("utf-8"))
    return found
