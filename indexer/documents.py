"""From a product and what was read of its file to the document that is indexed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.documents import Coverage, Document, Passage, Unread
from engine.vocabulary import Vocabulary
from indexer import guesses, mentions, partners, places
from indexer.catalogue import Product
from indexer.readings import About, Reading
from indexer.reasons import sentence
from indexer.recognitions import RECOGNISER
from indexer.subjects import subjects

VERSION = 3
"""Of how passages are made and names recognised, tables included: another version writes every
document again."""
HEADS = 2
"""Texts that say what a document is about: title and summary."""
OPENING = 3
"""Passages of the first page that name the partners of a document."""


def document(product: Product, reading: Reading, content: str, vocabulary: Vocabulary) -> Document:
    """Return the document with its coverage, guesses and fingerprint.

    A listed product keeps what its catalogue says, silence about type and date included.
    """
    known = product.document
    about = reading.about
    title = known.title or guesses.title(known.file or known.id, about.title)
    type_, date = known.type, known.date
    if not product.is_listed:
        type_ = guesses.type_(known.file, title, vocabulary)
        date = guesses.date(known.file, title, about.date)
    unread = tuple(Unread(page.number, page.reason) for page in reading.pages if page.reason)
    recognised = tuple(page.number for page in reading.pages if page.recognised and page.blocks)
    complete = replace(
        known,
        title=title,
        type=type_,
        date=date,
        language=known.language or about.language,
        coverage=Coverage(len(reading.pages), unread, recognised),
        metadata=_news(about) | dict(known.metadata),
        reason=" ".join(filter(None, (known.reason, sentence(reading)))),
    )
    complete = replace(complete, guessed=_guessed(known, complete))
    return replace(complete, fingerprint=_fingerprint(complete, content))


def with_names(document: Document, passages: Sequence[Passage]) -> Document:
    """Return the document with the places and partners that its text is about, where the
    catalogue gives none. What the catalogue gives is kept, under the names of the tables.

    The fingerprint stays: it covers all that this is decided from.
    """
    texts = [document.title, document.summary, *_texts(passages)]
    found = mentions.named(texts, HEADS)
    countries, cities = places.places(texts, HEADS, found)
    opening = sum(passage.page == 1 for passage in passages[:OPENING])
    own = document.countries or countries
    occurrences = partners.named(texts, own[0] if len(own) == 1 else "")
    organisations = subjects(len(texts), HEADS + opening, occurrences)
    named = replace(
        document,
        countries=tuple(map(places.value, document.countries)) or countries,
        cities=tuple(map(places.value, document.cities)) or cities,
        partners=tuple(map(partners.value, document.partners)) or organisations,
    )
    fields = ("countries", "cities", "partners")
    added = tuple(name for name in fields if getattr(named, name) and not getattr(document, name))
    return replace(named, guessed=document.guessed + added)


def _news(about: About) -> dict[str, str]:
    """Return who wrote a news page and where, under the names of metadata."""
    found = {"author": about.author, "published-in": about.place}
    return {name: value for name, value in found.items() if value}


def _texts(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the text of passages, a heading before the first of those under it."""
    heading = ""
    for passage in passages:
        yield f"{passage.heading}\n{passage.text}" if passage.heading != heading else passage.text
        heading = passage.heading


def _guessed(known: Document, complete: Document) -> tuple[str, ...]:
    """Return the names of the fields that were filled in."""
    names = ("title", "type", "date", "language")
    return tuple(name for name in names if getattr(complete, name) != getattr(known, name))


def _fingerprint(complete: Document, content: str) -> str:
    version = VERSION, RECOGNISER if complete.coverage.recognised else 0
    fields = repr((version, content, complete, sorted(complete.metadata.items())))
    return hashlib.sha256(fields.encode()).hexdigest()
