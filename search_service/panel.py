"""The filters beside the results as the templates show them: groups of values, dates, chips."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.analysis import fold
from engine.facets import FacetValue
from engine.queries import Query
from engine.search import Result
from engine.vocabulary import Vocabulary
from search_service import addresses, choices, labels
from search_service.interface import Interface, message
from search_service.parameters import Asked, Problem, pairs

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


def groups(result: Result, vocabulary: Vocabulary, ui: Interface) -> tuple[Group, ...]:
    """Return every facet that has something to choose."""
    return tuple(_groups(result, vocabulary, ui))


def all_choices(
    result: Result, name: str, vocabulary: Vocabulary, ui: Interface
) -> tuple[LinkedChoice, ...]:
    """Return all values of a facet, in its own order or else by their labels."""
    values = result.facets.get(name, ())
    pattern = addresses.search(choices.only(result.query, name, addresses.PLACE), ui.kept)
    found = [_linked_choice(pattern, name, value, vocabulary, ui) for value in values]
    if name in _ORDERS:
        return tuple(sorted(found, key=lambda choice: _ORDERS[name](choice.value)))
    return tuple(sorted(found, key=lambda choice: (fold(choice.label), choice.value)))


def date_fields(asked: Asked, ui: Interface) -> tuple[DateField, ...]:
    """Return the fields of the period, with what was typed even where it could not be used."""
    query = asked.query
    return (
        _date_field(asked, "from", ui.say("From"), query.since, ui),
        _date_field(asked, "to", ui.say("To"), query.until, ui),
    )


def chips(query: Query, vocabulary: Vocabulary, ui: Interface) -> tuple[Chip, ...]:
    """Return every filter in use, in the order of the panel."""
    return tuple(_chips(query, vocabulary, ui))


def kept(query: Query, lang: str, *shown: str) -> tuple[Hidden, ...]:
    """Return the parameters that a form has to keep, besides those it shows itself."""
    left_out = {"page", *shown}
    return tuple(Hidden(name, value) for name, value in pairs(query, lang) if name not in left_out)


def said(problems: Iterable[Problem], ui: Interface) -> tuple[str, ...]:
    """Return why parameters were not used, in the language of the page."""
    return tuple(_reason(problem, ui) for problem in problems)


def _groups(result: Result, vocabulary: Vocabulary, ui: Interface) -> Iterator[Group]:
    asked = addresses.parameters(choices.on_page(result.query, 1), ui.kept)
    for name, label in labels.FACETS.items():
        values = result.facets.get(name, ())
        if all(value.value == "other" and not value.selected for value in values):
            continue
        shown = [value for i, value in enumerate(values) if i < SHOWN or value.selected]
        if name in _ORDERS:
            shown.sort(key=lambda value: _ORDERS[name](value.value))
        more = None
        if len(shown) < len(values):
            text = ui.say("Show all ({n})", n=ui.number(len(values)))
            more = Link(addresses.facet(name, asked), text)
        found = tuple([_choice(name, value, vocabulary, ui) for value in shown])
        yield Group(name, ui.say(label), found, more)


def _choice(name: str, value: FacetValue, vocabulary: Vocabulary, ui: Interface) -> Choice:
    label = labels.label(ui, vocabulary, name, value.value)
    return Choice(value.value, label, value.count, value.selected)


def _linked_choice(
    pattern: str, name: str, value: FacetValue, vocabulary: Vocabulary, ui: Interface
) -> LinkedChoice:
    label = labels.label(ui, vocabulary, name, value.value)
    href = addresses.placed(pattern, value.value)
    return LinkedChoice(value.value, label, value.count, value.selected, href)


def _date_field(asked: Asked, name: str, label: str, value: str, ui: Interface) -> DateField:
    problem = asked.problem(name)
    if problem is None:
        return DateField(name, label, value, "")
    return DateField(name, label, problem.value, _reason(problem, ui))


def _reason(problem: Problem, ui: Interface) -> str:
    values = {name: ui.apart(str(value)) for name, value in problem.values.items()}
    return ui.say(problem.message, **values)


def _chips(query: Query, vocabulary: Vocabulary, ui: Interface) -> Iterator[Chip]:
    def chip(name: str, value: str, rest: Query) -> Chip:
        return Chip(ui.say(name), value, rest, addresses.search(rest, ui.kept))

    for name, label in labels.FACETS.items():
        for value in query.filters.get(name, ()):
            shown = labels.label(ui, vocabulary, name, value)
            yield chip(label, shown, choices.without(query, name, value))
    if query.since:
        yield chip(message("From"), ui.date(query.since), choices.without_date(query, "from"))
    if query.until:
        yield chip(message("To"), ui.date(query.until), choices.without_date(query, "to"))
    if query.match != "auto":
        words = ui.say("all words") if query.match == "all" else ui.say("any of the words")
        yield chip(message("Matching"), words, choices.as_usual(query))
