"""Which rows satisfy a query, and how well, in whole arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.embedded.ascending import Flags, Floats, Ints, Sets
from engine.embedded.cache import ByteCache
from engine.embedded.codec.inversion import spread
from engine.embedded.matches import Finder, Matches, saturated
from engine.embedded.snapshot import Snapshot
from engine.protocol import Matched
from engine.queries import Match
from engine.wanted import Sequenced, Wanted

CACHED = 256 * 2**20
"""Bytes of words' places that are kept."""

Group = tuple[Matches, ...]
"""Where the alternatives of one part of a query stand."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that satisfy a query, ascending, and their scores.

    `groups` is where its words stand; without any, every row satisfies and none has a score.
    """

    matched: Matched
    rows: Ints
    scores: Floats
    groups: tuple[Group, ...]

    def narrowed(self, keep: Flags) -> "Selection":
        """Return the selection of those rows that are flagged."""
        return Selection(self.matched, self.rows[keep], self.scores[keep], self.groups)


class Evaluator:
    """Evaluates queries on one snapshot; where a word stands is kept for the next query."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._finder = Finder(snapshot)
        self._matches: ByteCache[Sequenced, Matches] = ByteCache(CACHED)

    def evaluate(self, wanted: Wanted, match: Match) -> Selection:
        """Return the rows that satisfy a query, whatever the filters."""
        snapshot = self._snapshot
        groups = tuple(tuple(map(self._find, group)) for group in wanted.groups)
        live = self._live(wanted.excluded)
        if not groups:
            rows = np.flatnonzero(live[snapshot.document_of]).astype(np.int32)
            return Selection("all", rows, np.zeros(len(rows), np.float32), ())
        if match != "any":
            rows = self._kept(live, _all(snapshot, groups))
            if len(rows) or match == "all":
                return Selection("all", rows, _scores(snapshot, groups, rows), groups)
        rows = self._kept(live, _any(snapshot, groups))
        return Selection("any", rows, _scores(snapshot, groups, rows), groups)

    def _find(self, sequence: Sequenced) -> Matches:
        return self._matches.get(sequence, self._finder.find)

    def _live(self, excluded: Sequence[Sequenced]) -> Flags:
        """Return a flag for each document: neither deleted nor excluded."""
        live = self._snapshot.live
        for number, sequence in enumerate(excluded):
            live = live if number else live.copy()
            matches = self._find(sequence)
            live[matches.documents] = False
            live[self._snapshot.document_of[matches.rows]] = False
        return live

    def _kept(self, live: Flags, rows: Ints) -> Ints:
        if live is self._snapshot.live and self._snapshot.complete:
            return rows
        return rows[live[self._snapshot.document_of[rows]]]


def own(sets: Sets, selection: Selection, rows: Ints) -> Flags:
    """Return for each row whether a word of the query stands in the passage itself."""
    flags = np.zeros(len(rows), bool)
    for group in selection.groups:
        for matches in group:
            flags |= sets.member(rows, matches.rows)
    return flags


def _all(snapshot: Snapshot, groups: Sequence[Group]) -> Ints:
    """Return the rows that satisfy every group, looked for from the rarest on."""
    rarest, *others = sorted(groups, key=_size)
    rows = _any(snapshot, [rarest])
    for group in others:
        if not len(rows):
            break
        documents = snapshot.document_of[rows]
        keep = np.zeros(len(rows), bool)
        for matches in group:
            keep |= snapshot.row_sets.member(rows, matches.rows)
            keep |= snapshot.document_sets.member(documents, matches.documents)
        rows = rows[keep]
    return rows


def _size(group: Group) -> int:
    return sum(len(matches.rows) + len(matches.documents) for matches in group)


def _any(snapshot: Snapshot, groups: Sequence[Group]) -> Ints:
    """Return the rows that satisfy at least one group, ascending."""
    parts = []
    for group in groups:
        for matches in group:
            parts += [matches.rows, _rows_of(snapshot, matches.documents)]
    return snapshot.row_sets.union(parts)


def _rows_of(snapshot: Snapshot, documents: Ints) -> Ints:
    """Return all rows of some documents."""
    starts = snapshot.parents[documents]
    return spread(starts, snapshot.ends[documents] - starts).astype(np.int32)


def _scores(snapshot: Snapshot, groups: Sequence[Group], rows: Ints) -> Floats:
    documents = snapshot.document_of[rows]
    scores = np.zeros(len(rows), np.float32)
    for group in groups:
        for matches in group:
            weights = snapshot.row_sets.numbers(rows, matches.rows, matches.weights)
            if len(matches.documents):
                weights += snapshot.document_sets.numbers(
                    documents, matches.documents, matches.document_weights
                )
            scores += saturated(weights, matches.idf)
    return scores
