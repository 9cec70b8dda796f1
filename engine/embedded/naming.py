"""Documents whose place or year a query names: a hint of what is meant, not a filter."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.analysis import analyzer, terms_of
from engine.embedded.ascending import Floats
from engine.embedded.snapshot import Snapshot

FACETS = ("country", "city", "year")


class Name(NamedTuple):
    """A value of a facet, and the terms of each of its words."""

    facet: str
    value: str
    words: tuple[tuple[str, ...], ...]


class Naming:
    """The places and years of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def hints(self, words: Mapping[tuple[str, ...], float]) -> Floats | None:
        """Return for every document what it gains from the words of a query, given the rarity of
        each by its terms: that of all words of its places and year that are named in full. None
        where nothing is named."""
        gains: Floats | None = None
        for name in (name for word in words for name in self._names.get(word, ())):
            if all(word in words for word in name.words):
                if gains is None:
                    gains = np.zeros(self._snapshot.documents, np.float32)
                flags = self._snapshot.facets[name.facet].having((name.value,))
                gains[flags] += np.float32(sum(words[word] for word in set(name.words)))
        return gains

    @cached_property
    def _names(self) -> dict[tuple[str, ...], list[Name]]:
        """The names by their first word."""
        names: dict[tuple[str, ...], list[Name]] = {}
        for facet in FACETS:
            for value in self._snapshot.facets[facet].values:
                words = _words(value, self._snapshot.analysed)
                if words:
                    names.setdefault(words[0], []).append(Name(facet, value, words))
        return names


def _words(text: str, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    tokens = analyzer("").tokens(text)
    return tuple(terms_of(text[token.start : token.end], tuple(languages)) for token in tokens)
