"""Tantivy from Python: facets are fast fields, counted by terms aggregations."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import (
    Document,
    Filter,
    Index,
    IndexWriter,
    Occur,
    SchemaBuilder,
    SnippetGenerator,
    TextAnalyzerBuilder,
    Tokenizer,
)

from bench.passages import Volume
from bench.peers import Answer
from bench.queries import COUNTED, facet_values
from engine.queries import PER_PAGE, Query
from engine.snippets import SNIPPET
from engine.syntax import Atom, parse

HEAP = 512_000_000
"""Bytes the writer may use before it writes a segment: enough not to slow it down."""
MOST_VALUES = 10_000
"""Values asked of an aggregation: more than any facet has, so that all are counted."""

_WORDS = ("title", "text")


class TantivyPeer:
    """Passages as documents of a Tantivy index, written by one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        # The same steps as Tantivy's own `en_stem`, which cannot be asked for a query's words.
        self._analyzer = (
            TextAnalyzerBuilder(Tokenizer.simple())
            .filter(Filter.remove_long(40))
            .filter(Filter.lowercase())
            .filter(Filter.stemmer("English"))
            .build()
        )
        self._writer: IndexWriter | None = None

    def build(self, volumes: Sequence[Volume]) -> None:
        """Add all passages and commit once."""
        self._folder.mkdir(parents=True)
        self._index = Index(self._schema, path=str(self._folder))
        self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        for volume in volumes:
            self._add(self._writer, volume)
        self._writer.commit()

    def finish(self) -> None:
        """Let merges end."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def open(self) -> None:
        """Open the index for reading; it is reloaded by us, after an update."""
        self._index = Index.open(str(self._folder))
        self._index.config_reader(reload_policy="manual")
        self._searcher = self._index.searcher()

    def search(self, query: Query, *, snippets: bool) -> Answer:
        """Search once for the ten hits; count once, and once more for each ticked facet."""
        words = self._words(query.text)
        narrowed = self._narrowed(words, query.filters)
        found = self._searcher.search(narrowed, limit=PER_PAGE, count=True)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        cut: tuple[str, ...] = ()
        if snippets:
            generator = SnippetGenerator.create(self._searcher, words, self._schema, "text")
            generator.set_max_num_chars(SNIPPET)
            cut = tuple(generator.snippet_from_doc(d).to_html() for d in documents)
        ids = tuple(str(document.get_first("id")) for document in documents)
        return Answer(_count(found), ids, self._facets(words, narrowed, query.filters), cut)

    def update(self, volume: Volume) -> None:
        """Delete a document's passages, add the new ones, commit and reload."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        self._writer.delete_documents_by_term("document", volume.document.id)
        self._add(self._writer, volume)
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Let the writer's threads end."""
        self.finish()

    def _add(self, writer: IndexWriter, volume: Volume) -> None:
        facets = facet_values(volume)
        identity = volume.document.id
        for number, passage in enumerate(volume.passages):
            document = Document()
            document.add_text("id", f"{identity}/{number}")
            document.add_text("document", identity)
            document.add_text("title", volume.document.title)
            document.add_text("text", passage.text)
            document.add_integer("page", passage.page)
            for name, values in facets.items():
                for value in values:
                    document.add_text(name, value)
            writer.add_document(document)

    def _words(self, text: str) -> tantivy.Query:
        parsed = parse(text)
        parts = [
            (Occur.Must, _any([self._atom(atom) for atom in atoms])) for atoms in parsed.groups
        ]
        parts += [(Occur.MustNot, self._atom(atom)) for atom in parsed.excluded]
        return tantivy.Query.boolean_query(parts)

    def _atom(self, atom: Atom) -> tantivy.Query:
        """Return a query for a word, prefix or phrase in the title or the text."""
        terms = self._analyzer.analyze(atom.text)
        if atom.prefix:
            pattern = f"{atom.text.lower()}.*"
            return _any([tantivy.Query.regex_query(self._schema, n, pattern) for n in _WORDS])
        if len(terms) > 1:
            words: list[str | tuple[int, str]] = list(terms)
            return _any([tantivy.Query.phrase_query(self._schema, n, words) for n in _WORDS])
        return _any([tantivy.Query.term_query(self._schema, n, t) for n in _WORDS for t in terms])

    def _narrowed(
        self, words: tantivy.Query, filters: Mapping[str, tuple[str, ...]], except_for: str = ""
    ) -> tantivy.Query:
        parts = [
            (
                Occur.Must,
                tantivy.Query.const_score_query(
                    tantivy.Query.term_set_query(self._schema, name, list(values)), 0.0
                ),
            )
            for name, values in filters.items()
            if name != except_for
        ]
        return tantivy.Query.boolean_query([(Occur.Must, words), *parts]) if parts else words

    def _facets(
        self, words: tantivy.Query, narrowed: tantivy.Query, filters: Mapping[str, tuple[str, ...]]
    ) -> dict[str, dict[str, int]]:
        counts = self._counts(narrowed, [name for name in COUNTED if name not in filters])
        for name in filters:
            counts |= self._counts(self._narrowed(words, filters, except_for=name), [name])
        return counts

    def _counts(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        answer: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
            for name in names
        }


def _count(found: Any) -> int:
    """Return the number of hits, an attribute that Tantivy's types leave out."""
    total: int = found.count
    return total


def _schema() -> Any:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _WORDS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    builder.add_integer_field("page", stored=True)
    for name in COUNTED:
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
