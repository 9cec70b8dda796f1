"""Images of pages as the indexer drew them, by the id of their document and never by a path."""

import struct
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from engine.documents import IMAGES, Document
from search_service import addresses, current
from search_service.files import UNKNOWN
from search_service.interface import message

KEPT = 24 * 3600
"""Seconds that a browser may keep an image."""

_PNG = struct.Struct(">8s4x4sII")
"""How a PNG begins: signature, length and name of its first chunk, width, height."""
_NO_IMAGE = message("There is no image of this page.")

blueprint = Blueprint("images", __name__)


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a page, and its size in pixels."""

    href: str
    width: int
    height: int


@blueprint.get("/images/<path:document_id>/<int:number>")
def image(document_id: str, number: int) -> Response:
    """Send the image of a page; 404 where there is none."""
    found = current.service().engine.document(document_id)
    if found is None:
        abort(404, UNKNOWN)
    path = _path(found, number)
    if path is None or not _size(path):
        abort(404, _NO_IMAGE)
    return send_file(path, mimetype="image/png", max_age=KEPT)


def image_of(document: Document, number: int) -> Image | None:
    """Return the image of a page, or None where there is none."""
    path = _path(document, number)
    size = _size(path) if path else None
    return Image(addresses.image(document.id, number), *size) if size else None


def _path(document: Document, number: int) -> Path | None:
    folder = document.metadata.get(IMAGES)
    return Path(folder) / f"{number}.png" if folder else None


def _size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a PNG, or None where there is none."""
    try:
        with path.open("rb") as file:
            signature, name, width, height = _PNG.unpack(file.read(_PNG.size))
    except (OSError, ValueError, struct.error):
        return None
    return (width, height) if (signature, name) == (b"\x89PNG\r\n\x1a\n", b"IHDR") else None
