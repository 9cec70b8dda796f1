"""Whoosh's table of contents: which segments an index has, and which of their rows are deleted.

It is a pickle. It is written as Whoosh writes it, so that Whoosh can open the index, and read by
an unpickler that knows one class, so that a foreign one can run nothing.
"""

import io
import pickle
from collections.abc import Sequence

from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, clean_files

from engine.embedded.codec.codec import ArraySegment
from engine.embedded.schema import INDEX, schema
from engine.errors import WrongVersionError


class SegmentUnpickler(pickle.Unpickler):
    """Reads segments, and refuses everything else."""

    def find_class(self, module: str, name: str) -> type[ArraySegment]:
        """Return the one class that a table of contents holds."""
        if (module, name) == (ArraySegment.__module__, ArraySegment.__name__):
            return ArraySegment
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of contents")


def exists(storage: Storage) -> bool:
    """Tell whether there is an index."""
    return bool(TOC._latest_generation(storage, INDEX) >= 0)


def read(storage: Storage) -> tuple[ArraySegment, ...]:
    """Return the segments of an index.

    Raises FileNotFoundError where there is none, and WrongVersionError for a table of contents
    that is not ours.
    """
    number = TOC._latest_generation(storage, INDEX)
    if number < 0:
        raise FileNotFoundError("There is no table of contents.")
    with storage.open_file(TOC._filename(INDEX, number)) as file:
        try:
            _skip_head(file)
            segments = SegmentUnpickler(io.BytesIO(file.read())).load()
        # A damaged or foreign pickle can raise anything.
        except Exception as error:
            raise WrongVersionError(
                f"The table of contents of the index is not one of ours ({error}): build it again."
            ) from error
    return tuple(segments)


def write(storage: Storage, segments: Sequence[ArraySegment]) -> None:
    """Make these the segments of the index, and remove the files of all others."""
    number = TOC._latest_generation(storage, INDEX) + 1
    TOC(schema(), list(segments), number).write(storage, INDEX)
    clean_files(storage, INDEX, number, segments)


def _skip_head(file: StructFile) -> None:
    """Read past what stands before the segments: sizes, versions, the schema, the number."""
    for _ in range(3):
        file.read_varint()
    file.read_int(), file.read_int()
    for _ in range(3):
        file.read_varint()
    file.skip_string()
    file.read_int(), file.read_int()
