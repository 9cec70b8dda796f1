"""Compresses pages, answers and style sheets with the standard library's gzip.

That is enough here and needs no further package; pages hold no secrets, so that compressing them
gives nothing away. Original files go out as they are.
"""

import gzip

from flask import Flask, Response, request

TYPES = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/opensearchdescription+xml",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
SMALLEST = 500
"""Bytes below which a body is not worth it."""
LEVEL = 4
"""A twentieth more bytes than the usual 6, for half of its time."""


def register(app: Flask) -> None:
    """Compress what an application answers, for those who accept it, and mark its version."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.mimetype not in TYPES or request.endpoint == "files.file":
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code in (204, 206, 304) or response.content_encoding:
        return response
    response.direct_passthrough = False
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.add_etag(weak=True)
        response.make_conditional(request)
    if response.status_code == 304 or not request.accept_encodings["gzip"]:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
