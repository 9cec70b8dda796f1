"""Drawn pages as the child process writes them to its parent, and how far they are believed.

A frame is three big-endian numbers of four bytes, the page, its width and its height, and a byte
for each pixel. Whatever a hostile file makes of the child, its parent gets grey levels only.
"""

import struct
from typing import NamedTuple

WIDEST, HIGHEST = 800, 2_000
"""Pixels of a drawing: print is legible on a page of A4 that is 800 pixels wide."""
_HEAD = struct.Struct(">III")


class Drawing(NamedTuple):
    """A page as rows of pixels from the top, one byte each: 0 is black, 255 white."""

    width: int
    height: int
    pixels: bytes


class FrameError(ValueError):
    """What came is no frame."""


def frame(number: int, drawing: Drawing | None) -> bytes:
    """Return a page as a frame, one without pixels where it could not be drawn."""
    found = drawing or Drawing(0, 0, b"")
    return _HEAD.pack(number, found.width, found.height) + found.pixels


def take(received: bytearray) -> tuple[int, Drawing | None] | None:
    """Take the first frame out of what came, or None while it is not whole. Raises FrameError."""
    if len(received) < _HEAD.size:
        return None
    number, width, height = _HEAD.unpack_from(received)
    if width > WIDEST or height > HIGHEST or bool(width) != bool(height):
        raise FrameError(f"A page of {width} by {height} pixels is none of ours.")
    end = _HEAD.size + width * height
    if len(received) < end:
        return None
    pixels = bytes(received[_HEAD.size : end])
    del received[:end]
    return number, Drawing(width, height, pixels) if width else None
