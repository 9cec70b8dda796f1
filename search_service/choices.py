"""A query with one choice more, less or other. Every change goes back to the first page."""

from dataclasses import replace
from typing import Literal

from engine.queries import Query

Dates = Literal["from", "to"]


def only(query: Query, facet: str, value: str) -> Query:
    """Return the query with one value as the only filter of its facet."""
    return replace(query, filters={**query.filters, facet: (value,)}, page=1)


def without(query: Query, facet: str, value: str) -> Query:
    """Return the query without one chosen value."""
    left = tuple(chosen for chosen in query.filters.get(facet, ()) if chosen != value)
    rest = {name: values for name, values in query.filters.items() if name != facet}
    return replace(query, filters=rest | ({facet: left} if left else {}), page=1)


def without_date(query: Query, end: Dates) -> Query:
    """Return the query without the beginning or the end of its period."""
    return replace(query, since="", page=1) if end == "from" else replace(query, until="", page=1)


def cleared(query: Query) -> Query:
    """Return the query without filters, dates and ways to match; text and sort stay."""
    return replace(query, filters={}, since="", until="", match="auto", page=1)


def matching_any(query: Query) -> Query:
    """Return the query asking for any of its words."""
    return replace(query, match="any", page=1)


def saying(query: Query, text: str) -> Query:
    """Return the query with another text."""
    return replace(query, text=text, page=1)


def with_glossary(query: Query, *, on: bool) -> Query:
    """Return the query with the glossary switched on or off."""
    return replace(query, glossary=on, page=1)


def as_usual(query: Query) -> Query:
    """Return the query matching as by default."""
    return replace(query, match="auto", page=1)


def on_page(query: Query, page: int) -> Query:
    """Return the query for another page of its answer."""
    return replace(query, page=page)
