"""The results of a query as an Atom feed (RFC 4287), for those who follow a subject.

A feed names things by absolute addresses, so there is none where the service does not know its
own. The order is that of the query; newest first is `sort=newest`.
"""

import re
from dataclasses import dataclass, replace

from flask import Blueprint, Response

from engine import dates
from engine.documents import Document
from engine.queries import WINDOW, Query
from engine.search import search
from search_service import addresses, choices, current, entry, errors, rendering
from search_service.interface import Interface
from search_service.parameters import beyond_window
from search_service.results import WINDOW_ENDS

TYPE = "application/atom+xml"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may have."""

blueprint = Blueprint("feed", __name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a feed; `updated` is its date, or that of the index where it has none."""

    address: str
    title: str
    lang: str
    updated: str
    summary: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """What a feed shows; `previous` and `next` are empty at the ends."""

    title: str
    lang: str
    address: str
    page: str
    previous: str
    next: str
    updated: str
    total: int
    first: int
    per_page: int
    items: tuple[Item, ...]


@blueprint.get("/search.atom")
def feed() -> Response:
    """Answer with a page of a query's results; 400 with every wrong parameter named where one is
    wrong."""
    base_url, asked, ui = current.own_address(), current.asked(), current.interface()
    query = asked.query
    if asked.problems:
        return errors.wrong(asked.problems)
    if beyond_window(query):
        return errors.problem(400, WINDOW_ENDS.format(n=f"{WINDOW:,}"))
    engine = current.service().engine
    result = search(engine, replace(query, passages=0))
    built = engine.status().built

    def beside(number: int) -> str:
        there = 1 <= number <= result.pages
        return base_url + _address(choices.on_page(query, number), ui) if there else ""

    view = FeedView(
        title=_clean(query.text) or ui.say("All products"),
        lang=ui.code,
        address=base_url + _address(query, ui),
        page=base_url + addresses.search(query, ui.kept),
        previous=beside(query.page - 1),
        next=beside(query.page + 1),
        updated=built,
        total=result.total,
        first=(query.page - 1) * query.per_page + 1,
        per_page=query.per_page,
        items=tuple(_item(hit.document, base_url, built) for hit in result.hits),
    )
    response = rendering.listed("feed.xml", view, f"{TYPE}; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _address(query: Query, ui: Interface) -> str:
    return addresses.atom(query, ui.kept)


def _item(document: Document, base_url: str, built: str) -> Item:
    day = f"{dates.first_day(document.date).isoformat()}T00:00:00Z" if document.date else built
    return Item(
        address=base_url + addresses.document(document.id),
        title=_clean(entry.title_of(document)),
        lang=document.language,
        updated=day,
        summary=_clean(document.summary),
        authors=tuple(map(_clean, document.partners)),
    )


def _clean(text: str) -> str:
    return _NO_XML.sub(" ", text)
