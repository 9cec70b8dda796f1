"""Draws pages with PDFium, as grey levels. C code: call it in a process that may be ended."""

import ctypes

from indexer.extractors import pdfium_calls as c
from indexer.extractors.pdfium import Document
from indexer.frames import HIGHEST, WIDEST, Drawing


def drawing(document: Document, number: int) -> Drawing | None:
    """Return a page, from 1, as large as it may be; None where PDFium cannot draw it."""
    page = document.opened(number)
    if not page:
        return None
    try:
        width, height = _size(c.page_width(page), c.page_height(page))
        return _drawn(page, width, height) if width else None
    finally:
        c.close_page(page)


def _size(wide: float, high: float) -> tuple[int, int]:
    """Return the size in pixels of a page from its size in points; zero where it has none."""
    if not (wide > 0 and high > 0):
        return 0, 0
    scale = min(WIDEST / wide, HIGHEST / high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _drawn(page: int, width: int, height: int) -> Drawing | None:
    bitmap = c.make_bitmap(width, height, c.GREY, None, 0)
    if not bitmap:
        return None
    try:
        c.fill(bitmap, 0, 0, width, height, c.WHITE)
        c.draw(bitmap, page, 0, 0, width, height, 0, c.NOTES | c.IN_GREY)
        stride = c.bitmap_stride(bitmap)
        rows = ctypes.string_at(c.bitmap_buffer(bitmap), stride * height)
    finally:
        c.destroy_bitmap(bitmap)
    if stride != width:
        rows = b"".join(rows[at : at + width] for at in range(0, len(rows), stride))
    return Drawing(width, height, rows)
