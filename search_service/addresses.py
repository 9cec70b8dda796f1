"""The addresses of pages: permalinks, searches, files. Always paths, never from the Host header."""

from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from engine.queries import Query
from search_service.parameters import pairs

FIRST_PAGE = "/"
PLACE = "\0"
"""Stands for a value in an address that many are made of; no visitor's value has it."""


def search(query: Query, lang: str = "") -> str:
    """Return the address of a query's results."""
    return "/search" + parameters(query, lang)


def csv(query: Query, lang: str = "") -> str:
    """Return the address of a query's results as a table."""
    return "/search.csv" + parameters(query, lang)


def atom(query: Query, lang: str = "") -> str:
    """Return the address of a query's results as a feed."""
    return "/search.atom" + parameters(query, lang)


def api(query: Query, lang: str = "") -> str:
    """Return the address of a query's answer in JSON."""
    return "/api/v1/search" + parameters(query, lang)


def facet(name: str, parameters: str = "") -> str:
    """Return the address of all values of a facet under a query, given as its parameters."""
    return f"/facet/{quote(name, safe='')}{parameters}"


def parameters(query: Query, lang: str = "") -> str:
    """Return the part of an address that says what is asked for, its question mark included."""
    given = pairs(query, lang)
    return f"?{urlencode(given)}" if given else ""


def only(name: str, value: str, lang: str = "") -> str:
    """Return the address of everything with one value of a facet."""
    return search(Query(filters={name: (value,)}), lang)


def placed(pattern: str, value: str) -> str:
    """Return an address with a value put in its place."""
    return pattern.replace(quote_plus(PLACE), quote_plus(value, errors="replace"))


def plain(path: str, lang: str = "") -> str:
    """Return the address of a page that takes nothing but a language."""
    return path + _said("", lang)


def document(document_id: str, text: str = "", lang: str = "") -> str:
    """Return the address of a document; its permalink without a text to mark."""
    return f"/d/{_segment(document_id)}{_said(text, lang)}"


def page(document_id: str, number: int, text: str = "", lang: str = "") -> str:
    """Return the address of a page of a document; its permalink without a text to mark."""
    return f"/d/{_segment(document_id)}/p/{number}{_said(text, lang)}"


def citation(document_id: str, form: str) -> str:
    """Return the address of a document's citation, `ris` or `bib`."""
    return f"/d/{_segment(document_id)}.{form}"


def file(document_id: str, page: int = 0) -> str:
    """Return the address of a document's file, at a page if one is given."""
    return f"/files/{_segment(document_id)}" + (f"#page={page}" if page else "")


def image(document_id: str, page: int) -> str:
    """Return the address of the image of a page."""
    return f"/images/{_segment(document_id)}/{page}"


def absolute(base_url: str, path: str) -> str:
    """Return an absolute address, or nothing where the service does not know its own."""
    return base_url + path if base_url else ""


def outside(url: str) -> str:
    """Return an address that may be linked to, or nothing where it is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


@lru_cache(maxsize=1_000)
def _segment(text: str) -> str:
    return quote(text, safe="", errors="replace")


@lru_cache(maxsize=100)
def _said(text: str, lang: str) -> str:
    given = [(name, value) for name, value in (("q", text), ("lang", lang)) if value]
    return f"?{urlencode(given)}" if given else ""
