"""A hit as the results page shows it: title, facts, passages with links to their pages."""

from dataclasses import dataclass

from engine import snippets
from engine.documents import Document
from engine.search import Hit, PassageHit
from engine.snippets import Piece
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from search_service import addresses, labels


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


def card(hit: Hit, vocabulary: Vocabulary, wanted: Wanted, text: str, lang: str) -> Card:
    """Return a hit as it is shown; the summary stands in where no passage matches."""
    document = hit.document
    more = hit.more_passages
    passages = tuple(_passage(document, passage, text, lang) for passage in hit.passages)
    summary = snippets.cut(document.summary, document.language, wanted) if not passages else ()
    return Card(
        href=addresses.document(document.id, text, lang),
        title=document.title or document.file or document.id,
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        facts=facts(document, vocabulary),
        summary=summary,
        passages=passages,
        more=f"+ {labels.counted(more, 'more passage', 'more passages')}" if more else "",
    )


def facts(document: Document, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what stands in the line under a title: type, date, places, format, language."""
    found = (
        labels.label(vocabulary, "type", document.type),
        labels.in_words(document.date) if document.date else "",
        ", ".join((*document.cities, *document.countries)),
        _format(document),
        labels.language(document.language),
    )
    return tuple(fact for fact in found if fact)


def is_demonstration(document: Document) -> bool:
    """Tell whether a document was made up to show the service."""
    return document.metadata.get("demonstration") == "yes"


def _format(document: Document) -> str:
    form = labels.format_of(document.file)
    coverage = document.coverage
    if coverage.pages < 2 and not coverage.unread:
        return form
    pages = labels.counted(coverage.pages, "page", "pages")
    readable = f"{coverage.read:,} readable" if coverage.unread else ""
    return ", ".join(part for part in (form, pages, readable) if part)


def _passage(document: Document, passage: PassageHit, text: str, lang: str) -> PassageCard:
    section = "" if passage.section == "other" else labels.SECTIONS[passage.section]
    return PassageCard(
        href=addresses.page(document.id, passage.page, text, lang),
        page=f"p. {passage.page}",
        under=passage.heading or section,
        snippet=passage.snippet,
    )
