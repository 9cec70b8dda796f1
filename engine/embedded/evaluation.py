"""Which rows satisfy a query, and how well, in whole arrays."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from engine.embedded.ascending import Flags, Floats, Ints
from engine.embedded.cache import ByteCache
from engine.embedded.codec.inversion import spread
from engine.embedded.matches import Finder, Matches, Part, saturated
from engine.embedded.naming import Naming
from engine.embedded.snapshot import Snapshot
from engine.embedded.surroundings import Spans, Surroundings
from engine.protocol import Matched
from engine.queries import Match
from engine.wanted import Sequenced, Wanted

CACHED = 256 * 2**20
"""Bytes of words' places that are kept."""

WEIGHED = 2_000
"""Rows that are weighed further, where any word is enough: the best by their words."""

Group = tuple[Matches, ...]
"""Where the alternatives of one part of a query stand."""


class Rows(NamedTuple):
    """Some rows, ascending, with the number of the document of each, its score, and whether a
    word of the query stands in the passage itself."""

    numbers: Ints
    owners: Ints
    scores: Floats
    own: Flags

    def where(self, keep: Flags) -> "Rows":
        """Return those that are flagged."""
        kept = keep.nonzero()[0]
        if len(kept) == len(keep):
            return self
        return Rows(
            self.numbers.take(kept),
            self.owners.take(kept),
            self.scores.take(kept),
            self.own.take(kept),
        )


class Selection(NamedTuple):
    """The rows that satisfy a query; `ranked` tells that its words gave them scores."""

    matched: Matched
    rows: Rows
    ranked: bool


class Evaluator:
    """Evaluates queries on one snapshot; where a word stands is kept for the next query."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._finder = Finder(snapshot)
        self._spans = Spans(snapshot)
        self._naming = Naming(snapshot)
        self._matches: ByteCache[Sequenced, Matches] = ByteCache(CACHED)

    def evaluate(self, wanted: Wanted, match: Match) -> Selection:
        """Return the rows that satisfy a query, whatever the filters."""
        groups = tuple(tuple(map(self._find, group)) for group in wanted.groups)
        live = self._live(wanted.excluded)
        if not groups:
            every = np.arange(self._snapshot.size, dtype=np.int32)
            return Selection("all", self._kept(live, self._unscored(every)), ranked=False)
        if match != "any":
            rows = self._kept(live, self._all(groups))
            if len(rows.numbers) or match == "all":
                return Selection("all", rows, ranked=True)
        rows = self._unscored(self._union(groups))
        for group in groups:
            rows, _ = self._with(rows, group)
        rows = self._weighed(self._kept(live, rows), groups, wanted)
        return Selection("any", rows, ranked=True)

    def _weighed(self, rows: Rows, groups: Sequence[Group], wanted: Wanted) -> Rows:
        """Return rows with what else tells of the best of them: the words around them, those that
        the query could spare, and the place or year that it names."""
        if not len(rows.numbers):
            return rows
        is_best = rows.scores >= _least(rows.scores, WEIGHED)
        best = rows.where(is_best)
        around = Surroundings(self._spans, best.numbers, best.owners)
        scores = best.scores.copy()
        for group, sequences in zip_longest(groups, wanted.kindred, fillvalue=()):
            kindred = tuple(map(self._find, sequences))
            scores += self._beyond(best, group, kindred)
            scores += around.weigh(group, kindred)
        for sequence in wanted.spare:
            spared, _ = self._with(best, (self._find(sequence),))
            scores += spared.scores - best.scores
        words = {
            sequence[0].terms: matches.idf
            for sequences, group in zip(wanted.groups, groups, strict=True)
            for sequence, matches in zip(sequences, group, strict=True)
            if len(sequence) == 1 and not sequence[0].prefix
        }
        hints = self._naming.hints(words)
        if hints is not None:
            scores += hints.take(best.owners)
        every = rows.scores.copy()
        every[is_best] = around.first(scores, best.own)
        return rows._replace(scores=every)

    def _beyond(self, rows: Rows, group: Group, kindred: Group) -> Floats:
        """Return what the best of other words for a group counts in each row beyond the group."""
        unscored = rows._replace(scores=np.zeros_like(rows.scores))
        if not kindred:
            return unscored.scores
        beyond = self._with(unscored, (kindred[0],))[0].scores
        for matches in kindred[1:]:
            np.maximum(beyond, self._with(unscored, (matches,))[0].scores, out=beyond)
        beyond -= self._with(unscored, group)[0].scores
        return np.maximum(beyond, 0, out=beyond)

    def _find(self, sequence: Sequenced) -> Matches:
        return self._matches.get(sequence, self._finder.find)

    def _live(self, excluded: Sequence[Sequenced]) -> Flags:
        """Return a flag for each document: neither deleted nor excluded."""
        snapshot = self._snapshot
        if not excluded:
            return snapshot.live
        live = snapshot.live.copy()
        for matches in map(self._find, excluded):
            for part in (*matches.passages, *matches.parents):
                live[snapshot.document_of.take(part.rows)] = False
        return live

    def _kept(self, live: Flags, rows: Rows) -> Rows:
        if live is self._snapshot.live and self._snapshot.complete:
            return rows
        return rows.where(live.take(rows.owners))

    def _all(self, groups: Sequence[Group]) -> Rows:
        """Return the rows that satisfy every group, looked for from the rarest on."""
        rarest, *others = sorted(groups, key=_size)
        rows, _ = self._with(self._unscored(self._union([rarest])), rarest)
        for group in others:
            if not len(rows.numbers):
                break
            rows, having = self._with(rows, group)
            rows = rows.where(having)
        return rows

    def _union(self, groups: Sequence[Group]) -> Ints:
        """Return the rows that satisfy at least one group, ascending."""
        parts = []
        for group in groups:
            for matches in group:
                parts += [part.rows for part in matches.passages]
                parts += [self._heirs(part.rows) for part in matches.parents]
        return self._snapshot.row_sets.union(parts)

    def _heirs(self, parents: Ints) -> Ints:
        """Return all rows of the documents with these parent rows."""
        ends = self._snapshot.ends.take(self._snapshot.document_of.take(parents))
        return spread(parents, ends - parents).astype(np.int32)

    def _unscored(self, numbers: Ints) -> Rows:
        owners = self._snapshot.document_of.take(numbers)
        size = len(numbers)
        return Rows(numbers, owners, np.zeros(size, np.float32), np.zeros(size, bool))

    def _with(self, rows: Rows, group: Group) -> tuple[Rows, Flags]:
        """Return rows with what a group adds to their scores, and whether it stands in each."""
        scores, own = rows.scores, rows.own
        having: Flags | None = None
        for matches in group:  # a group has one at least
            weights = self._weights(rows.numbers, matches.passages)
            has = weights > 0
            own = own | has
            if matches.parents:
                parents = self._snapshot.parents.take(rows.owners)
                weights += self._weights(parents, matches.parents)
                has = weights > 0
            having = has if having is None else having | has
            scores = scores + saturated(weights, matches.idf)
        assert having is not None
        return Rows(rows.numbers, rows.owners, scores, own), having

    def _weights(self, numbers: Ints, parts: Sequence[Part]) -> Floats:
        """Return what the occurrences in all parts count together in each row."""
        sets = self._snapshot.row_sets
        weights: Floats | None = None
        for part in parts:
            found = sets.weights(numbers, part.rows, part.frequencies, part.boosts)
            weights = found if weights is None else np.add(weights, found, out=weights)
        return np.zeros(len(numbers), np.float32) if weights is None else weights


def _least(scores: Floats, size: int) -> float:
    """Return the score that the so-manieth best has."""
    if len(scores) <= size:
        return 0
    return float(np.partition(scores, len(scores) - size)[len(scores) - size])


def _size(group: Group) -> int:
    return sum([matches.size for matches in group])
