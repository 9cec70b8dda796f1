"""What is seen from left to right is put in the order in which it is read."""

import pytest

from indexer.extractors.direction import in_reading_order, spelt


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("b a", "b a"),
        ("ب أ", "أ ب"),
        ("UN Habitat أ ب ج", "ج ب أ UN Habitat"),
        ("A/79 2030 أ ب ج", "ج ب أ A/79 2030"),
        ("", ""),
    ],
)
def test_words_of_another_direction_keep_their_order(seen: str, read: str) -> None:
    assert in_reading_order(seen.split()) == read


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("30 20 10 أ ب", "ب أ 10 20 30"),
        ("2030 - 2025 أ ب", "ب أ 2025 - 2030"),
        ("2022 ،2021 ،2020 أ", "أ 2020، 2021، 2022"),
        ("5-4 أ", "أ 4-5"),
        ("12.5 أ", "أ 12.5"),
        ("75/123 أ", "أ 75/123"),
        ("1,250.5 أ", "أ 1,250.5"),
        ("%35 أ", "أ 35%"),
        ("٢٠٣٠ - ٢٠٢٥ أ", "أ ٢٠٢٥ - ٢٠٣٠"),
        ("30 20 ד", "ד 20 30"),
        ("4-5 35% ד", "ד 35% 4-5"),
    ],
)
def test_numbers_follow_each_other_as_the_letters_around_them_do(seen: str, read: str) -> None:
    assert in_reading_order(seen.split()) == read


@pytest.mark.parametrize("seen", ["(2024) أ", ")2024( أ"])
def test_brackets_open_before_a_word_and_close_after_it(seen: str) -> None:
    assert in_reading_order(seen.split()) == "أ (2024)"


@pytest.mark.parametrize(
    ("seen", "read"),
    [("12و", "و12"), ("5-4و", "و4-5"), ("(ب)", "(ب)"), (")ب(", "(ب)"), ("5-4", "5-4")],
)
def test_a_word_is_spelt_from_the_right_and_its_numbers_from_the_left(seen: str, read: str) -> None:
    assert spelt(seen) == read
