"""What our reading is measured by."""

import json
import shutil
from pathlib import Path

import pytest

from bench.reading import PeerError, as_json, as_text, measure, shared
from indexer.readings import Block, Page, Reading
from tests.pdfs import lines, pdf

PAGES = ("Koidu sorts waste", "Banjul plants trees", "Dakar mends roads")


def _reading(*pages: tuple[str, ...]) -> Reading:
    return Reading(
        pages=tuple(Page(at, tuple(map(Block, page))) for at, page in enumerate(pages, 1))
    )


def test_words_are_compared_page_by_page() -> None:
    reading = _reading(("Koidu sorts",), ("waste bins",))

    assert shared(reading, ["koidu WASTE", "waste bins bins", ""]) == (3, 4)


def test_what_ours_could_not_read_is_left_out() -> None:
    reading = Reading(pages=(Page(1, (Block("waste"),)), Page(2, reason="empty-text")))

    assert shared(reading, ["waste", "bins"]) == (1, 1)


def test_a_line_that_repeats_on_most_pages_is_left_out_on_both_sides() -> None:
    reading = _reading(*[("Annual report", text) for text in PAGES])

    assert shared(reading, [f"Annual report\n{text}" for text in PAGES]) == (9, 9)
    assert shared(_reading(*[(text,) for text in PAGES]), [f"A line\n{t}" for t in PAGES]) == (9, 9)


def test_letters_of_one_word_are_the_same_letters() -> None:
    assert shared(_reading(("effi\u00adcient",)), ["e\ufb03cient"]) == (1, 1)
    assert shared(_reading(("\u57ce\u5e02",)), ["\u57ce\n\u5e02"]) == (2, 2)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_a_folder_is_read_by_all_three(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*[lines(text) for text in PAGES]))

    found = measure(tmp_path)

    assert (found.files, found.pages, found.pages_read, found.word_recall) == (1, 3, 3, 1.0)
    written = json.loads(as_json(found))
    assert written.keys() == {"files", "pages", "pages_read", "pages_per_second", "word_recall"}
    assert written["pages_per_second"].keys() == {"ours", "pdfminer", "pdftotext"}
    assert "3 of 3 pages" in as_text(found)


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeerError):
        measure(tmp_path)
