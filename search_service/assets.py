"""Static files, named by their content, so that browsers may keep them for good."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request

FOREVER = 365 * 24 * 3600
_STATIC = Path(__file__).parent / "static"
_SHORTENED = 12


def register(app: Flask) -> None:
    """Give templates the addresses of static files, and those answers their age."""
    versions = {path.name: _version(path) for path in _STATIC.iterdir() if path.is_file()}

    def asset(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            name = request.path.rpartition("/")[2]
            if request.args.get("v") == versions.get(name):
                response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_SHORTENED]
