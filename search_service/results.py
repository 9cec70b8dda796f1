"""The results page: the form with its filters, the hits, and ways out where nothing is found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from flask import Blueprint, Response

from engine.help import offers, suggestion
from engine.protocol import Engine
from engine.queries import SORTS, WINDOW, Query
from engine.search import Result, looked_for, search
from engine.wanted import Wanted
from search_service import addresses, choices, current, errors, labels, panel, rendering
from search_service.cards import Card, card
from search_service.histogram import Histogram, histogram
from search_service.interface import Interface, message
from search_service.pager import Pager, pager
from search_service.panel import Chip, DateField, Group, Hidden, Link
from search_service.parameters import Asked, beyond_window, pairs

MOST_FORMS = 8
"""Other forms of the query's words that are shown."""

WINDOW_ENDS = message("Only the first {n} documents can be paged through.")

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
    correction: Link | None
    also: str
    switch: Link | None
    cards: tuple[Card, ...]
    offers: tuple[Link, ...]
    groups: tuple[Group, ...]
    dates: tuple[DateField, ...]
    histogram: Histogram | None
    chips: tuple[Chip, ...]
    clear: str
    orders: tuple[Order, ...]
    hidden: tuple[Hidden, ...]
    pager: Pager
    window_note: str
    json: str
    csv: str
    feed: str
    canonical: str
    indexable: bool


@blueprint.get("/search")
def results() -> Response:
    """Show the results of a query; a page of results that is not there is a 404 with ways back."""
    asked, ui = current.asked(), current.interface()
    service = current.service()
    if beyond_window(asked.query):
        return _no_such_page(asked, ui.say(WINDOW_ENDS, n=ui.number(WINDOW)), ui)
    result = search(service.engine, asked.query)
    if asked.query.page > max(result.pages, 1):
        there = ui.say("This search has {pages} of results.", pages=labels.pages(ui, result.pages))
        return _no_such_page(asked, there, ui)
    view = _view(asked, result, service.engine, service.base_url, ui)
    return rendering.shown("results.html", view)


def _view(
    asked: Asked, result: Result, engine: Engine, base_url: str, ui: Interface
) -> ResultsView:
    query = asked.query
    vocabulary = engine.vocabulary()
    wanted = _summarised(result, engine)
    chips = panel.chips(query, vocabulary, ui)
    count = labels.documents(ui, result.total)
    return ResultsView(
        title=_title(result, count, ui),
        text=query.text,
        count=count,
        notices=tuple(_notices(result, ui)),
        correction=_correction(engine, query, ui),
        also=_also(result, ui),
        switch=_switch(result, ui),
        cards=tuple([card(hit, vocabulary, wanted, query.text, ui) for hit in result.hits]),
        offers=() if result.total else tuple(_offers(engine, query, chips, ui)),
        groups=panel.groups(result, vocabulary, ui),
        dates=panel.date_fields(asked, ui),
        histogram=histogram(result.facets, query, ui),
        chips=chips,
        clear=addresses.search(choices.cleared(query), ui.kept) if len(chips) > 1 else "",
        orders=_orders(query, ui),
        hidden=panel.kept(query, ui.kept, "q", "from", "to", "sort", *labels.FACETS),
        pager=pager(query, result.pages, ui.kept),
        window_note=_window_note(result, ui),
        json=addresses.api(query, ui.kept),
        csv=addresses.csv(choices.on_page(query, 1), ui.kept),
        feed=addresses.absolute(base_url, addresses.atom(choices.on_page(query, 1), ui.kept)),
        canonical=addresses.absolute(base_url, addresses.search(query, ui.kept)),
        indexable=not pairs(replace(query, text="", page=1)),
    )


def _summarised(result: Result, engine: Engine) -> Wanted:
    """Return what is marked in summaries; only hits without a passage show theirs."""
    if all(hit.passages for hit in result.hits):
        return Wanted()
    return looked_for(engine, result.query).wanted


def _title(result: Result, count: str, ui: Interface) -> str:
    subject = result.query.text or ui.say("All products")
    if result.pages < 2:
        return f"{subject} – {count}"
    place = ui.say("page {n} of {pages}", n=result.query.page, pages=result.pages)
    return f"{subject} – {count} ({place})"


def _notices(result: Result, ui: Interface) -> Iterator[str]:
    if result.partial:
        yield ui.say("A part of the collection did not answer: there may be more documents.")
    if result.cut:
        yield ui.say("The text was long: only its beginning was used for the search.")
    if result.total and result.matched == "any" and result.query.match == "auto":
        yield ui.say(
            "No document has all of these words. These have at least one of them, best first."
        )


def _window_note(result: Result, ui: Interface) -> str:
    if result.total <= WINDOW:
        return ""
    return ui.say(
        "The first {n} of {total} documents can be paged through. "
        "Narrow the search to reach the others.",
        n=ui.number(WINDOW),
        total=ui.number(result.total),
    )


def _orders(query: Query, ui: Interface) -> tuple[Order, ...]:
    usual = replace(query, sort="").order
    return tuple(
        Order("" if sort == usual else sort, ui.say(labels.SORTS[sort]), sort == query.order)
        for sort in SORTS
        if sort != "relevance" or query.text or sort == query.order
    )


def _correction(engine: Engine, query: Query, ui: Interface) -> Link | None:
    """Return the query as it was probably meant."""
    text = suggestion(engine, query)
    if text is None:
        return None
    return Link(addresses.search(choices.saying(query, text), ui.kept), text)


def _also(result: Result, ui: Interface) -> str:
    """Return the forms that the glossary added, the first of each language first."""
    if not result.also:
        return ""
    by_language: dict[str, list[str]] = {}
    for form in result.also:
        by_language.setdefault(form.language, []).append(form.text)
    in_turn = (text for texts in zip_longest(*by_language.values()) for text in texts if text)
    return ui.listed(islice(in_turn, MOST_FORMS))


def _switch(result: Result, ui: Interface) -> Link | None:
    """Return how the glossary is switched off where it added something, and on again."""
    query = result.query
    if result.also:
        href = addresses.search(choices.with_glossary(query, on=False), ui.kept)
        return Link(href, ui.say("Switch off"))
    if query.text and not query.glossary:
        href = addresses.search(choices.with_glossary(query, on=True), ui.kept)
        return Link(href, ui.say("Search other words for the same too"))
    return None


def _offers(engine: Engine, query: Query, chips: tuple[Chip, ...], ui: Interface) -> Iterator[Link]:
    """Yield what would find something, with how many documents."""
    for offer in offers(engine, query):
        match offer.kind:
            case "correction":
                name = ui.say("With “{text}”", text=offer.value)
            case "afresh":
                name = ui.say("With “{text}” and without any filter", text=offer.value)
            case "without":
                [chip] = [chip for chip in chips if chip.rest == offer.query]
                name = ui.say("Without {facet}: {value}", facet=chip.name, value=chip.value)
            case "language":
                name = ui.say("In another language: {value}", value=ui.language(offer.value))
            case "any":
                name = ui.say("With any of the words")
            case _:
                name = ui.say("Without any filter")
        found = labels.documents(ui, offer.total)
        yield Link(addresses.search(offer.query, ui.kept), f"{name} – {found}")


def _no_such_page(asked: Asked, sentence: str, ui: Interface) -> Response:
    first = addresses.search(choices.on_page(asked.query, 1), ui.kept)
    links = (Link(first, ui.say("Go to the first page of this search")),)
    title = ui.say("There is no page {n}", n=ui.number(asked.query.page))
    return errors.page(404, sentence, links, title)
