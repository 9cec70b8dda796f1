"""Changes to an index that are committed together."""

from collections.abc import Sequence

from whoosh.filedb.filestore import Storage

from engine.documents import Document, Passage
from engine.embedded import toc, wordings
from engine.embedded.codec.codec import ArraySegment
from engine.embedded.codec.merging import merge_segments
from engine.embedded.gathering import Gathered
from engine.embedded.schema import schema
from engine.embedded.snapshot import Snapshot
from engine.wording import Gleaning

MOST_TOKENS = 16_000_000
"""Tokens that are gathered before they are written as a segment: about 1 GB while sorting."""
MOST_SEGMENTS = 8
"""Segments that a search may have to look into; more are merged."""


class SegmentBatch:
    """A batch on the index in a storage.

    What was gathered is only rows in memory, and replaced or removed by writing it and deleting
    from what is written.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._segments = list(toc.read(storage)) if toc.exists(storage) else []
        self._before = Snapshot(storage, self._segments)
        self._gone: set[str] = set()
        self._gathered = Gathered()
        self._added: set[str] = set()
        self._gleaning = Gleaning(bytes(wordings.read(storage)))

    def put(self, document: Document, passages: tuple[Passage, ...]) -> None:
        """Add a document, in place of the one with the same id."""
        self.remove(document.id)
        self._gathered.add(document, passages)
        self._gleaning.add(document, passages)
        self._added.add(document.id)
        if self._gathered.size >= MOST_TOKENS:
            self._write()

    def remove(self, document_id: str) -> None:
        """Take a document and its passages out."""
        self._gleaning.remove(document_id)
        if document_id in self._added:
            # Rows are only known by number once they are written.
            self._write()
            self._before = Snapshot(self._storage, self._segments)
            self._added.clear()
            self._gone.clear()
        number = self._before.number_of.get(document_id)
        if number is not None and document_id not in self._gone:
            self._gone.add(document_id)
            self._before.delete(number)

    def commit(self) -> int:
        """Write the changes and return the number of documents."""
        documents = len(self._before.number_of) - len(self._gone) + len(self._added)
        self._write()
        toc.write(self._storage, self._merged())
        wordings.write(self._storage, self._gleaning.encoded())
        return documents

    def _write(self) -> None:
        if self._gathered.rows:
            self._segments.append(self._gathered.write(self._storage))
            self._gleaning.count(self._gathered.words())
        self._gathered = Gathered()

    def _merged(self) -> list[ArraySegment]:
        """Return the segments, the smallest merged where there are too many, and without those
        that are mostly deleted."""
        segments = sorted(self._segments, key=ArraySegment.doc_count, reverse=True)
        small = _to_merge(segments)
        kept = [segment for segment in segments if segment not in small]
        if not small:
            return kept
        merged = merge_segments(self._storage, schema(), small)
        return [*kept, merged] if merged.doc_count_all() else kept


def _to_merge(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Return what to merge of some segments, largest first: those past the most that may stay
    with one more to take them in, and those with more deleted rows than others."""
    crowded = len(segments) > MOST_SEGMENTS
    return [
        segment
        for place, segment in enumerate(segments)
        if (crowded and place >= MOST_SEGMENTS // 2)
        or segment.deleted_count() * 2 > segment.doc_count_all()
    ]
