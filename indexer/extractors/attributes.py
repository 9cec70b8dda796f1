"""What the attributes of a web page's elements say."""

from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup

from indexer.cleaning import clean


def attribute(soup: BeautifulSoup, selector: str, name: str) -> str:
    """Return what an attribute of the first element that has it says, or nothing."""
    return next(attributes(soup, selector, name), "")


def attributes(soup: BeautifulSoup, selector: str, name: str) -> Iterator[str]:
    """Yield what an attribute of the elements of a selector says, where it says anything."""
    for found in soup.select(selector):
        value = found.get(name)
        if isinstance(value, str) and clean(value):
            yield clean(value)


def values(soup: BeautifulSoup, places: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what stands in several places, each a selector and the name of an attribute."""
    return (value for selector, name in places for value in attributes(soup, selector, name))
