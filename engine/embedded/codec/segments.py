"""A whole segment as arrays, open for reading: the seam between the codec and the executor."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.codec import ArraySegment
from engine.embedded.codec.fieldarrays import FieldArrays


class SegmentArrays:
    """A segment that is open for reading; rows count from 0 and include deleted ones."""

    __slots__ = ("_documents", "_terms", "deleted", "rows", "stored")

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        codec = segment.codec()
        self._terms = codec.terms_reader(storage, segment)
        self._documents = codec.per_document_reader(storage, segment)
        self.rows: int = segment.doc_count_all()
        self.stored = self._documents.stored_content
        """Returns the encoded stored fields of a row."""
        self.deleted: NDArray[np.uint32] = np.array(sorted(segment.deleted_docs()), np.uint32)

    @classmethod
    def open(cls, storage: Any, segment: ArraySegment) -> "SegmentArrays":
        """Opens a segment of an index in a Whoosh storage."""
        return cls(storage, segment)

    @classmethod
    def of(cls, reader: Any) -> "SegmentArrays":
        """The arrays behind a Whoosh reader of one segment."""
        return cls.open(reader.storage(), reader.segment())

    @property
    def live(self) -> NDArray[np.bool_]:
        """For each row, whether it is not deleted."""
        live = np.ones(self.rows, np.bool_)
        live[self.deleted] = False
        return live

    def fields(self) -> tuple[str, ...]:
        """The names of the fields that have terms."""
        return tuple(self._terms.indexed_field_names())

    def field(self, name: str) -> FieldArrays | None:
        """The arrays of a field, or None where nothing is indexed of it."""
        return self._terms.field(name)

    def has_column(self, name: str) -> bool:
        """Whether any row has a value in the column of a field."""
        return self._documents.has_column(name)

    def hold_column(self, name: str) -> None:
        """Maps the column of a field, so that it can be read when its file is gone."""
        self._documents.hold_column(name)

    def column(self, name: str, column: Any) -> Any:
        """The reader of the column of a field."""
        return self._documents.column_reader(name, column)
