"""Reads what a web page says about its article for machines: JSON-LD in the words of schema.org."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from indexer.cleaning import clean

LARGEST_SCRIPT = 500_000
"""Characters of a script that is read."""
MOST_SCRIPTS = 20
MOST_NODES = 2_000
"""Objects and lists of one script that are looked at."""
MOST_AUTHORS = 10

_ARTICLES = frozenset({"Report", "CreativeWork", "ScholarlyArticle", "WebPage", "BlogPosting"})
_HTML = re.compile(r"<!--|-->|/\*.*?\*/|//<!\[CDATA\[|//\]\]>|<!\[CDATA\[|\]\]>")


@dataclass(frozen=True, slots=True)
class Linked:
    """What the page's article is called, who wrote it, and when and where; empty where it is
    silent."""

    headline: str = ""
    author: str = ""
    published: str = ""
    dateline: str = ""


def linked(soup: BeautifulSoup) -> Linked:
    """Return what the first article among the page's JSON-LD says, what it leaves out filled in
    from those that follow."""
    articles = [node for node in _nodes(soup) if _is_article(node)]
    articles.sort(key=lambda node: _type(node) == "WebPage")
    return Linked(
        _first(_text(node.get("headline")) for node in articles),
        _first(", ".join(_names(node.get("author"))) for node in articles),
        _first(_text(node.get("datePublished")) for node in articles),
        _first(_text(node.get("dateline")) for node in articles),
    )


def _nodes(soup: BeautifulSoup) -> Iterator[Mapping[str, object]]:
    for script in soup.find_all("script", type="application/ld+json", limit=MOST_SCRIPTS):
        written = script.get_text()
        if len(written) > LARGEST_SCRIPT:
            continue
        try:
            root = json.loads(_HTML.sub("", written).strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _within(root)


def _within(root: object) -> Iterator[Mapping[str, object]]:
    waiting = [root]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
        elif isinstance(node, list):
            waiting += [value for value in node[:MOST_NODES] if isinstance(value, dict | list)]


def _is_article(node: Mapping[str, object]) -> bool:
    type_ = _type(node)
    return type_ in _ARTICLES or type_.endswith("Article")


def _type(node: Mapping[str, object]) -> str:
    found = node.get("@type")
    first = found[0] if isinstance(found, list) and found else found
    return first if isinstance(first, str) else ""


def _names(author: object) -> list[str]:
    """Return the names of authors, who are written as text, as an object, or as a list of such."""
    if isinstance(author, list):
        return [name for one in author[:MOST_AUTHORS] for name in _names(one)[:1]]
    if isinstance(author, dict):
        return _names(author.get("name"))
    name = _text(author)
    return [name] if name else []


def _first(found: Iterator[str]) -> str:
    return next(filter(None, found), "")


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
