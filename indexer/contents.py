"""Pages that list what stands on others: tables of contents, lists of figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.numbering import key
from indexer.readings import Page

TITLED = 3
"""Entries of a page that calls itself contents."""
UNTITLED = 5
"""Entries of another page; they have leaders, or their titles are found on other pages."""
RISING = 0.8
"""Share of the page numbers that are not smaller than the one before."""
SHARE = 0.2
"""Share of a page's letters that its entries have."""
TOP = 4
"""Blocks among which the title of a page is."""

_TITLE = re.compile(
    r"(?:table of )?contents|list of (?:figures|tables|boxes)(?: and (?:figures|tables|boxes))?"
    r"|índice(?: de contenidos?| general)?|(?:tabla de )?contenidos?|sumario|sommaire"
    r"|table des matières|sumário|目[录錄次]|(?:قائمة |جدول )?المحتويات|الفهرس"
    r"|содержание|оглавление"
)
_NUMBER = re.compile(r"(?<=[\s·_…])(?:[A-Z]{1,2})?(?:(\d{1,3})|[ivxl]{1,6})(?=\s|$)")
_LEADERS = " .·_…"
_SHORTEST, _LONGEST = 3, 150
"""Characters of the title of an entry."""


class _Entry(NamedTuple):
    title: str
    page: int | None
    is_led: bool


def contents(pages: Sequence[Page]) -> Mapping[int, frozenset[str]]:
    """Return the keys of the entries (`numbering.key`) of each page that is one of contents, by
    its place among the pages."""
    known = {key(block.text) for page in pages for block in page.blocks}
    found = ((at, _entries(page, known)) for at, page in enumerate(pages))
    return {at: entries for at, entries in found if entries}


def is_contents_title(text: str) -> bool:
    """Tell the title of a table of contents or a list of figures."""
    return bool(_TITLE.fullmatch(text.casefold().strip(" :")))


def _entries(page: Page, known: set[str]) -> frozenset[str]:
    """Return the keys of the entries of a page, none where it is not one of contents."""
    texts = [block.text for block in page.blocks]
    listed = [entry for text in texts for entry in _parted(text)]
    found = _listing(listed, texts)
    if any(map(is_contents_title, texts[:TOP])):
        return found or _listing([*_parted(" ".join(texts))], texts)
    led = sum(entry.is_led for entry in listed)
    return found if led >= UNTITLED or len(found & known) >= UNTITLED else frozenset()


def _parted(text: str) -> Iterator[_Entry]:
    """Yield what stands before each number of a text."""
    end = 0
    for number in _NUMBER.finditer(text):
        before = text[end : number.start()]
        title = before.strip(_LEADERS)
        if _SHORTEST <= len(title) <= _LONGEST:
            is_led = "…" in before[len(before.rstrip(_LEADERS)) :]
            yield _Entry(title, int(number[1]) if number[1] else None, is_led)
        end = number.end()


def _listing(entries: Sequence[_Entry], texts: Sequence[str]) -> frozenset[str]:
    """Return the keys of the entries where they make up the texts, their numbers rising."""
    led = [entry for entry in entries if entry.is_led]
    entries = led if len(led) >= TITLED else entries
    numbers = [entry.page for entry in entries if entry.page is not None]
    rising = sum(before <= after for before, after in pairwise(numbers))
    share = sum(len(entry.title) for entry in entries)
    if len(set(numbers)) < TITLED or rising < RISING * (len(numbers) - 1):
        return frozenset()
    if share < SHARE * sum(map(len, texts)):
        return frozenset()
    return frozenset(key(entry.title) for entry in entries)
