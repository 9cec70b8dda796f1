"""What search engines are told: which addresses they may read, and where every document is.

Sitemaps take absolute addresses alone (sitemaps.org), so there are none where the service does not
know its own.
"""

from flask import Blueprint, Response, abort

from search_service import addresses, current, rendering
from search_service.interface import message

MOST = 50_000
"""Addresses of one sitemap, as its protocol allows."""
PAGES = ("/", "/lessons", "/facet/country", "/facet/city")
XML = "application/xml; charset=utf-8"

_NO_SITEMAP = message("There is no such sitemap.")
_FOR_PROGRAMS = ("/api/", "/suggest", "/search.csv", "/search.atom")

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Leave the pages to search engines, and nothing that is for programs."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _FOR_PROGRAMS)]
    if base_url := current.service().base_url:
        lines += ["", f"Sitemap: {base_url}/sitemap.xml"]
    return Response("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """List the sitemaps, each of MOST addresses at most."""
    base_url = current.own_address()
    numbers = range(1, -(-len(_paths()) // MOST) + 1)
    listed = tuple(f"{base_url}/sitemap-{number}.xml" for number in numbers)
    return rendering.listed("sitemaps.xml", listed, XML)


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap(number: int) -> Response:
    """List the addresses of a sitemap: pages that lead to documents, then every document."""
    base_url = current.own_address()
    paths = _paths()[(number - 1) * MOST : number * MOST] if number else ()
    if not paths:
        abort(404, _NO_SITEMAP)
    return rendering.listed("sitemap.xml", tuple(base_url + path for path in paths), XML)


def _paths() -> tuple[str, ...]:
    found = sorted(current.service().engine.entries())
    return (*PAGES, *map(addresses.document, found))
