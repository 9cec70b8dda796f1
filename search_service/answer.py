"""The answer to a query as JSON, the same for the API and the command line.

Keys, and the order they stand in, are a contract: programs outside the project read them.
"""

import json

from engine.facets import FACET_NAMES
from engine.queries import Query
from engine.search import Hit, PassageHit, Result
from engine.vocabulary import Vocabulary
from search_service import addresses, labels
from search_service.interface import Interface


def as_json(
    result: Result,
    vocabulary: Vocabulary,
    took_ms: float,
    suggestion: str | None,
    ui: Interface,
) -> str:
    """Return the JSON text of a result; `took_ms` is how long the search took, `suggestion` the
    text that was probably meant. Labels of values are in the language of the interface."""
    answer: dict[str, object] = {
        "query": _query(result.query),
        "matched": result.matched,
        "total": result.total,
        "took_ms": round(took_ms, 1),
        "page": result.query.page,
        "pages": result.pages,
        "hits": [_hit(hit) for hit in result.hits],
        "facets": _facets(result, vocabulary, ui),
        "suggestion": suggestion,
    }
    if result.partial:
        answer["partial"] = True
    return json.dumps(answer, ensure_ascii=False)


def _query(query: Query) -> dict[str, object]:
    filters: dict[str, object] = {
        name: list(query.filters[name]) for name in FACET_NAMES if query.filters.get(name)
    }
    period = {"from": query.since, "to": query.until}
    filters |= {name: day for name, day in period.items() if day}
    return {"q": query.text, "filters": filters, "sort": query.order, "match": query.match}


def _hit(hit: Hit) -> dict[str, object]:
    document = hit.document
    return {
        "id": document.id,
        "file": document.file or None,
        "title": document.title,
        "type": document.type or None,
        "clusters": list(document.clusters),
        "countries": list(document.countries),
        "cities": list(document.cities),
        "partners": list(document.partners),
        "date": document.date or None,
        "language": document.language or None,
        "url": document.url or None,
        "permalink": addresses.document(document.id),
        "score": round(hit.score, 6),
        "summary": document.summary or None,
        "passages": [_passage(document.id, passage) for passage in hit.passages],
        "more_passages": hit.more_passages,
        "coverage": {"pages": document.coverage.pages, "read": document.coverage.read},
    }


def _passage(document_id: str, passage: PassageHit) -> dict[str, object]:
    return {
        "page": passage.page,
        "heading": passage.heading or None,
        "section": passage.section,
        "permalink": addresses.page(document_id, passage.page),
        "snippet": [{"text": piece.text, "match": piece.match} for piece in passage.snippet],
    }


def _facets(
    result: Result, vocabulary: Vocabulary, ui: Interface
) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {
                "value": value.value,
                "label": labels.label(ui, vocabulary, name, value.value),
                "count": value.count,
                "selected": value.selected,
            }
            for value in result.facets.get(name, ())
        ]
        for name in FACET_NAMES
    }
