"""Whoosh's matcher over one posting list of flat arrays."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

from engine.embedded.codec.arrayfile import Array
from engine.embedded.codec.postings import Postings
from engine.embedded.codec.termlist import native

BLOCK = 128  # postings whose best possible score is judged together; Whoosh's own number


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Walks a posting list; the ids are rows, or terms for the vector of a document."""

    def __init__(
        self,
        postings: Postings,
        ordinal: int,
        ids: Sequence[int] | Sequence[str],
        *,
        format_: Any,
        term: tuple[str, bytes] | None = None,
        scorer: Any = None,
        lengths: Array | None = None,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._ordinal = ordinal
        self._start = postings.offsets[ordinal]
        self._ids: Sequence[Any] = ids
        self._count = len(ids)
        self._lengths = lengths
        self._weights = native(postings.weights(self._start, self._start + self._count))
        self._occurrence_offsets: Sequence[int] | None = None
        self._blocks: tuple[list[float], list[int], list[int]] | None = None
        self._place = 0

    def is_active(self) -> bool:
        """Whether there is a current posting."""
        return self._place < self._count

    def reset(self) -> None:
        """Goes back to the first posting."""
        self._place = 0

    def copy(self) -> "ArrayMatcher":
        """A matcher at the same posting that moves on its own."""
        twin = object.__new__(ArrayMatcher)
        twin.__dict__.update(self.__dict__)
        return twin

    def id(self) -> Any:
        """The current id: a row, or a term."""
        return self._ids[self._place]

    def all_ids(self) -> Iterable[Any]:
        """All ids from the current one on."""
        return iter(self._ids[self._place :])

    def all_items(self) -> Iterable[tuple[Any, bytes]]:
        """All ids and values from the current one on."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def items_as(self, astype: str) -> Iterable[tuple[Any, Any]]:
        """All ids and decoded values from the current one on."""
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def weight(self) -> float:
        """The weight of the current posting."""
        return float(self._weights[self._place])

    def value(self) -> bytes:
        """The current value as Whoosh encodes it."""
        raw = self._postings.raw_value(self._start + self._place)
        if raw is not None:
            return raw
        start, end = self._occurrences()
        return self._postings.value(self.format, end - start, start)

    def value_as(self, astype: str) -> Any:
        """The current value, decoded; straight from the arrays where they hold it."""
        if self._postings.raw_value(self._start + self._place) is None:
            start, end = self._occurrences()
            names = self._postings.parts()
            if astype == "positions" and "positions" in names:
                return self._postings.part("positions")[start:end].tolist()
            if astype == "characters" and "starts" in names:
                return self._tuples(("positions", "starts", "ends"), start, end)
        return self.format.decoder(astype)(self.value())

    def next(self) -> bool:
        """Moves to the next posting; whether it is in another block."""
        if self._place >= self._count:
            raise ReadTooFar
        self._place += 1
        return self._place % BLOCK == 0 or self._place == self._count

    def skip_to(self, targetid: Any) -> None:
        """Moves to the first posting whose id is not before the given one."""
        if self._place >= self._count:
            raise ReadTooFar
        if targetid > self._ids[self._place]:
            self._place = bisect_left(self._ids, targetid, self._place + 1)

    def skip_to_quality(self, minquality: float) -> int:
        """Passes blocks that cannot score more than the given quality; how many."""
        passed = 0
        while self._place < self._count and self.block_quality() <= minquality:
            self._place = min((self._place // BLOCK + 1) * BLOCK, self._count)
            passed += 1
        return passed

    def block_min_id(self) -> Any:
        """The first id of the current block."""
        return self._ids[self._place // BLOCK * BLOCK]

    def block_max_id(self) -> Any:
        """The last id of the current block."""
        return self._ids[min((self._place // BLOCK + 1) * BLOCK, self._count) - 1]

    def block_max_weight(self) -> float:
        """The largest weight in the current block."""
        return self._statistics()[0][self._place // BLOCK]

    def block_min_length(self) -> int:
        """The length of the shortest field in the current block."""
        return self._statistics()[1][self._place // BLOCK]

    def block_max_length(self) -> int:
        """The length of the longest field in the current block."""
        return self._statistics()[2][self._place // BLOCK]

    def _occurrences(self) -> tuple[int, int]:
        if self._occurrence_offsets is None:
            self._occurrence_offsets = native(self._postings.occurrence_offsets(self._ordinal))
        return self._occurrence_offsets[self._place], self._occurrence_offsets[self._place + 1]

    def _tuples(self, names: Iterable[str], start: int, end: int) -> list[tuple[int, ...]]:
        parts = [self._postings.part(name)[start:end].tolist() for name in names]
        return list(zip(*parts, strict=True))

    def _statistics(self) -> tuple[list[float], list[int], list[int]]:
        if self._blocks is None:
            firsts = np.arange(0, self._count, BLOCK)
            weights = np.maximum.reduceat(np.asarray(self._weights), firsts).tolist()
            if self._lengths is None or not self._lengths.size:
                shortest = longest = [0] * len(firsts)
            else:
                lengths = self._lengths[np.asarray(self._ids)]
                shortest = np.minimum.reduceat(lengths, firsts).tolist()
                longest = np.maximum.reduceat(lengths, firsts).tolist()
            self._blocks = [float(weight) for weight in weights], shortest, longest
        return self._blocks
