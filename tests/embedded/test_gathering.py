"""A segment from gathered rows is the one that Whoosh's writer would have made of them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given, settings
from whoosh import fields, index
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage

from engine.analysis import analyzer, fold
from engine.dates import first_day, last_day
from engine.embedded import records
from engine.embedded.codec.codec import ArrayCodec
from engine.embedded.gathering import Gathered
from engine.embedded.schema import ANALYSED, ID, INDEX, TEXT_FIELDS, schema
from engine.facets import FACETS
from tests.contract.corpora import Corpus, document
from tests.contract.test_against_oracle import corpora
from tests.embedded.histories import UNSHRUNK


class OurAnalysis(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Gives Whoosh our terms; a text comes after its language and a bar."""

    def __call__(self, value: str, **_: object) -> Iterator[Token]:
        language, text = value.split("|", 1)
        for term, position in analyzer(language).terms(text):
            yield Token(text=term, pos=position, boost=1.0)


def whooshs_schema() -> fields.Schema:
    """Return our schema, with fields that Whoosh analyses."""
    ours = schema()
    for name in TEXT_FIELDS:
        ours.remove(name)
        ours.add(name, fields.TEXT(analyzer=OurAnalysis(), stored=False))
    return ours


def by_whoosh(corpus: Corpus) -> Any:
    """Return a reader of a corpus that Whoosh's writer wrote."""
    made = RamStorage().create_index(whooshs_schema(), indexname=INDEX)
    with made.writer(codec=ArrayCodec()) as writer:
        for each, passages in corpus:
            languages = [passage.language or each.language for passage in passages]
            days = (first_day(each.date), last_day(each.date)) if each.date else ()
            first, last = (day.toordinal() for day in days) if days else (0, 0)
            writer.add_document(
                **{ID: each.id, **json.loads(records.encoded(each))},
                **{ANALYSED: list(dict.fromkeys((each.language, *languages)))},
                **{f.name: [*dict.fromkeys(f.values(each))] for f in FACETS if f.values},
                id=[each.id],
                corpus=[each.corpus],
                fingerprint=[each.fingerprint],
                sort_title=[fold(each.title)],
                title=f"{each.language}|{each.title}",
                summary=f"{each.language}|{each.summary}",
                parent=1,
                first=first,
                last=last,
                pages=each.coverage.pages,
                pages_read=each.coverage.read,
                skipped=int(bool(each.reason)),
            )
            for passage, language in zip(passages, languages, strict=True):
                writer.add_document(
                    **{ID: each.id, **json.loads(records.encoded(passage))},
                    text=f"{language}|{passage.text}",
                    heading=f"{language}|{passage.heading}",
                    section=[passage.section],
                )
    return made.reader()


def gathered(corpus: Corpus) -> Any:
    """Return a reader of a corpus that was gathered and written at once."""
    storage, rows = RamStorage(), Gathered()
    for each, passages in corpus:
        rows.add(each, passages)
    index.TOC(schema(), [rows.write(storage)] if corpus else [], 1).write(storage, INDEX)
    return storage.open_index(indexname=INDEX).reader()


def everything(reader: Any) -> dict[str, Any]:
    """Return all that can be read of an index of one segment."""
    rows = range(reader.doc_count_all())
    names = reader.schema.names()
    return {
        "stored": [reader.stored_fields(row) for row in rows],
        "postings": {term: postings(reader, *term) for term in reader.all_terms()},
        "lengths": {name: [reader.doc_field_length(row, name) for row in rows] for name in names},
        "columns": {
            name: [reader.column_reader(name)[row] for row in rows]
            for name in names
            if reader.schema[name].column_type and rows
        },
    }


def postings(reader: Any, name: str, term: bytes) -> list[tuple[int, float, Sequence[int]]]:
    """Return the rows of a term, how often it stands there, and where."""
    matcher, found = reader.postings(name, term), []
    while matcher.is_active():
        places = matcher.value_as("positions") if name in TEXT_FIELDS else ()
        found.append((matcher.id(), matcher.weight(), places))
        matcher.next()
    return found


@settings(max_examples=20, deadline=None, phases=UNSHRUNK)
@given(corpus=corpora)
def test_gathered_rows_are_written_as_whoosh_writes_them(corpus: Corpus) -> None:
    with by_whoosh(corpus) as expected, gathered(corpus) as found:
        assert everything(found) == everything(expected)


def test_a_word_may_stand_in_a_passage_more_often_than_two_bytes_can_count() -> None:
    corpus = [document("a", "", "waste " * 70_000 + "water"), document("b", "", "waste")]
    with gathered(corpus) as reader:
        (many, weight, places), (_, once, _) = postings(reader, "text", b"wast")
        assert (many, weight, places[-1], once) == (1, 70_000, 69_999, 1)
        assert postings(reader, "text", b"water") == [(1, 1, [70_000])]
        assert reader.doc_field_length(1, "text") == 70_001
