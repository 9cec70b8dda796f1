"""Sets of row numbers as ascending arrays: union, membership, and numbers that go with them.

Sorting and searching cost by the size of the sets, dense arrays by the size of the index; each
function takes the cheaper way. NumPy gathers fastest by `take`, and scatters fastest by numbers of
the machine's own width, hence the conversions.
"""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

SEARCHED = 24
"""Looking one number up by bisection costs about as much as this many steps through an array."""
SCATTERED = 8
"""And about as much as so many numbers weighed and written to a dense array."""
SORTED = 64
"""Putting one number in order costs about as much as this many places of a dense array."""


class Sets:
    """Set operations on numbers below `size`; safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._scratch = threading.local()

    def member(self, wanted: Ints, among: Ints) -> Flags:
        """Return for each wanted number whether it is among some ascending ones."""
        if not len(among) or not len(wanted):
            return np.zeros(len(wanted), bool)
        if len(wanted) * SEARCHED < len(among):
            found: Flags = among.take(among.searchsorted(wanted), mode="clip") == wanted
            return found
        flags = np.zeros(self._size, bool)
        flags[among.astype(np.intp)] = True
        return flags.take(wanted)

    def weights(
        self, wanted: Ints, among: Ints, frequencies: NDArray[Any], boosts: Floats
    ) -> Floats:
        """Return, for each of the wanted numbers that is among some ascending ones, the frequency
        that stands there times its boost, and zero for the others; `boosts` goes by number."""
        if not len(among) or not len(wanted):
            return np.zeros(len(wanted), np.float32)
        if wanted is among:
            return _product(frequencies, boosts.take(among))
        if len(wanted) * SCATTERED < len(among):
            places = among.searchsorted(wanted)
            having = among.take(places, mode="clip") == wanted
            if not np.count_nonzero(having):
                return np.zeros(len(wanted), np.float32)
            found = _product(frequencies.take(places, mode="clip"), boosts.take(wanted))
            found *= having
            return found
        dense = self._zeros()
        scattered = among.astype(np.intp)
        dense[scattered] = _product(frequencies, boosts.take(scattered))
        gathered: Floats = dense.take(wanted)
        dense[scattered] = 0
        return gathered

    def union(self, parts: Sequence[Ints]) -> Ints:
        """Return every number of some ascending arrays once, ascending."""
        parts = [part for part in parts if len(part)]
        if len(parts) <= 1:
            return parts[0] if parts else np.zeros(0, np.int32)
        return distinct(parts, self._size).astype(np.int32, copy=False)

    def _zeros(self) -> Floats:
        """Return this thread's array of zeros, which must be zeros again after use."""
        dense: Floats | None = getattr(self._scratch, "dense", None)
        if dense is None:
            dense = self._scratch.dense = np.zeros(self._size, np.float32)
        return dense


def distinct(parts: Sequence[NDArray[np.integer]], size: int) -> NDArray[np.integer]:
    """Return every number of some arrays, in any order and below `size`, once, ascending."""
    if sum(map(len, parts)) * SORTED < size:
        together = np.concatenate(parts)
        together.sort()
        return together.take(first_of_runs(together))
    flags = np.zeros(size, bool)
    for part in parts:
        flags[part.astype(np.intp, copy=False)] = True
    return flags.nonzero()[0]


def first_of_runs(numbers: Ints) -> NDArray[np.intp]:
    """Return where each run of equal numbers begins."""
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first.nonzero()[0]


def _product(frequencies: NDArray[Any], boosts: Floats) -> Floats:
    product: Floats = np.multiply(frequencies, boosts, dtype=np.float32)
    return product
