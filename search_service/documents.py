"""A document, and each of its pages as text with the query's words marked."""

import re

from flask import Blueprint, Response, abort, make_response, render_template

from engine.documents import Document
from engine.wanted import analyse
from search_service import addresses, contents, current, errors, labels
from search_service.panel import Link

blueprint = Blueprint("documents", __name__)

_NUMBER = re.compile("[0-9]{1,9}")


@blueprint.get("/d/<path:document_id>")
def document(document_id: str) -> Response:
    """Show a document: its catalogue entry, which pages could be read, its contents."""
    asked = current.asked()
    service = current.service()
    engine = service.engine
    found = _found(document_id)
    text = asked.query.text
    view = contents.document_view(
        found,
        engine.passages(found.id),
        analyse(text, engine.languages()),
        engine.vocabulary(),
        text,
        asked.lang,
        service.base_url,
    )
    return make_response(render_template("document.html", view=view))


@blueprint.get("/d/<path:document_id>/p/<number>")
def page(document_id: str, number: str) -> Response:
    """Show a page of a document; 404 with a way back where there is no such page."""
    asked = current.asked()
    service = current.service()
    engine = service.engine
    found = _found(document_id)
    passages = engine.passages(found.id)
    text = asked.query.text
    pages = contents.last_page(found, passages)
    if not _NUMBER.fullmatch(number) or not 1 <= int(number) <= pages:
        link = Link(addresses.document(found.id, text, asked.lang), "Go to the document")
        sentence = f"“{found.title}” has {labels.counted(pages, 'page', 'pages')}."
        return errors.page(404, sentence, (link,), title="There is no such page")
    wanted = analyse(text, engine.languages())
    view = contents.page_view(
        found, passages, int(number), wanted, text, asked.lang, service.base_url
    )
    return make_response(render_template("page.html", view=view))


def _found(document_id: str) -> Document:
    found = current.service().engine.document(document_id)
    if found is None:
        abort(404, "No document with this name is in the collection.")
    return found
