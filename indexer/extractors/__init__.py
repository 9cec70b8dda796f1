"""Reads one file, whatever its name says, as pages of text.

Runs in the child process only (`indexer.child`); the only package that imports PDF and HTML
libraries.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from indexer.extractors import html, pdf
from indexer.readings import About, Page, Unreadable

BEGINNING = 4096
"""Bytes that tell what a file is; PDF allows 1,024 before its mark."""

_SAMPLE = b"<!doctype html><title>A</title><meta name=date content=2021><p>A sentence.</p>"
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<article", b"<meta")


def read(stream: BinaryIO, suffix: str) -> Iterator[About | Page]:
    """Yield what a file says about itself, then its pages in order.

    `suffix` is what its name promises (`.pdf`), used only to name what is wrong. Raises
    Unreadable.
    """
    beginning = stream.read(BEGINNING)
    stream.seek(0)
    if b"%PDF-" in beginning[:1024]:
        return pdf.read(stream)
    if _is_web_page(beginning):
        return html.read(stream)
    if suffix.lower() == ".pdf":
        raise Unreadable("not-a-pdf")
    raise Unreadable("unsupported" if beginning.strip() else "empty-text")


def warm_up() -> None:
    """Have the libraries build what they build at their first use, so that forks share it."""
    for _ in read(BytesIO(_SAMPLE), ".html"):
        pass


def _is_web_page(beginning: bytes) -> bool:
    lowered = beginning.replace(b"\0", b"").lower()
    return any(mark in lowered for mark in _PAGE_MARKS)
