"""Reads one file, whatever its name says, as pages of text.

Runs in the child process only (`indexer.child`); the only package that imports PDF and HTML
libraries.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from indexer.extractors import pdf
from indexer.extractors.archived import is_archive
from indexer.files import PDF_BEGINNING, PDF_MARK, WEB_PAGES
from indexer.frames import Drawing
from indexer.readings import About, Page, Recognition, Unreadable

BEGINNING = 4096
"""Bytes that tell what a file is."""

_SAMPLE = (
    b"<!doctype html><title>A long name | A name</title><meta name=date content=2021>"
    b"<p>A sentence.</p>"
)
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<article", b"<meta")
_MARKUP = (b"<script", b"<div", b"<p>", b"<br")


def read(
    stream: BinaryIO, suffix: str, first: int = 1, *, careful: bool = False
) -> Iterator[About | Page]:
    """Yield what a file says about itself, then its pages in order.

    `suffix` is what its name promises (`.pdf`), used only to name what is wrong; `first` and
    `careful` are for PDF files, see `pdf.read`. Raises Unreadable.
    """
    beginning = stream.read(BEGINNING)
    stream.seek(0)
    if PDF_MARK in beginning[:PDF_BEGINNING]:
        return pdf.read(stream, first, careful=careful)
    if _is_web_page(beginning, suffix.lower()):
        return _web_page(stream, suffix.lower())
    if suffix.lower() == ".pdf":
        return _unmarked(stream, beginning)
    raise Unreadable("unsupported" if beginning.strip() else "empty-text")


def drawings(stream: BinaryIO, pages: Sequence[int]) -> Iterator[tuple[int, Drawing | None]]:
    """Yield pages of a PDF file as they look, None for those that cannot be drawn.

    Raises Unreadable.
    """
    return pdf.drawings(stream, pages)


def recognitions(
    stream: BinaryIO, number: int, likely: Sequence[str], there: Sequence[str], folder: str
) -> Iterator[Recognition]:
    """Yield a page of a PDF file as its text is recognised, see `recognition.recognition`; needs
    the extra `ocr`. Raises Unreadable, and RuntimeError where Tesseract gives up."""
    from indexer.extractors.recognition import recognition

    yield recognition(pdf.drawable(stream), number, likely, there, folder)


def _web_page(stream: BinaryIO, suffix: str) -> Iterator[About | Page]:
    # Its libraries take half a second to load, which a folder of PDF files never pays.
    from indexer.extractors import html

    return html.read(stream, suffix)


def _unmarked(stream: BinaryIO, beginning: bytes) -> Iterator[About | Page]:
    """Read what may be a PDF file that has lost its first line, or has much before it."""
    if b"obj" not in beginning and PDF_MARK not in beginning:
        raise Unreadable("not-a-pdf")
    content = stream.read()
    try:
        yield from pdf.read(
            BytesIO(
                content[content.find(PDF_MARK) :]
                if PDF_MARK in content
                else PDF_MARK + b"1.4\n" + content
            )
        )
    except Unreadable as error:
        raise Unreadable("not-a-pdf" if error.reason == "malformed" else error.reason) from None


def warm_up() -> None:
    """Have the libraries for web pages build what they build at their first use, so that forks
    share it."""
    for _ in read(BytesIO(_SAMPLE), ".html"):
        pass


def _is_web_page(beginning: bytes, suffix: str) -> bool:
    """Tell a page by its marks; one whose name promises a page only has to have markup, since
    scripts and messages of the server may come first, or be an archive of one."""
    if suffix in WEB_PAGES and is_archive(beginning):
        return True
    lowered = beginning.replace(b"\0", b"").lower()
    marks = (*_PAGE_MARKS, *_MARKUP) if suffix in WEB_PAGES else _PAGE_MARKS
    return any(mark in lowered for mark in marks)
