"""What is read of real reports and hostile files agrees with what is known of them."""

import csv
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from indexer.reading import Reader
from indexer.readings import REASONS, Reading

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
def test_a_report_is_read_as_far_as_its_text_goes(
    reports: Mapping[str, Reading], shared: Path, name: str
) -> None:
    with (shared / "reports" / "manifest.tsv").open(encoding="utf-8") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    known, found = rows[name], reports[name]

    unread = Counter(page.reason for page in found.pages if page.reason)
    assert found.about.pages == int(known["pages"])
    if known["text_layer"] == "ok":
        assert (found.about.language, unread) == (known["language"], Counter())
    elif known["text_layer"] == "none":
        assert found.reason == "empty-text"
    else:
        assert unread["garbled"] > len(found.pages) / 2


def test_every_page_of_the_reports_is_accounted_for(
    reports: Mapping[str, Reading], shared: Path
) -> None:
    with (shared / "reports" / "manifest.tsv").open(encoding="utf-8") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    counts = {layer: Counter[str]() for layer in ("ok", "none", "garbled")}

    assert reports.keys() == rows.keys()
    for name, found in reports.items():
        known = rows[name]
        assert len(found.pages) == int(known["pages"]), name
        counts[known["text_layer"]].update(page.reason for page in found.pages)

    assert counts["none"].keys() == {"empty-text"}
    assert counts["garbled"].keys() == {"garbled"}
    assert counts["ok"].keys() == {"", "empty-text"}
    assert counts["ok"][""] > 0.99 * counts["ok"].total()


def test_arabic_is_in_the_order_of_reading(reports: Mapping[str, Reading]) -> None:
    text = _text(reports["unga79_ly_ar.pdf"])

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
