"""Documents and passages as the plain values that rows store, and back."""

from collections.abc import Mapping
from typing import Any

from engine.documents import Coverage, Document, Passage, Unread

_LISTS = ("clusters", "countries", "cities", "partners", "guessed")
_TEXTS = (
    *("id", "file", "title", "type", "date", "language", "url", "summary", "reason"),
    *("corpus", "fingerprint"),
)


def of_document(document: Document) -> dict[str, Any]:
    """Return what the parent row of a document stores."""
    coverage = document.coverage
    return {
        **{name: getattr(document, name) for name in _TEXTS},
        **{name: list(getattr(document, name)) for name in _LISTS},
        "metadata": dict(document.metadata),
        "pages": coverage.pages,
        "unread": [[unread.page, unread.reason] for unread in coverage.unread],
    }


def of_passage(passage: Passage) -> dict[str, Any]:
    """Return what the row of a passage stores."""
    return {
        "page": passage.page,
        "text": passage.text,
        "heading": passage.heading,
        "section": passage.section,
        "language": passage.language,
    }


def document(stored: Mapping[str, Any]) -> Document:
    """Return the document that a parent row stores."""
    values: dict[str, Any] = {name: stored[name] for name in _TEXTS}
    values |= {name: tuple(stored[name]) for name in _LISTS}
    return Document(
        **values,
        metadata=stored["metadata"],
        coverage=Coverage(stored["pages"], tuple(Unread(*unread) for unread in stored["unread"])),
    )


def passage(stored: Mapping[str, Any]) -> Passage:
    """Return the passage that a row stores."""
    return Passage(**stored)
