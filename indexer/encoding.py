"""Gives passages the vectors of what they mean; each model encodes each text once.

What is encoded is kept in the store a few passages at a time, so an interrupted run goes on where
it ended.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from engine.documents import Document, Passage
from engine.meaning import Meaning
from indexer.store import Store

AT_ONCE = 256
"""Passages that are encoded before they are kept."""


class Encoder:
    """What gives vectors, and the store of those that it has given. Methods may raise
    StoreError."""

    def __init__(self, meaning: Meaning, store: Store) -> None:
        self.meaning = meaning
        self._store = store

    @property
    def mark(self) -> str:
        """What differs between any two models."""
        return self.meaning.mark.hex()

    def encode(self, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> Iterator[int]:
        """Encode those passages of documents that the store does not have; yields how many, each
        time that some were kept."""
        waiting: dict[str, None] = {}
        for document, passages in documents:
            for text in _texts(document, passages):
                if self._vector(text) is None:
                    waiting[text] = None
                if len(waiting) == AT_ONCE:
                    yield self._keep(waiting)
                    waiting = {}
        if waiting:
            yield self._keep(waiting)

    def with_vectors(self, document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Return the passages of a document with their vectors, as far as they are encoded."""
        vectors = map(self._vector, _texts(document, passages))
        return tuple(
            replace(passage, vector=vector or b"")
            for passage, vector in zip(passages, vectors, strict=True)
        )

    def _vector(self, text: str) -> bytes | None:
        """Return what is stored of a text, or None where a model has not encoded it yet."""
        parts = [self._store.vector(_key(model, text)) for model in self.meaning.models]
        known = [part for part in parts if part is not None]
        return b"".join(known) if len(known) == len(parts) else None

    def _keep(self, texts: Collection[str]) -> int:
        for model in self.meaning.models:
            new = {
                key: text for text in texts if self._store.vector(key := _key(model, text)) is None
            }
            if new:
                vectors = model.passages(list(new.values()))
                self._store.keep_vectors(dict(zip(new, vectors, strict=True)))
        return len(texts)


def _key(model: Meaning, text: str) -> bytes:
    return sha256(model.mark + text.encode("utf-8", "surrogatepass")).digest()


def _texts(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what is encoded of passages: where they stand, then what they say."""
    for passage in passages:
        yield "\n".join(filter(None, (document.title, passage.heading, passage.text)))
