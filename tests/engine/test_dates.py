"""Dates as precise as they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dates import first_day, last_day, normal


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021", "2021"),
        (" 2021 ", "2021"),
        ("2021-4", "2021-04"),
        ("2021-04", "2021-04"),
        ("2021-4-3", "2021-04-03"),
        ("2020-02-29", "2020-02-29"),
        ("0001", "0001"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_has_one_form(written: str, date: str) -> None:
    assert normal(written) == date


@pytest.mark.parametrize(
    "written",
    ["", "21", "20210430", "2021/04", "04-2021", "2021-", "2021-04-30T00:00", "٢٠٢١", "May 2021"],
)
def test_what_is_no_date_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date: write 2021, 2021-04 or 2021-04-30$"):
        normal(written)


@pytest.mark.parametrize("written", ["0000", "2021-13", "2021-00", "2021-02-29", "2021-04-31"])
def test_a_day_that_never_was_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day of the calendar$"):
        normal(written)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-04", date(2021, 4, 1), date(2021, 4, 30)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2021-04-30", date(2021, 4, 30), date(2021, 4, 30)),
    ],
)
def test_a_date_means_every_day_that_it_can(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


@given(st.dates(), st.sampled_from((4, 7, 10)))
def test_a_day_lies_within_every_way_to_write_it(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert normal(text) == text
    assert first_day(text) <= day <= last_day(text)
