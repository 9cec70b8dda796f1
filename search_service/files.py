"""The original files, by the id of their document and never by a path.

A file is only sent when it truly lies inside its corpus folder, and always so that a browser
gives it no rights.
"""

import re
from pathlib import Path, PurePath

from flask import Blueprint, Response, abort, send_file

from engine.documents import Document
from search_service import current
from search_service.interface import message

blueprint = Blueprint("files", __name__)

PDF_POLICY = (
    "sandbox; default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'"
)
"""Browsers' own PDF viewers open files under it."""
HTML_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)
TYPES = {
    ".pdf": ("application/pdf", PDF_POLICY),
    ".html": ("text/html", HTML_POLICY),
    ".htm": ("text/html", HTML_POLICY),
}
"""Types of files that browsers may show; anything else is only saved."""
OTHER = ("application/octet-stream", HTML_POLICY)

_GONE = message("The original file is no longer where it was when the collection was read.")
_NO_FILE = message("This product has no file in the collection.")
UNKNOWN = message("No document with this name is in the collection.")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"\\/:*?<>|]')


@blueprint.get("/files/<path:document_id>")
def file(document_id: str) -> Response:
    """Send the original file of a document; 404 where it is gone."""
    found = current.service().engine.document(document_id)
    if found is None:
        abort(404, UNKNOWN)
    if not found.file:
        abort(404, _NO_FILE)
    path = _inside(found)
    if path is None:
        abort(404, _GONE)
    mimetype, policy = TYPES.get(path.suffix.lower(), OTHER)
    try:
        response = send_file(
            path,
            mimetype=mimetype,
            as_attachment=path.suffix.lower() not in TYPES,
            download_name=_safe_name(found.file),
            conditional=True,
        )
    except OSError:
        abort(404, _GONE)
    response.headers["Content-Security-Policy"] = policy
    return response


def _inside(document: Document) -> Path | None:
    """Return the path of a document's file, or None where it is none inside its corpus."""
    try:
        root = Path(document.corpus).resolve(strict=True)
        path = (root / document.file).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    inside = bool(document.corpus) and path.is_relative_to(root)
    return path if inside and path.is_file() else None


def _safe_name(file: str) -> str:
    name = _UNSAFE.sub("_", PurePath(file).name).strip(". ")
    return name.encode("utf-8", "replace").decode("utf-8") or "document"
