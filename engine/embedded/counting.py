"""Filters, and facet counts under the multi-select rule: a facet ignores its own selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np

from engine import dates
from engine.documents import SECTIONS
from engine.embedded.ascending import Flags, Ints, first_of_runs
from engine.embedded.evaluation import Rows, Selection
from engine.embedded.snapshot import Snapshot
from engine.facets import FACET_NAMES, FacetValue, ranked
from engine.queries import Query

_BIT = np.array([*(1 << code for code in range(len(SECTIONS))), 0], np.uint8)
"""A number for each section, of one bit; the last, 0, is for parent rows, whose section is -1."""
_HAVING = np.arange(1 << len(SECTIONS))[:, None] >> np.arange(len(SECTIONS)) & 1
"""Whether the section stands in each number that is made of these bits."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents that match with all filters, ascending, the counts of all facets, and the
    rows that may be shown."""

    documents: Ints
    facets: Mapping[str, tuple[FacetValue, ...]]
    shown: Rows


def count(snapshot: Snapshot, query: Query, selection: Selection) -> Counted:
    """Apply the filters of a query to the rows that satisfy its text, and count all facets."""
    filters = _filters(snapshot, query)
    rows = selection.rows
    shown = rows
    if sections := query.filters.get("section"):
        shown = rows.where(_in_sections(snapshot, rows.numbers, sections))
    matching = shown.owners.take(first_of_runs(shown.owners))
    documents = matching
    if filters:
        passing = reduce(and_, filters.values())
        is_narrowed = shown is not rows
        rows = rows.where(passing.take(rows.owners))
        shown = shown.where(passing.take(shown.owners)) if is_narrowed else rows
        documents = matching[passing.take(matching)]
    facets = snapshot.every_facet.ranked(documents)
    for name in filters.keys() & snapshot.facets.keys():
        others = [flags for other, flags in filters.items() if other != name]
        widened = matching[reduce(and_, others).take(matching)] if others else matching
        facets[name] = ranked(snapshot.facets[name].counts(widened), query.filters[name])
    facets["section"] = ranked(_section_counts(snapshot, rows), query.filters.get("section", ()))
    return Counted(documents, {name: facets[name] for name in FACET_NAMES}, shown)


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
    return np.isin(snapshot.sections.take(rows), codes)


def _section_counts(snapshot: Snapshot, rows: Rows) -> dict[str, int]:
    """Return how many documents have some of the rows in each section."""
    if not len(rows.numbers):
        return {}
    # The sections of a document together are a number below 2 ** 6; each such number is counted.
    present = _BIT.take(snapshot.sections.take(rows.numbers))
    of_documents = np.bitwise_or.reduceat(present, first_of_runs(rows.owners))
    counts = np.bincount(of_documents, minlength=len(_HAVING)) @ _HAVING
    return dict(zip(SECTIONS, counts.tolist(), strict=True))
