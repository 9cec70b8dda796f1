"""The first page: the search box, the clusters and types, and the newest products."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response

from engine.queries import Query
from engine.search import Result, search
from engine.wanted import Wanted
from search_service import addresses, current, labels, panel, rendering
from search_service.cards import Card, card
from search_service.interface import Interface
from search_service.panel import Choice, Link
from search_service.worldmap import WorldMap, world_map

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
    map: WorldMap | None
    canonical: str


@blueprint.get("/")
def first() -> Response:
    """Show what is in the collection."""
    ui = current.interface()
    service = current.service()
    engine = service.engine
    vocabulary = engine.vocabulary()
    result = search(engine, Query(sort="newest", per_page=NEWEST))
    status = engine.status()
    everything = addresses.parameters(Query(), ui.kept)
    browsed = replace(result, query=Query())
    view = FirstView(
        holds=ui.say(
            "In the collection: {documents}, {pages} of text.",
            documents=labels.documents(ui, status.documents),
            pages=labels.pages(ui, status.pages_read),
        ),
        browse=tuple(
            Browse(ui.say(labels.FACETS[name]), panel.all_choices(browsed, name, vocabulary, ui))
            for name in _BROWSED
            if result.facets.get(name)
        ),
        lists=(
            *_lessons(result, ui),
            *(
                Link(addresses.facet(name, everything), ui.say(label))
                for name, label in labels.FACETS.items()
                if name not in _BROWSED and result.facets.get(name)
            ),
        ),
        newest=tuple(card(hit, vocabulary, Wanted(), "", ui) for hit in result.hits),
        map=world_map(service, ui),
        canonical=addresses.absolute(
            service.base_url, addresses.plain(addresses.FIRST_PAGE, ui.kept)
        ),
    )
    return rendering.shown("first.html", view)


def _lessons(result: Result, ui: Interface) -> Iterator[Link]:
    if any(value.value == "lessons" for value in result.facets.get("section", ())):
        yield Link(addresses.plain("/lessons", ui.kept), labels.section(ui, "lessons"))
