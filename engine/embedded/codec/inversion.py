"""Turns the tokens of a field into posting lists by sorting arrays, with no Python step a token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.arrayfile import Array
from engine.embedded.codec.fieldarrays import encoded

_WORD = 64  # bits in a sort key
_BLOCK = 1 << 14  # numbers of an array that stay in the processor's cache while they are packed


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The posting lists of a field.

    Term i, of the sorted `terms`, stands in rows[offsets[i]:offsets[i + 1]] with the same slice of
    `frequencies`. `positions` holds those of the first posting, then those of the second, and so
    on; None where the field keeps none.
    """

    terms: Sequence[bytes]
    offsets: NDArray[np.uint64]
    rows: NDArray[np.uint32]
    frequencies: NDArray[np.uint32]
    positions: NDArray[np.uint32] | None = None


def invert(
    term_ids: Array, rows: Array, positions: Array | None, terms: Sequence[str] | Sequence[bytes]
) -> FieldPostings:
    """Sorts tokens into posting lists.

    One number a token in each array, in any order: which of `terms` it is, its row, its place in
    the row. `terms` may be in any order; those that no token has are left out.
    """
    used = np.flatnonzero(np.bincount(term_ids, minlength=len(terms))).tolist()
    words = {number: _as_bytes(terms[number]) for number in used}
    used.sort(key=words.__getitem__)
    ranks = np.zeros(len(terms), np.uint32)
    ranks[used] = np.arange(len(used), dtype=np.uint32)
    kept = [ranks[term_ids], rows] if positions is None else [ranks[term_ids], rows, positions]
    columns = _sorted_together(kept)
    starts = _starts(columns[0], columns[1])
    counts = np.diff(np.append(starts, len(columns[0])))
    per_term = np.bincount(columns[0][starts], minlength=len(used))
    return FieldPostings(
        [words[number] for number in used],
        np.concatenate([np.zeros(1, np.uint64), np.cumsum(per_term, dtype=np.uint64)]),
        columns[1][starts],
        counts.astype(np.uint32),
        None if positions is None else columns[2],
    )


def _as_bytes(term: str | bytes) -> bytes:
    return term if isinstance(term, bytes) else encoded(term)


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return start, start + 1 and so on, `counts` numbers from each start, as one array."""
    ends: NDArray[np.int64] = counts.cumsum(dtype=np.int64)
    if not len(ends):
        return ends
    shifts = starts - ends
    shifts += counts
    numbers = shifts.repeat(counts)
    numbers += np.arange(len(numbers))
    return numbers


def _sorted_together(columns: Sequence[Array]) -> list[NDArray[np.uint32]]:
    widths = [int(column.max(initial=0)).bit_length() for column in columns]
    if sum(widths) > _WORD:
        order = np.lexsort(tuple(reversed(columns)))
        return [column[order].astype(np.uint32, copy=False) for column in columns]
    # Sorting one packed number a token is several times faster than sorting an index.
    keys = np.empty(len(columns[0]), np.uint64)
    for part, *pieces in _blocks(keys, *columns):
        part[:] = 0
        for piece, width in zip(pieces, widths, strict=True):
            part <<= np.uint64(width)
            part |= piece.astype(np.uint64)
    # The stable kind takes two thirds of the time of numpy's quicksort, whose AVX-512 form is slow
    # on processors of AMD.
    keys.sort(kind="stable")
    unpacked = [np.empty(len(keys), np.uint32) for _ in columns]
    for part, *pieces in _blocks(keys, *unpacked):
        for piece, width in zip(reversed(pieces), reversed(widths), strict=True):
            piece[:] = part & np.uint64((1 << width) - 1)
            part >>= np.uint64(width)
    return unpacked


def _blocks(*arrays: Array) -> Iterator[list[Array]]:
    """Yield views of a block of each array after another."""
    for start in range(0, len(arrays[0]), _BLOCK):
        yield [array[start : start + _BLOCK] for array in arrays]


def _starts(ranks: Array, rows: Array) -> NDArray[np.int64]:
    if not len(ranks):
        return np.empty(0, np.int64)
    changes = (ranks[1:] != ranks[:-1]) | (rows[1:] != rows[:-1])
    return np.concatenate([np.zeros(1, np.int64), np.flatnonzero(changes) + 1])
