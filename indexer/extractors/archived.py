"""Takes the page out of a web archive (MHTML), the mail as which browsers save a page whole."""

import re
from email import message_from_bytes
from email.message import Message

from indexer.readings import Unreadable

BEGINNING = 2048
"""Bytes of an archive in which it says that it is one."""

_HEADERS = re.compile(rb"\s*[A-Za-z][\w-]*:[ \t]")
_MIME = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)


def is_archive(beginning: bytes) -> bool:
    """Tell an archive by the headers it begins with."""
    return bool(_HEADERS.match(beginning) and _MIME.search(beginning[:BEGINNING]))


def archived(source: bytes) -> bytes:
    """Return the first web page of an archive. Raises Unreadable, and RecursionError."""
    parts = message_from_bytes(source.lstrip()).walk()
    found = next((part for part in parts if part.get_content_type() == "text/html"), None)
    content = found.get_payload(decode=True) if found else None
    if found is None or not isinstance(content, bytes):
        raise Unreadable("unsupported")
    return _named(content, found)


def _named(content: bytes, part: Message) -> bytes:
    """Return the page in UTF-8, where the archive and not the page may name its encoding."""
    try:
        return content.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, ValueError):
        return content
