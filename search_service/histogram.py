"""How many documents each year has, as bars of a drawing."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.facets import FacetValue
from engine.queries import Query
from search_service import addresses, choices
from search_service.interface import Interface

MOST_YEARS = 40
"""Years that are drawn, the last ones where there are more."""
HEIGHT = 48
STEP = 10
"""Units of the drawing: its height, and the room of a year."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year with documents, leading to its results: the path of its bar, and of all its room,
    which takes the clicks."""

    said: str
    href: str
    path: str
    room: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars in a drawing of `width` and HEIGHT units, from the year `first` to `last`."""

    bars: tuple[Bar, ...]
    width: int
    first: str
    last: str
    height: int = HEIGHT


def histogram(
    facets: Mapping[str, tuple[FacetValue, ...]], query: Query, ui: Interface
) -> Histogram | None:
    """Return the years of an answer, or None where there is no more than one."""
    years = sorted((value for value in facets.get("year", ()) if value.count), key=_year)
    years = [value for value in years if _year(value) > _year(years[-1]) - MOST_YEARS]
    if len(years) < 2:
        return None
    first, last = _year(years[0]), _year(years[-1])
    most = max(value.count for value in years)
    pattern = addresses.search(choices.only(query, "year", addresses.PLACE), ui.kept)
    bars = []
    for value in years:
        height = max(2, value.count * HEIGHT // most)
        x = (_year(value) - first) * STEP
        bars.append(
            Bar(
                said=f"{value.value}: {ui.number(value.count)}",
                href=addresses.placed(pattern, value.value),
                path=f"M{x + 1} {HEIGHT - height}h{STEP - 2}v{height}H{x + 1}z",
                room=f"M{x} 0h{STEP}v{HEIGHT}H{x}z",
                selected=value.selected,
            )
        )
    return Histogram(tuple(bars), (last - first + 1) * STEP, str(first), str(last))


def _year(value: FacetValue) -> int:
    return int(value.value)
