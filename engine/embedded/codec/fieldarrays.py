"""Everything that is indexed of one field in one segment, as arrays."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermInfo

from engine.embedded.codec.arrayfile import Array, ArrayFile
from engine.embedded.codec.postings import Postings
from engine.embedded.codec.termlist import TermList, native

STATISTICS = (("totals", "<f8"), ("most", "<f4"), ("shortest", "<u4"), ("longest", "<u4"))


class FieldArrays:
    """The terms of a field, in order; all else goes by the ordinal of a term among them.

    Rows count from 0 in the segment and include deleted ones.
    """

    __slots__ = ("_document_frequency", "_rows", "_statistics", "lengths", "postings", "terms")

    def __init__(self, file: ArrayFile, name: str, lengths: Array) -> None:
        self.terms = TermList(file, name)
        self.postings = Postings(file, name)
        self.lengths = lengths
        self._rows: NDArray[np.int32] = file.array(f"rows/{name}").view(np.int32)
        self._document_frequency: NDArray[np.uint32] | None = None
        self._statistics = [native(file.array(f"{part}/{name}")) for part, _ in STATISTICS]

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def document_frequency(self) -> NDArray[np.uint32]:
        """How many rows each term stands in, by ordinal."""
        if self._document_frequency is None:
            self._document_frequency = np.diff(self.postings.offsets).astype(np.uint32)
        return self._document_frequency

    def find(self, term: str) -> int:
        """The ordinal of a term, or -1."""
        return self.terms.find(encoded(term))

    def prefix(self, prefix: str, limit: int | None = None) -> range:
        """The ordinals of the first terms that start with a prefix."""
        return self.terms.starting(encoded(prefix))[:limit]

    def term(self, ordinal: int) -> str:
        """The term of an ordinal."""
        return self.terms[ordinal].decode("utf-8", "surrogatepass")

    def rows(self, ordinal: int) -> NDArray[np.int32]:
        """The rows that a term stands in, ascending."""
        offsets = self.postings.offsets
        return self._rows[offsets[ordinal] : offsets[ordinal + 1]]

    def counted(self, ordinal: int) -> tuple[NDArray[np.int32], Array]:
        """The rows that a term stands in, ascending, and how often it stands in each."""
        start, end = self.postings.offsets[ordinal], self.postings.offsets[ordinal + 1]
        return self._rows[start:end], self.postings.weights(start, end)

    def rows_between(self, start: int, end: int) -> NDArray[np.int32]:
        """The rows of successive postings."""
        return self._rows[start:end]

    def positions(self, ordinal: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Where a term stands: in its i-th row at positions[starts[i]:starts[i + 1]]."""
        return self.postings.occurrence_offsets(ordinal), self.postings.part("positions")

    def ids(self, ordinal: int) -> Sequence[int]:
        """The rows that a term stands in, as Python numbers."""
        return native(self.rows(ordinal))

    def term_info(self, ordinal: int) -> TermInfo:
        """What Whoosh wants to know about a term."""
        total, most, shortest, longest = (part[ordinal] for part in self._statistics)
        rows = self.ids(ordinal)
        return TermInfo(total, len(rows), shortest, longest, most, rows[0], rows[-1])


def encoded(term: str) -> bytes:
    """A term as it is stored; any text has such a form."""
    return term.encode("utf-8", "surrogatepass")
