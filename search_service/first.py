"""The first page: the search box, the clusters and types, and the newest products."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from engine.queries import Query
from engine.search import search
from engine.wanted import Wanted
from search_service import addresses, current, labels, panel
from search_service.cards import Card, card
from search_service.panel import Choice, Link

NEWEST = 5
_BROWSED = ("cluster", "type")

blueprint = Blueprint("first", __name__)


@dataclass(frozen=True, slots=True)
class Browse:
    """A facet to browse by."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FirstView:
    """What the first page shows."""

    holds: str
    browse: tuple[Browse, ...]
    lists: tuple[Link, ...]
    newest: tuple[Card, ...]
    lang: str
    canonical: str


@blueprint.get("/")
def first() -> Response:
    """Show what is in the collection."""
    lang = current.asked().lang
    service = current.service()
    engine = service.engine
    vocabulary = engine.vocabulary()
    result = search(engine, Query(sort="newest", per_page=NEWEST))
    status = engine.status()
    documents = labels.counted(status.documents, "document", "documents")
    pages = labels.counted(status.pages_read, "page", "pages")
    view = FirstView(
        holds=f"{documents}, {pages} of text",
        browse=tuple(
            Browse(labels.FACETS[name], panel.all_choices(result, name, vocabulary, lang))
            for name in _BROWSED
            if result.facets.get(name)
        ),
        lists=tuple(
            Link(addresses.facet(name, Query(), lang), label)
            for name, label in labels.FACETS.items()
            if name not in _BROWSED and result.facets.get(name)
        ),
        newest=tuple(card(hit, vocabulary, Wanted(), "", lang) for hit in result.hits),
        lang=lang,
        canonical=addresses.absolute(service.base_url, addresses.FIRST_PAGE),
    )
    return make_response(render_template("first.html", view=view))
