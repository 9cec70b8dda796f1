"""The search as JSON, for programs."""

from time import perf_counter

from flask import Blueprint, Response

from engine.help import suggestion
from engine.queries import WINDOW
from engine.search import search
from search_service import answer, current, errors
from search_service.interface import LANGS, Interface
from search_service.parameters import beyond_window
from search_service.results import WINDOW_ENDS

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/v1/search")
def search_api() -> Response:
    """Answer a query in JSON; 400 with every wrong parameter named where one is wrong."""
    asked = current.asked()
    if asked.problems:
        return errors.wrong(asked.problems)
    if beyond_window(asked.query):
        detail = WINDOW_ENDS.format(n=f"{WINDOW:,}")
        return errors.problem(400, detail)
    engine = current.service().engine
    started = perf_counter()
    result = search(engine, asked.query)
    took = (perf_counter() - started) * 1000
    meant = suggestion(engine, asked.query)
    ui = Interface(asked.lang or LANGS[0])
    text = answer.as_json(result, engine.vocabulary(), took, meant, ui)
    return Response(text, content_type="application/json")
