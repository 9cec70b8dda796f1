"""A growing list of numbers that is kept in memory only in part; it is read once, in order."""

from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np

from engine.embedded.codec.arrayfile import Array

CHUNK = 1 << 16  # numbers held before they go to a temporary file


class Spool:
    """Collects numbers of one array type code (as in the `array` module).

    An array that was added last is not copied, so that one that is all costs nothing.
    """

    __slots__ = ("_buffer", "_file", "_last", "_written")

    def __init__(self, typecode: str) -> None:
        self._buffer: array[Any] = array(typecode)
        self._file: IO[bytes] | None = None
        self._last: Array | None = None
        self._written = 0

    def __len__(self) -> int:
        last = 0 if self._last is None else len(self._last)
        return self._written + len(self._buffer) + last

    def append(self, number: float) -> None:
        """Adds one number."""
        self._settle()
        self._buffer.append(number)
        if len(self._buffer) >= CHUNK:
            self._spill()

    def extend(self, numbers: Iterable[float]) -> None:
        """Adds several numbers."""
        self._settle()
        self._buffer.extend(numbers)
        if len(self._buffer) >= CHUNK:
            self._spill()

    def extend_bytes(self, content: bytes) -> None:
        """Adds the numbers that some bytes hold."""
        self._settle()
        self._buffer.frombytes(content)
        if len(self._buffer) >= CHUNK:
            self._spill()

    def extend_array(self, numbers: Array) -> None:
        """Adds the numbers of an array, which must not change until the spool is read."""
        self._settle()
        self._last = numbers

    def pad(self, count: int) -> None:
        """Adds zeros until there are `count` numbers."""
        while len(self) < count:
            missing = min(count - len(self), CHUNK)
            self.extend_bytes(bytes(self._buffer.itemsize * missing))

    def chunks(self) -> Iterator[Array]:
        """All numbers, piece by piece; nothing can be added afterwards."""
        if self._file is not None:
            self._file.seek(0)
            while content := self._file.read(CHUNK * self._buffer.itemsize):
                yield np.frombuffer(content, self._buffer.typecode)
        yield np.asarray(self._buffer)
        if self._last is not None:
            yield from self._pieces(self._last)
        self.close()

    def close(self) -> None:
        """Gives up the temporary file, read or not."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _settle(self) -> None:
        """Copy the array that was added last."""
        last, self._last = self._last, None
        if last is not None:
            for piece in self._pieces(last):
                self.extend_bytes(piece.tobytes())

    def _pieces(self, numbers: Array) -> Iterator[Array]:
        for start in range(0, len(numbers), CHUNK):
            yield numbers[start : start + CHUNK].astype(self._buffer.typecode, copy=False)

    def _spill(self) -> None:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115  # closed when it is read
        self._file.write(self._buffer.tobytes())
        self._written += len(self._buffer)
        del self._buffer[:]
