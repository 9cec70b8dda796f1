"""Addresses of pages, and queries with one choice changed."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.queries import Query
from search_service import addresses, choices

QUERY = Query("waste", {"country": ("Kenya", "Nepal"), "year": ("2021",)}, "2020", "2022", page=3)


def test_a_search_keeps_everything_in_its_address() -> None:
    address = "/search?q=waste&year=2021&country=Kenya&country=Nepal&from=2020&to=2022&page=3"
    assert addresses.search(QUERY) == address


def test_permalinks_are_paths_without_parameters() -> None:
    assert addresses.document("d1") == "/d/d1"
    assert addresses.page("d1", 14) == "/d/d1/p/14"
    assert addresses.file("d1", 14) == "/files/d1#page=14"
    assert addresses.absolute("https://example.org", "/d/d1") == "https://example.org/d/d1"
    assert addresses.absolute("", "/d/d1") == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_id_is_one_segment_of_a_path(document_id: str) -> None:
    parts = urlsplit(addresses.document(document_id, "tea & cake"))
    assert (unquote(parts.path), parts.query) == (f"/d/{document_id}", "q=tea+%26+cake")
    assert parts.path.count("/") == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http:", "http://[", ""]
)
def test_only_web_addresses_are_linked_to(url: str) -> None:
    assert addresses.outside(url) == ""
    assert addresses.outside("https://example.org/a?b") == "https://example.org/a?b"


def test_every_choice_goes_back_to_the_first_page() -> None:
    rest = Query("waste", {"country": ("Kenya", "Nepal")}, "2020", "2022")
    assert choices.without(QUERY, "year", "2021") == rest
    assert choices.without(rest, "country", "Nepal") == choices.only(rest, "country", "Kenya")
    assert choices.without_date(rest, "from").since == ""
    assert choices.without_date(rest, "to").until == ""
    assert choices.cleared(QUERY) == Query("waste")
    assert choices.as_usual(choices.matching_any(QUERY)) == choices.on_page(QUERY, 1)
