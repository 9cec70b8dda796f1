"""What a document looks like inside OpenSearch.

A document has `rows` (nested): the first for itself, then one for each passage. Every row has the
terms of title and summary, because these count for each passage; a passage's row has those of its
own text and heading too. So one row answers whether all words stand together, and one field of it,
in which a gap keeps phrases from going on from one text into the next.

Terms come analysed. Those of one position are joined by a bar, positions by spaces, and the
whitespace tokenizer and one filter take them apart again; a query has a filler where a phrase
leaves a position open.
"""

from typing import Any

from engine.facets import FACETS

VERSION = "4"
"""Of everything that is stored; an index of another version must be built again."""

SHARDS = 3
COPIES = 1
"""Copies of each shard beside the first, on other nodes."""
MOST_VALUES = 8_000
"""Values of a facet that are counted; all facets together must stay below the 65,535 counts that
a cluster allows an answer."""

ROWS = "rows"
ALL = "rows.all"
"""All that a row is found by, in one field."""
GAP = 1_000
"""Positions between the texts of that field: more than a query has words."""
TITLE_WEIGHT = 2
"""How often a word of the title counts."""
LENGTH_NORM = 0.75
OWN_FIELDS = ("rows.text", "rows.heading")
SECTION = "rows.section"
ROW_RECORD = "rows.record"
RECORD = "record"
"""The stored field that holds a document; `ROW_RECORD` holds a passage."""
WORDING = "wording"
"""The stored field of the pieces of the wording, which lie beside the documents."""
DOCUMENTS = {"exists": {"field": "id"}}
"""The clause of documents, without those pieces."""

BESIDE = "|"
OPEN = "_"
"""Between terms of one position, and in place of an open position. No term has either."""

# Matching and counting need every posting, so nothing may be dropped or cut at any length.
_LONGEST = 1_000_000
_TERMS = {"type": "text", "analyzer": "written", "search_analyzer": "wanted"}
_EXACT = {"type": "keyword"}
_KEPT = {"type": "text", "index": False, "norms": False, "store": True}
_NUMBER = {"type": "integer"}


def settings() -> dict[str, Any]:
    """Return the settings of a new index; it is refreshed once, before it is published."""
    return {
        "number_of_shards": SHARDS,
        "number_of_replicas": COPIES,
        "refresh_interval": -1,
        # Deletions of a batch must outlast any late retry of an older write.
        "gc_deletes": "1h",
        "max_inner_result_window": _LONGEST,
        "mapping.nested_objects.limit": _LONGEST,
        # Titles and summaries have no part in how long the embedded engine finds a text.
        "similarity": {"all": {"type": "BM25", "k1": 1.2, "b": LENGTH_NORM}},
        "analysis": {
            "tokenizer": {"terms": {"type": "whitespace", "max_token_length": _LONGEST}},
            "filter": {
                "beside": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"([^{BESIDE}]+)"],
                },
                "open": {"type": "stop", "stopwords": [OPEN]},
            },
            "analyzer": {
                "written": {"type": "custom", "tokenizer": "terms", "filter": ["beside"]},
                "wanted": {"type": "custom", "tokenizer": "terms", "filter": ["beside", "open"]},
            },
        },
    }


def mapping() -> dict[str, Any]:
    """Return the mapping of an index."""
    rows: dict[str, Any] = {
        **{field.removeprefix(f"{ROWS}."): _TERMS for field in OWN_FIELDS},
        "all": {**_TERMS, "position_increment_gap": GAP, "similarity": "all"},
    }
    rows |= {"section": _EXACT, "record": _KEPT}
    numbers = ("first", "last", "pages", "pages_read", "passages")
    exact = ("id", "corpus", "fingerprint", "sort_title", "analysed")
    facets = (facet.name for facet in FACETS if facet.values)
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {
            **dict.fromkeys((*exact, *facets), _EXACT),
            **dict.fromkeys(numbers, _NUMBER),
            "skipped": {"type": "boolean"},
            RECORD: _KEPT,
            WORDING: _KEPT,
            ROWS: {"type": "nested", "dynamic": "strict", "properties": rows},
        },
    }
