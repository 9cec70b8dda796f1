"""Follows the facet links of sample searches and tells where a number is not what was announced;
asks for expected answers and tells where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.expected import FIRST, Expected, Places
from engine.facets import FacetValue
from engine.protocol import Engine
from engine.queries import Query
from engine.search import Result, search

TEXTS = 12
"""Sample searches, besides the one for everything."""
VALUES = 12
"""Links followed in a facet of one search."""


def faults(engine: Engine, texts: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence for every facet link that shows another number than it announced.

    Links are followed from searches for each text, and from each of them again with one value
    chosen in every facet. Raises EngineError.
    """
    return tuple(fault for text in texts for fault in _faults_of(engine, text))


def sample(engine: Engine) -> tuple[str, ...]:
    """Return texts to search for: nothing, and the longest word of titles from all over the
    index; the same ones for the same index."""
    ids = sorted(engine.entries())
    words = []
    for own in ids[:: max(1, len(ids) // TEXTS)][:TEXTS]:
        document = engine.document(own)
        words.append(max((document.title if document else "").split(), key=len, default=""))
    return tuple(dict.fromkeys(("", *words)))


def places(engine: Engine, expected: Sequence[Expected]) -> Places:
    """Ask the query of every expected answer, and return where its document stands. Raises
    EngineError."""
    found = {}
    for each in expected:
        hits = search(engine, Query(each.query, per_page=FIRST)).hits
        ids = [hit.document.id for hit in hits]
        found[each.query] = ids.index(each.document) + 1 if each.document in ids else 0
    return found


def _faults_of(engine: Engine, text: str) -> Iterator[str]:
    whole = search(engine, Query(text=text, per_page=1))
    yield from _links(engine, whole)
    for facet, values in whole.facets.items():
        if values:
            chosen = replace(whole.query, filters={facet: (values[0].value,)})
            yield from _links(engine, search(engine, chosen))


def _links(engine: Engine, result: Result) -> Iterator[str]:
    """Follow each link of a result: its value alone in its facet, other facets as they are."""
    for facet, values in result.facets.items():
        for value in values[:VALUES]:
            filters = {**result.query.filters, facet: (value.value,)}
            total = search(engine, replace(result.query, filters=filters)).total
            if total != value.count:
                yield _sentence(result.query, facet, value, total)


def _sentence(query: Query, facet: str, value: FacetValue, total: int) -> str:
    chosen = "".join(f", {name} {values[0]}" for name, values in query.filters.items())
    return (
        f"Searching for “{query.text}”{chosen}: {facet} “{value.value}” announces "
        f"{value.count} documents and shows {total}."
    )
