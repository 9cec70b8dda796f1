"""What is read of real reports, news pages and hostile files agrees with what is known of them."""

import csv
import json
import lzma
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extractors import read
from indexer.readers import read_all
from indexer.reading import Reader
from indexer.readings import REASONS, Page, Reading

REPORTS = (
    "unga79_ad_fr.pdf",
    "unga79_az_en.pdf",
    "unga79_br_pt.pdf",
    "unga79_by_ru.pdf",
    "unga79_cn_en.pdf",
    "unga79_it_it.pdf",
    "unga79_ly_ar.pdf",
    "unga79_ps_ar.pdf",
    "unga79_ye_ar.pdf",
    "ifrs_IFRSS1_2023_B.pdf",
    "un_A_45_696_Add.1.en.pdf",
    "un_E_CN.6_2025_5.en.pdf",
    "ethos_codigo-de-etica-2018.docx-1.pdf",
    "wb_KBLI-1997.pdf",
)
PATIENCE = 30.0
"""Seconds that no hostile file may take."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def _text(reading: Reading) -> str:
    return " ".join(block.text for page in reading.pages for block in page.blocks)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_as_far_as_its_text_goes(reader: Reader, shared: Path, name: str) -> None:
    with (shared / "reports" / "manifest.tsv").open(encoding="utf-8") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    known = rows[name]

    found = reader.read(shared / "reports" / name)

    unread = Counter(page.reason for page in found.pages if page.reason)
    assert found.about.pages == int(known["pages"])
    if known["text_layer"] == "ok":
        assert (found.about.language, unread) == (known["language"], Counter())
    elif known["text_layer"] == "none":
        assert found.reason == "empty-text"
    else:
        assert unread["garbled"] > len(found.pages) / 2


def test_every_page_of_the_reports_is_accounted_for(shared: Path) -> None:
    with (shared / "reports" / "manifest.tsv").open(encoding="utf-8") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    counts = {layer: Counter[str]() for layer in ("ok", "none", "garbled")}

    files = [shared / "reports" / name for name in rows]
    for path, found in read_all(files, lambda _: None, lambda *_: None):
        known = rows[path.name]
        assert len(found.pages) == int(known["pages"]), path.name
        counts[known["text_layer"]].update(page.reason for page in found.pages)

    assert counts["none"].keys() == {"empty-text"}
    assert counts["garbled"].keys() == {"garbled"}
    assert counts["ok"].keys() == {"", "empty-text"}
    assert counts["ok"][""] > 0.99 * counts["ok"].total()


def test_arabic_is_in_the_order_of_reading(reader: Reader, shared: Path) -> None:
    text = _text(reader.read(shared / "reports" / "unga79_ly_ar.pdf"))

    assert "السيدات والسادة" in text
    assert "الأمم المتحدة" in text


def test_every_hostile_file_ends_with_pages_or_a_reason(
    reader: Reader, shared: Path, tmp_path: Path
) -> None:
    with tarfile.open(shared / "hostile" / "pdfs.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    with (shared / "hostile" / "manifest.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    # pdftotext ends each page with a form feed, which it counts.
    pdftotext = [int(row["pdftotext_chars"] or 0) > int(row["pages_pdfinfo"] or 1) for row in rows]
    pdfium = [re.match("ok [0-9]+ [1-9]", row["pdfium"]) is not None for row in rows]
    with_text = 0

    for file in files:
        began = time.monotonic()
        found = reader.read(file)
        assert time.monotonic() - began < PATIENCE, file.name
        assert found.reason in REASONS or (not found.reason and _text(found)), file.name
        with_text += bool(_text(found))

    assert len(files) == len(rows)
    assert with_text >= max(sum(pdftotext), sum(pdfium))


def test_the_articles_of_news_pages_are_found(shared: Path, tmp_path: Path) -> None:
    with (
        lzma.open(shared / "news" / "articles.tar.xz") as packed,
        tarfile.open(fileobj=packed) as archive,
    ):
        archive.extractall(tmp_path, filter="data")
    (truth,) = tmp_path.rglob("ground-truth.json")
    known = json.loads(truth.read_text("utf-8"))

    scores = [
        _likeness(_article(next(tmp_path.rglob(f"{key}.html"))), entry["articleBody"])
        for key, entry in known.items()
    ]

    assert sum(scores) / len(scores) > 0.88


def _article(path: Path) -> str:
    with path.open("rb") as stream:
        pages = [message for message in read(stream, ".html") if isinstance(message, Page)]
    return " ".join(block.text for page in pages for block in page.blocks)


def _likeness(found: str, known: str) -> float:
    """Return the harmonic mean of precision and recall of words."""
    ours, theirs = (Counter(re.findall(r"\w+", text.lower())) for text in (found, known))
    both = (ours & theirs).total()
    return 2 * both / max(1, ours.total() + theirs.total())
