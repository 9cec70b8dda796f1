"""Takes out what is printed on every page: running titles and page numbers.

The first page where a running title stands keeps it; a page number belongs to no text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.readings import Page

EDGE = 3
"""Blocks at the top and at the bottom of a page that may be running ones."""
LONGEST = 150
OFTEN = 0.3
"""Share of the pages; titles on left and right pages alternate."""
SEVERAL = 3

_NUMBER = re.compile(r"\d+")


def without_running(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without their running titles and page numbers."""
    counts = Counter(text for page in pages for text in set(_edges(page).values()))
    read = sum(bool(page.blocks) for page in pages)
    running = {text for text, count in counts.items() if count >= max(SEVERAL, OFTEN * read)}
    kept: set[str] = set()
    return tuple(_without(page, running, kept) for page in pages)


def _without(page: Page, running: set[str], kept: set[str]) -> Page:
    dropped = set[int]()
    for at, text in _edges(page).items():
        if text in running and (text in kept or not any(map(str.isalpha, text))):
            dropped.add(at)
        elif text in running:
            kept.add(text)
    blocks = tuple(block for at, block in enumerate(page.blocks) if at not in dropped)
    return replace(page, blocks=blocks)


def _edges(page: Page) -> dict[int, str]:
    """Return the short blocks at both ends of a page by their place, their numbers masked."""
    return {
        at: _NUMBER.sub("#", page.blocks[at].text.casefold())
        for at in _ends(len(page.blocks))
        if len(page.blocks[at].text) <= LONGEST
    }


def _ends(blocks: int) -> Iterator[int]:
    yield from range(min(EDGE, blocks))
    yield from range(max(EDGE, blocks - EDGE), blocks)
