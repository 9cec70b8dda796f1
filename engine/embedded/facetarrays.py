"""Which values documents have, as arrays, and how many of some documents have each."""

from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from engine.embedded.ascending import Flags, Ints
from engine.embedded.codec.inversion import spread
from engine.facets import FacetValue

_COUNT_BITS = 32
"""Bits of a number that are enough for a count."""


class FacetArrays:
    """The values of one facet: `codes[i]` is the value, an index of `values`, of `owners[i]`.

    Values are in the order of their names; owners are numbers of documents, ascending.
    """

    def __init__(self, values: tuple[str, ...], codes: Ints, owners: Ints, documents: int) -> None:
        self.values = values
        self.codes = codes
        self.owners = owners
        counts = np.bincount(owners, minlength=documents)
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def having(self, chosen: Iterable[str]) -> Flags:
        """Return a flag for each document: whether it has one of the chosen values."""
        flags = np.zeros(len(self.starts) - 1, bool)
        for value in chosen:
            if value in self._codes:
                flags[self._owners_of[self._codes[value]]] = True
        return flags

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {value: code for code, value in enumerate(self.values)}

    @cached_property
    def _owners_of(self) -> list[NDArray[np.intp]]:
        """The documents that have each value, by code."""
        ends = np.cumsum(np.bincount(self.codes, minlength=len(self.values)))
        owners = self.owners.take(self.codes.argsort(kind="stable")).astype(np.intp)
        return np.split(owners, ends[:-1])

    def counts(self, documents: Ints) -> dict[str, int]:
        """Return how many of some documents have each value, of the values that occur."""
        present, numbers = self.present(documents)
        values = [self.values[code] for code in present.tolist()]
        return dict(zip(values, numbers.tolist(), strict=True))

    def present(self, documents: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the codes of the values that some documents have, ascending, and how many of
        them have each."""
        starts = self.starts.take(documents)
        codes = self.codes.take(spread(starts, self.starts[1:].take(documents) - starts))
        numbers = np.bincount(codes, minlength=len(self.values))
        present = numbers.nonzero()[0]
        return present, numbers.take(present)


class EveryFacet:
    """All facets in one, so that one pass counts them all."""

    def __init__(self, facets: Mapping[str, FacetArrays]) -> None:
        self._names = tuple(facets)
        sizes = [len(facet.values) for facet in facets.values()]
        self._ends = np.cumsum(sizes)
        shifted = [
            facet.codes + np.int32(end - size)
            for facet, end, size in zip(facets.values(), self._ends, sizes, strict=True)
        ]
        owners = np.concatenate([facet.owners for facet in facets.values()])
        order = np.argsort(owners, kind="stable")
        values = tuple(value for facet in facets.values() for value in facet.values)
        documents = max((len(facet.starts) - 1 for facet in facets.values()), default=0)
        self._facets = np.arange(len(sizes)).repeat(sizes) << _COUNT_BITS
        codes = np.concatenate(shifted).astype(np.int32)[order]
        self._together = FacetArrays(values, codes, owners[order], documents)

    def ranked(self, documents: Ints) -> dict[str, tuple[FacetValue, ...]]:
        """Return, by facet, what `engine.facets.ranked` would of the counts of some documents."""
        present, numbers = self._together.present(documents)
        # Codes are in the order of names, and the sort is stable.
        order = (self._facets.take(present) - numbers).argsort(kind="stable")
        values = [self._together.values[code] for code in present.take(order).tolist()]
        # As FacetValue(value, count, False), without a step of Python for each of many values.
        unselected = repeat(object=False, times=len(values))
        pairs = zip(values, numbers.take(order).tolist(), unselected, strict=True)
        found = tuple(map(_new_value, pairs))
        ends = present.searchsorted(self._ends).tolist()
        starts = [0, *ends[:-1]]
        return {
            name: found[start:end]
            for name, start, end in zip(self._names, starts, ends, strict=True)
        }


_new_value = partial(tuple.__new__, FacetValue)
