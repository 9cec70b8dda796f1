"""What a document is called, as its first page with text shows it: in the largest letters near the
top, or else on its first line."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from engine.dates import YEAR
from indexer.readings import Block, Page

TOP, NEAR = 12, 5
"""Blocks of a page among which a title begins, and after it those that may belong to it."""
PAGES = 2
"""Pages on which a title may stand: before it come pictures and empty ones."""
LARGER = 1.15
"""Times as large as those of the text the letters of a title are."""
AS_LARGE = (0.95, 0.8)
"""Shares of the size of the largest letters that others of the same title have: the second where
the title of the first has too few words."""
FEW, ENOUGH, LONG = 3, 5, 280
"""Words below which a line, and a title, says too little, and characters that one has at most."""
KNOWN = 0.5
"""Share of a title's words that stand on the page which it is the title of."""

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]{2,}")
_DAY = re.compile(r"(?<!\d)\d\d?(?!\d)|[,،]\s*(?:19|20)\d\d")
DATED = 60
"""Characters of a line that is a date, and no more than a place before it."""


def first_headline(pages: Iterable[Page]) -> str:
    """Return the title that the first page with text shows; empty where it shows none."""
    shown = (page.blocks for page in pages if page.number <= PAGES and page.blocks)
    return headline(next(shown, ()))


def headline(blocks: Sequence[Block]) -> str:
    """Return the title that a page shows; empty where it shows none."""
    lines = [block for block in blocks[:TOP] if _says_something(block.text)]
    short = [block for block in lines if len(block.text) <= LONG]
    if not short:
        return ""
    largest = max(block.size for block in short)
    as_large = sum(LARGER * block.size >= largest for block in blocks)
    if as_large > NEAR or as_large == len(blocks):
        return _first_line(lines)
    titles = (_set_in(lines, share * largest) for share in AS_LARGE)
    return next((title for title in titles if _words(title) >= ENOUGH), _set_in(lines, largest))


def _set_in(lines: Sequence[Block], least: float) -> str:
    """Return the first line of at least a size with those of that size that soon follow, and what
    comes after a colon."""
    at = next(i for i, block in enumerate(lines) if block.size >= least)
    near = [*takewhile(lambda block: len(block.text) <= LONG, lines[at : at + NEAR])]
    said = [block for block in near if block.size >= least]
    if said and said[-1].text.endswith(":"):
        said += near[near.index(said[-1]) + 1 :][:1]
    return _joined([block.text for block in said])


def other_headline(title: str, page: Page) -> str:
    """Return the title that a page shows where it is surely another than one that is known; a few
    words may be the name of an author, or of an organisation."""
    shown = first_headline([page])
    return shown if _words(shown) >= ENOUGH and not _stands_on(title, page.blocks) else ""


def _stands_on(title: str, blocks: Sequence[Block]) -> bool:
    """Tell whether a page has most of the words of a title."""
    words = {word.casefold() for word in _WORD.findall(title)}
    there = {word.casefold() for block in blocks for word in _WORD.findall(block.text)}
    return len(words & there) >= KNOWN * len(words)


def _first_line(lines: Sequence[Block]) -> str:
    texts = [block.text for block in lines[:1]]
    texts += [block.text for block in lines[1:2] if _words(texts[0]) < FEW]
    is_text = any(len(text) > LONG or text.endswith((".", ",", ";", "。")) for text in texts)
    return "" if is_text else _joined(texts)


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _says_something(text: str) -> bool:
    return bool(_WORD.search(text)) and not _is_date(text)


def _is_date(text: str) -> bool:
    """Tell a date with its day, or with a place before it; “Vision 2030” is none."""
    is_short = len(text) <= DATED and _words(text) < ENOUGH
    return is_short and bool(YEAR.search(text) and _DAY.search(text))


def _joined(texts: Sequence[str]) -> str:
    """Return as many texts as a title may hold, the first in any case."""
    title = ""
    for text in texts:
        if title and len(title) + len(text) >= LONG:
            break
        title = f"{title} {text}"
    return " ".join(title.split())
