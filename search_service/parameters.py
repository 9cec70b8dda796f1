"""The parameters of an address: read into a query, and written back.

Reading never fails: what cannot be used is left out and reported in a sentence. Of a parameter
that counts once the first value counts; unknown parameters are ignored.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from engine import dates
from engine.documents import SECTIONS
from engine.facets import FACET_NAMES
from engine.queries import (
    MATCHES,
    MOST_PER_PAGE,
    PER_PAGE,
    SORTS,
    WINDOW,
    Match,
    Query,
    Sort,
)

Pairs = tuple[tuple[str, str], ...]

LANGS = ("en", "fr", "es", "ar", "zh", "ru")
"""Languages of the interface that may be asked for; only English is there so far."""
SINGLE_NAMES = ("q", "from", "to", "sort", "match", "page", "per_page", "lang")
LONGEST_TEXT = 1_000
"""Characters of a query that are kept in addresses; the engine reads fewer."""
LONGEST_VALUE = 200
MOST_VALUES = 50
"""Filter values of one query: each stands in the address of every chip, so they multiply."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile("[0-9]{1,9}")
_YEAR = re.compile("[0-9]{4}")
_SHOWN = 40

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter whose value was not used, and why, in one sentence."""

    name: str
    value: str
    reason: str


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
    since = _value(single, "from", _date, "", problems)
    until = _value(single, "to", _date, "", problems)
    if since and until and dates.first_day(since) > dates.last_day(until):
        reason = f"The period ends in {until}, before it begins in {since}; it was left out."
        problems.append(Problem("to", until, reason))
        since = until = ""
    query = Query(
        text=single.get("q", "")[:LONGEST_TEXT].strip(),
        filters=filters,
        since=since,
        until=until,
        sort=_value(single, "sort", _sort, "", problems),
        match=_value(single, "match", _match, "auto", problems),
        page=_value(single, "page", _page, 1, problems),
        per_page=_value(single, "per_page", _per_page, PER_PAGE, problems),
    )
    return Asked(query, _value(single, "lang", _lang, "", problems), tuple(problems))


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
        if reason := _wrong_value(name, value):
            problems.append(Problem(name, value, reason))
        else:
            filters[name] = (*filters.get(name, ()), value)
    for name, value in list(dict.fromkeys(chosen))[MOST_VALUES : MOST_VALUES + 1]:
        reason = f"Only {MOST_VALUES} filters can be used at a time; the others were left out."
        problems.append(Problem(name, value, reason))
    return {name: tuple(sorted(values)) for name, values in filters.items()}


def _wrong_value(name: str, value: str) -> str:
    if len(value) > LONGEST_VALUE:
        return f"A value of “{name}” is longer than {LONGEST_VALUE} characters."
    if name == "year" and not _YEAR.fullmatch(value):
        return f"“{_short(value)}” is not a year: write four digits, like 2021."
    if name == "section" and value not in SECTIONS:
        return f"“{_short(value)}” is not a section: choose {_either(SECTIONS)}."
    return ""


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
    except ValueError as error:
        problems.append(Problem(name, written[:LONGEST_VALUE], str(error)))
        return default


def _date(written: str) -> str:
    try:
        return dates.normal(_short(written))
    except ValueError as error:
        raise ValueError(f"{error}.") from error


def _sort(written: str) -> Sort:
    for sort in SORTS:
        if sort == written:
            return sort
    raise ValueError(f"“{_short(written)}” is not an order: choose {_either(SORTS)}.")


def _match(written: str) -> Match:
    for match in MATCHES:
        if match == written:
            return match
    raise ValueError(f"“{_short(written)}” is not a way to match: choose {_either(MATCHES)}.")


def _page(written: str) -> int:
    if _NUMBER.fullmatch(written) and int(written) > 0:
        return int(written)
    raise ValueError(f"“{_short(written)}” is not a page number: write 1 or more.")


def _per_page(written: str) -> int:
    if _NUMBER.fullmatch(written) and 0 < int(written) <= MOST_PER_PAGE:
        return int(written)
    shown = _short(written)
    raise ValueError(f"“{shown}” is not a number of results: write 1 to {MOST_PER_PAGE}.")


def _lang(written: str) -> str:
    if written in LANGS:
        return written
    raise ValueError(f"“{_short(written)}” is not a language shown here: choose {_either(LANGS)}.")


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def _either(values: Iterable[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}"
