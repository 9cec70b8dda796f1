"""A Whoosh codec that keeps a segment as flat typed arrays in memory-mapped files.

Every query of Whoosh's works on it. Nothing it reads is unpickled; values that JSON cannot hold
are refused as stored fields.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from whoosh.codec import base
from whoosh.filedb.structfile import BufferFile

from engine.embedded.codec.arrayfile import ArrayFile, buffer_of
from engine.embedded.codec.inverted import ArrayFieldWriter, ArrayTermsReader
from engine.embedded.codec.matching import ArrayMatcher
from engine.embedded.codec.rowfile import ArrayPerDocumentWriter, RowFile
from engine.embedded.codec.stored import decode_stored, encode_stored


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Makes the writers and readers of a segment."""

    TERMS_EXT = ".terms"
    ROWS_EXT = ".rows"
    COLUMN_EXT = ".col"

    encode_stored = staticmethod(encode_stored)
    decode_stored = staticmethod(decode_stored)

    def per_document_writer(self, storage: Any, segment: Any) -> ArrayPerDocumentWriter:
        """A writer of rows."""
        return ArrayPerDocumentWriter(self, storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """A writer of terms and postings."""
        return ArrayFieldWriter(segment.create_file(storage, self.TERMS_EXT))

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """A reader of terms and postings."""
        rows = self.ROWS_EXT
        has_rows = storage.file_exists(segment.make_filename(rows))
        lengths = open_rows(storage, segment).lengths if has_rows else {}
        return ArrayTermsReader(_arrays(storage, segment, self.TERMS_EXT), lengths)

    def per_document_reader(self, storage: Any, segment: Any) -> "ArrayPerDocumentReader":
        """A reader of rows."""
        return ArrayPerDocumentReader(self, storage, segment)

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    @classmethod
    def column_filename(cls, segment: Any, fieldname: str) -> str:
        """The name of the file of a column."""
        name: str = segment.make_filename(f".{fieldname}{cls.COLUMN_EXT}")
        return name

    def new_segment(self, storage: Any, indexname: str) -> "ArraySegment":  # noqa: ARG002  # Whoosh's signature
        """A segment with no rows yet."""
        return ArraySegment(indexname)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the table of contents says of a segment: its name, its rows, which are deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._rows = 0
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Its files stay apart: inside another file, arrays would lose their alignment."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Sets the number of rows."""
        self._rows = doccount

    def doc_count_all(self) -> int:
        """The number of rows, deleted ones too."""
        return self._rows

    def deleted_count(self) -> int:
        """The number of deleted rows."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """The deleted rows."""
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002  # Whoosh's signature
        """Deletes a row or takes that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a row is deleted."""
        return docnum in self._deleted


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Reads rows in place."""

    def __init__(self, codec: ArrayCodec, storage: Any, segment: ArraySegment) -> None:
        self._codec = codec
        self._storage = storage
        self._segment = segment
        self._rows = open_rows(storage, segment)
        self.stored_content = self._rows.stored
        """Returns the stored fields of a row as they are encoded; nothing where it has none."""
        self._columns: dict[str, memoryview] = {}
        self._totals: dict[str, int] = {}

    def close(self) -> None:
        """Nothing is held open; the map goes when nothing refers to it."""

    def doc_count(self) -> int:
        """The number of rows that are not deleted."""
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """The number of rows."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Whether rows are deleted."""
        deletions: bool = self._segment.has_deletions()
        return deletions

    def is_deleted(self, docnum: int) -> bool:
        """Whether a row is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        """The deleted rows."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether the segment has a column of a field."""
        name = self._codec.column_filename(self._segment, fieldname)
        return fieldname in self._columns or bool(self._storage.file_exists(name))

    def hold_column(self, fieldname: str) -> None:
        """Maps a column, so that it can be read when its file is gone."""
        if fieldname not in self._columns:
            name = self._codec.column_filename(self._segment, fieldname)
            self._columns[fieldname] = _content(self._storage, name)

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """A reader of a column."""
        self.hold_column(fieldname)
        name = self._codec.column_filename(self._segment, fieldname)
        content = self._columns[fieldname]
        return column.reader(MappedFile(content, name), 0, len(content), self.doc_count_all())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a field of a row in tokens, exactly."""
        lengths = self._rows.lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        """The summed length of a field over all rows."""
        if fieldname not in self._totals:
            lengths = self._rows.lengths.get(fieldname)
            self._totals[fieldname] = 0 if lengths is None else int(lengths.sum(dtype="u8"))
        return self._totals[fieldname]

    def min_field_length(self, fieldname: str) -> int:
        """The smallest length of a field; 0 where a row lacks it."""
        lengths = self._rows.lengths.get(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        """The largest length of a field."""
        lengths = self._rows.lengths.get(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.max())

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether a row has a vector of a field."""
        return self._rows.has_vector(docnum, fieldname)

    def vector(self, docnum: int, fieldname: str, format_: Any) -> ArrayMatcher:
        """A matcher over the terms of a row."""
        return self._rows.vector(docnum, fieldname, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a row."""
        content = self._rows.stored(docnum)
        return self._codec.decode_stored(content) if content else {}


class MappedFile(BufferFile):  # type: ignore[misc]
    """A Whoosh file over a buffer, which Whoosh's own would copy when it is opened."""

    def __init__(self, content: memoryview, name: str) -> None:
        self._buf = content
        self._name = name
        self._copy: BytesIO | None = None
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    @property
    def file(self) -> BytesIO:
        """The content as a file, for readers that want to move through it."""
        if self._copy is None:
            self._copy = BytesIO(self._buf)
        return self._copy


def open_rows(storage: Any, segment: Any) -> RowFile:
    """The rows of a segment."""
    return RowFile(_arrays(storage, segment, ArrayCodec.ROWS_EXT))


def _arrays(storage: Any, segment: Any, extension: str) -> ArrayFile:
    return ArrayFile(_content(storage, segment.make_filename(extension)))


def _content(storage: Any, name: str) -> memoryview:
    file = storage.open_file(name)
    try:
        return buffer_of(file)
    finally:
        file.close()
