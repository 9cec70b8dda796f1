"""Lessons learned by cluster: the documents that have such a part, linked to its pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response

from engine.documents import Document
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from search_service import addresses, cards, current, entry, labels, rendering
from search_service.interface import Interface
from search_service.table import documents

LISTED = 20
"""Documents of a cluster that are listed; the rest is a search away."""
MOST = 12
"""Lessons of a document that are listed."""
SECTION = {"section": ("lessons",)}
NEWEST = Query(filters=SECTION, sort="newest", passages=0)

blueprint = Blueprint("lessons", __name__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A heading of the part that has lessons, on its page."""

    href: str
    page: str
    text: str


@dataclass(frozen=True, slots=True)
class Taught:
    """A document with its lessons in the order of reading."""

    href: str
    title: str
    lang: str
    dir: str
    facts: tuple[str, ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster, or what is in none, with its documents that have lessons, the newest first;
    `more` says how many are not listed. No search finds what is in no cluster: `href` is empty."""

    slug: str
    label: str
    count: int
    href: str
    documents: tuple[Taught, ...]
    more: str


@dataclass(frozen=True, slots=True)
class LessonsView:
    """What the page shows."""

    holds: str
    groups: tuple[Group, ...]


@blueprint.get("/lessons")
def lessons() -> Response:
    """Show the lessons of each cluster."""
    engine, ui = current.service().engine, current.interface()
    found = search(engine, Query(filters=SECTION, per_page=1))
    clusters = [value.value for value in found.facets.get("cluster", ()) if value.count]
    view = LessonsView(
        holds=labels.documents(ui, found.total), groups=tuple(_groups(clusters, engine, ui))
    )
    return rendering.shown("lessons.html", view)


def _groups(clusters: Iterable[str], engine: Engine, ui: Interface) -> Iterable[Group]:
    vocabulary = engine.vocabulary()
    for slug in clusters:
        query = Query(filters={**SECTION, "cluster": (slug,)}, sort="newest", per_page=LISTED)
        found = search(engine, query)
        more = found.total - len(found.hits)
        yield Group(
            slug,
            labels.label(ui, vocabulary, "cluster", slug),
            found.total,
            addresses.search(Query(filters=query.filters), ui.kept),
            tuple(_taught(hit.document, engine, ui) for hit in found.hits),
            _more(more, ui),
        )
    if others := [found for found in documents(engine, NEWEST) if not found.clusters]:
        listed = tuple(_taught(document, engine, ui) for document in others[:LISTED])
        more = len(others) - len(listed)
        yield Group("", ui.say("In no cluster"), len(others), "", listed, _more(more, ui))


def _more(number: int, ui: Interface) -> str:
    return ui.counted("+ {n} more document", "+ {n} more documents", number) if number else ""


def _taught(document: Document, engine: Engine, ui: Interface) -> Taught:
    first: dict[str, int] = {}
    for passage in engine.passages(document.id):
        if passage.section == "lessons":
            first.setdefault(cards.last_heading(passage.heading), passage.page)
    listed = tuple(
        Lesson(
            addresses.page(document.id, page, "", ui.kept),
            ui.say("p. {n}", n=page),
            heading or labels.section(ui, "lessons"),
        )
        for heading, page in list(first.items())[:MOST]
    )
    return Taught(
        addresses.document(document.id, "", ui.kept),
        entry.title_of(document),
        document.language,
        labels.direction(document.language),
        cards.facts(document, engine.vocabulary(), ui),
        listed,
    )
