"""A Whoosh column of bytes, of any length a row, read in place."""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import columns

from engine.embedded.codec.arrayfile import ArrayFile, ArrayFileWriter, buffer_of


class BytesColumn(columns.Column):  # type: ignore[misc]  # Whoosh has no types
    """Some bytes a row, none where a row has none."""

    def writer(self, dbfile: Any) -> "BytesColumnWriter":
        """A writer onto a Whoosh file."""
        return BytesColumnWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> "BytesColumnReader":
        """A reader of the `length` bytes from `basepos` on."""
        content = buffer_of(dbfile)[basepos : basepos + length]
        return BytesColumnReader(ArrayFile(content), doccount)

    def default_value(self, reverse: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002
        """The bytes of a row that has none."""
        return b""


class BytesColumnWriter(columns.ColumnWriter):  # type: ignore[misc]
    """Writes the bytes of a segment as they come."""

    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._content: list[bytes] = []
        self._ends = array("Q", [0])

    def fill(self, docnum: int) -> None:
        """Gives all rows before `docnum` that have no bytes none."""
        missing = docnum + 1 - len(self._ends)
        if missing > 0:
            self._ends.extend(array("Q", [self._ends[-1]]) * missing)

    def add(self, docnum: int, value: bytes) -> None:
        """Sets the bytes of a row; rows come in ascending order."""
        self.fill(docnum)
        self._content.append(value)
        self._ends.append(self._ends[-1] + len(value))

    def finish(self, doccount: int) -> None:
        """Writes the column."""
        self.fill(doccount)
        writer = ArrayFileWriter(self._dbfile)
        parts = (np.frombuffer(part, np.uint8) for part in self._content)
        writer.add_chunks("content", np.dtype(np.uint8), parts)
        writer.add("ends", np.asarray(self._ends, np.uint64))
        writer.close()


class BytesColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """The bytes of a segment: row i has content[ends[i]:ends[i + 1]]."""

    def __init__(self, file: ArrayFile, doccount: int) -> None:
        self._content = file.array("content")
        self._ends = file.array("ends")
        self._size = doccount

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, docnum: int) -> bytes:
        if docnum + 1 >= len(self._ends):
            return b""
        start, end = self._ends[docnum : docnum + 2].tolist()
        return bytes(self._content[start:end])

    def __iter__(self) -> Iterator[bytes]:
        return (self[row] for row in range(self._size))

    def sort_key(self, docnum: int) -> bytes:
        """What Whoosh sorts rows by."""
        return self[docnum]
