"""Whoosh columns that can be read as whole arrays: one number a row, or several strings a row.

They keep no Python object a row and unpickle nothing; text or other values belong elsewhere.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from engine.embedded.codec.arrayfile import Array, ArrayFile, ArrayFileWriter, buffer_of, view

Number = float  # or an int: a column's dtype says which


@dataclass(frozen=True, slots=True)
class Values:
    """Strings of rows: row i has vocabulary[codes[offsets[i]:offsets[i + 1]]]."""

    vocabulary: Sequence[str]
    offsets: NDArray[np.uint64]
    codes: NDArray[np.uint32]


class ArrayColumn(columns.Column):  # type: ignore[misc]  # Whoosh has no types
    """One number of a fixed NumPy type a row, the default where a row has none."""

    reversible = True

    def __init__(self, dtype: str, default: Number = 0) -> None:
        self.dtype = np.dtype(dtype).newbyteorder("<").str
        self._default = default

    def writer(self, dbfile: Any) -> "ArrayColumnWriter":
        """A writer onto a Whoosh file."""
        return ArrayColumnWriter(dbfile, self.dtype, self._default)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> "ArrayColumnReader":
        """A reader of the `length` bytes from `basepos` on."""
        rows = _padded(
            _part(dbfile, basepos, length), np.dtype(self.dtype), doccount, self._default
        )
        return ArrayColumnReader(rows)

    def default_value(self, reverse: bool = False) -> Number:  # noqa: FBT001, FBT002  # Whoosh's signature
        """The number of a row that has none."""
        return -self._default if reverse else self._default


class ArrayColumnWriter(columns.ColumnWriter):  # type: ignore[misc]
    """Collects the numbers of a segment; OverflowError for one that its type cannot hold."""

    def __init__(self, dbfile: Any, dtype: str, default: Number) -> None:
        self._dbfile = dbfile
        self._dtype = dtype
        self._default = default
        self._values: array[Any] = array(np.dtype(dtype).char)

    def fill(self, docnum: int) -> None:
        """Gives all rows before `docnum` that have no number the default."""
        missing = docnum - len(self._values)
        if missing > 0:
            self._values.extend(array(self._values.typecode, [self._default]) * missing)

    def add(self, docnum: int, value: Number) -> None:
        """Sets the number of a row; rows come in ascending order."""
        self.fill(docnum)
        self._values.append(value)

    def finish(self, doccount: int) -> None:
        """Writes the column."""
        self.fill(doccount)
        self._dbfile.write(np.asarray(self._values).astype(self._dtype).tobytes())


class ArrayColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """The numbers of a segment, as an array or by row."""

    def __init__(self, rows: Array) -> None:
        self._rows = rows
        self._reverse = False

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, docnum: int) -> Number:
        value: Number = self._rows[docnum].item()
        return value

    def __iter__(self) -> Iterator[Number]:
        return iter(self.load())

    def array(self) -> Array:
        """All numbers, one a row, read-only."""
        return self._rows

    def sort_key(self, docnum: int) -> Number:
        """What Whoosh sorts rows by."""
        return -self[docnum] if self._reverse else self[docnum]

    def load(self) -> list[Number]:
        """All numbers as Python numbers."""
        numbers: list[Number] = self._rows.tolist()
        return numbers

    def set_reverse(self) -> None:
        """Turns the order of sort keys."""
        self._reverse = True


class ValuesColumn(columns.Column):  # type: ignore[misc]
    """A tuple of strings a row, stored as codes into the segment's sorted vocabulary."""

    def writer(self, dbfile: Any) -> "ValuesColumnWriter":
        """A writer onto a Whoosh file."""
        return ValuesColumnWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> "ValuesColumnReader":
        """A reader of the `length` bytes from `basepos` on."""
        return ValuesColumnReader(ArrayFile(_part(dbfile, basepos, length)), doccount)

    def default_value(self, reverse: bool = False) -> tuple[str, ...]:  # noqa: ARG002, FBT001, FBT002
        """The values of a row that has none."""
        return ()

    def stores_lists(self) -> bool:
        """A row may have several values."""
        return True


class ValuesColumnWriter(columns.ColumnWriter):  # type: ignore[misc]
    """Collects the values of a segment."""

    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._codes_by_value: dict[str, int] = {}
        self._codes = array("I")
        self._ends = array("Q")

    def fill(self, docnum: int) -> None:
        """Gives all rows before `docnum` that have no values none."""
        missing = docnum - len(self._ends)
        if missing > 0:
            self._ends.extend(array("Q", [len(self._codes)]) * missing)

    def add(self, docnum: int, value: Sequence[str]) -> None:
        """Sets the values of a row; rows come in ascending order."""
        if isinstance(value, str):
            raise TypeError("A row takes a sequence of values, not one string.")
        self.fill(docnum)
        known = self._codes_by_value
        self._codes.extend([known.setdefault(each, len(known)) for each in value])
        self._ends.append(len(self._codes))

    def finish(self, doccount: int) -> None:
        """Writes the column."""
        self.fill(doccount)
        written = BytesIO()
        offsets = np.concatenate([np.zeros(1, np.uint64), np.asarray(self._ends, np.uint64)])
        codes = np.asarray(self._codes, np.uint32)
        write_values(written, Values(tuple(self._codes_by_value), offsets, codes))
        self._dbfile.write(written.getvalue())


class ValuesColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """The values of a segment: row i has vocabulary[codes[offsets[i]:offsets[i + 1]]]."""

    def __init__(self, file: ArrayFile, doccount: int) -> None:
        blob = file.array("vocabulary").tobytes()
        self.vocabulary: tuple[str, ...] = tuple(
            blob[start:end].decode("utf-8", "surrogatepass")
            for start, end in pairwise(file.array("vocabulary_offsets").tolist())
        )
        self.codes: NDArray[np.uint32] = file.array("codes")
        self.offsets: NDArray[np.uint64] = _padded_offsets(file.array("offsets"), doccount)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, docnum: int) -> tuple[str, ...]:
        codes = self.codes[int(self.offsets[docnum]) : int(self.offsets[docnum + 1])]
        return tuple(self.vocabulary[code] for code in codes.tolist())

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (self[row] for row in range(len(self)))

    def sort_key(self, docnum: int) -> tuple[str, ...]:
        """What Whoosh sorts rows by."""
        return self[docnum]


def write_numbers(stream: Any, column: ArrayColumn, numbers: Array) -> None:
    """Writes an array column from one number a row."""
    stream.write(np.ascontiguousarray(numbers, dtype=column.dtype).tobytes())


def write_values(stream: Any, values: Values) -> None:
    """Writes a values column; the vocabulary may be in any order."""
    vocabulary = values.vocabulary
    order = sorted(range(len(vocabulary)), key=lambda code: vocabulary[code])
    ranks = np.empty(len(vocabulary), np.uint32)
    ranks[order] = np.arange(len(vocabulary), dtype=np.uint32)
    words = [vocabulary[code].encode("utf-8", "surrogatepass") for code in order]
    writer = ArrayFileWriter(stream)
    writer.add("vocabulary", np.frombuffer(b"".join(words), np.uint8))
    writer.add("vocabulary_offsets", np.cumsum([0, *map(len, words)], dtype=np.uint64))
    writer.add("offsets", values.offsets.astype(np.uint64))
    writer.add("codes", ranks[values.codes])
    writer.close()


def _part(dbfile: Any, basepos: int, length: int) -> memoryview:
    return buffer_of(dbfile)[basepos : basepos + length]


def _padded(content: memoryview, dtype: np.dtype[Any], rows: int, default: Number) -> Array:
    present = view(content, dtype.str, len(content) // dtype.itemsize, 0)
    if len(present) >= rows:
        return present[:rows]
    return np.concatenate([present, np.full(rows - len(present), default, dtype)])


def _padded_offsets(offsets: Array, rows: int) -> Array:
    if len(offsets) > rows:
        return offsets[: rows + 1]
    return np.concatenate([offsets, np.full(rows + 1 - len(offsets), offsets[-1], offsets.dtype)])
