"""Parameters read into a query, and written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import dates
from engine.documents import SECTIONS
from engine.facets import FACET_NAMES
from engine.queries import MATCHES, SORTS, Query
from search_service.interface import LANGS
from search_service.parameters import (
    LONGEST_TEXT,
    MOST_VALUES,
    Asked,
    beyond_window,
    pairs,
    read,
)

words = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip)
values = {name: words.filter(bool) for name in FACET_NAMES} | {
    "year": st.from_regex("[0-9]{4}", fullmatch=True),
    "section": st.sampled_from(SECTIONS),
}
days = st.dates().map(lambda day: day.isoformat())
known_dates = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    filters = {
        name: tuple(sorted(draw(st.sets(values[name], min_size=1, max_size=3))))
        for name in draw(st.sets(st.sampled_from(FACET_NAMES)))
    }
    since, until = draw(st.one_of(st.just(""), known_dates)), draw(known_dates)
    if since and dates.first_day(since) > dates.last_day(until):
        until = ""
    return Query(
        text=draw(words),
        filters=filters,
        since=since,
        until=until,
        sort=draw(st.sampled_from(("", *SORTS))),
        match=draw(st.sampled_from(MATCHES)),
        glossary=draw(st.booleans()),
        page=draw(st.integers(1, 2_000)),
        per_page=draw(st.integers(1, 100)),
    )


@given(queries(), st.sampled_from(("", *LANGS)))
def test_reading_is_the_inverse_of_writing(query: Query, lang: str) -> None:
    assert read(pairs(query, lang)) == Asked(query, lang)


@given(st.lists(st.tuples(st.sampled_from(("q", "from", *FACET_NAMES, "page")), st.text())))
def test_whatever_stands_in_an_address_is_read(given_pairs: list[tuple[str, str]]) -> None:
    once = read(given_pairs)
    assert read(pairs(once.query, once.lang)) == Asked(once.query, once.lang)


def told(asked: Asked) -> list[tuple[str, str, str]]:
    return [(problem.name, problem.value, problem.reason) for problem in asked.problems]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("from", "lately", "“lately” is not a date: write 2021, 2021-04 or 2021-04-30."),
        ("to", "2021-02-30", "“2021-02-30” is not a day of the calendar."),
        ("year", "21", "“21” is not a year: write four digits, like 2021."),
        ("page", "0", "“0” is not a page number: write 1 or more."),
        ("page", "²", "“²” is not a page number: write 1 or more."),
        ("per_page", "101", "“101” is not a number of results: write 1 to 100."),
        (
            "sort",
            "best",
            "“best” is not an order: choose one of relevance, newest, oldest, title.",
        ),
        ("glossary", "no", "“no” is not a switch: choose one of on, off."),
        ("match", "some", "“some” is not a way to match: choose one of auto, all, any."),
        ("lang", "xx", "“xx” is not a language shown here: choose one of en, fr, es, ar, zh, ru."),
    ],
)
def test_a_bad_value_is_left_out_and_reported(name: str, value: str, reason: str) -> None:
    asked = read([(name, value)])
    assert asked.query == Query()
    assert told(asked) == [(name, value, reason)]


def test_a_period_that_ends_before_it_begins_is_left_out() -> None:
    reason = "The period ends in 2019, before it begins in 2021-04; it was left out."
    asked = read([("from", "2021-4"), ("to", "2019")])
    assert asked.query == Query()
    assert told(asked) == [("to", "2019", reason)]


def test_the_first_of_repeated_single_parameters_counts() -> None:
    assert read([("q", ""), ("q", "one"), ("q", "two")]) == Asked(Query(text="one"))


def test_facets_take_several_values_each_once() -> None:
    asked = read([("cluster", "waste"), ("cluster", "drr"), ("cluster", "waste"), ("city", "")])
    assert asked == Asked(Query(filters={"cluster": ("drr", "waste")}))


def test_unknown_parameters_are_ignored() -> None:
    assert read([("colour", "red"), ("q", "tea")]) == Asked(Query(text="tea"))


def test_only_so_many_filters_are_used() -> None:
    asked = read([("city", f"c{number:03}") for number in range(MOST_VALUES + 10)])
    assert len(asked.query.filters["city"]) == MOST_VALUES
    assert [problem.name for problem in asked.problems] == ["city"]


def test_a_long_text_is_kept_to_its_beginning() -> None:
    assert len(read([("q", "a" * 9_999)]).query.text) == LONGEST_TEXT


def test_the_window_ends_at_a_thousand_documents() -> None:
    assert not beyond_window(Query(page=100))
    assert beyond_window(Query(page=101))
