"""A page of a document as it is shown: its text with the query's words marked, the pages and
matches before and after it, and each passage as a quotation."""

from dataclasses import dataclass, replace

from engine import snippets
from engine.documents import Document, Passage
from engine.snippets import Piece
from engine.wanted import Wanted
from search_service import addresses, labels
from search_service.cards import is_demonstration
from search_service.contents import last_page
from search_service.entry import file_link, title_of
from search_service.images import Image, image_of
from search_service.interface import Interface
from search_service.marks import heading, marked_pages
from search_service.panel import Link


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage and its heading with the query's words marked; `section` only where it begins;
    `quotation` is the passage in plain text with its place."""

    heading: tuple[Piece, ...]
    section: str
    lang: str
    dir: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    quotation: str


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page of a document shows. Links before and after are empty where there is none."""

    title: str
    lang: str
    dir: str
    demonstration: bool
    number: int
    pages: int
    passages: tuple[MarkedPassage, ...]
    unread: str
    recognised: bool
    text: str
    document: str
    previous: str
    next: str
    matches: tuple[Link, ...]
    image: Image | None
    file: Link | None
    permalink: str
    canonical: str


def page_view(
    document: Document,
    passages: tuple[Passage, ...],
    number: int,
    wanted: Wanted,
    text: str,
    ui: Interface,
    base_url: str = "",
) -> PageView:
    """Return a page of a document with the query's words marked. `passages` are the document's."""
    pages = last_page(document, passages)
    here = _said_once([passage for passage in passages if passage.page == number])
    reasons = {lost.page: labels.unread(ui, lost.reason) for lost in document.coverage.unread}
    permalink = addresses.page(document.id, number)
    place = addresses.absolute(base_url, permalink) or permalink
    said = f"{title_of(document)}, {ui.say('p. {n}', n=number)}. {place}"

    def beside(other: int) -> str:
        return addresses.page(document.id, other, text, ui.kept) if 1 <= other <= pages else ""

    return PageView(
        title=title_of(document),
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        number=number,
        pages=pages,
        passages=tuple(_marked(passage, document.language, wanted, said, ui) for passage in here),
        unread=reasons.get(number, ""),
        recognised=number in document.coverage.recognised,
        text=text,
        document=addresses.document(document.id, text, ui.kept),
        previous=beside(number - 1),
        next=beside(number + 1),
        matches=_beside(document, passages, number, wanted, text, ui),
        image=image_of(document, number),
        file=file_link(document, ui, number),
        permalink=permalink,
        canonical=addresses.absolute(base_url, addresses.page(document.id, number, "", ui.kept)),
    )


def _beside(
    document: Document,
    passages: tuple[Passage, ...],
    number: int,
    wanted: Wanted,
    text: str,
    ui: Interface,
) -> tuple[Link, ...]:
    """Return links to the nearest pages before and after that the query's words stand on."""
    found = marked_pages(passages, document.language, wanted)
    before = [page for page in found if page < number][-1:]
    after = [page for page in found if page > number][:1]
    said = [(page, ui.say("Previous match: p. {n}", n=page)) for page in before]
    said += [(page, ui.say("Next match: p. {n}", n=page)) for page in after]
    return tuple(Link(addresses.page(document.id, at, text, ui.kept), words) for at, words in said)


def _said_once(passages: list[Passage]) -> list[Passage]:
    """Return passages without the heading or the section that only repeats the one before: long
    parts are cut into several passages under the same heading."""
    return [
        replace(
            passage,
            heading="" if before and passage.heading == before.heading else passage.heading,
            section="other" if before and passage.section == before.section else passage.section,
        )
        for before, passage in zip([None, *passages], passages, strict=False)
    ]


def _marked(
    passage: Passage, language: str, wanted: Wanted, place: str, ui: Interface
) -> MarkedPassage:
    language = passage.language or language
    paragraphs = (line for line in passage.text.split("\n") if line.strip())
    return MarkedPassage(
        heading=heading(passage, language, wanted),
        section=labels.under(ui, passage.section),
        lang=language,
        dir=labels.direction(language),
        paragraphs=tuple(snippets.mark(line, language, wanted) for line in paragraphs),
        quotation=f"“{' '.join(passage.text.split())}” — {place}",
    )
