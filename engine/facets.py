"""The facet table: which facets there are, and what values a document has for each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from engine.documents import Document


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of documents. `values` is None for a facet of passages (a document has the values
    of its matching passages)."""

    name: str
    values: Callable[[Document], tuple[str, ...]] | None


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


FACETS: tuple[Facet, ...] = (
    Facet("cluster", lambda document: document.clusters),
    Facet("type", lambda document: _one(document.type)),
    Facet("year", lambda document: _one(document.date[:4])),
    Facet("section", None),
    Facet("country", lambda document: document.countries),
    Facet("city", lambda document: document.cities),
    Facet("partner", lambda document: document.partners),
    Facet("language", lambda document: _one(document.language)),
)
FACET_NAMES: tuple[str, ...] = tuple(facet.name for facet in FACETS)


class FacetValue(NamedTuple):
    """A value of a facet and the number of documents that a search with it would show."""

    value: str
    count: int  # type: ignore[assignment]  # a tuple's own `count` is of no use here
    selected: bool = False


def ranked(counts: Mapping[str, int], selected: Iterable[str]) -> tuple[FacetValue, ...]:
    """Return the values that occur or are selected, most documents first, then by name."""
    chosen = frozenset(selected)
    values = [pair for pair in counts.items() if pair[1]]
    values += [(value, 0) for value in chosen if not counts.get(value)]
    values.sort(key=itemgetter(0))
    values.sort(key=itemgetter(1), reverse=True)
    return tuple([FacetValue(value, count, value in chosen) for value, count in values])
