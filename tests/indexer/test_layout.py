"""Glyphs become words, lines and paragraphs in reading order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extractors.glyphs import Glyph, words
from indexer.extractors.layout import Style, blocks
from indexer.readings import Block

EM = 10.0


def _line(
    text: str, x: float = 0, y: float = 0, size: float = EM, gap: float = 0, *, bold: bool = False
) -> list[Glyph]:
    """Return the glyphs of a line, each half an em wide and `gap` ems apart."""
    step = size * (0.5 + gap)
    return [
        Glyph(letter, x + at * step, x + at * step + size / 2, y, size, bold=bold)
        for at, letter in enumerate(text)
    ]


def _texts(glyphs: list[Glyph]) -> list[str]:
    return [block.text for block in blocks(words(glyphs), Style())]


def test_words_are_parted_by_spaces_and_by_gaps() -> None:
    assert [word.text for word in words(_line("two bins"))] == ["two", "bins"]
    assert [word.text for word in words(_line("two") + _line("bins", x=18))] == ["two", "bins"]
    assert [word.text for word in words(_line("waste", gap=0.1))] == ["waste"]


def test_the_order_of_drawing_makes_no_difference() -> None:
    assert _texts(_line("below", y=-12) + _line("above")) == ["above below"]


def test_a_letter_that_is_drawn_twice_stands_once() -> None:
    assert _texts(_line("waste") + _line("waste", x=0.4)) == ["waste"]


def test_the_number_of_a_footnote_is_a_word_of_its_own() -> None:
    raised = _line("3", x=25, y=4, size=6)

    assert _texts(_line("waste") + raised) == ["waste 3"]


def test_a_lowered_number_belongs_to_its_word() -> None:
    lowered = _line("2", x=10, y=-2, size=6)

    assert _texts(_line("CO") + lowered) == ["CO2"]


def test_lines_of_chinese_are_joined_without_a_space() -> None:
    assert _texts(_line("城市按照") + _line("重量付钱", y=-12)) == ["城市按照重量付钱"]


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joined"),
    [
        ("com-", "post", "", "compost"),
        ("long-", "term", "long-term", "long-term"),
        ("long-", "term", "long a term", "long-term"),
        ("South-", "South", "", "South- South"),
        ("long-", "term", "longterm long a term", "longterm"),
    ],
)
def test_a_divided_word_is_put_together(
    first: str, second: str, elsewhere: str, joined: str
) -> None:
    glyphs = _line(first) + _line(second, y=-12) + _line(elsewhere, y=-300)

    assert _texts(glyphs)[0] == joined


def test_arabic_is_read_from_the_right_and_its_numbers_from_the_left() -> None:
    assert _texts(_line("2030 ماع ةنيدملا")) == ["المدينة عام 2030"]
    assert _texts(_line("(5-4) )أ( 30 20و")) == ["و20 30 (أ) (4-5)"]


def test_two_right_to_left_columns_are_read_from_the_right() -> None:
    left = [glyph for at in range(3) for glyph in _line("ةنيدملا يف بابشلا", y=-12 * at)]
    right = [glyph for at in range(3) for glyph in _line("ةرجش نودعي مهنا", x=150, y=-12 * at)]

    assert _texts(left + right) == [
        " ".join(["انهم يعدون شجرة"] * 3),
        " ".join(["الشباب في المدينة"] * 3),
    ]


PROSE = (
    *("The town pays its carters", "by the weight of what they", "bring to the yard, and so"),
    *("the streets near the market", "were clean after a year of", "work by forty women."),
)


def test_three_columns_of_cells_are_read_by_rows_and_of_prose_one_by_one() -> None:
    names = ("Ama Mensah Avelen", "Kofi Boateng Orsa", "Lina Pohl of Tarn", "Rui Costa of Lume")
    cells = [
        glyph
        for row, name in enumerate(names)
        for column in range(3)
        for glyph in _line(name, x=150 * column, y=-14 * row)
    ]
    prose = [
        glyph
        for row, line in enumerate(PROSE)
        for column in range(3)
        for glyph in _line(line, x=160 * column, y=-14 * row)
    ]

    assert _texts(cells) == [" ".join(" ".join([name] * 3) for name in names)]
    assert _texts(prose) == [" ".join(PROSE)] * 3


def test_an_emphasis_that_runs_over_lines_parts_no_paragraph() -> None:
    plain, strong = _line("The town pays its"), _line("carters", x=90, bold=True)
    rest = _line("2021 by the weight and yet", y=-12, bold=True)
    last = _line("2022 was the better year so", y=-24, bold=True) + _line("it is.", y=-36)

    assert _texts(plain + strong + rest + last) == [
        "The town pays its carters 2021 by the weight and yet 2022 was the better year so it is."
    ]


@pytest.mark.parametrize(
    ("initial", "rest", "read"),
    [("W", "aste is", "Waste is"), ("A", "carter of", "A carter of"), ("L", "a ville", "La ville")],
)
def test_a_large_initial_begins_its_line(initial: str, rest: str, read: str) -> None:
    lines = [_line(rest, x=40), _line("and a market", x=40, y=-12), _line("with a yard", y=-24)]
    glyphs = [glyph for line in lines for glyph in line] + _line(initial, y=-14, size=36)

    assert _texts(glyphs) == [f"{read} and a market with a yard"]


def test_a_line_of_dots_is_no_text() -> None:
    assert _texts(_line("two bins") + _line("_" * 30, y=-40)) == ["two bins"]


def test_a_block_knows_its_size_and_weight() -> None:
    body = [glyph for at in range(4) for glyph in _line("carts come today", y=-30 - 12 * at)]

    assert blocks(words(_line("Carts", size=14, bold=True) + body), Style()) == [
        Block("Carts", 0, 14.0, bold=True),
        Block(" ".join(["carts come today"] * 4), 0, EM),
    ]


glyphs = st.builds(
    Glyph,
    st.text(min_size=0, max_size=2),
    *[st.floats(-1e4, 1e4)] * 3,
    st.floats(0.01, 500),
    st.booleans(),
)


@given(st.lists(glyphs, max_size=60))
def test_any_glyphs_can_be_laid_out(found: list[Glyph]) -> None:
    read = "".join("".join(word.text for word in words(found)).split())

    assert all(letter in "".join(glyph.text for glyph in found) for letter in read)
    assert all(block.text for block in blocks(words(found), Style()))
