"""What a query that is being typed may go on to, in the form of OpenSearch suggestions."""

import json

from flask import Blueprint, Response

from search_service import current

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Answer `[q, [completion, …]]`: titles, places, headings and phrases, the best first."""
    text = current.asked().query.text
    completions = current.service().engine.wording().completions.starting(text)
    body = json.dumps([text, completions], ensure_ascii=False)
    return Response(body, content_type="application/json")
