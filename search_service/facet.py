"""All values of a facet on a page of their own, from A to Z, each with its number of documents."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, request

from engine.analysis import fold
from engine.search import search
from search_service import addresses, choices, current, labels, panel, rendering
from search_service.interface import message
from search_service.panel import Chip, Hidden, LinkedChoice
from search_service.values import LONGEST_VALUE

blueprint = Blueprint("facet", __name__)


@dataclass(frozen=True, slots=True)
class FacetView:
    """What the page of a facet shows. `find` is what its values are narrowed down by."""

    name: str
    label: str
    text: str
    find: str
    count: str
    choices: tuple[LinkedChoice, ...]
    chips: tuple[Chip, ...]
    hidden: tuple[Hidden, ...]
    form_hidden: tuple[Hidden, ...]
    back: str
    indexable: bool


@blueprint.get("/facet/<name>")
def facet(name: str) -> Response:
    """Show the values of a facet under a query, as check boxes and as links."""
    if name not in labels.FACETS:
        abort(404, message("There is no such list in this collection."))
    asked, ui = current.asked(), current.interface()
    engine = current.service().engine
    query = choices.on_page(asked.query, 1)
    vocabulary = engine.vocabulary()
    result = search(engine, replace(query, per_page=1))
    result = replace(result, query=query)
    values = panel.all_choices(result, name, vocabulary, ui)
    find = request.args.get("find", "")[:LONGEST_VALUE].strip()
    shown = tuple(value for value in values if value.selected or fold(find) in fold(value.label))
    view = FacetView(
        name=name,
        label=ui.say(labels.FACETS[name]),
        text=query.text,
        find=find,
        count=ui.counted("{n} value", "{n} values", len(values)),
        choices=shown,
        chips=panel.chips(query, vocabulary, ui),
        hidden=panel.kept(query, ui.kept, name),
        form_hidden=panel.kept(query, ui.kept),
        back=addresses.search(query, ui.kept),
        indexable=not panel.kept(query, "") and not find,
    )
    return rendering.shown("facet.html", view)
