"""Small corpora to search, and how they get into an engine."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.documents import Document, Passage, Section
from engine.protocol import Engine
from engine.queries import Query
from engine.search import Result, search
from engine.vocabulary import Vocabulary

Written = tuple[Document, tuple[Passage, ...]]
Corpus = Sequence[Written]
BARE = Vocabulary()
"""No clusters, types, glossary or anything else."""


def document(key: str, title: str = "", *passages: Passage | str, **fields: Any) -> Written:
    """Return a document in English with its passages; a text alone is a passage on page 1."""
    every = tuple(said if isinstance(said, Passage) else Passage(1, said) for said in passages)
    fields.setdefault("language", "en")
    return Document(id=key, file=f"{key}.pdf", title=title or key.upper(), **fields), every


def in_section(section: Section, text: str, page: int = 1) -> Passage:
    """Return a passage in a section."""
    return Passage(page, text, section=section)


def fill(
    engine: Engine,
    corpus: Iterable[Written],
    vocabulary: Vocabulary = BARE,
    *,
    fresh: bool = True,
) -> Engine:
    """Write a corpus in one batch, and return the engine."""
    with engine.write(vocabulary, fresh=fresh) as batch:
        for written, passages in corpus:
            batch.put(written, passages)
    return engine


def ask(engine: Engine, text: str = "", **fields: Any) -> Result:
    """Answer a query."""
    return search(engine, Query(text, **fields))


def ids(result: Result) -> list[str]:
    """Return the ids of the hits, in their order."""
    return [hit.document.id for hit in result.hits]


def counts(result: Result, facet: str) -> dict[str, int]:
    """Return the counts of a facet by value, in their order."""
    return {value.value: value.count for value in result.facets[facet]}
