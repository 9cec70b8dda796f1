"""Prints the sources of this corpus to its PDF files: `python corpus/make_pdfs.py`.

Each page in `sources/FOLDER/` becomes `FOLDER/NAME.pdf`. Nothing else in the corpus is written,
and no text is made here: what a document says stands in its source.
"""

import base64
import shutil
import sys
from io import BytesIO
from pathlib import Path

from pdfminer.high_level import extract_text
from playwright.sync_api import Browser, Page, sync_playwright

CORPUS = Path(__file__).parent
SCAN_QUALITY = 45
"""Of 100 for JPEG: the picture of a page stays small, and its letters stay readable."""

_LIST_CONTENTS = """pages => {
    const contents = document.querySelector("nav.contents");
    contents.querySelectorAll("p").forEach(line => line.remove());
    document.querySelectorAll("h2[id]").forEach((heading, i) => {
        const line = contents.appendChild(document.createElement("p"));
        const link = line.appendChild(document.createElement("a"));
        link.href = "#" + heading.id;
        link.textContent = heading.textContent;
        line.appendChild(document.createElement("span")).textContent = pages[i] ?? "00";
    });
}"""
_SHOW_AS_PICTURE = """(section, address) => {
    const picture = document.createElement("img");
    picture.className = "scanned";
    picture.src = address;
    section.replaceWith(picture);
    return picture.decode();
}"""


def main() -> int:
    """Print every source, or those named on the command line; return the exit status."""
    wanted = set(sys.argv[1:])
    sources = sorted(CORPUS.glob("sources/*/*.html"))
    unknown = wanted - {source.stem for source in sources}
    if unknown:
        print(f"There is no source named {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for source in sources:
            if not wanted or source.stem in wanted:
                target = CORPUS / source.parent.name / f"{source.stem}.pdf"
                target.write_bytes(printed(browser, source))
                print(target.relative_to(CORPUS))
        browser.close()
    return 0


def printed(browser: Browser, source: Path) -> bytes:
    """Return a source as a PDF: scanned sections as pictures, the contents with page numbers."""
    page = browser.new_page()
    page.goto(source.resolve().as_uri())
    _scan(page)
    if page.locator("nav.contents").count():
        headings = page.locator("h2[id]").all_text_contents()
        page.evaluate(_LIST_CONTENTS, [])
        page.evaluate(_LIST_CONTENTS, heading_pages(_print(page), headings))
    pdf = _print(page)
    page.close()
    return pdf


def heading_pages(pdf: bytes, headings: list[str]) -> list[int]:
    """Return the page, from 1, of each heading: the last one that has it as a line of its own."""
    pages = [
        {line.strip() for line in text.splitlines()}
        for text in extract_text(BytesIO(pdf)).split("\f")
    ]
    return [max(n for n, lines in enumerate(pages, 1) if heading in lines) for heading in headings]


def _scan(page: Page) -> None:
    """Put a photograph of each scanned section in its place, so that it has no text."""
    for section in page.locator("section.scanned").all():
        picture = section.screenshot(type="jpeg", quality=SCAN_QUALITY)
        address = f"data:image/jpeg;base64,{base64.b64encode(picture).decode('ascii')}"
        section.evaluate(_SHOW_AS_PICTURE, address)


def _print(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


if __name__ == "__main__":
    sys.exit(main())
