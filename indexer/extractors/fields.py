"""What form fields and notes write on a page of PDFium.

Mostly they bring the picture of what they show; where they do not, a viewer draws their text
itself, and we take it from the field.
"""

import ctypes

from indexer.cleaning import clean
from indexer.extractors import pdfium_calls as c
from indexer.extractors.glyphs import Word

MOST = 500
"""Annotations of a page that are looked at; most are links."""
LONGEST = 20_000
"""Bytes of the text of a field, in UTF-16."""
SIZE = 10.0
"""Points of letters whose size a viewer chooses, in a field that is high enough."""

_TYPED = ("Tx", "Ch")
"""Fields into which one writes or chooses; buttons have names for their states."""


def written(page: int) -> tuple[bool, list[Word]]:
    """Return whether a page has fields or notes that bring a picture, and the texts of the
    others."""
    has_pictures, found = False, []
    for at in range(min(c.count_annotations(page), MOST)):
        annotation = c.annotation(page, at)
        kind = c.annotation_kind(annotation)
        if kind in (c.FREE_TEXT, c.STAMP, c.WIDGET):
            if c.has_key(annotation, b"AP"):
                has_pictures = True
            elif text := _typed(annotation, kind):
                found.append(_word(annotation, text))
        c.close_annotation(annotation)
    return has_pictures, found


def _typed(annotation: int, kind: int) -> str:
    """Return what a viewer would show of a note or field; nothing of one that hides it."""
    if c.annotation_flags(annotation) & c.UNSEEN:
        return ""
    if kind == c.FREE_TEXT:
        return _string(annotation, b"Contents")
    if kind != c.WIDGET or _string(annotation, b"FT") not in _TYPED:
        return ""
    flags = ctypes.c_float()
    c.number(annotation, b"Ff", ctypes.addressof(flags))
    return "" if int(flags.value) & c.SECRET else _string(annotation, b"V")


def _word(annotation: int, text: str) -> Word:
    """Return the text as if it were one word at the place of the field."""
    box = c.Box()
    c.annotation_box(annotation, ctypes.addressof(box))
    left, top, right, bottom = box
    low, high = min(top, bottom), max(top, bottom)
    size = min(SIZE, 0.8 * (high - low))
    return Word(text, min(left, right), max(left, right), high - size, size, bold=False, row=0)


def _string(annotation: int, key: bytes) -> str:
    return clean(c.utf16(lambda buffer, size: c.string(annotation, key, buffer, size), LONGEST))
