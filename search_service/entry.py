"""What is known of a document: title, catalogue entry, file, and which of its pages could be
read."""

import re
from dataclasses import dataclass
from itertools import groupby

from engine.documents import Document
from engine.vocabulary import Vocabulary
from search_service import addresses, labels
from search_service.interface import Interface
from search_service.panel import Link

_CODE = re.compile("([a-z-]+)(?: after [0-9]+ of [0-9]+ pages)?: ")
"""How a reason begins that the indexer found."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the catalogue: its name, its values, whether they were guessed."""

    name: str
    values: tuple[Link, ...]
    guessed: bool = False


def title_of(document: Document) -> str:
    """Return what a document is called, whatever is known of it."""
    return document.title or document.file or document.id


def file_link(document: Document, ui: Interface, page: int = 0) -> Link | None:
    """Return the link to a document's file, at a page if it can be opened there."""
    if not document.file:
        return None
    if not document.file.lower().endswith(".pdf"):
        return Link(addresses.file(document.id), ui.say("Open the original file"))
    said = ui.say("Open the PDF at page {n}", n=page) if page else ui.say("Open the PDF")
    return Link(addresses.file(document.id, page), said)


def catalogue(document: Document, vocabulary: Vocabulary, ui: Interface) -> tuple[Fact, ...]:
    """Return the lines of a document's catalogue entry that say something."""

    def fact(field: str, facet: str, values: tuple[str, ...]) -> Fact:
        links = (
            Link(addresses.only(facet, value, ui.kept), labels.label(ui, vocabulary, facet, value))
            for value in values
        )
        return Fact(ui.say(labels.FIELDS[field]), tuple(links), field in document.guessed)

    day = (Link("", ui.date(document.date)),) if document.date else ()
    found = (
        fact("type", "type", (document.type,) if document.type else ()),
        Fact(ui.say(labels.FIELDS["date"]), day, "date" in document.guessed),
        fact("clusters", "cluster", document.clusters),
        fact("countries", "country", document.countries),
        fact("cities", "city", document.cities),
        fact("partners", "partner", document.partners),
        fact("language", "language", (document.language,) if document.language else ()),
    )
    return tuple(fact for fact in found if fact.values)


def coverage(document: Document, ui: Interface) -> str:
    """Return in a sentence which pages of a document could be read, and why others could not."""
    found = document.coverage
    if not found.pages:
        return ui.say("No text of this product is in the index.")
    whole = ui.counted(
        "{read} of {n} page could be read",
        "{read} of {n} pages could be read",
        found.pages,
        read=ui.number(found.read),
    )
    reasons: dict[str, list[int]] = {}
    for unread in found.unread:
        reasons.setdefault(unread.reason, []).append(unread.page)
    lost = [
        ui.say("not read, {reason}: p. {pages}", reason=labels.unread(ui, reason), pages=_runs(at))
        for reason, at in reasons.items()
    ]
    recognised = []
    if found.recognised:
        pages = _runs(list(found.recognised))
        recognised = [
            ui.say("text read from a picture, perhaps with mistakes: p. {pages}", pages=pages)
        ]
    return ui.say("; ").join([whole, *recognised, *lost])


def reason(document: Document, ui: Interface) -> str:
    """Return in a sentence why a file could not be read, or not whole.

    The indexer's reasons begin with a word that has a name in every language; what it says
    besides, a catalogue's own words are shown as they are.
    """
    code = _CODE.match(document.reason)
    if code is None or code[1] not in labels.UNREAD:
        return document.reason
    why = labels.unread(ui, code[1])
    return ui.say("The file could not be read, or not whole: {reason}.", reason=why)


def _runs(pages: list[int]) -> str:
    """Return pages with runs shortened: 3, 9, 12–15."""
    runs = [
        [page for _, page in run]
        for _, run in groupby(enumerate(sorted(pages)), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
