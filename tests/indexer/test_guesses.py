"""Titles, dates and types are guessed from names and from what files say."""

import pytest

from indexer import guesses
from tests.indexer.corpora import VOCABULARY


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert guesses.title("2021/koidu_waste--report.pdf", "") == "koidu waste report"
    assert guesses.title("koidu.pdf", "Waste in Koidu") == "Waste in Koidu"


@pytest.mark.parametrize(
    ("file", "title", "said", "date"),
    [
        ("koidu.pdf", "Waste", "2021-04-30", "2021-04-30"),
        ("koidu-2021.pdf", "Waste", "2021-04-30", "2021-04-30"),
        ("koidu-2019.pdf", "Waste", "2021-04-30", "2019"),
        ("koidu.pdf", "Highlights 2020", "2021-04-30", "2020"),
        ("koidu.pdf", "From 2015 to 2020", "2021-04-30", "2021-04-30"),
        ("koidu-20190.pdf", "Waste", "", ""),
        ("koidu.pdf", "Waste", "1904-01-01", ""),
        ("koidu.pdf", "Waste", "", ""),
    ],
)
def test_the_year_of_a_name_comes_before_the_date_of_a_file(
    file: str, title: str, said: str, date: str
) -> None:
    assert guesses.date(file, title, said) == date


@pytest.mark.parametrize(
    ("file", "title", "type_"),
    [
        ("a.pdf", "Training Report: Waste", "training-report"),
        ("training-report_waste.pdf", "Waste", "training-report"),
        ("a.pdf", "Newsletter of the training", ""),
        ("a.pdf", "News of the training report", ""),
    ],
)
def test_a_type_is_guessed_when_one_is_named(file: str, title: str, type_: str) -> None:
    assert guesses.type_(file, title, VOCABULARY) == type_
