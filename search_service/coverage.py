"""What the collection holds by cluster and year, what could not be read and what was guessed: for
those who look after it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response

from engine.documents import Document
from engine.protocol import Engine
from engine.queries import Query
from engine.vocabulary import Vocabulary
from search_service import addresses, current, entry, labels, rendering
from search_service.current import Service
from search_service.interface import LANGS, Interface

MOST_LISTED = 200
"""Documents that are listed as unread or guessed; the rest is counted."""

blueprint = Blueprint("coverage", __name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of documents, and the search that finds them, where there are any."""

    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A cluster, or what is in none, with its documents by year and, last, in all."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document to mend, and what is to be mended about it."""

    href: str
    title: str
    lang: str
    dir: str
    said: str


@dataclass(frozen=True, slots=True)
class Mending:
    """Documents to mend for one reason; `more` counts those that are not listed, in words."""

    title: str
    count: int
    listed: tuple[Listed, ...]
    more: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the page of coverage shows; `years` are newest first."""

    holds: str
    years: tuple[str, ...]
    rows: tuple[Row, ...]
    mending: tuple[Mending, ...]


@blueprint.get("/coverage")
def coverage() -> Response:
    """Show what there is, and what is to be mended."""
    service = current.service()
    view = _view(service, service.engine.status().generation, current.interface())
    return rendering.shown("coverage.html", view)


@lru_cache(maxsize=2 * len(LANGS))
def _view(service: Service, _generation: str, ui: Interface) -> CoverageView:
    """Work out a generation's page once for each language: it takes a look at every document."""
    engine = service.engine
    status = engine.status()
    documents = tuple(_documents(engine))
    years = tuple(sorted({document.date[:4] for document in documents}, reverse=True))
    read = ui.counted(
        "{read} of {n} page could be read",
        "{read} of {n} pages could be read",
        status.pages,
        read=ui.number(status.pages_read),
    )
    recognised = sum(len(document.coverage.recognised) for document in documents)
    pictures = ui.counted(
        "the text of {n} page was read from a picture and may have mistakes",
        "the text of {n} pages was read from pictures and may have mistakes",
        recognised,
    )
    holds = (labels.documents(ui, status.documents), read, pictures)
    return CoverageView(
        holds=ui.say("; ").join(holds if recognised else holds[:-1]),
        years=tuple(year or ui.say("No date") for year in years),
        rows=tuple(_rows(documents, years, engine.vocabulary(), ui)),
        mending=(
            _mending(ui.say("Not read, or not whole"), _unread(documents, ui), ui),
            _mending(ui.say("Guessed from the file"), _guessed(documents, ui), ui),
        ),
    )


def _documents(engine: Engine) -> Iterable[Document]:
    found = (engine.document(document_id) for document_id in sorted(engine.entries()))
    return (document for document in found if document)


def _rows(
    documents: tuple[Document, ...],
    years: tuple[str, ...],
    vocabulary: Vocabulary,
    ui: Interface,
) -> Iterable[Row]:
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for cluster in document.clusters or ("",):
            counts[cluster, document.date[:4]] += 1
    clusters = sorted({cluster for cluster, _ in counts}, key=lambda slug: (not slug, slug))
    for cluster in clusters:
        label = labels.label(ui, vocabulary, "cluster", cluster) or ui.say("In no cluster")
        numbers = [counts[cluster, year] for year in years]
        cells = [
            Cell(count, _address(ui, cluster=cluster, year=year))
            for year, count in zip(years, numbers, strict=True)
        ]
        yield Row(label, (*cells, Cell(sum(numbers), _address(ui, cluster=cluster))))


def _address(ui: Interface, **chosen: str) -> str:
    """Return the search behind a number; nothing where no filter says the same."""
    if not all(chosen.values()):
        return ""
    filters = {facet: (value,) for facet, value in chosen.items()}
    return addresses.search(Query(filters=filters), ui.kept)


def _unread(documents: tuple[Document, ...], ui: Interface) -> Iterable[tuple[Document, str]]:
    for document in documents:
        if document.reason or document.coverage.unread:
            pages = entry.coverage(document, ui) if document.coverage.unread else ""
            yield document, pages or entry.reason(document, ui)


def _guessed(documents: tuple[Document, ...], ui: Interface) -> Iterable[tuple[Document, str]]:
    for document in documents:
        if document.guessed:
            names = (labels.FIELDS.get(field, field) for field in document.guessed)
            yield document, ui.listed(ui.say(name) for name in names)


def _mending(title: str, found: Iterable[tuple[Document, str]], ui: Interface) -> Mending:
    found = tuple(found)
    listed = tuple(
        Listed(
            addresses.document(document.id, "", ui.kept),
            entry.title_of(document),
            document.language,
            labels.direction(document.language),
            said,
        )
        for document, said in found[:MOST_LISTED]
    )
    more = len(found) - len(listed)
    said = ui.counted("+ {n} more document", "+ {n} more documents", more) if more else ""
    return Mending(title, len(found), listed, said)
