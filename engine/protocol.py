"""The seam: what an engine is asked and what it answers. Both programs are written against it."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from engine.documents import Document, Passage
from engine.facets import FacetValue
from engine.queries import Query
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from engine.wording import Wording

Matched = Literal["all", "any"]


class Found(NamedTuple):
    """A document that matches, with its best matching passages (at most as many as the query
    asks for), how many more match, and the score of each passage that came."""

    document: Document
    score: float
    passages: tuple[Passage, ...]
    more_passages: int
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer of an engine: one page of documents, and the counts of every facet. `partial`
    tells that a part of the index did not answer."""

    matched: Matched
    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A product that did not go in as it should have, and why in one sentence."""

    file: str
    reason: str


def skipped(documents: Iterable[Document]) -> tuple[Skipped, ...]:
    """Return documents that were skipped by their files, or by their ids where they have none."""
    return tuple(Skipped(each.file or each.id, each.reason) for each in documents)


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds. `built` is an ISO 8601 time in UTC; `languages` counts documents."""

    generation: str
    built: str
    documents: int
    passages: int
    pages: int
    pages_read: int
    languages: Mapping[str, int]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a document without opening it: where it came from, and its
    fingerprint."""

    corpus: str
    fingerprint: str


class Batch(Protocol):
    """Changes that become visible together when the `with` block ends, or not at all."""

    def put(self, document: Document, passages: tuple[Passage, ...]) -> None:
        """Add a document, in place of the one with the same id."""

    def remove(self, document_id: str) -> None:
        """Take a document and its passages out; unknown ids are no error."""


class Engine(Protocol):
    """A search engine over documents and their passages.

    Every method may raise `EngineError`; reading ones raise `NoIndexError` where there is
    nothing to read. Reading is safe from many threads, and sees one whole generation per call.
    """

    def find(self, query: Query, wanted: Wanted) -> Findings:
        """Return the documents for a query, whose text was analysed to `wanted`."""

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return all passages of a document, in reading order."""

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the index was analysed in, most documents first."""

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary that was kept with the index."""

    def wording(self) -> Wording:
        """Return how the index says things, the same object for as long as it stays as it is."""

    def status(self) -> Status:
        """Return what the index holds."""

    def entries(self) -> Mapping[str, Entry]:
        """Return every document id with its entry."""

    def write(self, vocabulary: Vocabulary, *, fresh: bool) -> AbstractContextManager[Batch]:
        """Open a batch; `fresh` starts from nothing, else from what is there.

        Raises LockedError when another writer is at work.
        """

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the index, a sentence each; nothing when all is well."""

    def close(self) -> None:
        """Let go of files and connections."""
