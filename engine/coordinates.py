"""Where cities lie: a table from GeoNames (CC BY 4.0), which both programs may use.

It is made by `indexer.tables.make_coordinates`, the most populous cities first.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "coordinates.tsv"


class City(NamedTuple):
    """A city: its name, the ISO 3166-1 code of its country, degrees north and degrees east."""

    name: str
    country: str
    latitude: float
    longitude: float


def city(name: str, countries: Collection[str] = ()) -> City | None:
    """Return the most populous city of a name in one of these countries, given as ISO 3166-1
    codes; in any where there are none. None where the table has no such city."""
    found = _cities().get(name.casefold(), ())
    return next((city for city in found if not countries or city.country in countries), None)


@cache
def _cities() -> dict[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        name, country, latitude, longitude = line.split("\t")
        city = City(name, country, float(latitude), float(longitude))
        found[name.casefold()] = (*found.get(name.casefold(), ()), city)
    return found
