"""The filters beside the results as the templates show them: groups of values, dates, chips."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.facets import FacetValue
from engine.queries import Query
from engine.search import Result
from engine.vocabulary import Vocabulary
from search_service import addresses, choices, labels
from search_service.parameters import Asked, pairs

SHOWN = 6
"""Values of a facet that stand in the panel; all of them have a page of their own."""

_ORDERS: dict[str, Callable[[str], int]] = {
    "year": lambda year: -int(year),
    "section": list(labels.SECTIONS).index,
}
"""Facets whose values have an order of their own: years newest first, sections as always."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its text."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its check box."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class LinkedChoice(Choice):
    """A value of a facet, and the address of the results with it alone."""

    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with the values that stand in the panel, and a link to all where there are more."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    all_values: Link | None


@dataclass(frozen=True, slots=True)
class DateField:
    """One end of the period: what stands in the field, and what is wrong with it."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the query without it."""

    name: str
    value: str
    rest: Query
    href: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A parameter that a form keeps without showing it."""

    name: str
    value: str


def groups(result: Result, vocabulary: Vocabulary, lang: str) -> tuple[Group, ...]:
    """Return every facet that has something to choose."""
    return tuple(_groups(result, vocabulary, lang))


def all_choices(
    result: Result, name: str, vocabulary: Vocabulary, lang: str
) -> tuple[LinkedChoice, ...]:
    """Return all values of a facet, in its own order or else by their labels."""
    values = result.facets.get(name, ())
    found = [_linked_choice(result.query, name, value, vocabulary, lang) for value in values]
    if name in _ORDERS:
        return tuple(sorted(found, key=lambda choice: _ORDERS[name](choice.value)))
    return tuple(sorted(found, key=lambda choice: (choice.label.casefold(), choice.value)))


def date_fields(asked: Asked) -> tuple[DateField, ...]:
    """Return the fields of the period, with what was typed even where it could not be used."""
    query = asked.query
    return (
        _date_field(asked, "from", "From", query.since),
        _date_field(asked, "to", "To", query.until),
    )


def chips(query: Query, vocabulary: Vocabulary, lang: str) -> tuple[Chip, ...]:
    """Return every filter in use, in the order of the panel."""
    return tuple(_chips(query, vocabulary, lang))


def kept(query: Query, lang: str, *shown: str) -> tuple[Hidden, ...]:
    """Return the parameters that a form has to keep, besides those it shows itself."""
    left_out = {"page", *shown}
    return tuple(Hidden(name, value) for name, value in pairs(query, lang) if name not in left_out)


def _groups(result: Result, vocabulary: Vocabulary, lang: str) -> Iterator[Group]:
    for name, label in labels.FACETS.items():
        values = result.facets.get(name, ())
        if all(value.value == "other" and not value.selected for value in values):
            continue
        shown = [value for i, value in enumerate(values) if i < SHOWN or value.selected]
        if name in _ORDERS:
            shown.sort(key=lambda value: _ORDERS[name](value.value))
        more = None
        if len(shown) < len(values):
            address = addresses.facet(name, choices.on_page(result.query, 1), lang)
            more = Link(address, f"Show all ({len(values)})")
        found = tuple(_choice(name, value, vocabulary) for value in shown)
        yield Group(name, label, found, more)


def _choice(name: str, value: FacetValue, vocabulary: Vocabulary) -> Choice:
    label = labels.label(vocabulary, name, value.value)
    return Choice(value.value, label, value.count, value.selected)


def _linked_choice(
    query: Query, name: str, value: FacetValue, vocabulary: Vocabulary, lang: str
) -> LinkedChoice:
    label = labels.label(vocabulary, name, value.value)
    href = addresses.search(choices.only(query, name, value.value), lang)
    return LinkedChoice(value.value, label, value.count, value.selected, href)


def _date_field(asked: Asked, name: str, label: str, value: str) -> DateField:
    problem = asked.problem(name)
    if problem is None:
        return DateField(name, label, value, "")
    return DateField(name, label, problem.value, problem.reason)


def _chips(query: Query, vocabulary: Vocabulary, lang: str) -> Iterator[Chip]:
    def chip(name: str, value: str, rest: Query) -> Chip:
        return Chip(name, value, rest, addresses.search(rest, lang))

    for name, label in labels.FACETS.items():
        for value in query.filters.get(name, ()):
            shown = labels.label(vocabulary, name, value)
            yield chip(label, shown, choices.without(query, name, value))
    if query.since:
        since = labels.in_words(query.since)
        yield chip("From", since, choices.without_date(query, "from"))
    if query.until:
        yield chip("To", labels.in_words(query.until), choices.without_date(query, "to"))
    if query.match != "auto":
        words = "all words" if query.match == "all" else "any of the words"
        yield chip("Matching", words, choices.as_usual(query))
