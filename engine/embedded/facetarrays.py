"""Which values documents have, as arrays, and how many of some documents have each."""

from collections.abc import Iterable, Mapping
from itertools import accumulate

import numpy as np

from engine.embedded.ascending import Flags, Ints
from engine.embedded.codec.inversion import spread


class FacetArrays:
    """The values of one facet: `codes[i]` is the value, an index of `values`, of `owners[i]`.

    Owners are numbers of documents, ascending.
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
            if value in self.values:
                flags[self.owners[self.codes == self.values.index(value)]] = True
        return flags

    def counts(self, documents: Ints) -> dict[str, int]:
        """Return how many of some documents have each value, of the values that occur."""
        return _named(self.values, self.numbers(documents))

    def numbers(self, documents: Ints) -> Ints:
        """Return how many of some documents have each value, by code."""
        starts = self.starts[documents]
        codes = self.codes[spread(starts, self.starts[documents + 1] - starts)]
        return np.bincount(codes, minlength=len(self.values)).astype(np.int32)


class EveryFacet:
    """All facets in one, so that one pass counts them all."""

    def __init__(self, facets: Mapping[str, FacetArrays]) -> None:
        self._facets = facets
        sizes = [len(facet.values) for facet in facets.values()]
        self._ends = list(accumulate(sizes))
        shifted = [
            facet.codes + np.int32(end - size)
            for facet, end, size in zip(facets.values(), self._ends, sizes, strict=True)
        ]
        owners = np.concatenate([facet.owners for facet in facets.values()])
        order = np.argsort(owners, kind="stable")
        values = tuple(value for facet in facets.values() for value in facet.values)
        documents = max((len(facet.starts) - 1 for facet in facets.values()), default=0)
        codes = np.concatenate(shifted).astype(np.int32)[order]
        self._together = FacetArrays(values, codes, owners[order], documents)

    def counts(self, documents: Ints) -> dict[str, dict[str, int]]:
        """Return, by facet, how many of some documents have each value that occurs."""
        numbers = np.split(self._together.numbers(documents), self._ends[:-1])
        return {
            name: _named(facet.values, part)
            for (name, facet), part in zip(self._facets.items(), numbers, strict=True)
        }


def _named(values: tuple[str, ...], numbers: Ints) -> dict[str, int]:
    present = np.flatnonzero(numbers)
    return {
        values[code]: n for code, n in zip(present.tolist(), numbers[present].tolist(), strict=True)
    }
