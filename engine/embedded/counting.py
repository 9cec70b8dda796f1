"""Filters, and facet counts under the multi-select rule: a facet ignores its own selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np

from engine import dates
from engine.documents import SECTIONS
from engine.embedded.ascending import Flags, Floats, Ints
from engine.embedded.evaluation import Selection
from engine.embedded.snapshot import Snapshot
from engine.facets import FACETS, FacetValue, ranked
from engine.queries import Query


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents that match with all filters, ascending, the score of each, the counts of all
    facets, and the rows that may be shown."""

    documents: Ints
    scores: Floats
    facets: Mapping[str, tuple[FacetValue, ...]]
    shown: Selection


@dataclass(frozen=True, slots=True)
class Matching:
    """The documents with a selected row, ascending, and the score of the best row of each."""

    documents: Ints
    scores: Floats

    def passing(self, filters: list[Flags]) -> Ints:
        """Return the documents that pass all of some filters."""
        if not filters:
            return self.documents
        return self.documents[reduce(and_, filters)[self.documents]]


def count(snapshot: Snapshot, query: Query, selection: Selection) -> Counted:
    """Apply the filters of a query to the rows that satisfy its text, and count all facets."""
    filters = _filters(snapshot, query)
    shown = selection
    if sections := query.filters.get("section"):
        shown = selection.narrowed(_in_sections(snapshot, selection.rows, sections))
    matching = _matching(snapshot, shown)
    anywhere = matching if shown is selection else _matching(snapshot, selection)
    every = list(filters.values())
    documents = matching.passing(every)
    counts = snapshot.every_facet.counts(documents)
    for name in filters.keys() & snapshot.facets.keys():
        others = [flags for other, flags in filters.items() if other != name]
        counts[name] = snapshot.facets[name].counts(matching.passing(others))
    counts["section"] = _section_counts(snapshot, selection, anywhere.passing(every))
    facets = {
        facet.name: ranked(counts[facet.name], query.filters.get(facet.name, ()))
        for facet in FACETS
    }
    scores = matching.scores
    if every:
        scores = scores[reduce(and_, every)[matching.documents]]
    return Counted(documents, scores, facets, shown)


def _filters(snapshot: Snapshot, query: Query) -> dict[str, Flags]:
    """Return, for each filter of documents, a flag for every document: whether it passes."""
    filters = {
        name: snapshot.facets[name].having(chosen)
        for name, chosen in query.filters.items()
        if chosen and name in snapshot.facets
    }
    if query.since:
        filters["since"] = snapshot.number("last") >= dates.first_day(query.since).toordinal()
    if query.until:
        first = snapshot.number("first")
        filters["until"] = (first > 0) & (first <= dates.last_day(query.until).toordinal())
    return filters


def _in_sections(snapshot: Snapshot, rows: Ints, sections: tuple[str, ...]) -> Flags:
    codes = [code for code, section in enumerate(SECTIONS) if section in sections]
    return np.isin(snapshot.sections[rows], codes)


def _matching(snapshot: Snapshot, selection: Selection) -> Matching:
    owners = snapshot.document_of[selection.rows]
    first = np.empty(len(owners), bool)
    first[:1] = True
    np.not_equal(owners[1:], owners[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    if not len(starts):
        return Matching(owners, selection.scores)
    return Matching(owners[starts], np.maximum.reduceat(selection.scores, starts))


def _section_counts(snapshot: Snapshot, selection: Selection, documents: Ints) -> dict[str, int]:
    """Return how many of some documents have a selected passage in each section."""
    sections = snapshot.sections[selection.rows]
    owners = snapshot.document_of[selection.rows]
    # The first column takes the parent rows, whose section is -1.
    columns = len(SECTIONS) + 1
    having = np.zeros(snapshot.documents * columns, bool)
    having[owners * np.int32(columns) + sections + 1] = True
    counts = np.count_nonzero(having.reshape(-1, columns)[documents, 1:], axis=0).tolist()
    return dict(zip(SECTIONS, counts, strict=True))
