"""Which words of a page are seen: a page is often cut out of a larger one.

What stands beside the cut is still in the file, such as the other half of a double page, or what
the printer is told.
"""

from typing import NamedTuple

from indexer.extractors.glyphs import Word

FAR = 1e6
"""Points from the origin of a page within which text is read: 70 times the largest page."""


class Box(NamedTuple):
    """A part of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


EVERYWHERE = Box(-FAR, -FAR, FAR, FAR)


def within(outer: Box, inner: Box) -> Box:
    """Return what two boxes share; where that is nothing, the file is broken: then the outer one,
    and everywhere where that is nothing too."""
    shared = Box(*map(max, outer[:2], inner[:2]), *map(min, outer[2:], inner[2:]))
    for box in (shared, outer):
        if box.left < box.right and box.bottom < box.top:
            return box
    return EVERYWHERE


def turned(box: Box) -> tuple[Box, Box, Box, Box]:
    """Return a box as it lies on the page turned back by no, one, two and three quarters."""
    left, bottom, right, top = box
    return (
        box,
        Box(bottom, -right, top, -left),
        Box(-right, -top, -left, -bottom),
        Box(-top, left, -bottom, right),
    )


def is_seen(word: Word, box: Box) -> bool:
    """Tell whether any part of a word lies in a box; nothing that lies far away does."""
    return (
        word.x1 > box.left
        and word.x0 < box.right
        and word.y < box.top
        and word.y + word.size > box.bottom
        and word.x0 > -FAR
        and word.x1 < FAR
        and -FAR < word.y < FAR
    )
