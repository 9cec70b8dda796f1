"""Every score is BM25F as its authors write it, and what stands around a passage where any word is
enough, worked out again in plain numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from engine.analysis import analyzer
from engine.embedded.engine import EmbeddedEngine
from engine.embedded.matches import K1, LENGTH_NORMS, WEIGHTS
from engine.embedded.schema import RECORD
from engine.embedded.surroundings import AROUND, BEGINNING, FEWEST, LENGTH_NORM, REACH, REMEMBERED
from engine.protocol import Matched
from engine.queries import MATCHES, Match, Query
from engine.wanted import Sequenced, Slot, Wanted, analyse
from tests.contract.corpora import ask, document, fill
from tests.embedded.histories import UNSHRUNK, Step, histories, texts, write

Fields = Mapping[str, Sequence[tuple[str, int]]]
"""The terms of each field with their positions."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A document in the index, be it deleted: its own fields, those of its passages, and the words
    of each of its places and of its year."""

    fields: Fields
    passages: Sequence[Fields]
    names: Sequence[Sequence[str]] = ()

    @property
    def size(self) -> int:
        """How many passages it counts as."""
        return max(1, len(self.passages))


class Plain:
    """BM25F over everything that an index holds, what was deleted but not merged away included."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self._stored = stored
        self._size = sum(each.size for each in stored)
        every = [fields for each in stored for fields in (each.fields, *each.passages)]
        self._averages = {}
        for name in WEIGHTS:
            lengths = [len(fields[name]) for fields in every if fields.get(name)]
            self._averages[name] = sum(lengths) / len(lengths) if lengths else 1

    def score(self, found: Stored, wanted: Wanted, matched: Matched) -> float:
        """Return the score of the best row of a document that satisfies the query."""
        enough = all if matched == "all" else any
        scores = []
        for place, row in enumerate(({}, *found.passages)):
            weights = [
                [self._weight(row, each) + self._weight(found.fields, each) for each in group]
                for group in wanted.groups
            ]
            if enough(any(group) for group in weights):
                scores.append(
                    sum(
                        self._idf(sequence) * saturated(weight)
                        for group, of in zip(wanted.groups, weights, strict=True)
                        for sequence, weight in zip(group, of, strict=True)
                    )
                )
                if matched == "any":
                    scores[-1] += self._beside(found, place, wanted)
        best = max(scores)
        return best + self._remembered(found, wanted) if matched == "any" else best

    def _beside(self, found: Stored, place: int, wanted: Wanted) -> float:
        """Return what else tells of a passage, given its place from 1; 0 is the document's row."""
        near = found.passages[max(0, place - 1 - REACH) : place + REACH] if place else ()
        length = sum(map(self._length, near)) / self._around
        norm = 1 - LENGTH_NORM + LENGTH_NORM * length
        sequences = [sequence for group in wanted.groups for sequence in group]
        score = 0.0
        for sequence in sequences:
            times = sum(frequency(terms, sequence) for row in near for terms in row.values())
            score += AROUND * self._idf(sequence) * saturated(times / norm)
        row = found.passages[place - 1] if place else {}
        for sequence in wanted.spare:
            weight = self._weight(row, sequence) + self._weight(found.fields, sequence)
            score += self._idf(sequence) * saturated(weight)
        said = {each[0].terms: self._idf(each) for each in sequences if is_word(each)}
        for name in found.names:
            words = [next((w for w in said if set(w) & {word}), None) for word in set(name)]
            score += 0 if None in words else sum(said[word] for word in words if word)
        return score

    def _remembered(self, found: Stored, wanted: Wanted) -> float:
        """Return the share of a query's words that the beginning of a long document bears, if they
        are enough for a title and any of its passages there can be shown."""
        first = found.passages[:BEGINNING]
        rows = [
            [any(holds(row, sequence) for sequence in group) for group in wanted.groups]
            for row in (*first, found.fields)
        ]
        borne = sum(map(any, zip(*rows, strict=True)))
        if len(found.passages) <= BEGINNING or not any(map(any, rows[:-1])):
            return 0
        size = len(wanted.groups)
        return borne / size if borne >= max(FEWEST, REMEMBERED * size) else 0

    @cached_property
    def _around(self) -> float:
        """The average length of the text around a passage."""
        lengths = [
            sum(map(self._length, each.passages[max(0, at - REACH) : at + REACH + 1]))
            for each in self._stored
            for at, passage in enumerate(each.passages)
            if self._length(passage)
        ]
        return sum(lengths) / len(lengths) if lengths else 1

    def _length(self, passage: Fields) -> float:
        return len(passage["text"]) / self._averages["text"]

    def _weight(self, fields: Fields, sequence: Sequenced) -> float:
        """Return how often a word or phrase stands in some fields, weighted and normalised."""
        weight = 0.0
        for name, terms in fields.items():
            b = LENGTH_NORMS[name]
            norm = 1 - b + b * len(terms) / self._averages[name]
            if times := frequency(terms, sequence):
                weight += WEIGHTS[name] * times / norm
        return weight

    def _idf(self, sequence: Sequenced) -> float:
        """Return the rarity of a word in the field where it is commonest: how many passages have
        it there, those counted that inherit it, and each alternative by itself."""
        having = dict.fromkeys(WEIGHTS, 0)
        for each in self._stored:
            for name in WEIGHTS:
                having[name] += each.size * alternatives(each.fields.get(name, ()), sequence)
                for passage in each.passages:
                    having[name] += alternatives(passage.get(name, ()), sequence)
        most = min(max(having.values()), self._size)
        return sequence[0].weight * log(1 + (self._size - most + 0.5) / (most + 0.5))


def saturated(weight: float) -> float:
    """Return what a weighted frequency counts."""
    return weight * (K1 + 1) / (weight + K1)


def is_word(sequence: Sequenced) -> bool:
    """Tell whether a sequence is one whole word."""
    return len(sequence) == 1 and not sequence[0].prefix


def holds(fields: Fields, sequence: Sequenced) -> bool:
    """Tell whether a word or phrase stands in one of some fields."""
    return any(frequency(terms, sequence) for terms in fields.values())


def alternatives(terms: Sequence[tuple[str, int]], sequence: Sequenced) -> int:
    """Return how many different terms of a field a word is looked for in; a phrase is one."""
    if len(sequence) == 1:
        return len({term for term, _ in terms if fills(term, sequence[0])})
    return int(frequency(terms, sequence) > 0)


def frequency(terms: Sequence[tuple[str, int]], sequence: Sequenced) -> int:
    """Return how often a word or phrase stands in a field."""
    if len(sequence) == 1:
        return sum(fills(term, sequence[0]) for term, _ in terms)
    return sum(
        all(
            any(fills(term, slot) for term, place in terms if place == start + slot.offset)
            for slot in sequence
        )
        for start in {position for _, position in terms}
    )


def fills(term: str, slot: Slot) -> bool:
    """Tell whether a term is one that a slot looks for."""
    return term in slot.terms or bool(slot.prefix and term.startswith(slot.prefix))


def stored_in(reader: Any) -> Iterator[tuple[str, Stored]]:
    """Yield the id and content of each document that lives, an empty id for the others."""
    found: list[tuple[str, Stored, list[Fields]]] = []
    language = ""
    for row in range(reader.doc_count_all()):
        record = reader.stored_fields(row)[RECORD]
        if "title" in record:
            language = record["language"]
            key = "" if reader.is_deleted(row) else record["id"]
            own = Stored(fields_of(record, ("title", "summary"), language), (), names_of(record))
            found.append((key, own, []))
        else:
            spoken = record["language"] or language
            found[-1][2].append(fields_of(record, ("text", "heading"), spoken))
    for key, own, passages in found:
        yield key, replace(own, passages=passages)


def fields_of(record: Mapping[str, str], names: Sequence[str], language: str) -> Fields:
    """Return the terms of some texts of a stored row."""
    return {name: analyzer(language).terms(record[name]) for name in names}


def names_of(record: Mapping[str, Any]) -> list[list[str]]:
    """Return the words, folded, of each place and of the year of a stored document."""
    names = {*record["countries"], *record["cities"], record["date"][:4]}
    return [terms for name in names if (terms := [term for term, _ in analyzer("").terms(name)])]


def test_every_score_is_bm25f(tmp_path: Path, no_waiting: None) -> None:
    folders = count()

    @settings(max_examples=15, deadline=None, phases=UNSHRUNK)
    @given(
        history=histories,
        asked=st.lists(st.tuples(texts, st.sampled_from(MATCHES)), min_size=4, max_size=10),
    )
    def scores_agree(history: list[Step], asked: list[tuple[str, Match]]) -> None:
        path = tmp_path / str(next(folders))
        engine = EmbeddedEngine(path)
        write(engine, history)
        with index.open_dir(max(path.glob("g*")), readonly=True).reader() as reader:
            stored = list(stored_in(reader))
        plain, living = Plain([each for _, each in stored]), dict(stored)
        for text, match in asked:
            wanted = analyse(text, engine.languages())
            answer = engine.find(Query(text, match=match, per_page=100), wanted)
            assert {found.document.id: found.score for found in answer.found} == {
                found.document.id: pytest.approx(
                    plain.score(living[found.document.id], wanted, answer.matched)
                    if wanted.groups
                    else 0,
                    rel=1e-5,
                )
                for found in answer.found
            }

    scores_agree()


def test_scores_of_a_small_index_are_known_by_heart() -> None:
    engine = fill(
        EmbeddedEngine.in_memory(),
        [
            document("a", "Rain", "waste waste water"),
            document("b", "Waste", "wind", "sun"),
            document("c", "Snow", "ice"),
        ],
    )
    # Four passages, and the word is commonest in titles, from which two passages inherit it: a
    # title of one word, as all have, which weighs 2. One passage says it twice in its text, and has
    # 3 words where 1.5 is the average.
    idf = log(1 + 2.5 / 2.5)
    said = 2 / (0.25 + 0.75 * 3 / 1.5)
    expected = {"b": idf * 2.2 * 2 / (2 + 1.2), "a": idf * 2.2 * said / (said + 1.2)}
    scores = {hit.document.id: hit.score for hit in ask(engine, "waste").hits}
    assert list(scores) == ["b", "a"]
    assert scores == pytest.approx(expected, rel=1e-6)
