"""Which rows satisfy a query, and how well, in whole arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.embedded.ascending import Flags, Floats, Ints
from engine.embedded.cache import ByteCache
from engine.embedded.codec.inversion import spread
from engine.embedded.matches import Finder, Matches, Part, saturated
from engine.embedded.snapshot import Snapshot
from engine.protocol import Matched
from engine.queries import Match
from engine.wanted import Sequenced, Wanted

CACHED = 256 * 2**20
"""Bytes of words' places that are kept."""

Group = tuple[Matches, ...]
"""Where the alternatives of one part of a query stand."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows, ascending, with the number of the document of each, its score, and whether a
    word of the query stands in the passage itself."""

    numbers: Ints
    owners: Ints
    scores: Floats
    own: Flags

    def __len__(self) -> int:
        return len(self.numbers)

    def where(self, keep: Flags) -> "Rows":
        """Return those that are flagged."""
        if keep.all():
            return self
        kept = keep.nonzero()[0]
        return Rows(
            self.numbers.take(kept),
            self.owners.take(kept),
            self.scores.take(kept),
            self.own.take(kept),
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that satisfy a query; `ranked` tells that its words gave them scores."""

    matched: Matched
    rows: Rows
    ranked: bool


class Evaluator:
    """Evaluates queries on one snapshot; where a word stands is kept for the next query."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._finder = Finder(snapshot)
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
            if len(rows) or match == "all":
                return Selection("all", rows, ranked=True)
        rows = self._unscored(self._union(groups))
        for group in groups:
            rows, _ = self._with(rows, group)
        return Selection("any", self._kept(live, rows), ranked=True)

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
            if not len(rows):
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
        parents = self._snapshot.parents.take(rows.owners)
        scores, own = rows.scores, rows.own
        having = np.zeros(len(rows), bool)
        for matches in group:
            weights = self._weights(rows.numbers, matches.passages)
            own = own | (weights > 0)
            if matches.parents:
                weights += self._weights(parents, matches.parents)
            having |= weights > 0
            scores = scores + saturated(weights, matches.idf)
        return Rows(rows.numbers, rows.owners, scores, own), having

    def _weights(self, numbers: Ints, parts: Sequence[Part]) -> Floats:
        """Return what the occurrences in all parts count together in each row."""
        sets = self._snapshot.row_sets
        weights: Floats | None = None
        for part in parts:
            found = sets.weights(numbers, part.rows, part.frequencies, part.boosts)
            weights = found if weights is None else np.add(weights, found, out=weights)
        return np.zeros(len(numbers), np.float32) if weights is None else weights


def _size(group: Group) -> int:
    return sum(matches.size for matches in group)
