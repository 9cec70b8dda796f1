"""Draws pages with PDFium, as grey levels. C code: call it in a process that may be ended."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from indexer.extractors import pdfium_calls as c
from indexer.extractors.pdfium import Document
from indexer.frames import HIGHEST, WIDEST, Drawing

MOST_PIXELS = 16_000_000
"""Of a page whose text is recognised; A4 at 300 an inch has 8.7 million. What would have more is
drawn coarser."""


class Scan(NamedTuple):
    """A page drawn for recognition, and how many pixels of it are a point."""

    drawing: Drawing
    scale: float


def drawing(document: Document, number: int) -> Drawing | None:
    """Return a page, from 1, as large as it may be; None where PDFium cannot draw it."""
    with _opened(document, number) as page:
        if page is None:
            return None
        return _drawn(page, min(WIDEST / page.wide, HIGHEST / page.high))


def scan(document: Document, number: int, resolution: int, turns: int = 0) -> Scan | None:
    """Return a page, from 1, in so many pixels an inch and turned clockwise by quarters; None where
    PDFium cannot draw it."""
    with _opened(document, number) as page:
        if page is None:
            return None
        scale = min(resolution / 72, math.sqrt(MOST_PIXELS / (page.wide * page.high)))
        drawn = _drawn(page, scale, turns)
        return Scan(drawn, scale) if drawn else None


class _Opened(NamedTuple):
    """An open page, and its width and height in points."""

    handle: int
    wide: float
    high: float


@contextmanager
def _opened(document: Document, number: int) -> Iterator[_Opened | None]:
    """Open a page for as long as the block runs; None where it cannot be, or has no size."""
    page = document.opened(number)
    if not page:
        yield None
        return
    try:
        wide, high = c.page_width(page), c.page_height(page)
        yield _Opened(page, wide, high) if wide > 0 and high > 0 else None
    finally:
        c.close_page(page)


def _drawn(page: _Opened, scale: float, turns: int = 0) -> Drawing | None:
    wide, high = (page.high, page.wide) if turns % 2 else (page.wide, page.high)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    bitmap = c.make_bitmap(width, height, c.GREY, None, 0)
    if not bitmap:
        return None
    try:
        c.fill(bitmap, 0, 0, width, height, c.WHITE)
        c.draw(bitmap, page.handle, 0, 0, width, height, turns, c.NOTES | c.IN_GREY)
        stride = c.bitmap_stride(bitmap)
        rows = ctypes.string_at(c.bitmap_buffer(bitmap), stride * height)
    finally:
        c.destroy_bitmap(bitmap)
    if stride != width:
        rows = b"".join(rows[at : at + width] for at in range(0, len(rows), stride))
    return Drawing(width, height, rows)
