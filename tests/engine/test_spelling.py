"""Misspelt words are told from the words of an index, and corrected by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import fold
from engine.spelling import Spelling, corrections

WORDS = {
    "waste": 900,
    "paste": 4,
    "west": 300,
    "was": 9000,
    "management": 700,
    "managements": 2,
    "composting": 80,
    "gestión": 60,
    "gestion": 3,
    "управление": 12,
    "النفايات": 30,
    "resilience": 40,
    "resiliencia": 35,
    "goverment": 1,
    "government": 800,
}
SPELLING = Spelling(WORDS)
LETTERS = st.sampled_from("abcdeё城ñع")


def first(text: str) -> str | None:
    """Return the likeliest correction."""
    return next((found.text for found in corrections(text, SPELLING)), None)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("mangement", "management"),
        ("mnaagement", "management"),
        ("managemment", "management"),
        ("wsate", "waste"),
        ("compsoitng", "composting"),
        ("gestoin", "gestión"),
        ("управлние", "управление"),
        ("النفيات", "النفايات"),
    ],
)
def test_an_edit_or_two_are_taken_back_in_any_script(wrong: str, right: str) -> None:
    assert first(wrong) == right


def test_a_known_word_is_left_alone_however_it_is_accented() -> None:
    assert corrections("waste gestion GESTIÓN West", SPELLING) == []


def test_a_word_that_is_known_from_elsewhere_is_left_alone() -> None:
    assert corrections("paster", SPELLING, known={"paster"}) == []
    assert corrections("paster", SPELLING) != []


def test_a_plural_that_the_index_does_not_have_is_left_alone() -> None:
    assert corrections("governments wastes", SPELLING) == []


def test_a_misspelling_that_was_printed_once_is_corrected_where_the_right_word_is_common() -> None:
    assert first("goverment") == "government"


def test_only_the_misspelt_word_of_a_query_changes_and_its_case_stays() -> None:
    assert first('"Wsate mangement" -paste OR WSATE') == '"Waste management" -paste OR WASTE'


@pytest.mark.parametrize("text", ["", "***", "xq", "zzzzzzzz", "mangem*", "2021", "城市", "\ud800"])
def test_nothing_is_made_of_what_is_near_to_no_word(text: str) -> None:
    assert corrections(text, SPELLING) == []


def test_a_text_of_noise_is_left_alone() -> None:
    assert corrections("wsate mangement compsting resilence", SPELLING) == []


def test_an_empty_index_corrects_nothing() -> None:
    assert corrections("wsate", Spelling({})) == []


@given(words=st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=1), word=st.text(LETTERS))
def test_the_edits_are_those_of_the_definition(words: list[str], word: str) -> None:
    spelling = Spelling(dict.fromkeys(words, 1))
    for found in spelling.near(word):
        assert found.edits == distance(fold(word), fold(found.word))
    near = {found.word for found in spelling.near(word)}
    most = 2 if len(fold(word)) >= 6 else 1
    if len(fold(word)) >= 4:
        forms = {fold(each) for each in near}
        missing = {fold(each) for each in words} - forms
        assert all(distance(fold(word), other) not in range(1, most + 1) for other in missing)


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance, by its recursive definition."""
    rows = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
