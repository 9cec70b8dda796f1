"""The executor finds what Whoosh's own searcher finds in the very same files."""

from collections.abc import Iterator
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index, query
from whoosh.filedb.filestore import FileStorage

from engine.embedded import batch, toc
from engine.embedded.engine import EmbeddedEngine
from engine.embedded.evaluation import Evaluator
from engine.embedded.schema import DOCUMENT_FIELDS, PASSAGE_FIELDS, RECORD
from engine.embedded.snapshot import Snapshot
from engine.protocol import Matched
from engine.queries import MATCHES, Match, Query
from engine.wanted import Sequenced, Slot, Wanted, analyse
from tests.contract.test_against_oracle import assert_agrees, queries
from tests.embedded.histories import UNSHRUNK, Step, histories, texts, write

questions = st.tuples(texts, st.sampled_from(MATCHES))


class ByWhoosh:
    """A published generation, opened and searched by Whoosh alone; rows are its numbers."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        reader = searcher.reader()
        self.records = [
            reader.stored_fields(row)[RECORD] for row in range(searcher.doc_count_all())
        ]
        self.live = set(reader.all_doc_ids())
        parents = [row for row, record in enumerate(self.records) if "title" in record]
        self.owner = [max(p for p in parents if p <= row) for row in range(len(self.records))]

    def satisfying(self, wanted: Wanted, match: Match) -> tuple[Matched, set[int]]:
        """Return the rows that satisfy a query: each word by Whoosh, the rest by plain sets."""
        excluded = {self.owner[row] for each in wanted.excluded for row in self._having(each)}
        live = {row for row in self.live if self.owner[row] not in excluded}
        groups = [
            set[int]().union(*(self._having(sequence) for sequence in group))
            for group in wanted.groups
        ]
        everywhere = live.intersection(*groups)
        if not groups or match == "all" or (match == "auto" and everywhere):
            return "all", everywhere
        return "any", live & set[int]().union(*groups)

    def _having(self, sequence: Sequenced) -> set[int]:
        """Return the rows with a word or phrase, their own or inherited from the document."""
        inherited = self._found(sequence, DOCUMENT_FIELDS)
        return self._found(sequence, PASSAGE_FIELDS) | {
            row for row in self.live if self.owner[row] in inherited
        }

    def _found(self, sequence: Sequenced, fields: tuple[str, ...]) -> set[int]:
        sought = query.Or([self._query(field, sequence) for field in fields])
        return set(self._searcher.docs_for_query(sought))

    def _query(self, field: str, sequence: Sequenced) -> query.Query:
        if len(sequence) == 1:
            [slot] = sequence
            terms = [query.Term(field, term) for term in slot.terms]
            return query.Or([*terms, *([query.Prefix(field, slot.prefix)] if slot.prefix else [])])
        assert [slot.offset for slot in sequence] == list(range(len(sequence)))
        words = product(*(self._words(field, slot) for slot in sequence))
        return query.Or([query.Phrase(field, list(phrase)) for phrase in words])

    def _words(self, field: str, slot: Slot) -> Iterator[str]:
        yield from slot.terms
        if slot.prefix:
            for term in self._searcher.reader().expand_prefix(field, slot.prefix):
                yield term.decode()


def published(folder: Path) -> Path:
    """Return the folder of the newest generation."""
    return max(folder.glob("g*"))


@pytest.mark.parametrize("most_segments", [batch.MOST_SEGMENTS, 2])
def test_the_executor_finds_what_whoosh_finds(
    tmp_path: Path, no_waiting: None, monkeypatch: pytest.MonkeyPatch, most_segments: int
) -> None:
    monkeypatch.setattr(batch, "MOST_SEGMENTS", most_segments)
    folders = count()

    @settings(max_examples=15, deadline=None, phases=UNSHRUNK)
    @given(history=histories, asked=st.lists(questions, min_size=4, max_size=12))
    def finds_the_same(history: list[Step], asked: list[tuple[str, Match]]) -> None:
        path = tmp_path / str(next(folders))
        engine = EmbeddedEngine(path)
        write(engine, history)
        folder = published(path)
        storage = FileStorage(str(folder), readonly=True)
        evaluator = Evaluator(Snapshot(storage, toc.read(storage)))
        with index.open_dir(folder, readonly=True).searcher() as searcher:
            whoosh = ByWhoosh(searcher)
            for text, match in asked:
                wanted = analyse(text, engine.languages())
                matched, rows = whoosh.satisfying(wanted, match)
                selection = evaluator.evaluate(wanted, match)
                assert (selection.matched, selection.rows.numbers.tolist()) == (
                    matched,
                    sorted(rows),
                )
                found = engine.find(Query(text, match=match, per_page=100), wanted)
                ids = {whoosh.records[whoosh.owner[row]]["id"] for row in rows}
                assert (found.matched, found.total) == (matched, len(ids))
                assert {each.document.id for each in found.found} == ids

    finds_the_same()


def test_an_index_of_many_batches_answers_as_brute_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "MOST_SEGMENTS", 3)

    @settings(max_examples=25, deadline=None, phases=UNSHRUNK)
    @given(history=histories, asked=st.lists(queries, min_size=4, max_size=12))
    def agrees(history: list[Step], asked: list[Query]) -> None:
        engine = EmbeddedEngine.in_memory()
        corpus = write(engine, history)
        for each in asked:
            assert_agrees(engine, corpus, each)

    agrees()
