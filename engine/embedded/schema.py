"""What a document looks like inside Whoosh.

A document is a group of rows: the parent (title, summary, facets, metadata), then a row for each
passage (heading, text, section). Every row carries the document's id, so that all of them can be
deleted together. The rows of a group follow each other.
"""

from whoosh import fields
from whoosh.analysis import IDAnalyzer
from whoosh.fields import STORED, TEXT, FieldType, Schema

from engine.embedded.codec.bytescolumn import BytesColumn
from engine.embedded.codec.columns import ArrayColumn, ValuesColumn
from engine.facets import FACET_NAMES

VERSION = "4"
"""Of everything that is stored; an index of another version must be built again."""

INDEX = "MAIN"
"""The name of the index among Whoosh's files."""
ID = "doc"
"""The field of every row that holds the id of its document."""
PASSAGE_FIELDS = ("text", "heading")
DOCUMENT_FIELDS = ("title", "summary")
TEXT_FIELDS = (*PASSAGE_FIELDS, *DOCUMENT_FIELDS)
LABELS = ("id", "corpus", "fingerprint", "sort_title")
"""Texts of a parent row."""
ANALYSED = "analysed"
"""The languages that a document and its passages were analysed in."""
NUMBERS = ("parent", "first", "last", "pages", "pages_read", "skipped")
"""Numbers of a parent row: 1 for a parent, first and last day that its date can mean (ordinals
of the calendar, 0 without a date), pages and pages read, 1 if it was skipped."""
VECTOR = "vector"
"""The column of what passages mean; an index without vectors lacks it."""
RECORD = "record"
"""The field that stores a row's document or passage."""


class ColumnField(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field that is only a column."""

    indexed = False
    stored = False

    def __init__(self, column: ArrayColumn | ValuesColumn | BytesColumn) -> None:
        self.column_type = column
        self.format = None
        self.scorable = False
        self.unique = False
        self.vector = None

    def to_column_value(self, value: object) -> object:
        """Return what the column stores: the value itself."""
        return value

    def from_column_value(self, value: object) -> object:
        """Return the value of what the column stores: the same."""
        return value


def schema() -> Schema:
    """Return the schema of the index."""
    every: dict[str, FieldType] = {ID: fields.ID(), RECORD: STORED()}
    # Text comes analysed; Whoosh only learns that it has terms with positions.
    every |= {name: TEXT(analyzer=IDAnalyzer(), stored=False) for name in TEXT_FIELDS}
    every |= {name: ColumnField(ArrayColumn("<i4", 0)) for name in NUMBERS}
    every |= {name: ColumnField(ValuesColumn()) for name in (*LABELS, ANALYSED, *FACET_NAMES)}
    every[VECTOR] = ColumnField(BytesColumn())
    return Schema(**every)
