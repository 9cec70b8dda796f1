"""A document and its pages as the templates show them; pure, with nothing asked of the engine."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from engine import snippets
from engine.documents import Document, Passage
from engine.snippets import Piece
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from search_service import addresses, labels
from search_service.cards import facts, is_demonstration
from search_service.panel import Link


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the catalogue: its name, its values, whether they were guessed."""

    name: str
    values: tuple[Link, ...]
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page and the section it stands for, or nothing."""

    text: str
    section: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the contents; `unread` says why it has no text, `marks` counts words found."""

    number: int
    href: str
    headings: tuple[Heading, ...]
    unread: str
    marks: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What a document's page shows."""

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
    rows: tuple[PageRow, ...]
    text: str
    found_on: tuple[Link, ...]
    file: Link | None
    original: str
    canonical: str


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage with the query's words marked."""

    heading: str
    lang: str
    dir: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page of a document shows."""

    title: str
    lang: str
    dir: str
    demonstration: bool
    number: int
    pages: int
    passages: tuple[MarkedPassage, ...]
    unread: str
    text: str
    document: str
    previous: str
    next: str
    file: Link | None
    canonical: str


def document_view(
    document: Document,
    passages: tuple[Passage, ...],
    wanted: Wanted,
    vocabulary: Vocabulary,
    text: str = "",
    lang: str = "",
    base_url: str = "",
) -> DocumentView:
    """Return a document with its catalogue entry and the contents of its pages."""
    rows = _rows(document, passages, wanted, text, lang)
    return DocumentView(
        title=document.title or document.file or document.id,
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        facts=facts(document, vocabulary),
        summary=document.summary,
        note=document.metadata.get("note", ""),
        reason=document.reason,
        catalogue=_catalogue(document, vocabulary, lang),
        coverage=_coverage(document),
        rows=rows,
        text=text,
        found_on=tuple(Link(row.href, str(row.number)) for row in rows if row.marks),
        file=_file(document),
        original=addresses.outside(document.url),
        canonical=addresses.absolute(base_url, addresses.document(document.id)),
    )


def page_view(
    document: Document,
    passages: tuple[Passage, ...],
    number: int,
    wanted: Wanted,
    text: str = "",
    lang: str = "",
    base_url: str = "",
) -> PageView:
    """Return a page of a document with the query's words marked. `passages` are the document's."""
    pages = last_page(document, passages)
    here = _headed_once([passage for passage in passages if passage.page == number])
    reasons = {unread.page: labels.unread(unread.reason) for unread in document.coverage.unread}

    def beside(other: int) -> str:
        return addresses.page(document.id, other, text, lang) if 1 <= other <= pages else ""

    return PageView(
        title=document.title or document.file or document.id,
        lang=document.language,
        dir=labels.direction(document.language),
        demonstration=is_demonstration(document),
        number=number,
        pages=pages,
        passages=tuple(_marked(passage, document.language, wanted) for passage in here),
        unread=reasons.get(number, ""),
        text=text,
        document=addresses.document(document.id, text, lang),
        previous=beside(number - 1),
        next=beside(number + 1),
        file=_file(document, number),
        canonical=addresses.absolute(base_url, addresses.page(document.id, number)),
    )


def last_page(document: Document, passages: tuple[Passage, ...]) -> int:
    """Return the number of the last page that there is anything to say about."""
    return max([document.coverage.pages, *(passage.page for passage in passages)])


def _catalogue(document: Document, vocabulary: Vocabulary, lang: str) -> tuple[Fact, ...]:
    def fact(field: str, facet: str, values: tuple[str, ...]) -> Fact:
        links = (
            Link(addresses.only(facet, value, lang), labels.label(vocabulary, facet, value))
            for value in values
        )
        return Fact(labels.FACETS[facet], tuple(links), field in document.guessed)

    day = labels.in_words(document.date) if document.date else ""
    date = Fact("Date", (Link("", day),) if day else (), "date" in document.guessed)
    found = (
        fact("type", "type", (document.type,) if document.type else ()),
        date,
        fact("clusters", "cluster", document.clusters),
        fact("countries", "country", document.countries),
        fact("cities", "city", document.cities),
        fact("partners", "partner", document.partners),
        fact("language", "language", (document.language,) if document.language else ()),
    )
    return tuple(fact for fact in found if fact.values)


def _coverage(document: Document) -> str:
    coverage = document.coverage
    if not coverage.pages:
        return "No text of this product is in the index."
    whole = f"{coverage.read:,} of {labels.counted(coverage.pages, 'page', 'pages')} could be read"
    if not coverage.unread:
        return f"{whole}."
    reasons: dict[str, list[int]] = {}
    for unread in coverage.unread:
        reasons.setdefault(unread.reason, []).append(unread.page)
    lost = "; ".join(
        f"{'page' if len(pages) == 1 else 'pages'} {_ranges(pages)} could not: "
        f"{labels.unread(reason)}"
        for reason, pages in reasons.items()
    )
    return f"{whole}; {lost}."


def _ranges(pages: list[int]) -> str:
    """Return pages in words, runs shortened: 3, 9 and 12–15."""
    runs = [
        [page for _, page in run]
        for _, run in groupby(enumerate(sorted(pages)), key=lambda pair: pair[1] - pair[0])
    ]
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _rows(
    document: Document, passages: tuple[Passage, ...], wanted: Wanted, text: str, lang: str
) -> tuple[PageRow, ...]:
    headings: dict[int, dict[Heading, None]] = {}
    marks: Counter[int] = Counter()
    for passage in passages:
        section = "" if passage.section == "other" else labels.SECTIONS[passage.section]
        if passage.heading or section:
            headings.setdefault(passage.page, {})[Heading(passage.heading, section)] = None
        language = passage.language or document.language
        for whole in (passage.heading, passage.text):
            found = snippets.mark(whole, language, wanted)
            marks[passage.page] += sum(piece.match for piece in found)
    reasons = {unread.page: labels.unread(unread.reason) for unread in document.coverage.unread}
    return tuple(
        PageRow(
            number,
            addresses.page(document.id, number, text, lang),
            tuple(headings.get(number, ())),
            reasons.get(number, ""),
            labels.counted(marks[number], "word found", "words found") if marks[number] else "",
        )
        for number in range(1, last_page(document, passages) + 1)
    )


def _headed_once(passages: list[Passage]) -> list[Passage]:
    """Return passages without the headings that only repeat the one before: long parts are cut
    into several passages under the same heading."""
    before = ["", *(passage.heading for passage in passages)]
    return [
        replace(passage, heading="") if passage.heading == heading else passage
        for heading, passage in zip(before, passages, strict=False)
    ]


def _marked(passage: Passage, language: str, wanted: Wanted) -> MarkedPassage:
    language = passage.language or language
    paragraphs = (line for line in passage.text.split("\n") if line.strip())
    return MarkedPassage(
        heading=passage.heading,
        lang=language,
        dir=labels.direction(language),
        paragraphs=tuple(snippets.mark(line, language, wanted) for line in paragraphs),
    )


def _file(document: Document, page: int = 0) -> Link | None:
    if not document.file:
        return None
    form = labels.format_of(document.file)
    if form != "PDF":
        return Link(addresses.file(document.id), "Open the original file")
    place = f" at page {page}" if page else ""
    return Link(addresses.file(document.id, page), f"Open the PDF{place}")
