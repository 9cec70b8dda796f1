"""Templates to pages. Each language has its own compiled templates, with its messages in them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from engine.snippets import Piece
from search_service import assets, current, panel
from search_service.frame import frame
from search_service.interface import Interface
from search_service.parameters import pairs
from search_service.values import LONGEST_VALUE

TEMPLATES = Path(__file__).parents[1] / "templates"


def shown(template: str, view: object, status: int = 200) -> Response:
    """Answer with a page: a template that shows a view, in the language of the request."""
    ui = current.interface()
    asked = current.asked()
    given = pairs(asked.query)
    if find := request.args.get("find", "")[:LONGEST_VALUE]:
        given = (*given, ("find", find))
    problems = panel.said(asked.problems, ui)
    around = frame(ui, request.path, given, current.service().base_url, problems)
    html = environment(ui.code).get_template(template).render(view=view, frame=around)
    response = Response(html, status, content_type="text/html; charset=utf-8")
    response.content_language.add(ui.code)
    if not ui.kept:
        response.vary.add("Accept-Language")
    return response


def listed(template: str, view: object, content_type: str) -> Response:
    """Answer a program with a document in XML: a template that shows a view."""
    ui = current.interface()
    text = environment(ui.code).get_template(template).render(view=view)
    response = Response(text, content_type=content_type)
    if not ui.kept:
        response.vary.add("Accept-Language")
    return response


@cache
def environment(code: str) -> Environment:
    """Return the templates of a language.

    Messages are filters over constants, which are worked out when a template is compiled:
    showing a page costs nothing for them.
    """
    ui = Interface(code)

    def translated(text: str, /, **values: object) -> str:
        return escape(ui.say(text)).format(**values) if values else ui.say(text)

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "t": translated,
        "number": ui.number,
        "marked": marked,
        "asset": assets.address,
    }
    return made


def marked(pieces: Iterable[Piece]) -> Markup:
    """Return pieces of text as HTML, with the words of the query in `mark` elements."""
    parts: list[str] = []
    for piece in pieces:
        text = escape(piece.text)
        parts += ("<mark>", text, "</mark>") if piece.match else (text,)
    return Markup("".join(parts))  # noqa: S704 (every text in it is escaped)
