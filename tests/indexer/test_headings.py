"""Headings are found by what marks them; measured on pages labelled by hand.

`headings.csv` has the headings of 90 pages of the shared reports, read off the rendered pages:
file, page, the first letters of the SHA-256 of the heading's key (`numbering.key`), its level, and
the section that it names. A level of 0 marks what may count as a heading or not: the title on a
cover, a label in a picture. A row without a key is a page without headings.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import Section
from indexer.headings import Headed, headed
from indexer.numbering import key
from indexer.readings import Block, Outline, Page, Reading
from indexer.running import without_running
from indexer.sections import section_of

LABELS = Path(__file__).parent / "headings.csv"
LINES = 4
"""Blocks that a heading may be divided into."""

PROSE = "The city pays the carters by the weight of what they bring to the yard, and so on. " * 3
TEXT = Block(PROSE, 0, 10.0)


def _marks(*blocks: Block, outline: Sequence[Outline] = ()) -> list[int]:
    return list(headed([Page(1, blocks)], outline)[0].levels)


@pytest.mark.parametrize(
    "heading",
    [
        Block("Waste in the town", 0, 14.0),
        Block("Waste in the town", 0, 10.0, bold=True),
        Block("(d) Waste in the town", 0, 10.0),
        Block("WASTE IN THE TOWN", 0, 10.0),
        Block("Waste in the town", 0, 10.0),
        Block("Lessons learned", 0, 10.0),
        Block("经验教训", 0, 10.0),
        Block("الدروس المستفادة", 0, 10.0),
        Block("3. Waste in the town.", 0, 10.0),
    ],
)
def test_a_short_line_that_stands_out_is_a_heading(heading: Block) -> None:
    assert _marks(TEXT, heading, TEXT) == [0, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        Block("Table 3. Waste in the town", 0, 10.0, bold=True),
        Block("Figure 2: Waste in the town", 0, 14.0),
        Block("Source: city council", 0, 14.0),
        Block("图 3 城市垃圾", 0, 14.0),
        Block("waste in the town that", 0, 12.0),
        Block("They pay. And they ask.", 0, 14.0),
        Block("2019 2020 2021 tonnes", 0, 14.0, bold=True),
        Block("24 September 2024", 0, 10.0, bold=True),
        Block("“We pay for every tonne”", 0, 14.0),
        Block("Excellencies, ladies and gentlemen,", 0, 10.0),
        Block("• Bins for every street", 0, 10.0),
        Block(PROSE, 0, 14.0),
        Block("12", 0, 30.0, bold=True),
    ],
)
def test_captions_figures_and_sentences_are_text(text: Block) -> None:
    assert _marks(TEXT, text, TEXT) == [0, 0, 0]


def test_names_in_bold_are_no_headings() -> None:
    names = [Block(name, 0, 10.0, bold=bold) for name in "ABCDEFGH" for bold in (True, False)]
    people = [Block(f"{block.text} Avelen", 0, 10.0, bold=block.bold) for block in names]

    assert _marks(TEXT, *people, TEXT) == [0] * 18


def test_markup_and_outline_are_believed() -> None:
    bins = Block("all about bins", 0, 10.0)

    assert _marks(Block("Waste", 2), Block("Two bins.")) == [2, 0]
    assert _marks(TEXT, bins, TEXT, outline=[Outline("All about bins", 3, 1)]) == [0, 3, 0]


def test_larger_headings_stand_above_smaller_and_chapters_above_parts() -> None:
    chapter, part = Block("IV. Waste", 0, 12.0, bold=True), Block("A. Bins", 0, 12.0, bold=True)
    title, note = Block("The town", 0, 20.0), Block("(a) Lids", 0, 10.0)

    assert _marks(title, chapter, part, TEXT, note, TEXT) == [1, 2, 3, 0, 4, 0]


def test_entries_of_contents_are_headings_only_where_they_recur() -> None:
    entries = [Block(f"{at}. Part {name} … {at + 2}") for at, name in enumerate("ABCDE", 1)]
    listing = Page(1, (Block("Contents", 0, 10.0), *entries))
    page = Page(2, (TEXT, Block("1. Part A", 0, 10.0), TEXT))

    found = headed([listing, page])

    assert [page.is_contents for page in found] == [True, False]
    assert [list(page.levels) for page in found] == [[2, 0, 0, 0, 0, 0], [0, 1, 0]]


@given(
    st.lists(
        st.builds(
            Block,
            st.text(min_size=1),
            st.integers(0, 6),
            st.floats(0, 100),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_every_block_has_a_level(blocks: list[Block]) -> None:
    [found] = headed([Page(1, tuple(blocks))])

    assert len(found.levels) == len(blocks)
    assert all(level >= 0 for level in found.levels)


class _Label(NamedTuple):
    level: int
    section: Section


class _Count(NamedTuple):
    found: int
    wrong: int
    missed: int
    sections: int

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.wrong + self.missed)


def _labels() -> dict[str, dict[int, dict[str, _Label]]]:
    files: dict[str, dict[int, dict[str, _Label]]] = {}
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            page = files.setdefault(row["file"], {}).setdefault(int(row["page"]), {})
            if row["key"]:
                page[row["key"]] = _Label(int(row["level"]), row["section"])  # type: ignore[arg-type]
    return files


def _count(report: Reading, labelled: dict[int, dict[str, _Label]]) -> _Count:
    pages = [page for page in report.pages if page.blocks]
    counts = [
        _count_page(found, labelled[found.page.number])
        for found in headed(without_running(pages), report.about.outline)
        if found.page.number in labelled
    ]
    return _Count(*map(sum, zip(*counts, strict=True)))


def _count_page(found: Headed, labels: dict[str, _Label]) -> _Count:
    """Compare the headings of a page with its labels; one that is divided counts as one."""
    left = dict(labels)
    right = wrong = sections = 0
    at = 0
    while at < len(found.levels):
        for hashed, text, blocks in _readings(found, at):
            if hashed in left:
                label = left.pop(hashed)
                right += label.level > 0
                sections += label.level > 0 and section_of(text) == label.section
                at += blocks
                break
        else:
            wrong += found.levels[at] > 0
            at += 1
    missed = sum(label.level > 0 for label in left.values())
    return _Count(right, wrong, missed, sections)


def _readings(found: Headed, at: int) -> Iterator[tuple[str, str, int]]:
    """Yield the heading at a place, with as many that follow it as can be one with it."""
    for blocks in range(LINES, 0, -1):
        run = found.levels[at : at + blocks]
        if len(run) == blocks and all(run):
            text = " ".join(block.text for block in found.page.blocks[at : at + blocks])
            yield hashlib.sha256(key(text).encode()).hexdigest()[:12], text, blocks


def test_headings_of_real_reports_are_found(reports: Mapping[str, Reading]) -> None:
    labels = _labels()
    counts = [_count(reports[name], pages) for name, pages in labels.items()]
    total = _Count(*map(sum, zip(*counts, strict=True)))

    assert total.found + total.missed >= 150
    assert total.f1 >= 0.9, total
    assert total.sections >= 0.95 * total.found, total
