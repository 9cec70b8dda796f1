"""The map of a collection: a dot for each city, an arc where one product names two countries'.

The projection is equidistant cylindrical with true lengths at 35 degrees; `static/land.svg`, drawn
in the same units, is the land of Natural Earth (public domain) without any border.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from engine.coordinates import City, city
from engine.documents import Document
from engine.queries import Query
from engine.search import search
from search_service import addresses, countries, labels
from search_service.current import Service
from search_service.interface import Interface
from search_service.panel import Link

WIDTH, HEIGHT = 590, 282
"""Units of the drawing."""
PLACES = Link("https://www.geonames.org/", "GeoNames")
LAND = Link("https://www.naturalearthdata.com/", "Natural Earth")
MOST_DOTS = 100
MOST_ARCS = 40

_WEST, _NORTH = -169.0, 84.0
"""Degrees at the left edge, in the Bering Strait where no land is cut, and at the upper edge."""
_PER_DEGREE_EAST, _PER_DEGREE_NORTH = 1.64, 2.0
_SMALLEST, _LARGEST = 3.0, 9.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A city at a point of the drawing, with a radius that grows with its documents."""

    x: int
    y: int
    radius: float
    name: str
    country: str
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class Arc:
    """Two cities that one product names together: a path, and the search for both."""

    path: str
    names: str
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The map of a collection, and where its places and its outline of the land come from."""

    dots: tuple[Dot, ...]
    arcs: tuple[Arc, ...]
    places: Link = PLACES
    land: Link = LAND
    width: int = WIDTH
    height: int = HEIGHT


def world_map(service: Service, ui: Interface) -> WorldMap | None:
    """Return the map of all documents, or None where no city of theirs is known."""
    return _drawn(service, service.engine.status().generation, ui)


def located(documents: Iterable[Document]) -> dict[str, City]:
    """Return where each city lies that documents name: where most of them mean it to be."""
    votes = Counter(
        (name, where) for document in documents for name, where in _cities(document).items()
    )
    found: dict[str, City] = {}
    for (name, where), _ in votes.most_common():
        found.setdefault(name, where)
    return found


def pairs(documents: Iterable[Document]) -> Counter[tuple[str, str]]:
    """Return how many documents name two cities of different countries in title or summary."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        said = f"{document.title} {document.summary}".casefold()
        cities = _cities(document)
        named = sorted(name for name in cities if name.casefold() in said)
        for one, other in combinations(named, 2):
            if cities[one].country != cities[other].country:
                counts[one, other] += 1
    return counts


def _cities(document: Document) -> dict[str, City]:
    """Return the cities of a document that are known: that in one of its own countries, where
    several have a name."""
    own = {code for country in document.countries if (code := countries.code_of(country))}
    found = {name: city(name, own) or city(name) for name in document.cities}
    return {name: where for name, where in found.items() if where}


@lru_cache(maxsize=12)
def _drawn(service: Service, _generation: str, ui: Interface) -> WorldMap | None:
    """Draw a generation's map once for each way to show it: it takes a look at every document."""
    engine = service.engine
    values = search(engine, Query(per_page=1)).facets.get("city", ())
    documents = tuple(filter(None, map(engine.document, engine.entries())))
    places = located(documents)
    known = [(value, places[value.value]) for value in values if value.value in places][:MOST_DOTS]
    if not known:
        return None
    most = max(value.count for value, _ in known)
    dots = []
    for value, where in known:
        x, y = point(where)
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(value.count / most) / 2
        dots.append(
            Dot(
                x=x,
                y=y,
                radius=round(radius, 1),
                name=value.value,
                country=countries.of_code(where.country, ui.code),
                count=labels.documents(ui, value.count),
                href=addresses.only("city", value.value, ui.kept),
            )
        )
    return WorldMap(tuple(dots), tuple(_arcs(pairs(documents), places, ui)))


def _arcs(
    together: Counter[tuple[str, str]], places: dict[str, City], ui: Interface
) -> Iterable[Arc]:
    for (one, other), count in together.most_common(MOST_ARCS):
        yield Arc(
            path=arc(point(places[one]), point(places[other])),
            names=f"{one} – {other}",
            count=labels.documents(ui, count),
            href=addresses.search(Query(f'"{one}" "{other}"'), ui.kept),
        )


def point(where: City) -> tuple[int, int]:
    """Return where a city lies in the drawing."""
    x = (where.longitude - _WEST) % 360 * _PER_DEGREE_EAST
    y = (_NORTH - where.latitude) * _PER_DEGREE_NORTH
    return round(x), round(min(max(y, 0), HEIGHT))


def arc(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a curve between two points that is lifted by a quarter of their distance."""
    x, y = (start[0] + end[0]) // 2, (start[1] + end[1]) // 2
    lift = round(math.dist(start, end) / 4)
    return f"M{start[0]} {start[1]}Q{x} {max(y - lift, 2)} {end[0]} {end[1]}"
