"""The numbered links under the results."""

from dataclasses import dataclass

from engine.queries import Query
from search_service import addresses, choices

AROUND = 2
"""Pages that are linked on either side of the one being shown, besides the first and last."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page of results; `gap` tells that pages before it are left out."""

    number: int
    href: str
    current: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Links to pages of results; `previous` and `next` are empty at the ends."""

    numbers: tuple[PageNumber, ...]
    previous: str
    next: str


def pager(query: Query, pages: int, lang: str) -> Pager:
    """Return the links from one page of results to the others; none where there is only one."""
    if pages < 2:
        return Pager((), "", "")
    near = range(query.page - AROUND, query.page + AROUND + 1)
    shown = sorted({1, pages, *(number for number in near if 1 <= number <= pages)})
    numbers = tuple(
        PageNumber(number, _address(query, number, lang), number == query.page, number - before > 1)
        for before, number in zip([0, *shown], shown, strict=False)
    )
    return Pager(
        numbers,
        _address(query, query.page - 1, lang) if query.page > 1 else "",
        _address(query, query.page + 1, lang) if query.page < pages else "",
    )


def _address(query: Query, number: int, lang: str) -> str:
    return addresses.search(choices.on_page(query, number), lang)
