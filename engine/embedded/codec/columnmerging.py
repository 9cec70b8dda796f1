"""The columns of several segments as one, from their arrays; a segment may lack the column."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedded.codec.arrayfile import Array
from engine.embedded.codec.columns import ArrayColumn, ArrayColumnReader, Values, ValuesColumnReader
from engine.embedded.codec.inversion import spread

Rows = NDArray[np.int64]


def merged_numbers(
    column: ArrayColumn, chosen: Sequence[tuple[ArrayColumnReader | None, Rows]]
) -> Array:
    """The numbers of the chosen rows of each segment, one after another."""
    return np.concatenate(
        [
            np.full(len(rows), column.default_value(), column.dtype)
            if reader is None
            else reader.array()[rows]
            for reader, rows in chosen
        ]
    )


def merged_values(chosen: Sequence[tuple[ValuesColumnReader | None, Rows]]) -> Values:
    """The values of the chosen rows of each segment, one after another, under one vocabulary."""
    known: dict[str, int] = {}
    counts, codes = [], [np.empty(0, np.uint32)]
    for reader, rows in chosen:
        if reader is None:
            counts.append(np.zeros(len(rows), np.int64))
            continue
        offsets = reader.offsets.astype(np.int64)
        counts.append(np.diff(offsets)[rows])
        kept = reader.codes[spread(offsets[rows], counts[-1])]
        used = np.unique(kept)
        new_codes = np.zeros(len(reader.vocabulary), np.uint32)
        for code in used.tolist():
            new_codes[code] = known.setdefault(reader.vocabulary[code], len(known))
        codes.append(new_codes[kept])
    ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts]))
    return Values(tuple(known), ends.astype(np.uint64), np.concatenate(codes))
