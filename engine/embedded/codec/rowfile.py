"""What is kept of each row of a segment beside its columns: field lengths, stored fields, vectors.

The file is written row by row as Whoosh hands rows over, and read in place.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.codec import base

from engine.embedded.codec.arrayfile import Array, ArrayFile, ArrayFileWriter
from engine.embedded.codec.fieldarrays import encoded
from engine.embedded.codec.matching import ArrayMatcher
from engine.embedded.codec.occurrences import kind_of
from engine.embedded.codec.postings import Postings, PostingsWriter
from engine.embedded.codec.spool import Spool
from engine.embedded.codec.termlist import native

SHORT = 0xFFFF  # the longest field whose length is stored in 16 bits


class RowFileWriter:
    """Collects lengths, stored fields and vectors; rows come in ascending order."""

    def __init__(self) -> None:
        self._lengths: dict[str, Spool] = {}
        self._longest: dict[str, int] = {}
        self._stored = Spool("B")
        self._stored_ends = Spool("Q")
        self._vectors: dict[str, _Vectors] = {}

    def add_length(self, row: int, field: str, length: int) -> None:
        """Sets the length of a field of a row, in tokens."""
        lengths = self._lengths.setdefault(field, Spool("I"))
        lengths.pad(row)
        lengths.append(length)
        self._longest[field] = max(self._longest.get(field, 0), length)

    def add_lengths(self, field: str, lengths: Array) -> None:
        """Sets the lengths of a field of all rows at once."""
        spool = self._lengths[field] = Spool("I")
        spool.extend_array(lengths)
        self._longest[field] = int(lengths.max(initial=0))

    def add_stored(self, row: int, content: bytes) -> None:
        """Sets the encoded stored fields of a row."""
        self._pad_stored(row)
        self._stored.extend_bytes(content)
        self._stored_ends.append(len(self._stored))

    def add_stored_run(self, row: int, content: bytes, ends: Array) -> None:
        """Sets the encoded stored fields of successive rows; `ends` counts from their start."""
        self._pad_stored(row)
        self._stored_ends.extend_array(ends + np.uint64(len(self._stored)))
        self._stored.extend_bytes(content)

    def add_vector(
        self, row: int, field: str, format_: Any, postings: Iterable[tuple[str, float, bytes]]
    ) -> None:
        """Sets the vector of a field of a row: terms, weights and values."""
        if field not in self._vectors:
            self._vectors[field] = _Vectors(PostingsWriter(kind_of(format_)))
        self._vectors[field].add(row, postings)

    def write(self, stream: Any, rows: int) -> None:
        """Writes the file for so many rows."""
        file = ArrayFileWriter(stream)
        self._pad_stored(rows)
        file.add_chunks("stored", np.uint8, self._stored.chunks())
        file.add_chunks("stored_ends", np.uint64, self._stored_ends.chunks())
        for field, lengths in self._lengths.items():
            lengths.pad(rows)
            dtype = np.uint16 if self._longest[field] <= SHORT else np.uint32
            file.add_chunks(f"lengths/{field}", dtype, lengths.chunks())
        for field, vectors in self._vectors.items():
            vectors.write(file, field)
        file.close()

    def _pad_stored(self, rows: int) -> None:
        while len(self._stored_ends) < rows:
            self._stored_ends.append(len(self._stored))


class RowFile:
    """Reads lengths, stored fields and vectors in place."""

    __slots__ = ("_file", "_stored", "_stored_ends", "_vectors", "lengths")

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._stored = file.array("stored").data
        self._stored_ends = native(file.array("stored_ends"))
        self._vectors: dict[str, tuple[Array, Postings]] = {}
        self.lengths: dict[str, Array] = {
            name.removeprefix("lengths/"): file.array(name)
            for name in file
            if name.startswith("lengths/")
        }

    def __len__(self) -> int:
        return len(self._stored_ends)

    def stored(self, row: int) -> bytes:
        """The encoded stored fields of a row; empty where it has none."""
        start = self._stored_ends[row - 1] if row else 0
        return bytes(self._stored[start : self._stored_ends[row]])

    def stored_run(self, start: int, end: int) -> tuple[bytes, Array]:
        """The encoded stored fields of successive rows, and where each ends in them."""
        first = self._stored_ends[start - 1] if start else 0
        ends = np.asarray(self._stored_ends[start:end], np.uint64) - np.uint64(first)
        last = self._stored_ends[end - 1] if end else 0
        return bytes(self._stored[first:last]), ends

    @property
    def has_vectors(self) -> bool:
        """Whether any row has a vector."""
        return any(name.startswith("vector_rows/") for name in self._file)

    def has_vector(self, row: int, field: str) -> bool:
        """Whether a row has a vector of a field."""
        return self._vector(row, field) is not None

    def vector(self, row: int, field: str, format_: Any) -> ArrayMatcher:
        """A matcher over the terms of a row; KeyError where it has no vector."""
        found = self._vector(row, field)
        if found is None:
            raise KeyError(f"The row {row} has no vector of the field {field}.")
        postings, place = found
        first, last = postings.offsets[place], postings.offsets[place + 1]
        ends = self._file.array(f"text_offsets/{field}")[first : last + 1].tolist()
        texts = self._file.array(f"texts/{field}")
        terms = [
            texts[start:end].tobytes().decode("utf-8", "surrogatepass")
            for start, end in pairwise(ends)
        ]
        return ArrayMatcher(postings, place, terms, format_=format_)

    def _vector(self, row: int, field: str) -> tuple[Postings, int] | None:
        if f"vector_rows/{field}" not in self._file:
            return None
        if field not in self._vectors:
            rows = self._file.array(f"vector_rows/{field}")
            self._vectors[field] = rows, Postings(self._file, field)
        rows, postings = self._vectors[field]
        place = int(np.searchsorted(rows, row))
        return (postings, place) if place < len(rows) and rows[place] == row else None


class ArrayPerDocumentWriter(base.PerDocWriterWithColumns):  # type: ignore[misc]
    """Takes rows from Whoosh's writer; columns go to files of their own."""

    def __init__(self, codec: Any, storage: Any, segment: Any) -> None:
        self._codec = codec
        self._storage = storage
        self._segment = segment
        self._file = segment.create_file(storage, codec.ROWS_EXT)
        self._rows = RowFileWriter()
        self._columns: dict[str, tuple[Any, Any]] = {}
        self._stored: dict[str, Any] | None = None
        self._docnum = -1
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begins a row."""
        if self._stored is not None or docnum != self._docnum + 1:
            raise ValueError(f"The row {docnum} came out of order.")
        self._docnum = docnum
        self._stored = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:  # noqa: ARG002  # Whoosh's signature
        """Sets the stored value and the length of a field of the row."""
        if value is not None and self._stored is not None:
            self._stored[fieldname] = value
        if length:
            self._rows.add_length(self._docnum, fieldname, length)

    def add_vector_items(
        self, fieldname: str, fieldobj: Any, items: Iterable[tuple[str, float, bytes]]
    ) -> None:
        """Sets the vector of a field of the row."""
        self._rows.add_vector(self._docnum, fieldname, fieldobj.vector, items)

    def finish_doc(self) -> None:
        """Ends the row."""
        stored, self._stored = self._stored, None
        if stored:
            self._rows.add_stored(self._docnum, self._codec.encode_stored(stored))

    def close(self) -> None:
        """Writes everything."""
        self.finish_doc()
        for file, writer in self._columns.values():
            writer.finish(self._docnum + 1)
            file.close()
        self._rows.write(self._file, self._docnum + 1)
        self._file.close()
        self.is_closed = True

    def _has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def _create_column(self, fieldname: str, column: Any) -> None:
        name = self._codec.column_filename(self._segment, fieldname)
        file = self._storage.create_file(name)
        self._columns[fieldname] = file, column.writer(file)

    def _get_column(self, fieldname: str) -> Any:
        return self._columns[fieldname][1]


class _Vectors:
    """The vectors of one field."""

    def __init__(self, postings: PostingsWriter) -> None:
        self._postings = postings
        self._rows = Spool("I")
        self._texts = Spool("B")
        self._text_offsets = Spool("Q")
        self._text_offsets.append(0)

    def add(self, row: int, postings: Iterable[tuple[str, float, bytes]]) -> None:
        before = len(self._text_offsets)
        for text, weight, value in postings:
            self._texts.extend_bytes(encoded(text))
            self._text_offsets.append(len(self._texts))
            self._postings.add(weight, value)
        if len(self._text_offsets) > before:
            self._rows.append(row)
            self._postings.finish_list()

    def write(self, file: ArrayFileWriter, field: str) -> None:
        file.add_chunks(f"vector_rows/{field}", np.uint32, self._rows.chunks())
        file.add_chunks(f"texts/{field}", np.uint8, self._texts.chunks())
        file.add_chunks(f"text_offsets/{field}", np.uint64, self._text_offsets.chunks())
        self._postings.write(file, field)
