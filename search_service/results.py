"""The results page: the form with its filters, the hits, and ways out where nothing is found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template

from engine.protocol import Engine
from engine.queries import SORTS, WINDOW, Query
from engine.search import Result, search
from engine.wanted import analyse
from search_service import addresses, choices, current, errors, labels, panel
from search_service.cards import Card, card
from search_service.pager import Pager, pager
from search_service.panel import Chip, DateField, Group, Hidden, Link
from search_service.parameters import Asked, Problem, beyond_window, pairs

MOST_OFFERS = 12
"""Filters whose dropping is tried out where nothing is found: each costs a search."""

blueprint = Blueprint("results", __name__)


@dataclass(frozen=True, slots=True)
class Order:
    """A choice of the sort field; the default has an empty value."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class ResultsView:
    """What the results page shows."""

    title: str
    text: str
    count: str
    notices: tuple[str, ...]
    problems: tuple[Problem, ...]
    cards: tuple[Card, ...]
    offers: tuple[Link, ...]
    groups: tuple[Group, ...]
    dates: tuple[DateField, ...]
    chips: tuple[Chip, ...]
    clear: str
    orders: tuple[Order, ...]
    hidden: tuple[Hidden, ...]
    pager: Pager
    window_note: str
    json: str
    canonical: str
    indexable: bool


@blueprint.get("/search")
def results() -> Response:
    """Show the results of a query; a page of results that is not there is a 404 with ways back."""
    asked = current.asked()
    service = current.service()
    if beyond_window(asked.query):
        return _no_such_page(asked, f"Only the first {WINDOW:,} documents can be paged through.")
    result = search(service.engine, asked.query)
    if asked.query.page > max(result.pages, 1):
        there = labels.counted(result.pages, "page", "pages")
        return _no_such_page(asked, f"This search has {there} of results.")
    view = _view(asked, result, service.engine, service.base_url)
    return make_response(render_template("results.html", view=view))


def _view(asked: Asked, result: Result, engine: Engine, base_url: str) -> ResultsView:
    query, lang = asked.query, asked.lang
    vocabulary = engine.vocabulary()
    wanted = analyse(query.text, engine.languages())
    chips = panel.chips(query, vocabulary, lang)
    count = labels.counted(result.total, "document", "documents")
    return ResultsView(
        title=_title(result, count),
        text=query.text,
        count=count,
        notices=tuple(_notices(result)),
        problems=asked.problems,
        cards=tuple(card(hit, vocabulary, wanted, query.text, lang) for hit in result.hits),
        offers=() if result.total else tuple(_offers(engine, query, chips, lang)),
        groups=panel.groups(result, vocabulary, lang),
        dates=panel.date_fields(asked),
        chips=chips,
        clear=addresses.search(choices.cleared(query), lang) if len(chips) > 1 else "",
        orders=_orders(query),
        hidden=panel.kept(query, lang, "q", "from", "to", "sort", *labels.FACETS),
        pager=pager(query, result.pages, lang),
        window_note=_window_note(result),
        json=addresses.api(query, lang),
        canonical=addresses.absolute(base_url, addresses.search(query)),
        indexable=not pairs(replace(query, text="", page=1)),
    )


def _title(result: Result, count: str) -> str:
    place = f" (page {result.query.page} of {result.pages})" if result.pages > 1 else ""
    subject = result.query.text or "All products"
    return f"{subject} – {count}{place}"


def _notices(result: Result) -> Iterator[str]:
    if result.cut:
        yield "The text was long: only its beginning was used for the search."
    if result.matched == "any" and result.query.match == "auto":
        yield "No document has all of these words. These have at least one of them, best first."


def _window_note(result: Result) -> str:
    if result.total <= WINDOW:
        return ""
    return (
        f"The first {WINDOW:,} of {result.total:,} documents can be paged through. "
        "Narrow the search to reach the others."
    )


def _orders(query: Query) -> tuple[Order, ...]:
    usual = replace(query, sort="").order
    return tuple(
        Order("" if sort == usual else sort, labels.SORTS[sort], sort == query.order)
        for sort in SORTS
        if sort != "relevance" or query.text or sort == query.order
    )


def _offers(engine: Engine, query: Query, chips: tuple[Chip, ...], lang: str) -> Iterator[Link]:
    """Yield what would find something: a filter less, any of the words, no filter at all."""
    for chip in chips[:MOST_OFFERS]:
        name = f"Without {chip.name}: {chip.value}"
        yield from _offer(engine, chip.rest, name, lang)
    if query.text and query.match != "any":
        yield from _offer(engine, choices.matching_any(query), "With any of the words", lang)
    if len(chips) > 1:
        yield from _offer(engine, choices.cleared(query), "Without any filter", lang)


def _offer(engine: Engine, query: Query, name: str, lang: str) -> Iterator[Link]:
    total = search(engine, replace(query, per_page=1)).total
    if total:
        count = labels.counted(total, "document", "documents")
        yield Link(addresses.search(query, lang), f"{name} – {count}")


def _no_such_page(asked: Asked, sentence: str) -> Response:
    first = addresses.search(choices.on_page(asked.query, 1), asked.lang)
    links = (Link(first, "Go to the first page of this search"),)
    return errors.page(404, sentence, links, title=f"There is no page {asked.query.page:,}")
