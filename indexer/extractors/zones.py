"""Parts of a page in reading order.

A page is cut in two again and again: at wide gaps, then between columns, then at smaller gaps;
what cannot be cut is read row by row. Tables are read by rows, columns of prose one by one.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from statistics import median

from indexer.extractors.direction import is_right_to_left
from indexer.extractors.glyphs import Word

GUTTER = 0.8
"""Ems between columns at least; spaces in a justified line are smaller over many rows."""
BREAK = 1.5
"""Ems of a gap across the whole page that parts it before its columns are looked for."""
GAP = 0.4
"""Ems of a gap between paragraphs at least."""
COLUMN_ROWS = 3
"""Rows on both sides of a gutter at least."""
COLUMN_TEXT = 11
"""Characters of a row on both sides of a gutter on average; less is a table or a list."""
ALIGNED = 0.6
"""Share of the rows of the shorter column of a table that stand beside one of the other."""
GOING_ON = 0.25
"""Share of the rows of prose that begin with a small letter, in one of two columns at least."""
DEEPEST = 60
"""Cuts inside each other at most."""


def zones(page: list[Word], depth: int = DEEPEST) -> Iterator[list[Word]]:
    """Yield the parts of a page in reading order; all have their words row by row."""
    if not page:
        return
    parts = _parted(page) if depth else None
    if parts is None:
        yield page
        return
    for part in parts:
        yield from zones(part, depth - 1)


def _parted(page: list[Word]) -> tuple[list[Word], list[Word]] | None:
    """Return the two parts that a page is cut into first; None where it is not cut."""
    numbers = [word.row for word in page]
    rows = [0, *(at for at, (one, next_) in enumerate(pairwise(numbers), 1) if one != next_)]
    gap, at = _widest_gap(page, rows)
    if not gap and len(rows) < COLUMN_ROWS:
        return None
    em = median([word.size for word in page])
    if gap <= BREAK * em and len(rows) >= COLUMN_ROWS and (parts := _columns(page, em)):
        return parts
    return (page[:at], page[at:]) if gap > GAP * em else None


def _columns(page: list[Word], em: float) -> tuple[list[Word], list[Word]] | None:
    """Part words at the widest gap that runs from top to bottom between two columns of text."""
    sides = sorted((word.x0, word.x1) for word in page)
    gaps: list[tuple[float, float]] = []
    end, gutter = sides[0][1], GUTTER * em
    for x0, x1 in sides:
        if x0 - end > gutter:
            gaps.append((x0 - end, x0))
        if x1 > end:
            end = x1
    for _, x in sorted(gaps, reverse=True)[:6]:
        left = [word for word in page if word.x0 < x]
        right = [word for word in page if word.x0 >= x]
        is_table = len(gaps) > 1 and _is_table(left, right)
        if _is_column(left) and _is_column(right) and not is_table:
            letters = "".join(word.text for word in page)
            return (right, left) if is_right_to_left(letters) else (left, right)
    return None


def _is_column(part: list[Word]) -> bool:
    rows = len({word.row for word in part})
    return rows >= COLUMN_ROWS and _weight(part) >= COLUMN_TEXT * rows


def _is_table(left: list[Word], right: list[Word]) -> bool:
    """Tell cells from prose: they stand side by side, and few rows go on in small letters. Two
    columns of such may be a list as well, which three hardly are."""
    rows = [{word.row for word in part} for part in (left, right)]
    beside = len(rows[0] & rows[1]) >= ALIGNED * min(map(len, rows))
    return beside and max(_going_on(left), _going_on(right)) < GOING_ON


def _going_on(part: list[Word]) -> float:
    """Return the share of rows that begin with a small letter; 1 where letters have no case."""
    begins = [row[0].text[:1] for row in by_row(part)]
    cased = sum(one.isupper() or one.islower() for one in begins)
    small = sum(one.islower() for one in begins)
    return small / len(begins) if 2 * cased > len(begins) else 1.0


def _weight(part: list[Word]) -> int:
    """Return the number of characters, those that are words of their own counted double."""
    return sum(len(word.text) * (2 if word.text >= "\u3000" else 1) for word in part)


def _widest_gap(page: list[Word], rows: list[int]) -> tuple[float, int]:
    """Return the height of the widest gap that runs from left to right, and the place of the
    first word under it; 0 where it is not wider than those between lines. `rows` are the places
    of the first word of each row."""
    gaps = []
    for above, below in pairwise(rows):
        upper, lower = page[above], page[below]
        gaps.append((upper.y - lower.y - max(upper.size, lower.size), below))
    if not gaps:
        return 0.0, 0
    widest, at = max(gaps)
    return (widest, at) if widest > 1.4 * median([gap for gap, _ in gaps]) else (0.0, 0)


def by_row(part: list[Word]) -> list[list[Word]]:
    """Return the rows of a part."""
    return [list(row) for _, row in groupby(part, key=lambda word: word.row)]
