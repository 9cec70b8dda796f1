"""Gives passages the vectors of what they mean; each text is encoded once for each model.

What is encoded is kept in the store a few passages at a time, so an interrupted run goes on where
it ended.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from engine.documents import Document, Passage
from indexer.store import Store

if TYPE_CHECKING:
    from engine.semantic import Model

AT_ONCE = 256
"""Passages that are encoded before they are kept."""


class Encoder:
    """A model and the store of what it has encoded. Methods may raise StoreError."""

    def __init__(self, model: "Model", store: Store) -> None:
        self.model = model
        self._store = store

    @property
    def mark(self) -> str:
        """What differs between any two models."""
        return self.model.mark.hex()

    def encode(self, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> Iterator[int]:
        """Encode those passages of documents that the store does not have; yields how many, each
        time that some were kept."""
        waiting: dict[bytes, str] = {}
        for document, passages in documents:
            for text in _texts(document, passages):
                key = self._key(text)
                if self._store.vector(key) is None:
                    waiting[key] = text
                if len(waiting) == AT_ONCE:
                    yield self._keep(waiting)
                    waiting = {}
        if waiting:
            yield self._keep(waiting)

    def with_vectors(self, document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Return the passages of a document with their vectors, as far as they are encoded."""
        vectors = (self._store.vector(self._key(text)) for text in _texts(document, passages))
        return tuple(
            replace(passage, vector=vector or b"")
            for passage, vector in zip(passages, vectors, strict=True)
        )

    def _keep(self, texts: Mapping[bytes, str]) -> int:
        vectors = self.model.passages(list(texts.values()))
        self._store.keep_vectors(dict(zip(texts, vectors, strict=True)))
        return len(texts)

    def _key(self, text: str) -> bytes:
        return sha256(self.model.mark + text.encode("utf-8", "surrogatepass")).digest()


def _texts(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what is encoded of passages: where they stand, then what they say."""
    for passage in passages:
        yield "\n".join(filter(None, (document.title, passage.heading, passage.text)))
