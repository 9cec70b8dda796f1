"""Glyphs and words of a page put in rows: the geometry below paragraphs and columns.

Time and memory grow with n log n in the number of glyphs; nothing here depends on a library.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from indexer.extractors.direction import spelt

SPACE = 0.3
"""A gap of this many ems parts words where the page also draws spaces."""
SPACE_ALONE = 0.17
"""The same where a page draws no spaces: word spaces shrink to 0.2 em, kerning stays below 0.1."""
ROW = 0.45
"""Glyphs whose baselines are less than this many ems apart stand in one row; the next row
begins at 0.8 or more."""
RAISED = 0.6
"""The same for the raised number of a footnote."""
NOTE = 3
"""Digits of such a number at most."""
COPY = 0.15
"""The same glyph or word this many ems beside itself is drawn twice to look bold."""
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
"""The names of bold fonts."""


class Glyph(NamedTuple):
    """A glyph on a page that was turned so that its text runs from left to right.

    Lengths are in points; `y` is the baseline and grows upwards; `size` is the em.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


class Word(NamedTuple):
    """A word, its letters in reading order; `row` numbers its row from the top of the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    row: int


Piece = TypeVar("Piece", Glyph, Word)


@dataclass(slots=True)
class _Row(Generic[Piece]):
    y: float
    size: float
    pieces: list[Piece] = field(default_factory=list)


def words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Return the words of a page, row by row from the top, from left to right."""
    spaces = sum(glyph.text.isspace() for glyph in glyphs)
    space = SPACE if spaces * 20 > len(glyphs) else SPACE_ALONE
    rows = sorted(_rows(glyphs), key=lambda row: -row.y)
    return [
        _word(group, number)
        for number, row in enumerate(rows)
        for group in _groups(sorted(row.pieces, key=lambda glyph: glyph.x0), space)
    ]


def in_rows(found: Sequence[Word]) -> list[Word]:
    """Return words, in whatever order they were drawn, row by row from the top, from left to
    right; those that were drawn twice once."""
    rows = sorted(_rows(found), key=lambda row: -row.y)
    return [
        Word(*word[:6], number)
        for number, row in enumerate(rows)
        for word in _once(sorted(row.pieces, key=lambda word: word.x0))
    ]


def is_raised(y: float, size: float, base: float, base_size: float) -> bool:
    """Tell whether something stands small and high beside something on a baseline."""
    return size < 0.85 * base_size and y > base + 0.15 * base_size


def _rows(pieces: Sequence[Piece]) -> list[_Row[Piece]]:
    """Gather pieces by baseline, larger ones first, so that superscripts join their row."""
    rows: list[_Row[Piece]] = []
    places: list[tuple[float, int]] = []
    for run in sorted(_runs(pieces), key=lambda run: -run[0].size):
        first = run[0]
        at = bisect_left(places, (first.y, -1))
        near = [rows[index] for _, index in places[max(0, at - 1) : at + 1]]
        row = min(near, key=lambda row: abs(row.y - first.y), default=None)
        if row is None or abs(row.y - first.y) >= _reach(row, run):
            row = _Row(first.y, first.size)
            places.insert(at, (first.y, len(rows)))
            rows.append(row)
        row.pieces.extend(run)
    return rows


def _reach(row: _Row[Piece], run: Sequence[Piece]) -> float:
    """Return how far a run's baseline may be from the row's: the number of a footnote is raised
    high, while two small lines beside a large one stay apart."""
    first = run[0]
    if first.y > row.y and row.size < 2.5 * first.size and len(run) <= NOTE:
        text = "".join(piece.text for piece in run)
        if len(text) <= NOTE and text.isdigit():
            return RAISED * row.size
    return ROW * first.size


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces that were drawn after each other on one baseline in one size."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (abs(piece.y - run[0].y) > 0.05 * piece.size or piece.size != run[0].size):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _once(row: list[Word]) -> Iterator[Word]:
    """Yield the words of a row without copies of them."""
    last: dict[str, Word] = {}
    for word in row:
        like = last.get(word.text)
        near = COPY * word.size
        if like is None or word.x0 - like.x0 >= near or abs(word.y - like.y) >= near:
            last[word.text] = word
            yield word


def _groups(row: list[Glyph], space: float) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each word of a row."""
    group: list[Glyph] = []
    end = 0.0
    for glyph in row:
        if glyph.text.isspace() or not glyph.text:
            if group:
                yield group
            group = []
            continue
        if group:
            last = group[-1]
            if glyph.text == last.text and abs(glyph.x0 - last.x0) < COPY * glyph.size:
                continue
            if glyph.x0 - end > space * max(glyph.size, last.size) or _is_note(glyph, last):
                yield group
                group = []
                end = glyph.x1
        group.append(glyph)
        end = max(end, glyph.x1) if len(group) > 1 else glyph.x1
    if group:
        yield group


def _is_note(glyph: Glyph, last: Glyph) -> bool:
    """Tell the raised number of a footnote from the word before it, and from the word after."""
    raised, base = (glyph, last) if glyph.size < last.size else (last, glyph)
    return raised.text.isdigit() and is_raised(raised.y, raised.size, base.y, base.size)


def _word(group: list[Glyph], row: int) -> Word:
    text = spelt([glyph.text for glyph in group])
    largest = max(group, key=lambda glyph: glyph.size)
    bold = 2 * sum(glyph.bold for glyph in group) > len(group)
    end = max(glyph.x1 for glyph in group)
    return Word(text, group[0].x0, end, largest.y, largest.size, bold, row)
