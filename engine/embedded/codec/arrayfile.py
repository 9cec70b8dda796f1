"""One file of named flat arrays, written in one pass and read in place through a memory map.

Refuses files that are cut short, of another version, or whose directory points outside the file.
"""

import json
import mmap
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.errors import EngineError, WrongVersionError

ALIGNMENT = 64  # a cache line; enough for every dtype and every vector instruction
DTYPES = frozenset({"|b1", "|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8"})

Array = NDArray[Any]

_MAGIC = b"CSARRAYS"
_VERSION = 1
# Directory offset, directory length, version, magic: the last bytes of the file, so that a
# writer never has to go back.
_FOOTER = struct.Struct("<QQI8s")


class Stream(Protocol):
    """What arrays are written to."""

    def write(self, content: bytes, /) -> object: ...


class DamagedFileError(EngineError):
    """A file of arrays is not what was written."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one array lies in the file."""

    dtype: str
    count: int
    offset: int


class ArrayFileWriter:
    """Writes arrays one after another; none has to be in memory whole."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._position = 0
        self._entries: dict[str, _Entry] = {}
        self._write(_MAGIC)

    def add(self, name: str, array: Array) -> None:
        """Writes a whole array."""
        self.add_chunks(name, array.dtype, (array,))

    def add_chunks(self, name: str, dtype: DTypeLike, chunks: Iterable[Array]) -> None:
        """Writes an array that arrives in pieces, which are converted to `dtype`."""
        code = np.dtype(dtype).newbyteorder("<").str
        if code not in DTYPES:
            raise ValueError(f"Arrays of type {code} are not stored.")
        if name in self._entries:
            raise ValueError(f"The array {name} is already written.")
        self._write(bytes(-self._position % ALIGNMENT))
        offset, count = self._position, 0
        for chunk in chunks:
            self._write(np.ascontiguousarray(chunk, dtype=code).tobytes())
            count += chunk.size
        self._entries[name] = _Entry(code, count, offset)

    def close(self) -> None:
        """Writes the directory; closing the stream is left to its owner."""
        directory = {
            name: [entry.dtype, entry.count, entry.offset] for name, entry in self._entries.items()
        }
        content = json.dumps(directory, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        footer = _FOOTER.pack(self._position, len(content), _VERSION, _MAGIC)
        self._write(content)
        self._write(footer)

    def _write(self, content: bytes) -> None:
        self._stream.write(content)
        self._position += len(content)


class ArrayFile:
    """The arrays of one file, read-only, without copying where the file is aligned in memory."""

    __slots__ = ("_buffer", "_entries")

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._entries = _directory(buffer)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def array(self, name: str) -> Array:
        """The array of that name; KeyError without one."""
        entry = self._entries[name]
        return view(self._buffer, entry.dtype, entry.count, entry.offset)


def view(buffer: memoryview, dtype: str, count: int, offset: int) -> Array:
    """A read-only array over a part of a buffer; copied only where its address is unaligned."""
    if count == 0:
        array: Array = np.empty(0, dtype)
    else:
        array = np.require(np.frombuffer(buffer, dtype, count, offset), requirements="A")
    array.flags.writeable = False
    return array


def buffer_of(file: Any) -> memoryview:
    """The content of a file opened by a Whoosh storage: mapped if it is real, else its memory.

    The map stays valid when the file is closed, as long as something refers to it.
    """
    if file.is_real:
        size = file.raw_file().seek(0, 2)
        if size == 0:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    held = getattr(file, "_buf", None)
    if held is None:  # a part of a compound file that is not mapped: it can only be read
        file.seek(0)
        held = file.read()
    return memoryview(held).toreadonly()


def _directory(buffer: memoryview) -> dict[str, _Entry]:
    if len(buffer) < len(_MAGIC) + _FOOTER.size or buffer[: len(_MAGIC)] != _MAGIC:
        raise DamagedFileError("A file of the index is damaged: it does not start as it should.")
    end = len(buffer) - _FOOTER.size
    offset, length, version, magic = _FOOTER.unpack_from(buffer, end)
    if magic != _MAGIC or offset + length != end:
        raise DamagedFileError("A file of the index is damaged: it is cut short.")
    if version != _VERSION:
        raise WrongVersionError(f"A file of the index has version {version}, not {_VERSION}.")
    try:
        directory = json.loads(bytes(buffer[offset:end]))
        return {str(name): _entry(*fields, limit=offset) for name, fields in directory.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedFileError(
            "A file of the index is damaged: its directory is unreadable."
        ) from error


def _entry(dtype: object, count: object, offset: object, *, limit: int) -> _Entry:
    if not (isinstance(dtype, str) and isinstance(count, int) and isinstance(offset, int)):
        raise TypeError("An array has a type, a count and an offset.")
    if dtype not in DTYPES or count < 0 or offset < 0 or offset % ALIGNMENT:
        raise ValueError("An array has a type of ours and starts on a boundary.")
    if offset + count * np.dtype(dtype).itemsize > limit:
        raise ValueError("An array ends before the directory.")
    return _Entry(dtype, count, offset)
