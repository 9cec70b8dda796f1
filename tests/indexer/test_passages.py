"""Passages stay on one page, under one heading, and lose no word."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engine.documents import Passage
from indexer.passages import MOST, passages
from indexer.readings import Block, Page

SENTENCE = "The city pays the carters by the weight of what they bring. "

letters = st.characters(codec="utf-8", categories=("L", "N", "P"))
words = st.text(letters, min_size=1, max_size=12) | st.sampled_from(
    ["垃圾分类", "end.", "一" * 900]
)
texts = st.lists(words, min_size=1, max_size=400).map(" ".join)
pages_of_blocks = st.lists(
    st.lists(st.builds(Block, texts, st.integers(0, 6)), max_size=6), max_size=6
).map(lambda pages: [Page(at, tuple(blocks)) for at, blocks in enumerate(pages, 1)])


def test_a_passage_knows_its_page_its_heading_and_its_section() -> None:
    pages = (
        Page(1, (Block("Waste in Koidu", level=1), Block("Every street has bins."))),
        Page(2, (Block("Carts come."), Block("Lessons learned", level=1), Block("Ask first."))),
    )

    assert passages(pages) == (
        Passage(1, "Every street has bins.", "Waste in Koidu"),
        Passage(2, "Carts come.", "Waste in Koidu"),
        Passage(2, "Ask first.", "Lessons learned", "lessons"),
    )


def test_a_passage_has_the_path_of_its_headings_and_the_nearest_section_in_it() -> None:
    blocks = (
        Block("Waste", level=1),
        Block("Lessons learned", level=2),
        Block("Trust", level=3),
        Block("Ask first."),
        Block("Challenges", level=3),
        Block("It rains."),
        Block("Water", level=1),
        Block("It is dear."),
    )

    assert passages([Page(1, blocks)]) == (
        Passage(1, "Ask first.", "Waste › Lessons learned › Trust", "lessons"),
        Passage(1, "It rains.", "Waste › Lessons learned › Challenges", "challenges"),
        Passage(1, "It is dear.", "Water"),
    )


def test_the_title_of_a_document_stands_over_no_part_of_it() -> None:
    blocks = (
        Block("Lessons from three cities", level=1),
        Block("Read on."),
        Block("Bins", level=2),
        Block("Every street has two."),
    )

    assert passages([Page(1, blocks)]) == (
        Passage(1, "Read on.", "Lessons from three cities", "lessons"),
        Passage(1, "Every street has two.", "Bins"),
    )


def test_a_table_of_contents_is_of_no_section() -> None:
    entries = [Block(f"{at}. Lessons of year {at} … {at + 2}") for at in range(1, 7)]
    listing = Page(1, (Block("Contents"), *entries))
    page = Page(2, (Block("Lessons of year 1", level=1), Block("Ask first.")))

    found = passages([listing, page])

    assert {(passage.page, passage.section) for passage in found} == {(1, "other"), (2, "lessons")}
    assert found[-1].heading == "Lessons of year 1"


def test_headings_that_follow_each_other_stand_together() -> None:
    blocks = (Block("Koidu", level=1), Block("Results", level=1), Block("Less waste."))

    assert passages([Page(1, blocks)]) == (Passage(1, "Less waste.", "Koidu · Results", "results"),)


def test_a_heading_with_nothing_under_it_is_text_of_its_page() -> None:
    pages = (Page(1, (Block("Annex", level=1),)), Page(2, (Block("A table."),)))

    assert passages(pages) == (Passage(1, "Annex", "Annex"), Passage(2, "A table.", "Annex"))


def test_a_heading_does_not_reach_far_over_pages_without_one() -> None:
    pages = [Page(1, (Block("Annex", level=1), Block("One.")))]
    pages += [Page(number, (Block("More."),)) for number in range(2, 9)]

    assert [passage.heading for passage in passages(pages)] == ["Annex"] * 6 + [""] * 2


def test_long_paragraphs_are_parted_between_sentences() -> None:
    found = passages([Page(1, (Block((SENTENCE * 60).strip()),))])

    assert len(found) > 3
    assert all(passage.text.endswith("bring.") for passage in found)
    assert all(len(passage.text.split()) <= MOST for passage in found)


def test_short_paragraphs_share_a_passage() -> None:
    found = passages([Page(1, (Block("One cart."), Block("Two carts.")))])

    assert found == (Passage(1, "One cart.\nTwo carts."),)


def test_chinese_is_measured_in_characters() -> None:
    found = passages([Page(1, (Block("城市按重量付钱给收集者。" * 80),))])

    assert len(found) > 1
    assert all(len(passage.text) <= 2 * MOST for passage in found)


@given(pages_of_blocks)
def test_no_character_is_lost(pages: list[Page]) -> None:
    found = passages(pages)

    for page in pages:
        there = [passage for passage in found if passage.page == page.number]
        kept = Counter("".join(passage.text + passage.heading for passage in there))
        read = Counter("".join("".join(block.text.split()) for block in page.blocks))
        assert read <= kept


@given(pages_of_blocks)
def test_the_text_that_is_no_heading_keeps_its_order(pages: list[Page]) -> None:
    plain = [Page(page.number, tuple(b for b in page.blocks if not b.level)) for page in pages]

    read = "".join("".join(block.text.split()) for page in plain for block in page.blocks)
    assert "".join("".join(passage.text.split()) for passage in passages(plain)) == read


@given(pages_of_blocks)
def test_no_passage_is_long(pages: list[Page]) -> None:
    assert all(len(passage.text.split()) <= MOST for passage in passages(pages))
