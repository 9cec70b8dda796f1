"""Rows collected in memory until they are written as a segment; a token is only a number here."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.analysis import Analyzer, analyzer, fold, latin_letters, words
from engine.dates import first_day, last_day
from engine.documents import Document, Passage
from engine.embedded import records
from engine.embedded.codec.bytescolumn import BytesColumn
from engine.embedded.codec.codec import ArrayCodec, ArraySegment
from engine.embedded.codec.columns import Values
from engine.embedded.codec.inversion import FieldPostings, invert
from engine.embedded.codec.segmentwriting import write_segment
from engine.embedded.schema import ANALYSED, ID, LABELS, NUMBERS, TEXT_FIELDS, VECTOR, schema
from engine.embedded.tokenising import Numbering, Terms, TokenNumbers
from engine.facets import FACET_NAMES, FACETS

AT_ONCE = 1 << 18
"""Letters of texts that wait to be read at once: their arrays stay in the processor's cache."""


@dataclass(slots=True)
class Waiting:
    """Texts of rows that are to be read at once, as their letters; how many letters in all."""

    rows: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    size: int = 0


class FieldTokens:
    """The tokens of one field: the number of each, and where it stands.

    Positions count up from 0 in every row, but for the rows that say otherwise.
    """

    def __init__(self) -> None:
        self._numbers = array("I")
        self._rows = array("I")
        self._counts = array("I")
        self._positions: list[tuple[int, Sequence[int]]] = []
        self._waiting: dict[TokenNumbers, Waiting] = {}

    def __len__(self) -> int:
        """The number of tokens, without those of the texts that wait."""
        return len(self._numbers)

    def add(self, row: int, text: str, tokens: TokenNumbers) -> None:
        """Add the text of a row."""
        if not text:
            return
        letters = latin_letters(text)
        if letters is None:
            self._add_one(row, text, tokens)
            return
        waiting = self._waiting.get(tokens)
        if waiting is None:
            waiting = self._waiting[tokens] = Waiting()
        waiting.rows.append(row)
        waiting.texts.append(letters)
        waiting.size += len(letters)
        if waiting.size >= AT_ONCE:
            self._add_all(self._waiting.pop(tokens), tokens)

    def finish(self) -> None:
        """Read the texts that wait."""
        while self._waiting:
            tokens, waiting = self._waiting.popitem()
            self._add_all(waiting, tokens)

    def frequencies(self, tokens: int) -> NDArray[np.int64]:
        """Return how often each of so many tokens stands in the field, once it is finished."""
        return np.bincount(np.asarray(self._numbers), minlength=tokens)

    def postings(self, terms: Terms, names: Sequence[str]) -> FieldPostings:
        """Return the posting lists of the field, once it is finished; `names` are the terms."""
        counts = np.asarray(self._counts, np.int64)
        starts = np.cumsum(counts) - counts
        positions = np.arange(len(self._numbers), dtype=np.uint32)
        positions -= np.repeat(starts.astype(np.uint32), counts)
        for start, exact in self._positions:
            positions[start : start + len(exact)] = exact
        rows = np.repeat(np.asarray(self._rows), counts)
        return invert(terms.of(np.asarray(self._numbers)), rows, positions, names)

    def _add_one(self, row: int, text: str, tokens: TokenNumbers) -> None:
        before = len(self._numbers)
        found = words(text)
        if found is not None:
            self._numbers.extend(tokens.known.of(found))
        else:
            terms = tokens.analysis.terms(text)
            self._numbers.extend(tokens.terms.of([term for term, _ in terms]))
            self._positions.append((before, [position for _, position in terms]))
        self._rows.append(row)
        self._counts.append(len(self._numbers) - before)

    def _add_all(self, waiting: Waiting, tokens: TokenNumbers) -> None:
        numbers, counts = tokens.read(waiting.texts)
        self._numbers.frombytes(numbers.tobytes())
        self._counts.frombytes(counts.tobytes())
        self._rows.extend(waiting.rows)


class RowValues:
    """A column of texts, of those rows that have some."""

    def __init__(self) -> None:
        self._vocabulary = Numbering()
        self._codes = array("I")
        self._rows = array("I")

    def add(self, row: int, values: Sequence[str]) -> None:
        """Add the values of a row; rows come in ascending order."""
        for value in values if len(values) == 1 else dict.fromkeys(values):
            self._codes.append(self._vocabulary[value])
            self._rows.append(row)

    def values(self, rows: int) -> Values:
        """Return the values of so many rows."""
        counts = np.bincount(np.asarray(self._rows), minlength=rows)
        offsets = np.concatenate([np.zeros(1, np.uint64), np.cumsum(counts, dtype=np.uint64)])
        return Values(tuple(self._vocabulary), offsets, np.asarray(self._codes))


class Gathered:
    """Documents and passages that wait to be written as one segment."""

    def __init__(self) -> None:
        self.rows = 0
        self._terms = Terms()
        self._tokens: dict[Analyzer, TokenNumbers] = {}
        self._fields = {name: FieldTokens() for name in TEXT_FIELDS}
        self._ids: list[str] = []
        self._columns = {name: RowValues() for name in (*LABELS, ANALYSED, *FACET_NAMES)}
        self._parents = array("I")
        self._numbers = {name: array("i") for name in NUMBERS}
        self._stored: list[bytes] = []
        self._vectors: list[tuple[int, bytes]] = []

    @property
    def size(self) -> int:
        """The number of tokens that were gathered."""
        return sum(map(len, self._fields.values()))

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Add the rows of a document: its parent row, then its passages."""
        languages = [passage.language or document.language for passage in passages]
        parent = self._add_parent(document)
        self._columns[ANALYSED].add(parent, (document.language, *languages))
        sections = self._columns["section"]
        for passage, language in zip(passages, languages, strict=True):
            row = self._begin_row(passage)
            tokens = self._tokens_of(language)
            self._fields["text"].add(row, passage.text, tokens)
            self._fields["heading"].add(row, passage.heading, tokens)
            sections.add(row, (passage.section,))
            if passage.vector:
                self._vectors.append((row, passage.vector))

    def write(self, storage: Any) -> ArraySegment:
        """Write everything as one segment."""
        for tokens in self._fields.values():
            tokens.finish()
        terms = tuple(self._terms.numbering)
        fields = {n: tokens.postings(self._terms, terms) for n, tokens in self._fields.items()}
        fields[ID] = self._owners()
        columns: dict[str, NDArray[Any] | Values] = {
            name: values.values(self.rows) for name, values in self._columns.items()
        }
        for name, numbers in self._numbers.items():
            column = np.zeros(self.rows, np.int32)
            column[np.asarray(self._parents)] = numbers
            columns[name] = column
        segment = write_segment(
            storage, schema(), fields, self.rows, stored=self._stored, columns=columns
        )
        if self._vectors:
            with storage.create_file(ArrayCodec.column_filename(segment, VECTOR)) as stream:
                writer = BytesColumn().writer(stream)
                for row, vector in self._vectors:
                    writer.add(row, vector)
                writer.finish(self.rows)
        return segment

    def words(self) -> dict[str, int]:
        """Return how often each token stands in everything that was written."""
        counts = np.zeros(len(self._terms), np.int64)
        for each in self._fields.values():
            counts += each.frequencies(len(counts))
        found: dict[str, int] = {}
        for tokens in self._tokens.values():
            numbers = np.fromiter(tokens.known.values(), np.int64, len(tokens.known))
            for token, count in zip(tokens.known, counts[numbers].tolist(), strict=True):
                found[token] = found.get(token, 0) + count
        return found

    def _add_parent(self, document: Document) -> int:
        row = self._begin_row(document)
        self._ids.append(document.id)
        tokens = self._tokens_of(document.language)
        self._fields["title"].add(row, document.title, tokens)
        self._fields["summary"].add(row, document.summary, tokens)
        labels = (document.id, document.corpus, document.fingerprint, fold(document.title))
        for name, label in zip(LABELS, labels, strict=True):
            self._columns[name].add(row, (label,))
        for facet in FACETS:
            if facet.values:
                self._columns[facet.name].add(row, facet.values(document))
        days = (0, 0)
        if document.date:
            days = first_day(document.date).toordinal(), last_day(document.date).toordinal()
        coverage = document.coverage
        numbers = (1, *days, coverage.pages, coverage.read, int(bool(document.reason)))
        self._parents.append(row)
        for name, number in zip(NUMBERS, numbers, strict=True):
            self._numbers[name].append(number)
        return row

    def _begin_row(self, record: Document | Passage) -> int:
        row = self.rows
        self.rows += 1
        self._stored.append(records.encoded(record))
        return row

    def _owners(self) -> FieldPostings:
        """Return the rows of each document as posting lists."""
        counts = np.diff([*self._parents, self.rows])
        owners = np.arange(len(counts), dtype=np.uint32).repeat(counts)
        return invert(owners, np.arange(self.rows, dtype=np.uint32), None, self._ids)

    def _tokens_of(self, language: str) -> TokenNumbers:
        analysis = analyzer(language)
        if analysis not in self._tokens:
            self._tokens[analysis] = TokenNumbers(analysis, self._terms)
        return self._tokens[analysis]
