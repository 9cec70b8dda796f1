"""Text whose letters are the numbers of glyphs is read where it then reads as words, else not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extractors.drawn import Drawn
from indexer.extractors.glyphs import Word
from indexer.extractors.shifted import unshifted


def _drawn(*texts: str) -> Drawn:
    words = [Word(text, 0.0, 9.0, 9.0, 9.0, bold=False, row=0) for text in texts]
    return Drawn({0: words}, shows=True, has_fonts=True)


def _shifted(text: str) -> str:
    return "".join(chr(ord(letter) - 29) for letter in text)


@given(st.lists(st.from_regex("[A-Z]?[a-z]{1,9}", fullmatch=True), min_size=2, max_size=40))
def test_words_come_back(words: list[str]) -> None:
    text = " ".join(["the", *words] if len(words) < 10 else [f"{word} of" for word in words])

    found = unshifted(_drawn(_shifted(text)))

    assert found
    assert found.text == text


def test_accents_and_quotes_follow_another_order() -> None:
    found = unshifted(_drawn("\xb3OD\x03UpSXEOLTXH\xb4"))

    assert found
    assert found.text == "“la république”"


def test_a_cipher_in_which_the_glyph_is_no_space_stays_garbled() -> None:
    assert unshifted(_drawn("()*+,)\x03./()", "01234567", "89:;<=>?")) is None


def test_many_words_none_of_which_is_common_stay_garbled() -> None:
    text = " ".join(["EFGHI", "MNOPJP", "TEF", "OVJKL"] * 5)

    assert unshifted(_drawn(_shifted(text))) is None


@pytest.mark.parametrize("text", ["D6 EFGHI", "aBcD efGh"])
def test_few_words_of_odd_shape_stay_garbled(text: str) -> None:
    assert unshifted(_drawn(_shifted(text))) is None


@pytest.mark.parametrize(
    "text",
    [
        "8QWHUHVW",  # no space stands between its words
        "ΰ\x03ϸЇ\x03UpSXEOLTXH",  # no glyph has this number
        "P@8I:QIDJ;6\x03AR<ISFF>KKL?NFT@A8A",  # another cipher
        "\x03\x04\x05\x06 ;:9\x03",  # signs
    ],
)
def test_what_does_not_read_as_words_stays_garbled(text: str) -> None:
    assert unshifted(_drawn(text)) is None
