"""A document as its page shows it: catalogue entry, matches, contents; asks nothing of the
engine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from engine.documents import Document, Passage
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from search_service import addresses, citations, contents, entry, labels, linked, marks
from search_service.cards import facts, is_demonstration
from search_service.contents import Heading, PageLink
from search_service.entry import Fact
from search_service.interface import Interface
from search_service.marks import Match
from search_service.panel import Link

MOST_HEADINGS = 40
"""Headings that stand open: what is known of a document should not come after hundreds of them."""


@dataclass(frozen=True, slots=True)
class Related:
    """A document that is like another."""

    href: str
    title: str
    lang: str
    dir: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What a document's page shows; `further` headings are folded away."""

    title: str
    lang: str
    dir: str
    demonstration: bool
    facts: tuple[str, ...]
    summary: str
    note: str
    reason: str
    catalogue: tuple[Fact, ...]
    coverage: str
    matches: tuple[Match, ...]
    more: str
    headings: tuple[Heading, ...]
    further: tuple[Heading, ...]
    all_headings: str
    pages: tuple[PageLink, ...]
    related: tuple[Related, ...]
    text: str
    file: Link | None
    original: str
    citation: str
    ris: str
    bib: str
    canonical: str
    described: Markup


def document_view(
    document: Document,
    passages: tuple[Passage, ...],
    related: Iterable[Document],
    wanted: Wanted,
    vocabulary: Vocabulary,
    text: str,
    ui: Interface,
    base_url: str = "",
) -> DocumentView:
    """Return a document with its catalogue entry, its matching passages and its contents."""
    found = [marks.words_in(passage, document.language, wanted) for passage in passages]
    headings = tuple(contents.headings(document, passages, found, text, ui))
    return DocumentView(
        title=entry.title_of(document),
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        facts=facts(document, vocabulary, ui),
        summary=document.summary,
        note=document.metadata.get("note", ""),
        reason=entry.reason(document, ui),
        catalogue=entry.catalogue(document, vocabulary, ui),
        coverage=entry.coverage(document, ui),
        matches=marks.matches(document, passages, found, wanted, text, ui),
        more=marks.more(found, ui),
        headings=headings[:MOST_HEADINGS],
        further=headings[MOST_HEADINGS:],
        all_headings=ui.say("Show all ({n})", n=ui.number(len(headings))),
        pages=tuple(contents.page_links(document, passages, found, text, ui)),
        related=tuple(_related(related, vocabulary, ui)),
        text=text,
        file=entry.file_link(document, ui),
        original=addresses.outside(document.url),
        citation=citations.text(document, vocabulary, base_url, ui),
        ris=addresses.citation(document.id, "ris"),
        bib=addresses.citation(document.id, "bib"),
        described=linked.described(document, base_url),
        canonical=addresses.absolute(base_url, addresses.document(document.id, "", ui.kept)),
    )


def _related(
    documents: Iterable[Document], vocabulary: Vocabulary, ui: Interface
) -> Iterator[Related]:
    for document in documents:
        yield Related(
            href=addresses.document(document.id, "", ui.kept),
            title=entry.title_of(document),
            lang=document.language,
            dir=labels.direction(document.language),
            facts=facts(document, vocabulary, ui),
        )
