"""A hit as the results page shows it: title, facts, passages with links to their pages."""

from dataclasses import dataclass

from engine import snippets
from engine.documents import UNDER, Document
from engine.search import Hit, PassageHit
from engine.snippets import Piece
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from search_service import addresses, countries, labels
from search_service.interface import Interface


@dataclass(frozen=True, slots=True)
class PassageCard:
    """A passage of a hit: where it stands, and its snippet."""

    href: str
    page: str
    under: str
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A document in a list. `more` counts the matching passages that are not shown, in words."""

    href: str
    title: str
    lang: str
    dir: str
    demonstration: bool
    facts: tuple[str, ...]
    summary: tuple[Piece, ...]
    passages: tuple[PassageCard, ...]
    more: str


def card(hit: Hit, vocabulary: Vocabulary, wanted: Wanted, text: str, ui: Interface) -> Card:
    """Return a hit as it is shown; the summary stands in where no passage matches."""
    document = hit.document
    more = hit.more_passages
    passages = tuple([_passage(document, passage, text, ui) for passage in hit.passages])
    summary = snippets.cut(document.summary, document.language, wanted) if not passages else ()
    return Card(
        href=addresses.document(document.id, text, ui.kept),
        title=document.title or document.file or document.id,
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        facts=facts(document, vocabulary, ui),
        summary=summary,
        passages=passages,
        more=ui.counted("+ {n} more passage", "+ {n} more passages", more) if more else "",
    )


def facts(document: Document, vocabulary: Vocabulary, ui: Interface) -> tuple[str, ...]:
    """Return what stands in the line under a title: type, date, places, format, language."""
    lands = (countries.name(country, ui.code) for country in document.countries)
    places = (*document.cities, *lands)
    found = (
        labels.label(ui, vocabulary, "type", document.type),
        ui.date(document.date) if document.date else "",
        ui.listed(places) if places else "",
        _format(document, ui),
        ui.language(document.language) if document.language else "",
    )
    return tuple([fact for fact in found if fact])


def is_demonstration(document: Document) -> bool:
    """Tell whether a document was made up to show the service."""
    return document.metadata.get("demonstration") == "yes"


def last_heading(heading: str) -> str:
    """Return the heading that a passage stands under, without those above it."""
    return heading.rpartition(UNDER)[2]


def _format(document: Document, ui: Interface) -> str:
    form = labels.format_of(ui, document.file)
    coverage = document.coverage
    if coverage.pages < 2 and not coverage.unread:
        return form
    pages = labels.pages(ui, coverage.pages)
    readable = ui.say("{n} readable", n=ui.number(coverage.read)) if coverage.unread else ""
    return ui.listed(part for part in (form, pages, readable) if part)


def _passage(document: Document, passage: PassageHit, text: str, ui: Interface) -> PassageCard:
    return PassageCard(
        href=addresses.page(document.id, passage.page, text, ui.kept),
        page=ui.say("p. {n}", n=passage.page),
        under=last_heading(passage.heading) or labels.under(ui, passage.section),
        snippet=passage.snippet,
    )
