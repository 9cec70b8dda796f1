"""Writes what is indexed of one field: its terms, in order, with their postings and statistics."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.arrayfile import Array, ArrayFileWriter
from engine.embedded.codec.fieldarrays import STATISTICS
from engine.embedded.codec.occurrences import Kind
from engine.embedded.codec.postings import PostingsWriter
from engine.embedded.codec.spool import Spool
from engine.embedded.codec.termlist import TermListWriter


class FieldWriter:
    """Collects a field posting by posting, or many terms at once."""

    def __init__(self, name: str, kind: Kind) -> None:
        self._name = name
        self._postings = PostingsWriter(kind)
        self._terms = TermListWriter()
        self._rows = Spool("I")
        self._statistics = [Spool(np.dtype(code).char) for _, code in STATISTICS]

    def start_term(self, term: bytes) -> None:
        """Begins a term."""
        self._terms.add(term)
        self._total = self._most = 0.0
        self._shortest = self._longest = 0

    def add(self, row: int, weight: float, value: bytes, length: int) -> None:
        """Adds a posting of the term; the length is that of the field in the row."""
        self._rows.append(row)
        self._postings.add(weight, value)
        self._total += weight
        self._most = max(self._most, weight)
        if length:
            self._shortest = min(self._shortest or length, length)
            self._longest = max(self._longest, length)

    def finish_term(self) -> None:
        """Ends the term."""
        self._postings.finish_list()
        numbers = (self._total, self._most, self._shortest, self._longest)
        for spool, number in zip(self._statistics, numbers, strict=True):
            spool.append(number)

    def extend(
        self,
        terms: Sequence[bytes],
        bounds: NDArray[np.int64],
        rows: Array,
        weights: Array,
        counts: Array,
        parts: Mapping[str, Array],
        lengths: Array,
    ) -> None:
        """Adds whole terms: term i has the postings from bounds[i] to bounds[i + 1], at least one.

        `lengths` are those of the field in all rows.
        """
        if not terms:
            return
        self._terms.extend(terms)
        self._rows.extend_array(rows)
        self._postings.extend(bounds, weights, counts, parts)
        starts, row_lengths = bounds[:-1], lengths[rows]
        numbers = (
            np.add.reduceat(weights, starts, dtype=np.float64),
            np.maximum.reduceat(weights, starts),
            np.minimum.reduceat(row_lengths, starts),
            np.maximum.reduceat(row_lengths, starts),
        )
        for spool, column in zip(self._statistics, numbers, strict=True):
            spool.extend_array(column)

    def write(self, file: ArrayFileWriter) -> None:
        """Writes the field."""
        self._terms.write(file, self._name)
        self._postings.write(file, self._name)
        file.add_chunks(f"rows/{self._name}", np.uint32, self._rows.chunks())
        for (part, code), spool in zip(STATISTICS, self._statistics, strict=True):
            file.add_chunks(f"{part}/{self._name}", code, spool.chunks())
