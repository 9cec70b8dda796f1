"""Pages under axe-core and Lighthouse, for `make test-page`, which installs both.

They take minutes and packages of Node: no part of `make test`, hence no test in the file's name.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any, Literal
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
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
"""What axe looks for; of rules that are kept it lists one place each."""
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (360, "light"),
    (360, "dark"),
)
"""Widths of the screen, and schemes of colours."""
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
ATTEMPTS = 3
FULL = {"accessibility": 1, "best-practices": 1, "seo": 1}
SHIFT = 0.01
"""Of the layout; Lighthouse counts off from 0.1."""


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, name: str, lang: str) -> None:
    path = PAGES[name]
    # The policy of the service keeps axe out too.
    context = browser.new_context(base_url=address, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.add_script_tag(path=AXE)
    violations = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("options => axe.run(document, options)", OPTIONS)
        assert len(found["passes"]) > 10
        violations += [
            (width, scheme, rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]
        ]
    context.close()
    assert violations == []


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
        scores.append(marks.pop("performance") or 0)
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


@pytest.mark.parametrize("lost", [1, ATTEMPTS - 1, ATTEMPTS])
def test_a_run_that_lighthouse_lost_is_made_again(
    lost: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in Lighthouse's place loses its first runs and counts all of them."""
    program = tmp_path / "lighthouse"
    program.write_text(
        f"""#!{sys.executable}
import pathlib, sys
runs = pathlib.Path({str(tmp_path / "runs")!r})
runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
lost = len(runs.read_text()) <= {lost}
report = next(word for word in sys.argv if word.startswith("--output-path=")).split("=", 1)[1]
pathlib.Path(report).write_text('{{"runtimeError": {{"code": "NO_NAVSTART"}}}}' if lost else "{{}}")
sys.exit(lost)
"""
    )
    program.chmod(0o755)
    monkeypatch.setattr("tests.page.checks.LIGHTHOUSE", program)
    report = tmp_path / "report.json"
    if lost < ATTEMPTS:
        assert _told("http://localhost", "mobile", report) == {}
    else:
        with pytest.raises(AssertionError, match="NO_NAVSTART"):
            _told("http://localhost", "mobile", report)
    assert len((tmp_path / "runs").read_text()) == min(lost + 1, ATTEMPTS)


def _told(url: str, form: str, to: Path) -> dict[str, Any]:
    """Return what Lighthouse says of a page.

    Where it says that its run failed (`runtimeError`: it lost its trace of the browser, say)
    nothing was measured, so it runs again, ATTEMPTS times in all. A page that is to blame fails
    every one of them; a mark is never asked for twice.
    """
    for _ in range(ATTEMPTS):
        to.unlink(missing_ok=True)
        found = _run(url, form, to)
        if "runtimeError" not in found:
            return found
    raise AssertionError(f"Lighthouse failed {ATTEMPTS} times: {found['runtimeError']}")


def _run(url: str, form: str, to: Path) -> dict[str, Any]:
    ended = subprocess.run(
        [
            str(LIGHTHOUSE),
            url,
            "--quiet",
            "--output=json",
            f"--output-path={to}",
            f"--chrome-flags={' '.join(FLAGS)}",
            *(["--preset=desktop"] if form == "desktop" else []),
            # Nobody looks at the picture of each run.
            "--disable-full-page-screenshot",
            # A filtered page asks not to be listed.
            "--skip-audits=is-crawlable",
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "CHROME_PATH": CHROMIUM or ""},
    )
    # A run that failed ends with 1 too, but leaves its report.
    assert to.exists(), ended.stderr
    found: dict[str, Any] = json.loads(to.read_text("utf-8"))
    assert ended.returncode == 0 or "runtimeError" in found, ended.stderr
    return found
