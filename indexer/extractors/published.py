"""Finds when a web page was published. A wrong date is worse than none: a year in the text, or by
the copyright, is not that of the page."""

import re
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup
from htmldate import find_date

from engine import dates
from indexer.extractors.attributes import attribute, attributes, values
from indexer.extractors.days import days, month
from indexer.extractors.linked import Linked
from indexer.readings import Block

SHORT = 120
"""Characters of a block that has a date and little else."""
SHORTEST = 40
"""Characters of a block that has a date and at most a word for it."""
SENTENCE = 6
"""Words of a block that is a sentence if it also ends like one."""
LARGEST_SEARCHED = 2_000_000
"""Characters of a page whose markup is searched for any date at all."""

_PUBLISHED = "meta[property='article:published_time' i]"
_DATES = (
    ("meta[itemprop=datePublished]", "content"),
    ("[itemprop=datePublished]", "datetime"),
    (
        "meta[name='dc.date' i], meta[name='dc.date.issued' i], meta[name='dcterms.date' i], "
        "meta[name='dc.date.created' i], meta[name='dcterms.created' i]",
        "content",
    ),
    (
        "meta[name=date i], meta[name=pubdate i], meta[name='publish-date' i], "
        "meta[name='parsely-pub-date'], meta[name='sailthru.date'], meta[property='og:pubdate']",
        "content",
    ),
)
_TIMES = (
    ("article time[pubdate], time.published, time.entry-date", "datetime"),
    ("article header time[datetime], article time[datetime], main time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-\d\d(?!\d)|\d{4}$", re.ASCII)
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?!\d)", re.ASCII)
_END = re.compile(r"[^\W\d_]{3,}[.。]$")


def published(
    soup: BeautifulSoup,
    said: Linked,
    around: Sequence[str],
    blocks: Sequence[Block],
    source: str,
) -> str:
    """Return the day of publication: what is written for machines, then what stands in the page's
    address, in its elements of time (some are those of other pages) or by its title, then what
    htmldate makes of its markup, then the only day that stands by itself, then the month by its
    title.

    `around` are the short texts near the title, `blocks` all that is on the page, `source` its
    text.
    """
    written = (*attributes(soup, _PUBLISHED, "content"), said.published)
    address = attribute(soup, "link[rel=canonical]", "href")
    address = address or attribute(soup, "meta[property='og:url']", "content")
    in_address = _ADDRESS.search(address)
    return (
        _first_day((*written, *values(soup, _DATES)))
        or _normal("-".join(in_address.groups()) if in_address else "")
        or _first_day(values(soup, _TIMES))
        or next((day for text in around if not _is_running(text) for day in days(text)), "")
        or _marked(source, blocks)
        or _alone(blocks)
        or next(filter(None, map(month, around)), "")
    )


def _first_day(written: Iterable[str]) -> str:
    for text in written:
        day = _ISO.match(text)
        found = _normal(day[0]) if day else next(days(text), "") or month(text)
        if found:
            return found
    return ""


def _normal(text: str) -> str:
    try:
        return dates.normal(text)
    except ValueError:
        return ""


def _marked(source: str, blocks: Sequence[Block]) -> str:
    """Return the day that htmldate finds by the page's markup, unless it stands in running text
    only."""
    if len(source) > LARGEST_SEARCHED:
        return ""
    found = find_date(source, original_date=True, extensive_search=False)
    if not found:
        return ""
    told = [block.text for block in blocks if found in days(block.text)]
    return "" if told and all(map(_is_running, told)) else found


def _alone(blocks: Sequence[Block]) -> str:
    """Return the day that a block has and hardly anything else, where there is one such day."""
    short = [block.text for block in blocks if len(block.text) <= SHORTEST]
    found = {day for text in short if not _is_running(text) for day in days(text)}
    return next(iter(found)) if len(found) == 1 else ""


def _is_running(text: str) -> bool:
    return len(text) > SHORT or (len(text.split()) > SENTENCE and _END.search(text) is not None)
