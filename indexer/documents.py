"""From a product and what was read of its file to the document that is indexed."""

import hashlib
from dataclasses import replace

from engine.documents import Coverage, Document, Unread
from engine.vocabulary import Vocabulary
from indexer import guesses
from indexer.catalogue import Product
from indexer.readings import Reading
from indexer.reasons import sentence

VERSION = 1
"""Of how passages are made: another version writes every document again."""


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
    complete = replace(
        known,
        title=title,
        type=type_,
        date=date,
        language=known.language or about.language,
        coverage=Coverage(len(reading.pages), unread),
        reason=" ".join(filter(None, (known.reason, sentence(reading)))),
    )
    complete = replace(complete, guessed=_guessed(known, complete))
    return replace(complete, fingerprint=_fingerprint(complete, content))


def _guessed(known: Document, complete: Document) -> tuple[str, ...]:
    """Return the names of the fields that were filled in."""
    names = ("title", "type", "date", "language")
    return tuple(name for name in names if getattr(complete, name) != getattr(known, name))


def _fingerprint(complete: Document, content: str) -> str:
    fields = repr((VERSION, content, complete, sorted(complete.metadata.items())))
    return hashlib.sha256(fields.encode()).hexdigest()
