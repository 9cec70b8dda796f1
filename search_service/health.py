"""Whether the program is alive, and whether it can answer searches; for those who watch over it."""

from flask import Blueprint, Response

from engine.errors import EngineError
from search_service import current, errors

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Answer that the program runs, whatever the state of its index."""
    return _plain(200, "The service is alive.")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer whether there is an index to search."""
    try:
        status = current.service().engine.status()
    except EngineError as error:
        response = _plain(503, str(error))
        response.headers["Retry-After"] = str(errors.RETRY_AFTER)
        return response
    return _plain(200, f"{status.documents} documents can be searched.")


def _plain(status: int, sentence: str) -> Response:
    response = Response(f"{sentence}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
