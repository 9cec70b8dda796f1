"""Decides which countries and cities a text names.

A name is weighed by how it is written, what stands beside it, how large the city is, and which
countries the whole document names; a country that has no namesake is believed. Each mention of a
city needs `ENOUGH`; a city that is named beyond doubt once is believed elsewhere in the document.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from indexer import gazetteer
from indexer.gazetteer import Place
from indexer.naming import LONGEST_ABBREVIATION, Found
from indexer.surroundings import (
    AREA_AFTER,
    AREA_BEFORE,
    AUTHOR_AFTER,
    CAPITAL_AFTER,
    CAPITAL_BEFORE,
    CITY_AFTER,
    CITY_BEFORE,
    COUNTRY_NEXT,
    INSTRUMENT_AFTER,
    INSTRUMENT_BEFORE,
    PARTICLE_AFTER,
    PLACED_BEFORE,
    STATE_AFTER,
    TITLE_BEFORE,
    WATER_AFTER,
    YEAR_AFTER,
)

ENOUGH = 2.0
CERTAIN = 3.0
"""Weight beside a name that tells a city beyond doubt: its country, or the word “city”."""
SMALL = 8
"""Capitals for each small letter in a line that is all capitals."""
LONGEST_GAP = 8
"""Characters between a city and its country."""
BESIDE = 48
"""Characters before and after a name that are looked at."""

WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        (Path(__file__).parent / "tables" / "words.toml").read_text("utf-8")
    ).items()
}
"""Words that look like names of places, and words that stand before them; the table says which."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a text names it: text `text`, from character `start` to `end`."""

    text: int
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name, the texts beside it on its line, whether its line is all capitals, and whether
    the name alone is: then it is an abbreviation that happens to look like a name."""

    text: int
    found: Found[Place]
    before: str
    after: str
    is_shouted: bool
    is_abbreviation: bool


def named(texts: Sequence[str], heads: int = 0) -> tuple[Named, ...]:
    """Return the countries and cities that the texts of one document name, in their order.

    Its `heads` first texts, title and summary, name places on purpose: a name there weighs more.
    """
    candidates = [candidate for at, text in enumerate(texts) for candidate in _found(at, text)]
    words = {word.strip(".,;:()") for text in texts for word in text.split() if word.islower()}
    countries = Counter[str]()
    for candidate in candidates:
        country = _country(candidate, words, Counter())
        speaks = country or candidate.found.values[0]
        if country or speaks.kind == "region":
            countries[speaks.country] += 1
    decided: list[Named] = []
    cities: list[tuple[_Candidate, Place, float]] = []
    best: dict[str, float] = {}
    for at, candidate in enumerate(candidates):
        country = _country(candidate, words, countries)
        if country:
            decided.append(_named(candidate, country))
            continue
        if candidate.found.values[0].kind == "region" or _is_no_place(candidate):
            continue
        following = _beside(candidates, at)
        city, beside = _city(candidate, following, countries)
        if city:
            best[city.id] = max(best.get(city.id, 0.0), beside)
            weight = beside + _weight(candidate, city, words, countries)
            weight += candidate.text < heads and not candidate.is_shouted
            cities.append((candidate, city, weight))
    for candidate, city, weight in cities:
        if weight + (1.5 if best[city.id] >= CERTAIN else 0.0) >= ENOUGH:
            decided.append(_named(candidate, city))
    return tuple(sorted(decided, key=lambda place: (place.text, place.start)))


def _named(candidate: _Candidate, place: Place) -> Named:
    return Named(candidate.text, candidate.found.start, candidate.found.end, place)


def _found(at: int, text: str) -> Iterator[_Candidate]:
    for found in gazetteer.places().find(text):
        begin = text.rfind("\n", 0, found.start) + 1
        end = text.find("\n", found.end)
        end = len(text) if end < 0 else end
        before = text[max(begin, found.start - BESIDE) : found.start]
        after = text[found.end : min(end, found.end + BESIDE)]
        is_shouted = _is_shouted(f"{before}{after}")
        written = text[found.start : found.end]
        is_short = written.isupper() and len(written) <= LONGEST_ABBREVIATION
        is_abbreviation = is_short and not (is_shouted or found.name.isupper())
        yield _Candidate(at, found, before, after, is_shouted, is_abbreviation)


def _is_shouted(line: str) -> bool:
    """Tell whether a line is in capitals, as far as letters go that recognition got wrong."""
    small = sum(map(str.islower, line))
    return small * SMALL < sum(map(str.isupper, line))


def _is_no_place(candidate: _Candidate) -> bool:
    """Tell whether a name is an author's, or part of the name of a person or of a river."""
    return bool(
        candidate.is_abbreviation
        or AUTHOR_AFTER.match(candidate.after)
        or WATER_AFTER.match(candidate.after)
        or (TITLE_BEFORE.search(candidate.before) and not candidate.found.name.isupper())
    )


def _country(
    candidate: _Candidate, words: AbstractSet[str], countries: Counter[str]
) -> Place | None:
    """Return the country that a name means; `countries` is empty while they are being counted."""
    found = candidate.found
    country = next((place for place in found.values if place.kind == "country"), None)
    if not country or _is_no_place(candidate):
        return None
    if found.name.isupper() and candidate.is_shouted and len(found.name) <= 2:
        return None
    if CITY_AFTER.match(candidate.after) and len(found.values) > 1:
        return None
    if any(_is_rival(place, country, countries) for place in found.values):
        return None
    if found.name in WORDS["namesakes"] and not _is_meant(candidate, country, words, countries):
        return None
    return country


def _is_rival(place: Place, country: Place, countries: Counter[str]) -> bool:
    """Tell whether a name means the capital of another country, as عمان may mean Amman."""
    return place.is_capital and countries[place.country] > countries[country.id]


def _is_meant(
    candidate: _Candidate, country: Place, words: AbstractSet[str], countries: Counter[str]
) -> bool:
    """Tell whether a name that countries share with others means the country here."""
    regions = [place for place in candidate.found.values if place.kind == "region"]
    if regions:
        others = countries.total() - countries[country.id]
        return not countries[regions[0].country] > others / 4
    if candidate.found.name.casefold() in words or YEAR_AFTER.match(candidate.after):
        return False
    before = CAPITAL_BEFORE.search(candidate.before)
    return not (before and before[1] not in WORDS["openers"]) and (
        candidate.found.name.isascii() or bool(PLACED_BEFORE.search(candidate.before))
    )


def _beside(candidates: Sequence[_Candidate], at: int) -> Place | None:
    """Return the country or region whose name follows directly, after a comma or in brackets."""
    if at + 1 == len(candidates):
        return None
    this, following = candidates[at], candidates[at + 1]
    gap = following.found.start - this.found.end
    is_near = this.text == following.text and 0 < gap <= LONGEST_GAP
    if not (is_near and COUNTRY_NEXT.fullmatch(this.after[:gap])):
        return None
    place = following.found.values[0]
    return place if place.kind != "city" else None


def _city(
    candidate: _Candidate, following: Place | None, countries: Counter[str]
) -> tuple[Place | None, float]:
    """Return the city that a name means, with the weight of what stands beside the name."""
    cities = [place for place in candidate.found.values if place.kind == "city"]
    state = STATE_AFTER.match(candidate.after)
    told = [
        place
        for place in cities
        if (state and place.region == state[1])
        or (
            following
            and place.country == following.country
            and following.region in ("", place.region)
        )
    ]
    beside = 0.0
    if any(pattern.match(candidate.after) for pattern in (AREA_AFTER, INSTRUMENT_AFTER)):
        return None, 0.0
    if any(pattern.search(candidate.before) for pattern in (AREA_BEFORE, INSTRUMENT_BEFORE)):
        return None, 0.0
    if told:
        return max(told, key=lambda place: place.population), CERTAIN
    if CITY_BEFORE.search(candidate.before) or CITY_AFTER.match(candidate.after):
        beside = CERTAIN
    elif PLACED_BEFORE.search(candidate.before):
        beside = 1.0
    is_long = any(space in candidate.found.name for space in " -") or candidate.is_shouted
    if beside < CERTAIN and not is_long:
        if CAPITAL_AFTER.match(candidate.after) or PARTICLE_AFTER.match(candidate.after):
            beside -= 1.5
        before = CAPITAL_BEFORE.search(candidate.before)
        if before and before[1] not in WORDS["openers"]:
            beside -= 1.5
    total = countries.total() or 1

    def likely(place: Place) -> float:
        share = countries[place.country] / total
        return math.log10(place.population + 1) + place.is_capital + 2 * math.sqrt(share)

    return max(cities, key=likely, default=None), beside


def _weight(
    candidate: _Candidate, city: Place, words: AbstractSet[str], countries: Counter[str]
) -> float:
    """Return what speaks for a city wherever it is named in a document."""
    name = candidate.found.name
    weight = 0.0
    if city.is_capital or city.population >= 1_000_000:
        weight += 2
    elif city.population >= 300_000:
        weight += 1
    elif city.population < 100_000:
        weight -= 1
    total = countries.total() or 1
    share = countries[city.country] / total
    weight += (share > 0) + (share >= 0.2)
    has_case = name[0].isupper()
    if name in WORDS["ordinary"] or name.casefold() in words:
        weight -= 3
    if has_case and (len(name) <= 4 or candidate.is_shouted):
        weight -= 1
    if not has_case and not city.is_capital and len(name) <= 4:
        weight -= 1
    if name != city.name and name.isascii() and " " not in name and not city.is_capital:
        weight -= 0.5
    return weight
