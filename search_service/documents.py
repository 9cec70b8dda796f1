"""A document, each of its pages as text with the query's words marked, and its citations."""

import re

from flask import Blueprint, Response, abort

from engine.documents import Document
from engine.likeness import like_document
from engine.search import looked_for
from search_service import addresses, citations, contents, current, entry, errors, labels, rendering
from search_service.files import UNKNOWN
from search_service.overview import document_view
from search_service.panel import Link
from search_service.sheet import page_view

blueprint = Blueprint("documents", __name__)

_NUMBER = re.compile("[0-9]{1,9}")
_NOT_ASCII = re.compile("[^A-Za-z0-9-]+")
_FORMS = {
    "ris": ("application/x-research-info-systems", citations.ris),
    "bib": ("application/x-bibtex", citations.bibtex),
}


@blueprint.get("/d/<path:document_id>")
def document(document_id: str) -> Response:
    """Show a document: its catalogue entry, which pages could be read, its contents.

    Its id with `.ris` or `.bib` gives its citation as a file.
    """
    service = current.service()
    engine = service.engine
    found = engine.document(document_id)
    if found is None:
        return _citation(document_id)
    ui = current.interface()
    query = current.asked().query
    view = document_view(
        found,
        engine.passages(found.id),
        (alike.document for alike in like_document(engine, found.id)),
        looked_for(engine, query).wanted,
        engine.vocabulary(),
        query.text,
        ui,
        service.base_url,
    )
    return rendering.shown("document.html", view)


@blueprint.get("/d/<path:document_id>/p/<number>")
def page(document_id: str, number: str) -> Response:
    """Show a page of a document; 404 with a way back where there is no such page."""
    service, ui = current.service(), current.interface()
    engine = service.engine
    found = _found(document_id)
    passages = engine.passages(found.id)
    query = current.asked().query
    text = query.text
    pages = contents.last_page(found, passages)
    if not _NUMBER.fullmatch(number) or not 1 <= int(number) <= pages:
        link = Link(addresses.document(found.id, text, ui.kept), ui.say("Go to the document"))
        sentence = ui.say(
            "“{title}” has {pages}.",
            title=ui.apart(entry.title_of(found)),
            pages=labels.pages(ui, pages),
        )
        return errors.page(404, sentence, (link,), ui.say("There is no such page"))
    wanted = looked_for(engine, query).wanted
    view = page_view(found, passages, int(number), wanted, text, ui, service.base_url)
    return rendering.shown("page.html", view)


def _citation(written: str) -> Response:
    document_id, _, form = written.rpartition(".")
    if form not in _FORMS:
        abort(404, UNKNOWN)
    found = _found(document_id)
    mimetype, cited = _FORMS[form]
    response = Response(
        cited(found, current.service().base_url), content_type=f"{mimetype}; charset=utf-8"
    )
    # The name of a file in a header is ASCII, whatever the id is.
    name = _NOT_ASCII.sub("-", found.id) or "document"
    response.headers["Content-Disposition"] = f"attachment; filename={name}.{form}"
    return response


def _found(document_id: str) -> Document:
    found = current.service().engine.document(document_id)
    if found is None:
        abort(404, UNKNOWN)
    return found
