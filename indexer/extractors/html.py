"""Reads web pages. Runs nothing, fetches nothing, and drops what is not text.

A web page counts as one page.
"""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

from indexer.cleaning import clean
from indexer.extractors.archived import archived, is_archive
from indexer.extractors.blocks import parts
from indexer.extractors.charsets import charset
from indexer.extractors.imprint import about, place
from indexer.extractors.main_text import main_blocks
from indexer.extractors.refusals import is_refusal
from indexer.limits import allow_cpu
from indexer.readings import About, Page, Unreadable

LARGEST_PAGE = 10_000_000
CPU_SECONDS = 20
MOST_CALLED = 9
"""Titles and headings by which an answer of the server is told."""


def read(stream: BinaryIO, suffix: str = ".html") -> Iterator[About | Page]:
    """Yield what the page says about itself, then its text. Raises Unreadable.

    `suffix` is what the file's name promises: a page in the place of a PDF file may be an answer
    of the server that there is none.
    """
    allow_cpu(CPU_SECONDS)
    source = stream.read(LARGEST_PAGE + 1)
    if len(source) > LARGEST_PAGE:
        raise Unreadable("too-large")
    try:
        source = archived(source) if is_archive(source) else source
        soup = _parsed(source)
        text = source.decode(soup.original_encoding or "utf-8", "replace")
        found = tuple(parts(soup.body or soup))
        if suffix == ".pdf" and is_refusal(_called(soup), (part.block.text for part in found)):
            raise Unreadable("http-error")
        said = about(soup, text, [part.block for part in found])
        main = main_blocks(text, found)
    except RecursionError:
        raise Unreadable("malformed") from None
    yield replace(said, place=place(said.place, main))
    yield Page(1, main, "" if main else "empty-text")


def _called(soup: BeautifulSoup) -> list[str]:
    return [clean(each.get_text(" ")) for each in soup(["title", "h1", "h2"], limit=MOST_CALLED)]


def _parsed(source: bytes) -> BeautifulSoup:
    with warnings.catch_warnings():
        # XHTML that calls itself XML is read as what it is: a page.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(source, "lxml", from_encoding=charset(source))
