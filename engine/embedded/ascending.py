"""Sets of row numbers as ascending arrays: union, membership, and numbers that go with them.

Sorting and searching cost by the size of the sets, dense arrays by the size of the index; each
function takes the cheaper way.
"""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

SEARCHED = 24
"""Looking one number up by bisection costs about as much as this many steps through an array."""


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
            places = np.searchsorted(among, wanted)
            np.minimum(places, len(among) - 1, out=places)
            found: Flags = among[places] == wanted
            return found
        flags = np.zeros(self._size, bool)
        flags[among] = True
        return flags[wanted]

    def numbers(self, wanted: Ints, among: Ints, numbers: Floats) -> Floats:
        """Return the number that stands with each of the wanted among ascending ones, or zero."""
        if not len(among) or not len(wanted):
            return np.zeros(len(wanted), np.float32)
        if wanted is among:
            return numbers.copy()
        if len(wanted) * SEARCHED < len(among):
            places = np.searchsorted(among, wanted)
            np.minimum(places, len(among) - 1, out=places)
            return np.where(among[places] == wanted, numbers[places], np.float32(0))
        dense = self._zeros()
        dense[among] = numbers
        found: Floats = dense[wanted]
        dense[among] = 0
        return found

    def union(self, parts: Sequence[Ints]) -> Ints:
        """Return every number of some ascending arrays once, ascending."""
        parts = [part for part in parts if len(part)]
        if len(parts) <= 1:
            return parts[0] if parts else np.zeros(0, np.int32)
        if sum(map(len, parts)) * SEARCHED < self._size:
            together = np.sort(np.concatenate(parts))
            fresh = np.empty(len(together), bool)
            fresh[0] = True
            np.not_equal(together[1:], together[:-1], out=fresh[1:])
            return together[fresh]
        flags = np.zeros(self._size, bool)
        for part in parts:
            flags[part] = True
        return np.flatnonzero(flags).astype(np.int32)

    def added(self, parts: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
        """Return every number of some ascending arrays once, with the sum of what goes with it."""
        if len(parts) == 1:
            return parts[0]
        union = self.union([numbers for numbers, _ in parts])
        total = np.zeros(len(union), np.float32)
        for numbers, values in parts:
            total += self.numbers(union, numbers, values)
        return union, total

    def _zeros(self) -> Floats:
        """Return this thread's array of zeros, which must be zeros again after use."""
        dense: Floats | None = getattr(self._scratch, "dense", None)
        if dense is None:
            dense = self._scratch.dense = np.zeros(self._size, np.float32)
        return dense
