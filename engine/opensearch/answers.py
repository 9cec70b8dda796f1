"""What the cluster answers, as the protocol's types."""

from collections.abc import Mapping
from typing import Any

from engine.documents import Document, Passage
from engine.facets import FACETS, FacetValue, ranked
from engine.opensearch import records
from engine.opensearch.asking import CHOSEN, EVERY, PASSAGES, VALUES
from engine.opensearch.mapping import RECORD, ROW_RECORD, ROWS
from engine.protocol import Findings, Found, Matched
from engine.queries import Query

Answer = Mapping[str, Any]


def findings(answer: Answer, query: Query, matched: Matched) -> Findings:
    """Return the findings of a search."""
    hits = answer["hits"]
    return Findings(
        matched,
        hits["total"]["value"],
        tuple(map(_found, hits["hits"])),
        {facet.name: _values(answer, query, facet.name) for facet in FACETS},
        is_partial(answer),
    )


def any_document(answer: Answer) -> bool:
    """Tell whether the text found any document at all, before filters."""
    count: int = answer["aggregations"][EVERY]["doc_count"]
    return count > 0


def is_partial(answer: Answer) -> bool:
    """Tell whether a part of the index did not answer."""
    shards = answer["_shards"]
    # A shard that no node holds is neither successful nor counted as failed.
    return bool(answer["timed_out"] or shards["successful"] < shards["total"])


def document(hit: Answer) -> Document:
    """Return the document of a hit."""
    return records.decoded(hit["fields"][RECORD][0], Document)


def passages(hit: Answer) -> tuple[Passage, ...]:
    """Return the passages that came with a hit."""
    inner = hit["inner_hits"][PASSAGES]["hits"]["hits"]
    return tuple(records.decoded(row["fields"][ROW_RECORD][0], Passage) for row in inner)


def passage_count(hit: Answer) -> int:
    """Return how many passages a hit has, those that did not come with it included."""
    count: int = hit["inner_hits"][PASSAGES]["hits"]["total"]["value"]
    return count


def _found(hit: Answer) -> Found:
    score = hit["_score"] or 0.0
    if "inner_hits" not in hit:
        return Found(document(hit), score, (), 0)
    shown = passages(hit)
    scores = tuple(row["_score"] for row in hit["inner_hits"][PASSAGES]["hits"]["hits"])
    return Found(document(hit), score, shown, passage_count(hit) - len(shown), scores)


def _values(answer: Answer, query: Query, name: str) -> tuple[FacetValue, ...]:
    counted = answer["aggregations"][name]
    if name == "section":
        buckets = counted[ROWS][ROWS][VALUES]["buckets"]
        counts = {bucket["key"]: bucket["documents"]["doc_count"] for bucket in buckets}
    else:
        every = (counted[kind]["buckets"] for kind in (VALUES, CHOSEN) if kind in counted)
        counts = {bucket["key"]: bucket["doc_count"] for buckets in every for bucket in buckets}
    return ranked(counts, query.filters.get(name, ()))
