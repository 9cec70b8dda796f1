"""The addresses of pages: permalinks, searches, files. Always paths, never from the Host header."""

from urllib.parse import quote, urlencode, urlsplit

from engine.queries import Query
from search_service.parameters import Pairs, pairs

FIRST_PAGE = "/"


def search(query: Query, lang: str = "") -> str:
    """Return the address of a query's results."""
    return _with_pairs("/search", pairs(query, lang))


def api(query: Query, lang: str = "") -> str:
    """Return the address of a query's answer in JSON."""
    return _with_pairs("/api/v1/search", pairs(query, lang))


def facet(name: str, query: Query, lang: str = "") -> str:
    """Return the address of all values of a facet under a query."""
    return _with_pairs(f"/facet/{quote(name, safe='')}", pairs(query, lang))


def only(name: str, value: str, lang: str = "") -> str:
    """Return the address of everything with one value of a facet."""
    return search(Query(filters={name: (value,)}), lang)


def document(document_id: str, text: str = "", lang: str = "") -> str:
    """Return the address of a document; its permalink without a text to mark."""
    return _with_pairs(f"/d/{_segment(document_id)}", _said(text, lang))


def page(document_id: str, number: int, text: str = "", lang: str = "") -> str:
    """Return the address of a page of a document; its permalink without a text to mark."""
    return _with_pairs(f"/d/{_segment(document_id)}/p/{number}", _said(text, lang))


def file(document_id: str, page: int = 0) -> str:
    """Return the address of a document's file, at a page if one is given."""
    return f"/files/{_segment(document_id)}" + (f"#page={page}" if page else "")


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


def _segment(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _said(text: str, lang: str) -> Pairs:
    return tuple((name, value) for name, value in (("q", text), ("lang", lang)) if value)


def _with_pairs(path: str, given: Pairs) -> str:
    return f"{path}?{urlencode(given)}" if given else path
