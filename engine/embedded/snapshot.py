"""One generation of the index, opened for reading: its rows, documents and facets as arrays.

Rows are numbered through all segments. Nothing here changes after it was made, so threads share
it. Documents are numbered in the order of their parent rows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from engine.documents import SECTIONS, Document, Passage
from engine.embedded import records, schema
from engine.embedded.ascending import Floats, Ints, Sets
from engine.embedded.codec.bytescolumn import BytesColumn, BytesColumnReader
from engine.embedded.codec.codec import ArraySegment
from engine.embedded.codec.columns import ArrayColumn, ValuesColumn
from engine.embedded.codec.fieldarrays import FieldArrays
from engine.embedded.codec.segments import SegmentArrays
from engine.embedded.facetarrays import EveryFacet, FacetArrays
from engine.facets import FACET_NAMES, FACETS
from engine.wanted import Slot

_COLUMNS = (*schema.NUMBERS, *schema.LABELS, schema.ANALYSED, *FACET_NAMES)


DECODED = 4096
"""Documents, and passages, that stay decoded: the same few are shown again and again."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment, and what is in it."""

    segment: ArraySegment
    arrays: SegmentArrays


class Postings(NamedTuple):
    """The postings of a term in one segment, whose rows begin at `start`."""

    field: FieldArrays
    ordinal: int
    start: int

    @property
    def rows(self) -> Ints:
        """The rows that have the term, ascending."""
        return self.counted[0]

    @property
    def counted(self) -> tuple[Ints, NDArray[Any]]:
        """The rows that have the term, ascending, and how often each has it."""
        rows, frequencies = self.field.counted(self.ordinal)
        return rows + np.int32(self.start) if self.start else rows, frequencies

    @property
    def positions(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Where it stands in the i-th of the rows: at positions[starts[i]:starts[i + 1]]."""
        return self.field.positions(self.ordinal)


class Snapshot:
    """The arrays of one generation."""

    def __init__(self, storage: Storage, segments: Iterable[ArraySegment]) -> None:
        self._segments = [Placed(segment, SegmentArrays(storage, segment)) for segment in segments]
        for placed in self._segments:
            for name in _COLUMNS:
                # Writers may remove the files of a generation while it is still being read.
                placed.arrays.hold_column(name)
        self._vectors = [_vectors(placed) for placed in self._segments]
        self._stored = [placed.arrays.stored for placed in self._segments]
        sizes = [placed.arrays.rows for placed in self._segments]
        self._starts = [0, *accumulate(sizes)]
        self.size = self._starts[-1]
        self.parents = np.flatnonzero(self._numbers("parent")).astype(np.int32)
        self.ends = np.append(self.parents[1:], np.int32(self.size)).astype(np.int32)
        counts = self.ends - self.parents
        self.document_of = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        # A document without passages counts as one, or a collection of titles had no rare words.
        self.passage_counts = np.maximum(counts - 1, 1)
        self.passages = int(np.sum(self.passage_counts))
        self.document = lru_cache(DECODED)(self._document)
        """Returns a document by its number."""
        self.passage = lru_cache(DECODED)(self._passage)
        """Returns the passage of a row."""
        self.row_sets = Sets(self.size)
        self.document_sets = Sets(len(counts))
        live = [placed.arrays.live for placed in self._segments]
        self.live_rows = np.concatenate([np.zeros(0, bool), *live])
        self.live = self.live_rows[self.parents]
        self.complete = bool(self.live.all())

    @property
    def documents(self) -> int:
        """The number of documents, deleted ones included."""
        return len(self.parents)

    def delete(self, number: int) -> None:
        """Mark all rows of a document as deleted in their segment; the snapshot stays as it is."""
        for row in range(int(self.parents[number]), int(self.ends[number])):
            place = self._place(row)
            self._segments[place].segment.delete_document(row - self._starts[place])

    def passages_of(self, number: int) -> range:
        """Return the passage rows of a document."""
        return range(int(self.parents[number]) + 1, int(self.ends[number]))

    def faults(self) -> tuple[str, ...]:
        """Return what does not fit together in the index, a sentence each."""
        faults = []
        if self.size and self.parents[:1].tolist() != [0]:
            faults.append("Some passages belong to no document.")
        if not np.array_equal(self.live_rows, self.live[self.document_of]):
            faults.append("Some passages outlived their document, or it them.")
        if len(self.number_of) != int(np.count_nonzero(self.live)):
            faults.append("Two documents have the same id.")
        return tuple(faults)

    @cached_property
    def languages(self) -> dict[str, int]:
        """How many documents are in each language, most first."""
        return self._most_first(self.facets["language"])

    @cached_property
    def analysed(self) -> tuple[str, ...]:
        """The languages that documents and passages were analysed in, most documents first."""
        return tuple(self._most_first(self._facet(schema.ANALYSED)))

    def _most_first(self, facet: FacetArrays) -> dict[str, int]:
        counts = facet.counts(np.flatnonzero(self.live).astype(np.int32))
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def number(self, name: str) -> Ints:
        """Return a number of every document; `name` is one of `schema.NUMBERS`."""
        return self._numbers(name)[self.parents]

    def label(self, name: str) -> tuple[str, ...]:
        """Return a text of every document; `name` is one of `schema.LABELS`."""
        values, codes, _ = self._values(name)
        return tuple(map(values.__getitem__, codes.tolist()))

    def postings(self, field: str, slot: Slot) -> list[list[Postings]]:
        """Return, for each term of a slot that is there, its postings in the segments in order."""
        fields = self._fields[field]
        found = []
        for term in slot.terms:
            if slot.prefix and term.startswith(slot.prefix):
                continue
            postings = [
                Postings(arrays, ordinal, start)
                for arrays, start in fields
                if (ordinal := arrays.find(term)) >= 0
            ]
            if postings:
                found.append(postings)
        if slot.prefix:
            found += [
                [Postings(arrays, ordinal, start)]
                for arrays, start in fields
                for ordinal in arrays.prefix(slot.prefix)
            ]
        return found

    @cached_property
    def _fields(self) -> dict[str, list[tuple[FieldArrays, int]]]:
        """The arrays of each field of text in each segment, and the number of its first row."""
        fields: dict[str, list[tuple[FieldArrays, int]]] = {}
        for name in schema.TEXT_FIELDS:
            fields[name] = []
            for placed, start in zip(self._segments, self._starts, strict=False):
                if arrays := placed.arrays.field(name):
                    fields[name].append((arrays, start))
        return fields

    def has_field(self, name: str) -> bool:
        """Tell whether any row has text in a field."""
        return bool(self._fields[name])

    def relative_lengths(self, field: str) -> Floats:
        """Return the length of a field in every row, as a multiple of the average."""
        return self._lengths[field]

    @cached_property
    def _lengths(self) -> dict[str, Floats]:
        return {field: self._relative(field) for field in schema.TEXT_FIELDS}

    def _relative(self, field: str) -> Floats:
        parts = [np.zeros(0)]
        for placed in self._segments:
            arrays = placed.arrays.field(field)
            parts.append(arrays.lengths if arrays else np.zeros(placed.arrays.rows))
        lengths = np.concatenate(parts)
        filled = lengths[lengths > 0]
        return (lengths / (filled.mean() if len(filled) else 1)).astype(np.float32)

    @cached_property
    def facets(self) -> dict[str, FacetArrays]:
        """The facets of documents, by name."""
        return {facet.name: self._facet(facet.name) for facet in FACETS if facet.values}

    @cached_property
    def every_facet(self) -> EveryFacet:
        """All facets of documents in one."""
        return EveryFacet(self.facets)

    @cached_property
    def sections(self) -> NDArray[np.int8]:
        """The section of every row, an index of SECTIONS; -1 for parent rows."""
        values, codes, rows = self._values("section")
        sections = np.full(self.size, -1, np.int8)
        meaning = np.array([SECTIONS.index(value) for value in values], np.int8)
        sections[rows] = meaning[codes] if len(codes) else 0
        return sections

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of every document."""
        return self.label("id")

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of every document by its id."""
        live = np.flatnonzero(self.live).tolist()
        return {self.ids[number]: number for number in live}

    @cached_property
    def by_id(self) -> Ints:
        """The place of every document when sorted by id."""
        return _places(sorted(range(self.documents), key=self.ids.__getitem__))

    @cached_property
    def newest(self) -> Ints:
        """The place of every document, newest first."""
        days = self.number("first")
        return _places(np.lexsort((self.by_id, -days, days == 0)))

    @cached_property
    def oldest(self) -> Ints:
        """The place of every document, oldest first, those without a date last."""
        days = self.number("first")
        return _places(np.lexsort((self.by_id, days, days == 0)))

    @cached_property
    def by_title(self) -> Ints:
        """The place of every document when sorted by title."""
        titles = self.label("sort_title")
        ids = self.ids
        return _places(sorted(range(self.documents), key=lambda n: (titles[n], ids[n])))

    def _document(self, number: int) -> Document:
        row = int(self.parents[number])
        place = self._place(row)
        return records.document(self._stored[place](row - self._starts[place]))

    def _passage(self, row: int) -> Passage:
        place = self._place(row)
        own = row - self._starts[place]
        passage = records.passage(self._stored[place](own))
        vectors = self._vectors[place]
        vector = vectors[own] if vectors else b""
        return replace(passage, vector=vector) if vector else passage

    def _place(self, row: int) -> int:
        """Return which segment a row is in."""
        return bisect_right(self._starts, row) - 1

    def _numbers(self, name: str) -> Ints:
        column = ArrayColumn("<i4", 0)
        arrays = [placed.arrays.column(name, column).array() for placed in self._segments]
        return np.concatenate([np.zeros(0, np.int32), *arrays])

    def _facet(self, name: str) -> FacetArrays:
        values, codes, rows = self._values(name)
        order = np.array(sorted(range(len(values)), key=values.__getitem__), np.intp)
        codes = _places(order).take(codes)
        values = tuple(values[code] for code in order.tolist())
        return FacetArrays(values, codes, self.document_of[rows], self.documents)

    def _values(self, name: str) -> tuple[tuple[str, ...], Ints, Ints]:
        """Return the values of a facet in all segments, and value and row of each use."""
        places: dict[str, int] = {}
        codes = [np.zeros(0, np.int32)]
        rows = [np.zeros(0, np.int32)]
        for placed, start in zip(self._segments, self._starts, strict=False):
            column = placed.arrays.column(name, ValuesColumn())
            meaning = [places.setdefault(value, len(places)) for value in column.vocabulary]
            codes.append(np.array(meaning, np.int32)[column.codes])
            uses = np.diff(column.offsets.astype(np.int64))
            rows.append(np.repeat(np.arange(len(uses), dtype=np.int32) + np.int32(start), uses))
        return tuple(places), np.concatenate(codes), np.concatenate(rows)


def _vectors(placed: Placed) -> BytesColumnReader | None:
    """Return the vectors of a segment's rows, if it has any."""
    if not placed.arrays.has_column(schema.VECTOR):
        return None
    found: BytesColumnReader = placed.arrays.column(schema.VECTOR, BytesColumn())
    return found


def _places(order: Sequence[int] | NDArray[np.intp]) -> Ints:
    """Return the inverse of a permutation: the place of each number."""
    places = np.empty(len(order), np.int32)
    places[np.asarray(order, np.intp)] = np.arange(len(order), dtype=np.int32)
    return places
