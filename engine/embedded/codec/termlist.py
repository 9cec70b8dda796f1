"""The sorted terms of a field, as one run of bytes that is searched in place."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from engine.embedded.codec.arrayfile import Array, ArrayFile, ArrayFileWriter
from engine.embedded.codec.spool import Spool

_KEY = 8  # bytes of a term that are compared as one number


class TermList:
    """Terms in the order of their bytes; an ordinal is the place of a term in it."""

    __slots__ = ("_content", "_keys", "_offsets")

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._content = file.array(f"terms/{field}").data
        self._offsets = native(file.array(f"term_offsets/{field}"))
        self._keys = native(file.array(f"term_keys/{field}"))

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, ordinal: int) -> bytes:
        return bytes(self._content[self._offsets[ordinal] : self._offsets[ordinal + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return (self[ordinal] for ordinal in range(len(self)))

    def find(self, term: bytes) -> int:
        """The ordinal of a term, or -1."""
        keys, key = self._keys, _key(term)
        ordinal = bisect_left(keys, key)
        if ordinal == len(keys) or keys[ordinal] != key:
            return -1
        offsets = self._offsets
        if self._content[offsets[ordinal] : offsets[ordinal + 1]] == term:
            return ordinal  # so it is for nearly every word that is there
        ordinal = self.place(term)
        return ordinal if ordinal < len(self) and self[ordinal] == term else -1

    def place(self, term: bytes) -> int:
        """The ordinal of the first term that is not before the given one."""
        key = _key(term)
        low = bisect_left(self._keys, key)
        if low == len(self) or self._keys[low] != key:
            return low
        high = len(self) if key == _LAST_KEY else bisect_left(self._keys, key + 1, low)
        return bisect_left(self, term, low, high)

    def starting(self, prefix: bytes) -> range:
        """The ordinals of all terms that start with a prefix."""
        stem = prefix.rstrip(b"\xff")
        if not stem:
            return range(self.place(prefix), len(self))
        return range(self.place(prefix), self.place(stem[:-1] + bytes([stem[-1] + 1])))


class TermListWriter:
    """Collects terms one by one, in ascending order."""

    def __init__(self) -> None:
        self._content = Spool("B")
        self._offsets = Spool("Q")
        self._keys = Spool("Q")
        self._offsets.append(0)

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, term: bytes) -> None:
        """Adds the next term."""
        self._content.extend_bytes(term)
        self._offsets.append(len(self._content))
        self._keys.append(_key(term))

    def extend(self, terms: Sequence[bytes]) -> None:
        """Adds the next terms."""
        ends = np.cumsum(np.fromiter(map(len, terms), np.uint64, len(terms)), dtype=np.uint64)
        self._offsets.extend_array(ends + np.uint64(len(self._content)))
        self._content.extend_bytes(b"".join(terms))
        self._keys.extend_array(np.array([term[:_KEY] for term in terms], f"S{_KEY}").view(">u8"))

    def write(self, file: ArrayFileWriter, field: str) -> None:
        """Writes the list under the name of a field."""
        file.add_chunks(f"terms/{field}", np.uint8, self._content.chunks())
        file.add_chunks(f"term_offsets/{field}", np.uint64, self._offsets.chunks())
        file.add_chunks(f"term_keys/{field}", np.uint64, self._keys.chunks())


def native(array: Array) -> memoryview:
    """The numbers of an array as a sequence of Python numbers, in place."""
    return array.astype(array.dtype.newbyteorder("="), copy=False).data


def _key(term: bytes) -> int:
    return int.from_bytes(term[:_KEY].ljust(_KEY, b"\0"), "big")


_LAST_KEY = 256**_KEY - 1
