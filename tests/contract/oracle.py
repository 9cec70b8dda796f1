"""What a search must answer, worked out by brute force over lists: slow, and plainly right.

Only the analysis of text and of the query is the project's own; all matching is done again here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine import dates
from engine.analysis import analyzer, fold
from engine.documents import Document, Passage
from engine.facets import FACETS, FacetValue
from engine.protocol import Matched
from engine.queries import WINDOW, Query
from engine.wanted import Sequenced, Slot, Wanted, analyse
from tests.contract.corpora import Corpus, Written

Field = Mapping[int, frozenset[str]]
"""The terms that stand at each position of a text."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one passage is searched by: its own fields and those of its document. The row of the
    document itself has no passage, and no own fields."""

    own: tuple[Field, ...]
    inherited: tuple[Field, ...]
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine must answer.

    `ids` are all matching documents in order; where they are sorted by relevance the order is
    the engine's, and `ranked` is set. `shown` holds the passages that may be shown of each.
    """

    matched: Matched
    ids: tuple[str, ...]
    ranked: bool
    page: tuple[str, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    shown: Mapping[str, Counter[Passage]]

    @property
    def total(self) -> int:
        """The number of matching documents."""
        return len(self.ids)


def answer(corpus: Corpus, query: Query) -> Answer:
    """Return what any engine must answer to a query over a corpus."""
    wanted = analyse(query.text, languages(corpus))
    matched = _matched(corpus, query, wanted)
    satisfying = {entry[0].id: _satisfying(entry, wanted, matched) for entry in corpus}
    documents = [document for document, _ in corpus]

    def passing(ignored: str = "") -> list[Document]:
        """Return the documents that match with all filters but the ignored one."""
        sections = () if ignored == "section" else query.filters.get("section", ())
        return [
            document
            for document in documents
            if any(_may_satisfy(row, sections) for row in satisfying[document.id])
            and _passes(document, query, ignored)
        ]

    found = passing()
    ranked = query.order == "relevance" and bool(wanted.groups)
    ids = tuple(document.id for document in sorted(found, key=_order(query)))
    start = (query.page - 1) * query.per_page
    sections = query.filters.get("section", ())
    return Answer(
        matched,
        ids,
        ranked,
        ids[:WINDOW][start : start + query.per_page],
        {
            facet.name: _counts(query, facet.name, passing(facet.name), satisfying)
            for facet in FACETS
        },
        {document.id: _shown(satisfying[document.id], wanted, sections) for document in found},
    )


def languages(corpus: Corpus) -> tuple[str, ...]:
    """Return every language that a text of the corpus is analysed in."""
    found = {document.language for document, _ in corpus}
    found |= {
        passage.language or document.language
        for document, passages in corpus
        for passage in passages
    }
    return tuple(sorted(found))


def rows(document: Document, passages: Iterable[Passage]) -> list[Row]:
    """Return the rows of a document: its own, and one for each passage."""
    inherited = tuple(
        _field(text, document.language) for text in (document.title, document.summary)
    )
    return [
        Row((), inherited, None),
        *(
            Row(
                tuple(
                    _field(text, passage.language or document.language)
                    for text in (passage.text, passage.heading)
                ),
                inherited,
                passage,
            )
            for passage in passages
        ),
    ]


def _field(text: str, language: str) -> Field:
    terms: dict[int, set[str]] = defaultdict(set)
    for term, position in analyzer(language).terms(text):
        terms[position].add(term)
    return {position: frozenset(found) for position, found in terms.items()}


def _matched(corpus: Corpus, query: Query, wanted: Wanted) -> Matched:
    if not wanted.groups or query.match == "all":
        return "all"
    if query.match == "any":
        return "any"
    return "all" if any(_satisfying(entry, wanted, "all") for entry in corpus) else "any"


def _satisfying(entry: Written, wanted: Wanted, matched: Matched) -> list[Row]:
    """Return the rows of a document that satisfy the text of a query; none when it has anything
    excluded."""
    every = rows(*entry)
    if any(_has(row, sequence) for row in every for sequence in wanted.excluded):
        return []
    if not wanted.groups:
        return every
    enough: Callable[[Iterable[bool]], bool] = all if matched == "all" else any
    return [
        row
        for row in every
        if enough(any(_has(row, sequence) for sequence in group) for group in wanted.groups)
    ]


def _has(row: Row, sequence: Sequenced) -> bool:
    return any(_stands(field, sequence) for field in (*row.own, *row.inherited))


def _stands(field: Field, sequence: Sequenced) -> bool:
    """Tell whether every slot stands at its offset from some position."""
    return any(
        all(_fills(field.get(start + slot.offset, frozenset()), slot) for slot in sequence)
        for start in field
    )


def _fills(terms: Iterable[str], slot: Slot) -> bool:
    return any(
        term in slot.terms or (slot.prefix and term.startswith(slot.prefix)) for term in terms
    )


def _may_satisfy(row: Row, sections: Sequence[str]) -> bool:
    return not sections or (row.passage is not None and row.passage.section in sections)


def _passes(document: Document, query: Query, ignored: str) -> bool:
    for facet in FACETS:
        chosen = query.filters.get(facet.name, ())
        if facet.values is None or facet.name == ignored or not chosen:
            continue
        if not set(facet.values(document)) & set(chosen):
            return False
    if (query.since or query.until) and not document.date:
        return False
    if query.since and dates.last_day(document.date) < dates.first_day(query.since):
        return False
    return not query.until or dates.first_day(document.date) <= dates.last_day(query.until)


def _counts(
    query: Query, name: str, documents: Iterable[Document], satisfying: Mapping[str, list[Row]]
) -> tuple[FacetValue, ...]:
    [facet] = [facet for facet in FACETS if facet.name == name]
    counts: Counter[str] = Counter()
    for document in documents:
        if facet.values is None:
            passages = [row.passage for row in satisfying[document.id] if row.passage]
            counts.update({passage.section for passage in passages})
        else:
            counts.update(set(facet.values(document)))
    chosen = query.filters.get(name, ())
    every = [FacetValue(v, counts[v], v in chosen) for v in {*counts, *chosen}]
    return tuple(sorted(every, key=lambda value: (-value.count, value.value)))


def _order(query: Query) -> Callable[[Document], tuple[object, ...]]:
    def day(document: Document) -> int:
        return dates.first_day(document.date).toordinal() if document.date else 0

    if query.order == "title":
        return lambda document: (fold(document.title), document.id)
    if query.order == "oldest":
        return lambda document: (not document.date, day(document), document.id)
    return lambda document: (not document.date, -day(document), document.id)


def _shown(satisfying: Iterable[Row], wanted: Wanted, sections: Sequence[str]) -> Counter[Passage]:
    """Return the passages that satisfy with a word or phrase of their own."""
    sequences = [sequence for group in wanted.groups for sequence in group]
    return Counter(
        row.passage
        for row in satisfying
        if row.passage is not None
        and _may_satisfy(row, sections)
        and any(_stands(field, sequence) for field in row.own for sequence in sequences)
    )
