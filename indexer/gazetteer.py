"""The table of countries, regions and cities, as tables/make_places.py makes it."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from indexer.naming import Names

TABLE = Path(__file__).parent / "tables" / "places.tsv"

Kind = Literal["country", "region", "city"]


class Place(NamedTuple):
    """A country (`id` is its ISO 3166-1 code), a city (`id` is GeoNames'), or a region.

    A region has no id: it is no value, but speaks for its country. `country` is an ISO code, or
    empty for a sea or a river; `region` the code of a state of the United States. `latitude` and
    `longitude` are degrees to a hundredth, 0 for all but cities.
    """

    kind: Kind
    id: str
    name: str
    country: str
    region: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    population: int = 0
    is_capital: bool = False


@cache
def places() -> Names[Place]:
    """Return all names of the table with their places."""
    return Names((name, place) for place, names in _rows() for name in names)


@cache
def countries() -> dict[str, Place]:
    """Return the countries by their codes."""
    return {place.id: place for place, _ in _rows() if place.kind == "country"}


@cache
def _rows() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(_read(csv.DictReader(stream, delimiter="\t")))


def _read(rows: Iterator[dict[str, str]]) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in rows:
        kind: Kind = "city" if row["latitude"] else "country" if row["id"] else "region"
        place = Place(
            kind,
            row["id"],
            row["name"],
            row["country"],
            row["region"],
            float(row["latitude"] or 0),
            float(row["longitude"] or 0),
            int(row["population"] or 0),
            row["is_capital"] == "1",
        )
        yield place, (row["name"], *filter(None, row["names"].split("|")))
