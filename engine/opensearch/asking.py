"""A query as one request: the documents of a page, their passages, and the counts of all facets.

The text of a query, with what it excludes, is the request's query; filters come after it
(`post_filter`), so that every facet can be counted without its own selection.
"""

from typing import Any

from engine import dates
from engine.facets import FACETS
from engine.opensearch import matching
from engine.opensearch.mapping import DOCUMENTS, MOST_VALUES, RECORD, ROW_RECORD, ROWS, SECTION
from engine.opensearch.matching import Clause
from engine.protocol import Matched
from engine.queries import WINDOW, Query
from engine.wanted import Wanted

PASSAGES = "passages"
EVERY = "every"
VALUES = "values"
CHOSEN = "chosen"
"""Counts of the chosen values, which may not be among the most frequent."""

_ORDERS: dict[str, list[Any]] = {
    "relevance": [{"_score": "desc"}, {"id": "asc"}],
    "newest": [{"first": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "oldest": [{"first": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    "title": [{"sort_title": "asc"}, {"id": "asc"}],
}


def request(query: Query, wanted: Wanted, matched: Matched) -> dict[str, Any]:
    """Return the body of a search."""
    filters = _filters(query, wanted, matched)
    start = (query.page - 1) * query.per_page
    size = max(0, min(query.per_page, WINDOW - start))
    order = query.order if wanted.groups or query.order != "relevance" else "newest"
    return {
        "query": _matching(query, wanted, matched),
        "post_filter": _all(filters.values()),
        "aggs": {
            # Counts what the text alone finds.
            EVERY: {"filter": {"match_all": {}}},
            **{
                facet.name: _counted(facet.name, query, filters, wanted, matched)
                for facet in FACETS
            },
        },
        "sort": _ORDERS[order],
        "track_scores": bool(wanted.groups),
        "track_total_hits": True,
        "from": start if size else 0,
        "size": size,
        "stored_fields": [RECORD],
    }


def _matching(query: Query, wanted: Wanted, matched: Matched) -> Clause:
    """Return what the text asks of documents. Their score is that of the best row that a section
    filter leaves."""
    clauses: dict[str, list[Clause]] = {}
    if wanted.excluded:
        clauses["must_not"] = [_with_row(matching.excluded(wanted))]
    if not wanted.groups:
        return {"bool": clauses | {"filter": [DOCUMENTS]}}
    satisfying = matching.satisfying(wanted, matched)
    narrowed = [*_sections(query)]
    may_show = {"bool": {"must": [satisfying], "filter": narrowed}}
    best = _with_row(may_show, "max")
    shown = _with_row({"bool": {"must": [may_show], "filter": [matching.own(wanted)]}})
    shown["nested"]["inner_hits"] = {
        "name": PASSAGES,
        "size": query.passages,
        "_source": False,
        "stored_fields": [ROW_RECORD],
    }
    clauses["should"] = [shown, *([best] if narrowed else [])]
    clauses["filter" if narrowed else "must"] = [
        _with_row(matching.satisfied(wanted, matched)) if narrowed else best
    ]
    return {"bool": clauses}


def _filters(query: Query, wanted: Wanted, matched: Matched) -> dict[str, Clause]:
    """Return the clause of each filter, by the name of its facet, or `since` and `until`."""
    filters: dict[str, Clause] = {
        facet.name: {"terms": {facet.name: [*chosen]}}
        for facet in FACETS
        if facet.values and (chosen := query.filters.get(facet.name))
    }
    if sections := _sections(query):
        filters["section"] = _with_row(_all([*_satisfied(wanted, matched), *sections]))
    if query.since:
        first = dates.first_day(query.since).toordinal()
        filters["since"] = {"range": {"last": {"gte": first}}}
    if query.until:
        last = dates.last_day(query.until).toordinal()
        filters["until"] = {"range": {"first": {"lte": last}}}
    return filters


def _counted(
    name: str, query: Query, filters: dict[str, Clause], wanted: Wanted, matched: Matched
) -> dict[str, Any]:
    """Return how a facet is counted: with every filter but its own."""
    values: dict[str, Any] = {VALUES: {"terms": {"field": name, "size": MOST_VALUES}}}
    if chosen := query.filters.get(name):
        values[CHOSEN] = {"terms": {"field": name, "include": [*chosen], "size": len(chosen)}}
    if name == "section":
        sections = {"terms": {"field": SECTION, "size": MOST_VALUES}}
        documents: dict[str, Any] = {"documents": {"reverse_nested": {}}}
        satisfied = _all(_satisfied(wanted, matched))
        inside = {"filter": satisfied, "aggs": {VALUES: {**sections, "aggs": documents}}}
        values = {ROWS: {"nested": {"path": ROWS}, "aggs": {ROWS: inside}}}
    others = (clause for other, clause in filters.items() if other != name)
    return {"filter": _all(others), "aggs": values}


def _satisfied(wanted: Wanted, matched: Matched) -> list[Clause]:
    return [matching.satisfied(wanted, matched)] if wanted.groups else []


def _sections(query: Query) -> list[Clause]:
    sections = query.filters.get("section")
    return [{"terms": {SECTION: [*sections]}}] if sections else []


def _with_row(clause: Clause, score: str = "none") -> Clause:
    return {"nested": {"path": ROWS, "score_mode": score, "query": clause}}


def _all(clauses: Any) -> Clause:
    return {"bool": {"filter": [*clauses]}}
