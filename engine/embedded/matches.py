"""Where a word or phrase of a query stands, in whole arrays.

BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.5): the
frequencies of a word in all fields, each weighted and normalised by length, are added up before
they are saturated. A passage has its own text and heading, and inherits the title and summary of
its document. Weights are only worked out for rows that may be answers, so a word costs no more
than finding its postings.
"""

from collections.abc import Sequence
from functools import cached_property
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.embedded.ascending import Floats, Ints, first_of_runs
from engine.embedded.codec.inversion import spread
from engine.embedded.schema import DOCUMENT_FIELDS, PASSAGE_FIELDS
from engine.embedded.snapshot import Postings, Snapshot
from engine.wanted import Sequenced

Keys = NDArray[np.int64]

K1 = 1.2
WEIGHTS = {"text": 1.0, "heading": 1.0, "title": 2.0, "summary": 1.0}
LENGTH_NORMS = {"text": 0.75, "heading": 0.5, "title": 0.5, "summary": 0.5}
MOST_PARTS = 4
"""Parts of a field that are looked into one by one; more, as of a prefix, are put together."""
_POSITION_BITS = 32
_POSITION_START = 64
"""Added to every position, so that position minus offset in a phrase is never negative."""


class Part(NamedTuple):
    """Rows where a word stands in one field, ascending, and how often in each; `boosts` has for
    every row of the index what one occurrence there counts."""

    rows: Ints
    frequencies: NDArray[Any]
    boosts: Floats

    @property
    def nbytes(self) -> int:
        """The memory that it takes in bytes, beside what is mapped from files."""
        return sum([own.nbytes for own in (self.rows, self.frequencies) if own.base is None])


class Matches(NamedTuple):
    """Where a word stands in passages, and, by the parent rows, in titles and summaries.

    A row may be in several parts; what it has in each adds up.
    """

    passages: tuple[Part, ...]
    parents: tuple[Part, ...]
    idf: float

    @property
    def size(self) -> int:
        """How many rows have the word at most."""
        return sum([len(part.rows) for part in (*self.passages, *self.parents)])

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        return 1_000 + sum([part.nbytes for part in (*self.passages, *self.parents)])


def saturated(weights: Floats, idf: float) -> Floats:
    """Return the scores of weighted frequencies of a word of this rarity."""
    scores = weights + np.float32(K1)
    np.divide(weights, scores, out=scores)
    scores *= np.float32(idf * (K1 + 1))
    return scores


class Finder:
    """Finds words and phrases in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._passage_fields = [*filter(snapshot.has_field, PASSAGE_FIELDS)]
        self._document_fields = [*filter(snapshot.has_field, DOCUMENT_FIELDS)]

    def find(self, sequence: Sequenced) -> Matches:
        """Return where a word (one slot) or a phrase stands.

        As in Lucene's combined fields, the rarity of a word goes by the field where it is
        commonest, and alternatives count as one word.
        """
        snapshot = self._snapshot
        most = 0
        passages: list[Part] = []
        for name in self._passage_fields:
            if parts := self._parts(sequence, name):
                most = max(most, sum([len(part.rows) for part in parts]))
                passages += self._few(parts)
        parents: list[Part] = []
        for name in self._document_fields:
            if parts := self._parts(sequence, name):
                most = max(most, sum([self._heirs(part.rows) for part in parts]))
                parents += self._few(parts)
        most = min(most, snapshot.passages)
        idf = log(1 + (snapshot.passages - most + 0.5) / (most + 0.5))
        idf *= sequence[0].weight
        return Matches(tuple(passages), tuple(parents), idf)

    @cached_property
    def _boosts(self) -> dict[str, Floats]:
        """What one occurrence in each field counts in every row: its weight over its length."""
        boosts = {}
        for name, weight in WEIGHTS.items():
            b = np.float32(LENGTH_NORMS[name])
            norms = 1 - b + b * self._snapshot.relative_lengths(name)
            boosts[name] = (np.float32(weight) / norms).astype(np.float32)
        return boosts

    def _heirs(self, parents: Ints) -> int:
        """Return how many passages the documents with these parent rows have."""
        snapshot = self._snapshot
        counts = snapshot.passage_counts.take(snapshot.document_of.take(parents))
        return int(np.add.reduce(counts))

    def _few(self, parts: list[Part]) -> list[Part]:
        """Return the parts of a field; where they are too many, as one."""
        return parts if len(parts) <= MOST_PARTS else [self._together(parts)]

    def _together(self, parts: Sequence[Part]) -> Part:
        """Return parts of one field as one."""
        rows = np.concatenate([part.rows for part in parts])
        frequencies = np.concatenate([part.frequencies for part in parts])
        order = rows.argsort(kind="stable")
        rows = rows.take(order)
        starts = first_of_runs(rows)
        summed = np.add.reduceat(frequencies.take(order), starts, dtype=np.float32)
        return Part(rows.take(starts), summed, parts[0].boosts)

    def _parts(self, sequence: Sequenced, field: str) -> list[Part]:
        """Return where a sequence stands in one field."""
        boosts = self._boosts[field]
        if len(sequence) == 1:
            found = self._snapshot.postings(field, sequence[0])
            return [Part(*_joined(postings), boosts) for postings in found]
        starts = self._starts(sequence, field)
        if not len(starts):
            return []
        every = (starts >> _POSITION_BITS).astype(np.int32)
        first = first_of_runs(every)
        frequencies = np.diff(first, append=len(every))
        return [Part(every.take(first), frequencies, boosts)]

    def _starts(self, sequence: Sequenced, field: str) -> Keys:
        """Return where a phrase starts in one field: row and position in one number."""
        sets = self._snapshot.row_sets
        slots = []
        for slot in sequence:
            found = [each for term in self._snapshot.postings(field, slot) for each in term]
            if not found:
                return _NONE
            slots.append((slot.offset, found))
        # Positions are many: only those in rows that have all the words are looked at.
        unions = [sets.union([postings.rows for postings in found]) for _, found in slots]
        rows, *others = sorted(unions, key=len)
        for union in others:
            rows = rows[sets.member(rows, union)]
        common: Keys | None = None
        for offset, found in slots:
            keys = [self._places(postings, rows, offset) for postings in found]
            places = keys[0] if len(keys) == 1 else np.sort(np.concatenate(keys))
            common = places if common is None else _common(common, places)
        return _NONE if common is None else common

    def _places(self, postings: Postings, rows: Ints, offset: int) -> Keys:
        """Return where in some rows a phrase would start for each place of one of its words."""
        of_word, frequencies = postings.counted
        having = np.flatnonzero(self._snapshot.row_sets.member(of_word, rows))
        starts, positions = postings.positions
        counts = frequencies.take(having).astype(np.int64)
        places = positions.take(spread(starts.take(having), counts)).astype(np.int64)
        places += _POSITION_START - offset
        keys = of_word.take(having).astype(np.int64) << _POSITION_BITS
        return np.repeat(keys, counts) + places


_NONE: Keys = np.zeros(0, np.int64)


def _joined(postings: Sequence[Postings]) -> tuple[Ints, NDArray[Any]]:
    """Return the rows of a term in all segments, and how often it stands in each."""
    if len(postings) == 1:
        return postings[0].counted
    rows, frequencies = zip(*[each.counted for each in postings], strict=True)
    return np.concatenate(rows), np.concatenate(frequencies)


def _common(some: Keys, others: Keys) -> Keys:
    """Return the keys that are in both ascending arrays."""
    if len(some) > len(others):
        some, others = others, some
    if not len(some):
        return some
    common: Keys = some[others.take(others.searchsorted(some), mode="clip") == some]
    return common
