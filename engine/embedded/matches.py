"""Where a word or phrase of a query stands, in whole arrays.

BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.5): the
frequencies of a word in all fields, each weighted and normalised by length, are added up before
they are saturated. A passage has its own text and heading, and inherits the title and summary of
its document; the two halves are kept apart here and added where they meet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from engine.embedded.ascending import Floats, Ints
from engine.embedded.codec.inversion import spread
from engine.embedded.schema import DOCUMENT_FIELDS, PASSAGE_FIELDS
from engine.embedded.snapshot import Postings, Snapshot
from engine.wanted import Sequenced

Keys = NDArray[np.int64]

K1 = 1.2
WEIGHTS = {"text": 1.0, "heading": 1.0, "title": 2.0, "summary": 1.0}
LENGTH_NORMS = {"text": 0.75, "heading": 0.5, "title": 0.5, "summary": 0.5}
_POSITION_BITS = 32
_POSITION_START = 64
"""Added to every position, so that position minus offset in a phrase is never negative."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows of passages with a word in text or heading, and the documents with it in title or
    summary, both ascending; each with its weighted and normalised frequency."""

    rows: Ints
    weights: Floats
    documents: Ints
    document_weights: Floats
    idf: float

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take, in bytes."""
        arrays = (self.rows, self.weights, self.documents, self.document_weights)
        return sum(array.nbytes for array in arrays)


def saturated(weights: Floats, idf: float) -> Floats:
    """Return the scores of weighted frequencies of a word of this rarity."""
    return np.float32(idf * (K1 + 1)) * weights / (weights + np.float32(K1))


class Finder:
    """Finds words and phrases in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def find(self, sequence: Sequenced) -> Matches:
        """Return where a word (one slot) or a phrase stands."""
        snapshot = self._snapshot
        rows, weights = self._weighted(sequence, PASSAGE_FIELDS)
        parents, document_weights = self._weighted(sequence, DOCUMENT_FIELDS)
        documents = snapshot.document_of[parents]
        found = self._passages_with(rows, documents)
        idf = log(1 + (snapshot.passages - found + 0.5) / (found + 0.5))
        return Matches(rows, weights, documents, document_weights, idf)

    @cached_property
    def _boosts(self) -> dict[str, Floats]:
        """What one occurrence in each field counts in every row: its weight over its length."""
        boosts = {}
        for name, weight in WEIGHTS.items():
            b = np.float32(LENGTH_NORMS[name])
            norms = 1 - b + b * self._snapshot.relative_lengths(name)
            boosts[name] = (np.float32(weight) / norms).astype(np.float32)
        return boosts

    def _passages_with(self, rows: Ints, documents: Ints) -> int:
        """Return how many passages have a word, be it from title or summary of their document."""
        snapshot = self._snapshot
        if not len(documents):
            return len(rows)
        inheriting = snapshot.document_sets.member(snapshot.document_of[rows], documents)
        own = len(rows) - int(np.count_nonzero(inheriting))
        return own + int(np.sum(snapshot.passage_counts[documents]))

    def _weighted(self, sequence: Sequenced, fields: Iterable[str]) -> tuple[Ints, Floats]:
        """Return the rows where a sequence stands in any of the fields, and its weight there."""
        every = [
            (rows, frequencies * self._boosts[name][rows])
            for name in fields
            for rows, frequencies in self._occurrences(sequence, name)
        ]
        return self._snapshot.row_sets.added(every)

    def _occurrences(self, sequence: Sequenced, field: str) -> Iterator[tuple[Ints, Floats]]:
        """Yield rows where a sequence stands in one field, and how often, in any number of parts;
        what a row has in several parts adds up."""
        if len(sequence) == 1:
            for postings in self._snapshot.postings(field, sequence[0]):
                yield postings.rows, postings.frequencies.astype(np.float32)
            return
        starts = self._starts(sequence, field)
        every = (starts >> _POSITION_BITS).astype(np.int32)
        first = np.flatnonzero(np.diff(every, prepend=-1))
        yield every[first], np.diff(first, append=len(every)).astype(np.float32)

    def _starts(self, sequence: Sequenced, field: str) -> Keys:
        """Return where a phrase starts in one field: row and position in one number."""
        sets = self._snapshot.row_sets
        slots = [(slot.offset, list(self._snapshot.postings(field, slot))) for slot in sequence]
        # Positions are many: only those in rows that have all the words are looked at.
        unions = [sets.union([postings.rows for postings in found]) for _, found in slots]
        rows = min(unions, key=len)
        for union in unions:
            rows = rows[sets.member(rows, union)]
        common: Keys | None = None
        for offset, found in slots:
            keys = [self._places(postings, rows, offset) for postings in found]
            places = keys[0] if len(keys) == 1 else np.sort(np.concatenate([_NONE, *keys]))
            common = places if common is None else _common(common, places)
        return _NONE if common is None else common

    def _places(self, postings: Postings, rows: Ints, offset: int) -> Keys:
        """Return where in some rows a phrase would start for each place of one of its words."""
        having = np.flatnonzero(self._snapshot.row_sets.member(postings.rows, rows))
        starts, positions = postings.positions
        counts = postings.frequencies[having].astype(np.int64)
        places = positions[spread(starts[having], counts)].astype(np.int64)
        places += _POSITION_START - offset
        return (
            np.repeat(postings.rows[having].astype(np.int64), counts) << _POSITION_BITS
        ) + places


_NONE: Keys = np.zeros(0, np.int64)


def _common(some: Keys, others: Keys) -> Keys:
    """Return the keys that are in both ascending arrays."""
    if len(some) > len(others):
        some, others = others, some
    if not len(some):
        return some
    places = np.minimum(np.searchsorted(others, some), len(others) - 1)
    common: Keys = some[others[places] == some]
    return common
