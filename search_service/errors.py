"""Answers to everything that goes wrong: a page for people, a problem document for programs.

Nothing of the program's inside is shown; what went wrong inside goes to the log.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from engine.errors import EngineError, NoIndexError
from search_service import current, rendering
from search_service.interface import message
from search_service.panel import Link
from search_service.parameters import Problem

RETRY_AFTER = 30
"""Seconds after which it is worth trying again while there is no index."""
API = "/api/"

_TITLES = {
    400: message("This request cannot be understood"),
    404: message("Nothing is at this address"),
    405: message("This address can only be read"),
    413: message("This request is too large"),
    500: message("Something went wrong here"),
    503: message("The search is not available now"),
}
_SENTENCES = {
    400: message("The address or the host name in it is not one that this service answers to."),
    404: message("The address may be mistyped, or the document is no longer in the collection."),
    405: message("Pages here are opened with a plain link or a search."),
    413: message("Nothing here takes in files or long texts."),
    500: message("The mistake is ours and has been noted. Other pages may still work."),
    503: message("Please try again in a minute."),
}
_DID_NOT_WORK = message("This did not work")
_TRY_ANOTHER = message("Please go back and try another way.")
_NOTHING_YET = message("There is nothing to search yet. Please try again in a minute.")


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What an error page shows."""

    title: str
    sentence: str
    links: tuple[Link, ...]


def register(app: Flask) -> None:
    """Answer for an application whatever goes wrong in it."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(EngineError, _engine)


def page(status: int, sentence: str, links: Sequence[Link] = (), title: str = "") -> Response:
    """Return an error page with one sentence and ways back."""
    heading = title or current.interface().say(_TITLES.get(status, _DID_NOT_WORK))
    return rendering.shown("error.html", ErrorView(heading, sentence, tuple(links)), status)


def problem(status: int, detail: str, problems: Sequence[Problem] = ()) -> Response:
    """Return a problem document (RFC 9457); wrong parameters stand in it one by one."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": _TITLES.get(status, _DID_NOT_WORK),
        "status": status,
        "detail": detail,
    }
    if problems:
        body["errors"] = [
            {"parameter": wrong.name, "value": wrong.value, "detail": wrong.reason}
            for wrong in problems
        ]
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, content_type="application/problem+json")


def wrong(problems: Sequence[Problem]) -> Response:
    """Return a problem document that names every parameter that cannot be used."""
    return problem(400, " ".join(each.reason for each in problems), problems)


def _http(error: HTTPException) -> Response:
    status = error.code or InternalServerError.code
    own_words = error.description if error.description != type(error).description else None
    sentence = own_words or _SENTENCES.get(status) or _TRY_ANOTHER
    if status == 400:
        sentence = _SENTENCES[400]
    response = _answer(status, sentence)
    for name, value in error.get_headers(request.environ):
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _engine(error: EngineError) -> Response:
    missing = isinstance(error, NoIndexError)
    response = _answer(503, _NOTHING_YET if missing else _SENTENCES[503])
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _answer(status: int, sentence: str) -> Response:
    if request.path.startswith(API):
        return problem(status, sentence)
    return page(status, current.interface().say(sentence))
