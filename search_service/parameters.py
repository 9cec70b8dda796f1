"""The parameters of an address: read into a query, and written back.

Reading never fails: what cannot be used is left out and reported in a sentence. Of a parameter
that counts once the first value counts; unknown parameters are ignored.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from engine import dates
from engine.facets import FACET_NAMES
from engine.queries import PER_PAGE, WINDOW, Query
from search_service import values
from search_service.interface import message
from search_service.values import LONGEST_VALUE, UnusableError

Pairs = tuple[tuple[str, str], ...]

SINGLE_NAMES = ("q", "from", "to", "sort", "match", "glossary", "page", "per_page", "lang")
LONGEST_TEXT = 1_000
"""Characters of a query that are kept in addresses; the engine reads fewer."""
MOST_VALUES = 50
"""Filter values of one query: each stands in the address of every chip, so they multiply."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_BACKWARDS = message("The period ends in {until}, before it begins in {since}; it was left out.")
_TOO_MANY = message("Only {most} filters can be used at a time; the others were left out.")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter whose value was not used, and why: a message, and the values in it."""

    name: str
    value: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, in one sentence in English."""
        return self.message.format(**self.values)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `lang` is the language of the interface, or empty."""

    query: Query = field(default_factory=Query)
    lang: str = ""
    problems: tuple[Problem, ...] = ()

    def problem(self, name: str) -> Problem | None:
        """Return the problem with a parameter, if there is one."""
        return next((problem for problem in self.problems if problem.name == name), None)


def read(given: Iterable[tuple[str, str]]) -> Asked:
    """Return what the pairs of an address ask for."""
    single: dict[str, str] = {}
    chosen: list[tuple[str, str]] = []
    for name, written in given:
        value = _CONTROLS.sub(" ", written).strip()
        if value and name in FACET_NAMES:
            chosen.append((name, value))
        elif value:
            single.setdefault(name, value)
    problems: list[Problem] = []
    filters = _filters(chosen, problems)
    since = _value(single, "from", values.date, "", problems)
    until = _value(single, "to", values.date, "", problems)
    if since and until and dates.first_day(since) > dates.last_day(until):
        problems.append(Problem("to", until, _BACKWARDS, {"until": until, "since": since}))
        since = until = ""
    query = Query(
        text=single.get("q", "")[:LONGEST_TEXT].strip(),
        filters=filters,
        since=since,
        until=until,
        sort=_value(single, "sort", values.sort, "", problems),
        match=_value(single, "match", values.match, "auto", problems),
        glossary=_value(single, "glossary", values.switch, Query().glossary, problems),
        page=_value(single, "page", values.page, 1, problems),
        per_page=_value(single, "per_page", values.per_page, PER_PAGE, problems),
    )
    return Asked(query, _value(single, "lang", values.lang, "", problems), tuple(problems))


def pairs(query: Query, lang: str = "") -> Pairs:
    """Return the pairs that `read` makes the query of; what is as by default is left out."""
    facets = (
        (name, value) for name in FACET_NAMES for value in sorted(query.filters.get(name, ()))
    )
    single = {
        "q": query.text,
        "from": query.since,
        "to": query.until,
        "sort": query.sort,
        "match": "" if query.match == "auto" else query.match,
        "glossary": "" if query.glossary else "off",
        "page": "" if query.page == 1 else str(query.page),
        "per_page": "" if query.per_page == PER_PAGE else str(query.per_page),
        "lang": lang,
    }
    first = (("q", query.text),) if query.text else ()
    rest = ((name, value) for name, value in single.items() if value and name != "q")
    return (*first, *facets, *rest)


def beyond_window(query: Query) -> bool:
    """Tell whether a query asks for documents that cannot be paged to."""
    return (query.page - 1) * query.per_page >= WINDOW


def _filters(chosen: list[tuple[str, str]], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in list(dict.fromkeys(chosen))[:MOST_VALUES]:
        try:
            values.check(name, value)
        except UnusableError as error:
            problems.append(Problem(name, value, error.message, error.values))
        else:
            filters[name] = (*filters.get(name, ()), value)
    for name, value in list(dict.fromkeys(chosen))[MOST_VALUES : MOST_VALUES + 1]:
        problems.append(Problem(name, value, _TOO_MANY, {"most": MOST_VALUES}))
    return {name: tuple(sorted(values)) for name, values in filters.items()}


def _value(
    single: Mapping[str, str],
    name: str,
    meant: Callable[[str], T],
    default: T,
    problems: list[Problem],
) -> T:
    """Return what a single parameter means; the default where it is missing or wrong."""
    written = single.get(name, "")
    if not written:
        return default
    try:
        return meant(written)
    except UnusableError as error:
        problems.append(Problem(name, written[:LONGEST_VALUE], error.message, error.values))
        return default
