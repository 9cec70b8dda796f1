"""What stands around a passage tells how well it answers, where any word of a query is enough.

The answer to a question is rarely said in its words, and a few of them in one passage are chance;
when the passages around have the others, they are not. And the words of a half-remembered title
stand at the beginning of the document that bears it.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.embedded.ascending import Flags, Floats, Ints, first_of_runs
from engine.embedded.matches import Matches, saturated
from engine.embedded.snapshot import Snapshot

REACH = 3
"""Passages before and after one, in its document, that are looked at."""
AROUND = 0.5
"""What a word around a passage, or in it, counts beside its score in the passage."""
LENGTH_NORM = 0.75
BEGINNING = 3
"""Passages at the beginning of a document, if it has more, that may bear its title."""
REMEMBERED = 0.5
"""Share of the words of a title that are remembered at least."""
FEWEST = 2
"""Words of a title that are remembered at least."""

Group = tuple[Matches, ...]


class Surroundings:
    """The surroundings of some rows, ascending, of one snapshot."""

    def __init__(self, spans: "Spans", numbers: Ints, owners: Ints) -> None:
        snapshot = spans.snapshot
        self._sets = snapshot.row_sets
        self._even = spans.even
        self._norms = spans.norms.take(numbers)
        self._owners = owners
        self._starts = first_of_runs(owners)
        documents = owners.take(self._starts)
        self._parents = snapshot.parents.take(documents)
        self._places = numbers - snapshot.parents.take(owners)
        ends = snapshot.ends.take(documents)
        counts = np.diff(self._starts, append=len(owners))
        around, inside = _rows(
            numbers, np.arange(-REACH, REACH + 1), self._parents.repeat(counts), ends.repeat(counts)
        )
        inside &= self._places[:, None] > 0
        self._is_long = ends - self._parents > BEGINNING + 1
        first, there = _rows(self._parents, np.arange(1, BEGINNING + 1), self._parents, ends)
        self._wanted = np.concatenate([around.ravel(), first.ravel()])
        self._counts = np.concatenate([inside.ravel(), there.ravel()])
        self._size = around.size
        self._counts_of = counts
        self._borne = np.zeros(len(documents), np.int32)
        self._groups = 0

    def weigh(self, group: Group, kindred: Group = ()) -> Floats:
        """Return what a group, or the best of other words for it, adds to the score of each row by
        standing around it."""
        scores = np.zeros(len(self._owners), np.float32)
        is_borne = np.zeros(len(self._parents), bool)
        for matches in group:
            found = self._found(matches)
            scores += self._around(found, matches)
            is_borne |= found[self._size :].reshape(len(self._parents), -1).any(axis=1)
            for part in matches.parents:
                is_borne |= self._sets.member(self._parents, part.rows)
        self._borne += is_borne
        self._groups += 1
        for matches in kindred:
            np.maximum(scores, self._around(self._found(matches), matches), out=scores)
        return scores

    def _found(self, matches: Matches) -> Floats:
        """Return how often a word stands in each row that is looked at."""
        found = np.zeros(len(self._wanted), np.float32)
        for part in matches.passages:
            found += self._sets.weights(self._wanted, part.rows, part.frequencies, self._even)
        found *= self._counts
        return found

    def _around(self, found: Floats, matches: Matches) -> Floats:
        """Return what a word counts that stands so often around each row."""
        around = found[: self._size].reshape(len(self._owners), -1).sum(axis=1)
        return saturated(around * self._norms, AROUND * matches.idf)

    def first(self, scores: Floats, own: Flags) -> Floats:
        """Return the scores of the rows with the best of the first rows of a document before all
        others of it, where its beginning bears a title that is remembered. Only rows with words of
        their `own` can be shown, hence be first."""
        borne = self._borne >= max(FEWEST, REMEMBERED * self._groups)
        borne &= self._is_long
        if not borne.any():
            return scores
        bears = borne.repeat(self._counts_of) & own
        bears &= (self._places > 0) & (self._places <= BEGINNING)
        best = np.maximum.reduceat(scores, self._starts)
        candidates = np.where(bears, scores, np.float32(-1))
        chosen = np.maximum.reduceat(candidates, self._starts).repeat(self._counts_of)
        share = (self._borne / np.float32(self._groups)).astype(np.float32)
        first = (best + share).repeat(self._counts_of)
        return np.where(bears & (scores == chosen), first, scores)


class Spans:
    """What all queries need to know of the surroundings of every row of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def even(self) -> Floats:
        """One for each row."""
        return np.ones(self.snapshot.size, np.float32)

    @cached_property
    def norms(self) -> Floats:
        """One over the length of the text around each row, relative to the average, as BM25 takes
        it."""
        snapshot = self.snapshot
        lengths = snapshot.relative_lengths("text")
        places = np.arange(snapshot.size) - snapshot.parents.take(snapshot.document_of)
        around = lengths.astype(np.float32)
        for step in range(1, REACH + 1):
            together = places[step:] > step
            around[step:] += np.where(together, lengths[:-step], 0)
            around[:-step] += np.where(together, lengths[step:], 0)
        filled = around[lengths > 0]
        average = filled.mean() if len(filled) else 1
        norms = 1 - LENGTH_NORM + LENGTH_NORM * around / average
        return (1 / norms).astype(np.float32)


def _rows(numbers: Ints, steps: NDArray[np.intp], parents: Ints, ends: Ints) -> tuple[Ints, Flags]:
    """Return the numbers of the rows some steps from others, and which of them are passages of the
    same document; the others have some number of the index."""
    wanted = numbers[:, None] + steps
    inside = (wanted > parents[:, None]) & (wanted < ends[:, None])
    return np.where(inside, wanted, numbers[:, None]).astype(np.int32), inside
