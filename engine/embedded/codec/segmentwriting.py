"""Writes a whole segment from arrays, without a Python step a posting or a row's column value.

Fields whose format keeps more than positions are refused; Whoosh's own writer writes those.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.embedded.codec.arrayfile import Array, ArrayFileWriter
from engine.embedded.codec.codec import ArrayCodec, ArraySegment
from engine.embedded.codec.columns import (
    ArrayColumn,
    Values,
    ValuesColumn,
    write_numbers,
    write_values,
)
from engine.embedded.codec.fieldwriting import FieldWriter
from engine.embedded.codec.inversion import FieldPostings
from engine.embedded.codec.occurrences import Kind, kind_of
from engine.embedded.codec.rowfile import RowFileWriter


def write_segment(
    storage: Any,
    schema: Any,
    fields: Mapping[str, FieldPostings],
    rows: int,
    *,
    stored: Sequence[bytes] = (),
    columns: Mapping[str, Array | Values] | None = None,
    indexname: str = "MAIN",
) -> ArraySegment:
    """Writes a segment of so many rows and returns it, for the table of contents.

    `stored` has the encoded stored fields of the first rows; `columns` one number or
    one run of values a row, by the field's column type.
    """
    segment = ArraySegment(indexname)
    segment.set_doc_count(rows)
    row_file = RowFileWriter()
    with segment.create_file(storage, ArrayCodec.TERMS_EXT) as stream:
        file = ArrayFileWriter(stream)
        for name in sorted(fields):
            lengths = _lengths(fields[name], rows, scorable=schema[name].scorable)
            if lengths.any():
                row_file.add_lengths(name, lengths)
            _write_field(file, name, kind_of(schema[name].format), fields[name], lengths)
        file.close()
    row_file.add_stored_run(0, b"".join(stored), np.cumsum([*map(len, stored)], dtype=np.uint64))
    with segment.create_file(storage, ArrayCodec.ROWS_EXT) as stream:
        row_file.write(stream, rows)
    for name, column in (columns or {}).items():
        write_column(storage, segment, name, schema[name].column_type, column)
    return segment


def write_column(
    storage: Any, segment: ArraySegment, name: str, column: Any, content: Array | Values
) -> None:
    """Writes the column of a field from one number or one run of values a row."""
    with storage.create_file(ArrayCodec.column_filename(segment, name)) as stream:
        if isinstance(column, ArrayColumn) and not isinstance(content, Values):
            write_numbers(stream, column, content)
        elif isinstance(column, ValuesColumn) and isinstance(content, Values):
            write_values(stream, content)
        else:
            raise TypeError(f"The column of the field {name} is not written from such arrays.")


def _lengths(field: FieldPostings, rows: int, *, scorable: bool) -> Array:
    if not scorable:
        return np.zeros(rows, np.uint32)
    return np.bincount(field.rows, weights=field.frequencies, minlength=rows).astype(np.uint32)


def _write_field(
    file: ArrayFileWriter, name: str, kind: Kind, field: FieldPostings, lengths: Array
) -> None:
    weights = counts = field.frequencies
    parts: dict[str, Array] = {}
    if kind is Kind.NOTHING:
        weights, counts = np.ones_like(weights), np.zeros_like(weights)
    elif kind is Kind.POSITIONS and field.positions is not None:
        parts["positions"] = field.positions
    elif kind is not Kind.COUNT:
        raise TypeError(f"The field {name} is not written from such arrays.")
    bounds = field.offsets.astype(np.int64)
    writer = FieldWriter(name, kind)
    writer.extend(field.terms, bounds, field.rows, weights, counts, parts, lengths)
    writer.write(file)
