"""Whoosh as its manual uses it: stemmed text, keyword facets, `groupedby`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import index, sorting
from whoosh import query as whoosh_query
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.qparser import MultifieldParser, PlusMinusPlugin

from bench.passages import Volume
from bench.peers import Answer
from bench.queries import COUNTED, facet_values
from engine.queries import PER_PAGE, Query


class StockWhooshPeer:
    """Passages as documents of a Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, volumes: Sequence[Volume]) -> None:
        """Add all passages with one writer and commit."""
        self._folder.mkdir(parents=True)
        self._index = index.create_in(str(self._folder), _schema())
        writer = self._index.writer(limitmb=256)
        for volume in volumes:
            _add(writer, volume)
        writer.commit()

    def finish(self) -> None:
        """Do nothing: a commit merges what it wants to merge."""

    def open(self) -> None:
        """Open the index and a searcher."""
        self._index = index.open_dir(str(self._folder))
        self._searcher = self._index.searcher()
        self._parser = MultifieldParser(["title", "text"], self._index.schema)
        self._parser.add_plugin(PlusMinusPlugin())

    def search(self, query: Query, *, snippets: bool) -> Answer:
        """Search once with all groups, and once more for each ticked facet's own counts."""
        words = self._parser.parse(query.text)
        open_facets = [name for name in COUNTED if name not in query.filters]
        results = self._results(words, query.filters, open_facets)
        facets = {name: _counts(results, name) for name in open_facets}
        for ticked in query.filters:
            others = {name: v for name, v in query.filters.items() if name != ticked}
            facets[ticked] = _counts(self._results(words, others, [ticked]), ticked)
        cut = tuple(hit.highlights("text") for hit in results) if snippets else ()
        return Answer(len(results), tuple(hit["id"] for hit in results), facets, cut)

    def update(self, volume: Volume) -> None:
        """Delete a document's passages, add the new ones, commit and open a new searcher."""
        writer = self._index.writer()
        writer.delete_by_term("document", volume.document.id)
        _add(writer, volume)
        writer.commit()
        self._searcher.close()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Close the searcher and the index."""
        self._searcher.close()
        self._index.close()

    def _results(
        self, words: Any, filters: Mapping[str, tuple[str, ...]], groups: Sequence[str]
    ) -> Any:
        chosen = [
            whoosh_query.Or([whoosh_query.Term(name, value) for value in values])
            for name, values in filters.items()
        ]
        facets = sorting.Facets()
        for name in groups:
            # One passage can stand in several of a facet's groups.
            facets.add_field(name, allow_overlap=True)
        return self._searcher.search(
            words,
            limit=PER_PAGE,
            groupedby=facets,
            filter=whoosh_query.And(chosen) if chosen else None,
            maptype=sorting.Count,
        )


def _schema() -> Schema:
    return Schema(
        id=ID(stored=True),
        document=ID(),
        title=TEXT(stored=True, analyzer=StemmingAnalyzer()),
        text=TEXT(stored=True, analyzer=StemmingAnalyzer()),
        page=STORED(),
        **{name: KEYWORD(stored=True) for name in COUNTED},
    )


def _add(writer: Any, volume: Volume) -> None:
    facets = {name: " ".join(values) for name, values in facet_values(volume).items()}
    for number, passage in enumerate(volume.passages):
        writer.add_document(
            id=f"{volume.document.id}/{number}",
            document=volume.document.id,
            title=volume.document.title,
            text=passage.text,
            page=passage.page,
            **facets,
        )


def _counts(results: Any, name: str) -> dict[str, int]:
    """Return the counts of a facet; Whoosh also has a group for passages without a value."""
    return {value: count for value, count in results.groups(name).items() if value}
