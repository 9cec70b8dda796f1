"""Headings that were found to the levels they have: by markup, outline, size, weight and number."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from indexer.numbering import numbered
from indexer.readings import Block

NEAR = 0.04
"""Sizes that differ by less are the same."""


class Heading(NamedTuple):
    """A block by the place of its page and its own; `outline` is its level there, or 0."""

    page: int
    at: int
    block: Block
    outline: int


_Style = tuple[float, bool, bool, int]


def levelled(headings: Sequence[Heading]) -> list[int]:
    """Return the level of each heading, from 1; what is set alike has the same."""
    sizes = _sizes([heading.block.size for heading in headings])
    styles = [_style(heading.block, sizes) for heading in headings]
    order = {style: at for at, style in enumerate(sorted(set(styles)), 1)}
    listed = defaultdict[_Style, list[int]](list)
    for heading, style in zip(headings, styles, strict=True):
        if heading.outline:
            listed[style].append(heading.outline)
    found: list[int] = []
    for heading, style in zip(headings, styles, strict=True):
        level = heading.block.level or heading.outline or order[style]
        if style in listed and not (heading.block.level or heading.outline):
            level = round(median(listed[style]))
        if found and _goes_on(headings[len(found) - 1], heading, sizes):
            level = found[-1]
        found.append(level)
    return found


def _goes_on(last: Heading, heading: Heading, sizes: dict[float, float]) -> bool:
    """Tell the next line of a heading, which begins with a small letter."""
    is_below = (heading.page, heading.at) == (last.page, last.at + 1)
    above, block = last.block, heading.block
    is_alike = (sizes[above.size], above.bold) == (sizes[block.size], block.bold)
    return is_below and is_alike and not block.level and block.text[:1].islower()


def _style(block: Block, sizes: dict[float, float]) -> _Style:
    """Return what orders headings: the larger first, the bold, those in capitals, then those
    whose numbers stand above others."""
    number = numbered(block.text)
    return (-sizes[block.size], not block.bold, not number.rest.isupper(), number.rank)


def _sizes(found: Sequence[float]) -> dict[float, float]:
    """Return for each size the one that stands for all near it."""
    same: dict[float, float] = {}
    last = 0.0
    for size in sorted(set(found), reverse=True):
        last = last if last and size > last * (1 - NEAR) else size
        same[size] = last
    return same
