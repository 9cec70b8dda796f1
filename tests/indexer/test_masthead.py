"""United Nations documents are called by their title and symbol, not by their masthead."""

from pathlib import Path

import pytest

from indexer.extractors import masthead
from indexer.reading import Reader
from indexer.readings import Block
from tests.pdfs import lines, pdf

ORGAN = Block("Council of Towns Distr.: General", 0, 20.0, bold=True)
MASTHEAD = (
    Block("United Nations E/CT.2/2031/7", 0, 14.0),
    ORGAN,
    Block("3 May 2031 Original: English", 0, 10.0),
    Block("Forum of Towns", 0, 12.0, bold=True),
    Block("Item 4 of the provisional agenda*", 0, 10.0),
    Block("Matters of waste, and of what goes with them in all the towns", 0, 10.0, bold=True),
)
SUMMARY = Block("The present report says how towns sort.", 0, 10.0)


def title(text: str, size: float = 14.0) -> Block:
    """Return a bold line of a first page."""
    return Block(text, 0, size, bold=True)


@pytest.mark.parametrize(
    ("under", "said"),
    [
        ([title("How nine towns of the coast began to sort what their people throw away")], ""),
        ([title("Sorting in nine towns*"), title("Report of the Forum**", 12.0)], "Forum"),
        ([title("Sorting in nine towns"), title("Introduction", 10.0)], "towns"),
    ],
)
def test_the_title_stands_under_the_masthead(under: list[Block], said: str) -> None:
    found = masthead.title((*MASTHEAD, *under, SUMMARY))
    assert found.startswith(under[0].text.rstrip("*"))
    assert found.endswith(f"{said} (E/CT.2/2031/7)" if said else " (E/CT.2/2031/7)")


def test_without_a_large_title_the_longest_bold_line_is_one() -> None:
    found = masthead.title((*MASTHEAD, title("I. How it began in nine towns"), SUMMARY))
    assert found == f"{MASTHEAD[-1].text} (E/CT.2/2031/7)"


def test_a_page_without_the_masthead_says_nothing() -> None:
    assert masthead.title((title("Sorting in nine towns"), SUMMARY)) == ""
    assert masthead.title((Block("Distr.: General"), SUMMARY)) == ""


def test_a_long_title_keeps_the_symbol() -> None:
    found = masthead.title((*MASTHEAD, title("sorting " * 80), SUMMARY))
    assert len(found) < masthead.LONG + 20
    assert found.endswith("(E/CT.2/2031/7)")


def test_a_garbled_text_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(lines("The towns of the coast sort waste."), title="!+$/ %&010% (!!3 4+! #$) 5#6")
    )
    reader = Reader()
    try:
        assert reader.read(path).about.title == ""
    finally:
        reader.close()
