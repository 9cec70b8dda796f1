"""A published generation is an index like any other to Whoosh: it opens, every query works."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from whoosh import index, query

from engine.embedded.engine import EmbeddedEngine
from engine.embedded.schema import INDEX, RECORD
from tests.contract.corpora import document, fill

CITIES = document(
    "a", "Cities", "sorting waste", "waste water plan", date="2021", summary="A pilot"
)
LIMA = document("b", "Lima", "water", clusters=("waste", "drr"), date="2019-05-17")
RAIN = document("c", "Rain", "rain water wastewater", "gone", date="2020")


@pytest.fixture
def searcher(tmp_path: Path, no_waiting: None) -> Iterator[Any]:
    """Whoosh's searcher on a generation with two segments, in which a document was replaced."""
    engine = fill(EmbeddedEngine(tmp_path), [CITIES, document("c", "Old rain", "waste")])
    fill(engine, [LIMA, RAIN], fresh=False)
    assert index.exists_in(tmp_path / "g000002", INDEX)
    with index.open_dir(tmp_path / "g000002", readonly=True).searcher() as opened:
        yield opened


def texts(searcher: Any, sought: query.Query) -> list[str]:
    """Return the text of each passage, and the title of each document, that Whoosh finds."""
    hits = [hit.fields()[RECORD] for hit in searcher.search(sought, limit=None)]
    return sorted(record.get("title", record.get("text")) for record in hits)


def test_whoosh_counts_rows_as_we_wrote_them(searcher: Any) -> None:
    assert (searcher.doc_count(), searcher.reader().doc_frequency("text", "water")) == (8, 3)
    assert searcher.doc_count_all() - searcher.doc_count() == 2
    assert not searcher.reader().is_atomic()


QUERIES: list[tuple[query.Query, list[str]]] = [
    (query.Term("text", "water"), ["rain water wastewater", "waste water plan", "water"]),
    (query.Term("title", "citi"), ["Cities"]),
    (query.Term("summary", "pilot"), ["Cities"]),
    (query.Term("doc", "b"), ["Lima", "water"]),
    (query.Term("text", "absent"), []),
    (query.And([query.Term("text", "wast"), query.Term("text", "water")]), ["waste water plan"]),
    (
        query.Or([query.Term("text", "sort"), query.Term("title", "lima")]),
        ["Lima", "sorting waste"],
    ),
    (
        query.And([query.Term("text", "water"), query.Not(query.Term("text", "wast"))]),
        ["rain water wastewater", "water"],
    ),
    (
        query.AndMaybe(query.Term("text", "wast"), query.Term("text", "sort")),
        ["sorting waste", "waste water plan"],
    ),
    (
        query.DisjunctionMax([query.Term("text", "gone"), query.Term("text", "sort")]),
        ["gone", "sorting waste"],
    ),
    (query.ConstantScoreQuery(query.Term("text", "gone")), ["gone"]),
    (query.Phrase("text", ["wast", "water"]), ["waste water plan"]),
    (query.Phrase("text", ["water", "wast"]), []),
    (query.SpanFirst(query.Term("text", "water")), ["water"]),
    (
        query.SpanNear2([query.Term("text", "wast"), query.Term("text", "plan")], slop=2),
        ["waste water plan"],
    ),
    (query.Prefix("text", "was"), ["rain water wastewater", "sorting waste", "waste water plan"]),
    (query.Wildcard("text", "*stew*"), ["rain water wastewater"]),
    (query.Regex("text", "s.rt"), ["sorting waste"]),
    (query.FuzzyTerm("text", "watr"), ["rain water wastewater", "waste water plan", "water"]),
    (
        query.TermRange("text", "plan", "sort"),
        ["rain water wastewater", "sorting waste", "waste water plan"],
    ),
    (query.Variations("text", "gone"), ["gone"]),
]


@pytest.mark.parametrize(("sought", "expected"), QUERIES, ids=lambda each: type(each).__name__)
def test_every_kind_of_query_works(searcher: Any, sought: Any, expected: list[str]) -> None:
    assert texts(searcher, sought) == expected


def test_whoosh_finds_all_that_lives(searcher: Any) -> None:
    corpus = (CITIES, LIMA, RAIN)
    titles = [written.title for written, _ in corpus]
    said = [passage.text for _, passages in corpus for passage in passages]
    assert texts(searcher, query.Every()) == sorted(titles + said)


def test_whoosh_ranks_and_reads_columns(searcher: Any) -> None:
    found = searcher.search(query.Term("text", "water"), limit=1)
    assert (len(found), found[0].fields()[RECORD]["text"]) == (3, "water")
    reader = searcher.reader()
    clusters, days = reader.column_reader("cluster"), reader.column_reader("first")
    assert {
        reader.stored_fields(row)[RECORD]["title"]: (clusters[row], days[row])
        for row in searcher.docs_for_query(query.Every("title"))
    } == {
        "Cities": ((), date(2021, 1, 1).toordinal()),
        "Lima": (("waste", "drr"), date(2019, 5, 17).toordinal()),
        "Rain": ((), date(2020, 1, 1).toordinal()),
    }
