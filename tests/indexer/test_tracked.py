"""Words that are set wide are joined, letters that stand for themselves are not."""

import time

import pytest

from indexer.extractors.glyphs import Word
from indexer.extractors.tracked import joined

EM = 10.0


def _row(text: str, gaps: dict[str, float], row: int = 0) -> list[Word]:
    """Return the words of a row, parted by signs that stand for gaps in ems."""
    words, x, word = [], 0.0, ""
    for sign in (*text, "|"):
        if sign not in gaps and sign != "|":
            word += sign
            continue
        end = x + len(word) * EM / 2
        words.append(Word(word, x, end, 0, EM, bold=False, row=row))
        x, word = end + gaps.get(sign, 0) * EM, ""
    return words


def _texts(text: str, **gaps: float) -> list[str]:
    signs = {"narrow": "-", "wide": "_", "column": "="}
    given = {signs[name]: gap for name, gap in gaps.items()}
    return [word.text for word in joined(_row(text, given))]


@pytest.mark.parametrize(
    ("text", "narrow", "wide", "read"),
    [
        ("L-E-S-S-O-N-S_I-N_G-A-Z-A", 0.4, 1.15, ["LESSONS", "IN", "GAZA"]),
        ("L-E-S-S-O-N-S_I-N_G-A-Z-A", 0.12, 0.6, ["LESSONS", "IN", "GAZA"]),
        ("w-a-s-t-e_2-0-3-0_a-n-d", 0.3, 0.95, ["waste", "2030", "and"]),
        ("L-e-ss-o-n-s_a_t-own", 0.15, 0.65, ["Lessons", "a", "town"]),
        ("т-е-л-о_и_д-у-х", 0.3, 0.9, ["тело", "и", "дух"]),
        ("“-W-a-s-t-e-,_e-t-c-.”", 0.3, 0.9, ["“Waste,", "etc.”"]),
        ("the_r-e-s-u-l-t-s_of_it", 0.2, 0.5, ["the", "results", "of", "it"]),
    ],
)
def test_even_gaps_that_are_smaller_than_those_between_words_are_inside_words(
    text: str, narrow: float, wide: float, read: list[str]
) -> None:
    assert _texts(text, narrow=narrow, wide=wide) == read


def test_a_word_alone_is_joined_when_it_is_long() -> None:
    assert _texts("R-E-S-U-L-T-S", narrow=0.4) == ["RESULTS"]
    assert _texts("R-E-S-U-L-T-S", narrow=1.2) == list("RESULTS")
    assert _texts("R-E-S", narrow=0.4) == list("RES")


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("grade-A-B-C-and-D", 0.28, 1),
        ("A-B-C-D-E-F", 0.4, 1),
        ("X-X-X-X-X-X", 0.4, 1),
        ("M-T-W-T-F-S-S", 0.5, 1),
        ("grades_A-B-C_12", 0.28, 3),
        ("A-B-C_D-E-F", 1.2, 3),
        ("4-8-1-5_1-6-2", 0.28, 0.8),
        ("J.-R.-R._Avel", 0.28, 0.6),
        ("yes-or-no_a-b-or-c", 0.28, 0.6),
    ],
)
def test_letters_and_numbers_that_stand_for_themselves_stay_apart(
    text: str, narrow: float, wide: float
) -> None:
    assert _texts(text, narrow=narrow, wide=wide) == text.replace("-", "_").split("_")


def test_a_long_row_takes_no_longer_than_its_length_allows() -> None:
    row = _row("a-b-d_" * 20_000 + "a", {"-": 0.3, "_": 0.9})
    began = time.process_time()

    assert len(joined(row)) == 20_001
    assert len(joined(_row("a-b-d-" * 20_000, {"-": 0.3}))) <= 60_001
    assert time.process_time() - began < 10
