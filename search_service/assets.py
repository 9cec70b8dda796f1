"""Static files, named by their content, so that browsers may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

FOREVER = 365 * 24 * 3600
_STATIC = Path(__file__).parent / "static"
_SHORTENED = 12


def register(app: Flask) -> None:
    """Give the answers of static files their age."""

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            name = request.path.rpartition("/")[2]
            if request.args.get("v") == _versions().get(name):
                response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
        return response

    app.after_request(keep)


def address(name: str) -> str:
    """Return the address of a static file."""
    return f"/static/{name}?v={_versions()[name]}"


@cache
def _versions() -> dict[str, str]:
    return {path.name: _version(path) for path in _STATIC.iterdir() if path.is_file()}


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_SHORTENED]
