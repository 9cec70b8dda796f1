"""Decides which countries and cities a document is about, from those that its text names."""

from collections.abc import Sequence

from indexer import gazetteer
from indexer.mentions import BESIDE, Named
from indexer.subjects import Occurrence, subjects
from indexer.surroundings import DATE_AFTER, DATE_BEFORE

CITY_STATES = frozenset(("MC", "SG"))
"""Countries that are one city: whoever names them names both."""


def places(
    texts: Sequence[str], heads: int, found: Sequence[Named]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the countries and the cities that a document is about, by `subjects`; the country of
    such a city is one of them. A city beside a date is only where something was said."""
    names = gazetteer.countries()
    of_countries = [at for at in found if at.place.kind == "country"]
    of_cities = [
        at
        for at in found
        if (at.place.kind == "city" or at.place.id in CITY_STATES) and not _is_dateline(texts, at)
    ]
    countries = _about(texts, heads, of_countries)
    cities = _about(texts, heads, of_cities)
    homes = (at.place.country for at in of_cities if at.place.name in cities)
    implied = (names[code].name for code in homes if code in names)
    return tuple(dict.fromkeys((*countries, *implied))), cities


def _about(texts: Sequence[str], heads: int, found: Sequence[Named]) -> tuple[str, ...]:
    return subjects(len(texts), heads, (Occurrence(at.text, at.place.name) for at in found))


def _is_dateline(texts: Sequence[str], at: Named) -> bool:
    """Tell whether a city stands beside a date: something was said or signed there then."""
    before = texts[at.text][max(0, at.start - BESIDE) : at.start]
    return bool(DATE_AFTER.match(texts[at.text], at.end) or DATE_BEFORE.search(before))


def value(written: str) -> str:
    """Return the name in the table of a place that a catalogue gives, as it is where unknown."""
    found = next(gazetteer.places().find(written), None)
    if not found or found.end - found.start < len(written):
        return written
    best = max(found.values, key=lambda place: (place.kind == "country", place.population))
    return best.name if best.id else written
