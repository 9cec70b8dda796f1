"""The application: its pages, addresses, errors and rules, put together over one engine."""

from urllib.parse import urlsplit

from flask import Flask

from engine.protocol import Engine
from search_service import (
    api,
    assets,
    compression,
    coverage,
    current,
    description,
    documents,
    errors,
    facet,
    feed,
    files,
    first,
    headers,
    health,
    images,
    lessons,
    results,
    sitemap,
    suggest,
    table,
)

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body that are accepted: nothing here reads one."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


def create_app(engine: Engine, base_url: str = "") -> Flask:
    """Return the application over an engine.

    `base_url` is the service's own address (`https://host`), if it is known: it is then the only
    one that is answered to, besides those of this machine.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    if base_url:
        app.config["TRUSTED_HOSTS"] = [urlsplit(base_url).hostname, *LOCAL_NAMES]
    # A redirect to a tidier address would be made from the Host header.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    current.hold(app, current.Service(engine, base_url))
    pages = (first, results, facet, documents, files, images, lessons, coverage)
    for part in (*pages, table, feed, suggest, api, description, sitemap, health):
        app.register_blueprint(part.blueprint)
    errors.register(app)
    assets.register(app)
    # What is registered last runs first: bodies are compressed before headers are added.
    headers.register(app, secure=base_url.startswith("https:"))
    compression.register(app)
    return app
