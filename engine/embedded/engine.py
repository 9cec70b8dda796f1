"""The embedded engine: a Whoosh index in a generation store, searched over arrays."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np

from engine import vocabulary as vocabularies
from engine.documents import Document, Passage
from engine.embedded import meta, toc, wordings
from engine.embedded.batch import SegmentBatch
from engine.embedded.counting import count
from engine.embedded.evaluation import Evaluator
from engine.embedded.hits import hits
from engine.embedded.meta import Meta
from engine.embedded.schema import VERSION
from engine.embedded.snapshot import Snapshot
from engine.embedded.storages import DiskStorages, MemoryStorages, Storages, Stored
from engine.errors import EngineError, NoIndexError
from engine.protocol import Batch, Entry, Findings, Status, skipped
from engine.queries import Query
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from engine.wording import Wording


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is being served."""

    stored: Stored
    built: str
    vocabulary: Vocabulary
    wording: Wording
    snapshot: Snapshot
    evaluator: Evaluator


class EmbeddedEngine:
    """The engine protocol over a folder of generations.

    A new generation is noticed at the next call; one that cannot be opened leaves the one before
    it being served.
    """

    def __init__(self, path: Path) -> None:
        self._storages: Storages = DiskStorages(path, VERSION)
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._tried: str | None = None

    @classmethod
    def in_memory(cls) -> Self:
        """Return an engine that keeps its index in memory, for tests."""
        engine = cls(Path())
        engine._storages = MemoryStorages()
        return engine

    def find(self, query: Query, wanted: Wanted) -> Findings:
        """Return the documents for a query, whose text was analysed to `wanted`."""
        opened = self._current()
        snapshot = opened.snapshot
        selection = opened.evaluator.evaluate(wanted, query.match)
        counted = count(snapshot, query, selection)
        found = tuple(hits(snapshot, query, counted, ranked=selection.ranked))
        return Findings(selection.matched, len(counted.documents), found, counted.facets)

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id."""
        snapshot = self._current().snapshot
        number = snapshot.number_of.get(document_id)
        return None if number is None else snapshot.document(number)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return all passages of a document, in reading order."""
        snapshot = self._current().snapshot
        number = snapshot.number_of.get(document_id)
        return () if number is None else tuple(map(snapshot.passage, snapshot.passages_of(number)))

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the index was analysed in, most documents first."""
        return self._current().snapshot.analysed

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary that was kept with the index."""
        return self._current().vocabulary

    def wording(self) -> Wording:
        """Return how the index says things, the same object for as long as it stays as it is."""
        return self._current().wording

    def status(self) -> Status:
        """Return what the index holds."""
        opened = self._current()
        snapshot = opened.snapshot
        live = snapshot.live
        numbers = np.flatnonzero(live & (snapshot.number("skipped") > 0)).tolist()
        return Status(
            generation=opened.stored.name,
            built=opened.built,
            documents=int(np.count_nonzero(live)),
            passages=int(np.sum((snapshot.ends - snapshot.parents - 1)[live])),
            pages=int(np.sum(snapshot.number("pages")[live])),
            pages_read=int(np.sum(snapshot.number("pages_read")[live])),
            languages=snapshot.languages,
            skipped=skipped(map(snapshot.document, numbers)),
        )

    def entries(self) -> Mapping[str, Entry]:
        """Return every document id with its entry."""
        snapshot = self._current().snapshot
        corpora, fingerprints = snapshot.label("corpus"), snapshot.label("fingerprint")
        numbers = snapshot.number_of.items()
        return {key: Entry(corpora[number], fingerprints[number]) for key, number in numbers}

    @contextmanager
    def write(self, vocabulary: Vocabulary, *, fresh: bool) -> Iterator[Batch]:
        """Open a batch; `fresh` starts from nothing, else from what is there."""
        with self._storages.begin(fresh=fresh) as working:
            batch = SegmentBatch(working.storage)
            yield batch
            working.documents = batch.commit()
            built = datetime.now(UTC).isoformat(timespec="seconds")
            meta.write(working.storage, Meta(built, vocabulary.source))

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the index, a sentence each; nothing when all is well."""
        opened = self._current()
        return (*self._storages.faults(), *opened.snapshot.faults())

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._opened = self._tried = None

    def _current(self) -> Opened:
        """Return the current generation, opened on its first use."""
        pointer = self._storages.pointer()
        opened = self._opened
        if opened and pointer == self._tried:
            return opened
        with self._lock:
            if self._opened is None or pointer != self._tried:
                self._opened = self._newest()
                self._tried = pointer
            return self._opened

    def _newest(self) -> Opened:
        """Open the newest generation; without one that opens, go on with what is open."""
        while True:
            pointer = self._storages.pointer()
            try:
                stored = self._storages.current()
                if self._opened and self._opened.stored.key == stored.key:
                    return self._opened
                return _open(stored)
            except FileNotFoundError as error:
                # Writers may have published so many meanwhile that this one was removed again.
                if self._storages.pointer() != pointer:
                    continue
                if self._opened is None:
                    raise NoIndexError("The index lacks a file: build it again.") from error
                return self._opened
            except EngineError:
                if self._opened is None:
                    raise
                return self._opened


def _open(stored: Stored) -> Opened:
    snapshot = Snapshot(stored.storage, toc.read(stored.storage))
    known = meta.read(stored.storage)
    return Opened(
        stored,
        known.built,
        vocabularies.parse(known.vocabulary),
        Wording(wordings.read(stored.storage)),
        snapshot,
        Evaluator(snapshot),
    )
