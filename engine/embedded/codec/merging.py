"""Merges segments by concatenating their arrays, without the deleted rows, in bounded memory.

Held in memory are a few numbers a term and a row, and one stretch of postings. Refuses segments
with vectors or with values that are no numbers; Whoosh's own writer merges those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.arrayfile import Array, ArrayFileWriter
from engine.embedded.codec.codec import ArrayCodec, ArraySegment, open_rows
from engine.embedded.codec.columnmerging import merged_numbers, merged_values
from engine.embedded.codec.columns import ArrayColumn, ValuesColumn
from engine.embedded.codec.fieldarrays import FieldArrays
from engine.embedded.codec.fieldwriting import FieldWriter
from engine.embedded.codec.inversion import spread
from engine.embedded.codec.rowfile import RowFile, RowFileWriter
from engine.embedded.codec.segments import SegmentArrays
from engine.embedded.codec.segmentwriting import write_column

STRETCH = 1 << 20  # postings that are in memory at once; those of one term are never divided
RUN = 1 << 12  # rows whose stored fields are in memory at once
_GONE = -1  # the new row of a deleted one


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment that goes into the merged one; `new_rows` says where each of its rows goes."""

    arrays: SegmentArrays
    rows: RowFile
    new_rows: NDArray[np.int64]
    live: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one segment gives to a field: its terms that stand in live rows."""

    field: FieldArrays
    new_rows: NDArray[np.int64]
    live_counts: NDArray[np.int64]  # how many live rows, by ordinal
    places: NDArray[np.int64]  # which merged term, by ordinal


@dataclass(frozen=True, slots=True)
class _Move:
    """Successive postings of one part: which of them are live, and where those go."""

    part: _Part
    ordinals: NDArray[np.int64]
    first: int
    last: int
    live: NDArray[np.bool_]
    targets: NDArray[np.int64]


def merge_segments(
    storage: Any,
    schema: Any,
    segments: Sequence[ArraySegment],
    *,
    indexname: str = "MAIN",
    stretch: int = STRETCH,
) -> ArraySegment:
    """Writes one segment with the live rows of several, in their order, and returns it.

    About `stretch` postings are in memory at once.
    """
    sources = _sources(storage, segments)
    merged = ArraySegment(indexname)
    merged.set_doc_count(sum(len(source.live) for source in sources))
    lengths = _write_rows(storage, schema, sources, merged)
    with merged.create_file(storage, ArrayCodec.TERMS_EXT) as stream:
        file = ArrayFileWriter(stream)
        for name in sorted({name for source in sources for name in source.arrays.fields()}):
            if name in schema:
                no_lengths = np.zeros(merged.doc_count_all(), np.uint16)
                _merge_field(file, name, sources, lengths.get(name, no_lengths), stretch)
        file.close()
    for name, field in schema.items():
        if field.column_type and any(source.arrays.has_column(name) for source in sources):
            _merge_column(storage, merged, name, field.column_type, sources)
    return merged


def _sources(storage: Any, segments: Sequence[ArraySegment]) -> list[_Source]:
    sources, first = [], 0
    for segment in segments:
        arrays, rows = SegmentArrays.open(storage, segment), open_rows(storage, segment)
        if rows.has_vectors:
            raise ValueError("Segments with vectors are not merged as arrays.")
        live = np.flatnonzero(arrays.live)
        new_rows = np.full(arrays.rows, _GONE, np.int64)
        new_rows[live] = np.arange(first, first + len(live))
        sources.append(_Source(arrays, rows, new_rows, live))
        first += len(live)
    return sources


def _write_rows(
    storage: Any, schema: Any, sources: Sequence[_Source], merged: ArraySegment
) -> dict[str, Array]:
    writer = RowFileWriter()
    for source in sources:
        for run in _runs(source.live):
            content, ends = source.rows.stored_run(run.start, run.stop)
            writer.add_stored_run(int(source.new_rows[run.start]), content, ends)
    lengths = {}
    for name in sorted({name for source in sources for name in source.rows.lengths}):
        if name in schema:
            lengths[name] = np.concatenate([_live_lengths(source, name) for source in sources])
            writer.add_lengths(name, lengths[name])
    with merged.create_file(storage, ArrayCodec.ROWS_EXT) as stream:
        writer.write(stream, merged.doc_count_all())
    return lengths


def _runs(live: NDArray[np.int64]) -> Iterator[range]:
    for run in np.split(live, np.flatnonzero(np.diff(live) != 1) + 1):
        for start in range(0, len(run), RUN):
            rows = run[start : start + RUN]
            yield range(int(rows[0]), int(rows[-1]) + 1)


def _live_lengths(source: _Source, name: str) -> Array:
    lengths = source.rows.lengths.get(name)
    return np.zeros(len(source.live), np.uint16) if lengths is None else lengths[source.live]


def _merge_field(
    file: ArrayFileWriter,
    name: str,
    sources: Sequence[_Source],
    lengths: Array,
    stretch: int,
) -> None:
    parts = _parts(name, sources, stretch)
    kinds = {part.field.postings.kind for part in parts}
    if len(kinds) > 1:
        raise ValueError(f"The field {name} keeps different things in different segments.")
    writer = FieldWriter(name, kinds.pop())
    terms: list[bytes] = []
    waiting = 0  # postings of the terms that are not written yet
    place = 0
    for word, count in _placed_terms(parts):
        if terms and waiting + count > stretch:
            _write_stretch(writer, parts, place, terms, lengths)
            place, terms, waiting = place + len(terms), [], 0
        terms.append(word)
        waiting += count
    if terms:
        _write_stretch(writer, parts, place, terms, lengths)
    if place or terms:
        writer.write(file)


def _parts(name: str, sources: Sequence[_Source], stretch: int) -> list[_Part]:
    parts = []
    for source in sources:
        field = source.arrays.field(name)
        if field is None:
            continue
        if field.postings.has_raw_values:
            raise ValueError(f"The field {name} has values that are not merged as arrays.")
        counts = _live_counts(field, source, stretch)
        parts.append(_Part(field, source.new_rows, counts, np.full(len(field), _GONE, np.int64)))
    return parts


def _live_counts(field: FieldArrays, source: _Source, stretch: int) -> NDArray[np.int64]:
    if not len(source.arrays.deleted):
        return field.document_frequency.astype(np.int64)
    offsets = np.asarray(field.postings.offsets, np.int64)
    counts = np.empty(len(field), np.int64)
    start = 0
    while start < len(field):
        end = int(np.searchsorted(offsets, offsets[start] + stretch, side="right")) - 1
        end = max(end, start + 1)
        rows = field.rows_between(int(offsets[start]), int(offsets[end]))
        live = source.new_rows[rows] != _GONE
        starts = offsets[start:end] - offsets[start]
        counts[start:end] = np.add.reduceat(live, starts, dtype=np.int64)
        start = end
    return counts


def _placed_terms(parts: Sequence[_Part]) -> Iterator[tuple[bytes, int]]:
    """All terms in order, with the number of their postings; notes the place of each."""
    words = merge(*(_live_terms(number, part) for number, part in enumerate(parts)))
    for place, (word, group) in enumerate(groupby(words, key=lambda entry: entry[0])):
        count = 0
        for _, number, ordinal in group:
            parts[number].places[ordinal] = place
            count += int(parts[number].live_counts[ordinal])
        yield word, count


def _live_terms(number: int, part: _Part) -> Iterator[tuple[bytes, int, int]]:
    for ordinal in np.flatnonzero(part.live_counts).tolist():
        yield part.field.terms[ordinal], number, ordinal


def _write_stretch(
    writer: FieldWriter, parts: Sequence[_Part], place: int, terms: list[bytes], lengths: Array
) -> None:
    bounds, moves = _moves(parts, place, len(terms))
    size = int(bounds[-1])
    rows, weights = np.empty(size, np.uint32), np.empty(size, np.float32)
    counts = np.empty(size, np.int64)
    for move in moves:
        postings = move.part.field.postings
        new_rows = move.part.new_rows[move.part.field.rows_between(move.first, move.last)]
        rows[move.targets] = new_rows[move.live]
        weights[move.targets] = postings.weights(move.first, move.last)[move.live]
        counts[move.targets] = postings.counts(move.first, move.last)[move.live]
    ends = np.cumsum(counts)
    starts = ends - counts
    model = parts[0].field.postings
    names = model.parts()
    occurrences = {name: np.empty(int(ends[-1]), model.part(name).dtype) for name in names}
    for move in moves if names else ():
        first, last, live = _occurrences(move)
        targets = spread(starts[move.targets], counts[move.targets])
        for name, merged in occurrences.items():
            merged[targets] = move.part.field.postings.part(name)[first:last][live]
    writer.extend(terms, bounds, rows, weights, counts, occurrences, lengths)


def _moves(parts: Sequence[_Part], place: int, count: int) -> tuple[NDArray[np.int64], list[_Move]]:
    """Where the postings of some merged terms lie, and what comes there from each part."""
    chosen = [
        np.flatnonzero((part.places >= place) & (part.places < place + count)) for part in parts
    ]
    frequency = np.zeros(count, np.int64)
    for part, ordinals in zip(parts, chosen, strict=True):
        frequency[part.places[ordinals] - place] += part.live_counts[ordinals]
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(frequency)])
    free = bounds[:-1].copy()
    moves = []
    for part, ordinals in zip(parts, chosen, strict=True):
        if not len(ordinals):
            continue
        offsets = part.field.postings.offsets
        first, last = offsets[int(ordinals[0])], offsets[int(ordinals[-1]) + 1]
        live = part.new_rows[part.field.rows_between(first, last)] != _GONE
        places, kept = part.places[ordinals] - place, part.live_counts[ordinals]
        moves.append(_Move(part, ordinals, first, last, live, spread(free[places], kept)))
        free[places] += kept
    return bounds, moves


def _occurrences(move: _Move) -> tuple[int, int, NDArray[np.bool_]]:
    """The first and last occurrence of the postings that move, and which of them are live."""
    postings = move.part.field.postings
    first = int(postings.occurrence_offsets(int(move.ordinals[0]))[0])
    live = np.repeat(move.live, postings.counts(move.first, move.last))
    return first, first + len(live), live


def _merge_column(
    storage: Any, merged: ArraySegment, name: str, column: Any, sources: Sequence[_Source]
) -> None:
    readers = [
        source.arrays.column(name, column) if source.arrays.has_column(name) else None
        for source in sources
    ]
    chosen = list(zip(readers, (source.live for source in sources), strict=True))
    if isinstance(column, ArrayColumn):
        write_column(storage, merged, name, column, merged_numbers(column, chosen))
    elif isinstance(column, ValuesColumn):
        write_column(storage, merged, name, column, merged_values(chosen))
    else:
        with storage.create_file(ArrayCodec.column_filename(merged, name)) as stream:
            writer = column.writer(stream)
            for source, reader in zip(sources, readers, strict=True):
                if reader is not None:
                    for row in source.live.tolist():
                        writer.add(int(source.new_rows[row]), reader[row])
            writer.finish(merged.doc_count_all())
