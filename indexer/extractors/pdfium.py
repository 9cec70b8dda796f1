"""Reads a page with PDFium: its words, their places, and what else is drawn. Fast, and C code.

PDFium finds the letters and the spaces between words; a word is then looked at where it begins
and ends only, and the style of a text object once. Call it from one thread, in a process that a
hostile file may end.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from indexer.cleaning import clean
from indexer.extractors import fields
from indexer.extractors import pdfium_calls as c
from indexer.extractors.drawn import MOST_GLYPHS, MOST_PATHS, UNKNOWN, Drawn
from indexer.extractors.glyphs import BOLD, NOTE, Word, in_rows, is_raised
from indexer.extractors.seen import EVERYWHERE, Box, is_seen, turned, within
from indexer.extractors.tracked import joined
from indexer.readings import Outline, Unreadable

MOST_OUTLINE = 2_000
"""Entries of an outline; the longest in real reports has some hundreds."""
DEEPEST = 8
"""Levels of an outline, and of forms inside each other."""
MOST_OBJECTS = 5_000
"""Objects of a page without text that are looked at."""
LONGEST_TITLE = 2_000
"""Bytes of a title, in UTF-16."""

_WORD = re.compile("[^\\s\ufffe]+\ufffe?|\ufffe")
"""PDFium marks the hyphen that ends a line by U+FFFE, and goes on in the next line at once."""
_HYPHEN = "\ufffe"
_NOTED = re.compile(rf"\d{{1,{NOTE}}}(?=[^\W\d])|(?<=\D)\d{{1,{NOTE}}}$")
"""Digits at either end of a word, which may be the number of a footnote."""


class _Style(NamedTuple):
    """How the letters of a text object are set: their quarter turns, their size in points."""

    turn: int
    size: float
    bold: bool


class Document:
    """An open file, of a path or a content. Raises Unreadable where PDFium cannot open it."""

    def __init__(self, file: str | bytes) -> None:
        if isinstance(file, bytes):
            self._content = file  # PDFium reads in it as long as the document is open
            self._document = c.load_content(ctypes.c_char_p(file), len(file), None)
        else:
            self._document = c.load_document(ctypes.c_char_p(file.encode()), None)
        if not self._document:
            raise Unreadable("encrypted" if c.last_error() == c.PASSWORD else "malformed")
        self.pages: int = c.count_pages(self._document)

    def page(self, number: int) -> Drawn | None:
        """Return a page, from 1; None where PDFium has none. Raises Unreadable."""
        page, typed = self._opened(number)
        if not page:
            return None
        letters = c.load_text(page)
        try:
            return _Letters(letters).drawn(page, typed) if letters else None
        finally:
            c.close_text(letters)
            c.close_page(page)

    def opened(self, number: int) -> int | None:
        """Return a page, from 1, with what was written on it; it has to be closed."""
        return self._opened(number)[0]

    def _opened(self, number: int) -> tuple[int | None, list[Word]]:
        page: int | None = c.load_page(self._document, number - 1)
        has_pictures, typed = fields.written(page) if page else (False, [])
        if has_pictures and c.flatten(page, 0) == c.FLATTENED:
            c.close_page(page)
            page = c.load_page(self._document, number - 1)
        return page, typed

    def property(self, name: bytes) -> str:
        """Return a text from the properties of the file; empty where there is none."""
        key = ctypes.c_char_p(name)
        return _title(lambda buffer, size: c.meta_text(self._document, key, buffer, size))

    def outline(self) -> tuple[Outline, ...]:
        """Return the entries of the outline that lead to a page, in order."""
        found: list[Outline] = []
        seen: set[int] = set()
        self._outline(None, 1, seen, found)
        return tuple(found)

    def _outline(self, parent: int | None, level: int, seen: set[int], to: list[Outline]) -> None:
        entry = c.first_entry(self._document, parent)
        while entry and entry not in seen and len(seen) < MOST_OUTLINE:
            seen.add(entry)
            title = _title(lambda buffer, size: c.entry_title(entry, buffer, size))  # noqa: B023
            place = c.entry_place(self._document, entry)
            if not place and (action := c.entry_action(entry)):
                place = c.action_place(self._document, action)
            page = c.place_page(self._document, place) + 1 if place else 0
            if title and 0 < page <= self.pages:
                to.append(Outline(title, level, page))
            if level < DEEPEST:
                self._outline(entry, level + 1, seen, to)
            entry = c.next_entry(self._document, entry)


class _Letters:
    """The letters of an open page, in the order in which PDFium has them."""

    def __init__(self, letters: int) -> None:
        self._letters = letters
        self._styles: dict[int | None, _Style] = {}
        self._baselines: dict[int | None, float] = {}
        """Of level text objects, whose letters all stand on one."""
        self._bold: dict[int | None, bool] = {}
        self._box = c.Box()
        self._point = c.Point()
        self._box_at = ctypes.addressof(self._box)
        point = ctypes.addressof(self._point)
        self._point_at = (point, point + ctypes.sizeof(ctypes.c_double))

    def drawn(self, page: int, typed: list[Word]) -> Drawn:
        """Return the words of the page that are seen, and with them those that a viewer draws."""
        found: dict[int, list[Word]] = {0: typed} if typed else {}
        boxes = turned(_visible(page))
        is_unseen = False
        for turn, word in self._words(self._text()):
            if word.size > 0 and is_seen(word, boxes[turn]):
                found.setdefault(turn, []).append(word)
            else:
                is_unseen = is_unseen or word.size > 0
        rows = {turn: joined(in_rows(words)) for turn, words in found.items()}
        has_fonts, shows = (True, True) if found else _drawings(page, is_unseen=is_unseen)
        return Drawn(rows, shows, has_fonts)

    def _text(self) -> str:
        """Return the letters, so that each has the place in the text that it has in PDFium."""
        count = c.count_letters(self._letters)
        if count <= 0:
            return ""
        if count > MOST_GLYPHS:
            raise Unreadable("too-large")
        buffer = ctypes.create_string_buffer(4 * count + 2)
        taken = c.text_of(self._letters, 0, count, buffer)
        text = buffer.raw[: 2 * max(0, taken - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Letters without a Unicode value are left out of the text, which shifts all others.
        codes = (c.letter(self._letters, at) for at in range(count))
        return "".join(chr(code) if 0 < code <= 0x10FFFF else UNKNOWN for code in codes)

    def _words(self, text: str) -> Iterator[tuple[int, Word]]:
        for found in _WORD.finditer(text):
            start, end = found.span()
            if text[start].isdigit() or text[end - 1].isdigit():
                for first, last in self._parts(found[0], start, end):
                    yield self._word(text[first:last], first, last - 1)
            else:
                yield self._word(found[0], start, end - 1)

    def _parts(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield a word whole, or parted from the raised number of a footnote."""
        for number in _NOTED.finditer(text):
            at = start + number.start(), start + number.end()
            beside = at[1] if number.start() == 0 else at[0] - 1
            if beside < end and self._is_note(at[0], beside):
                if start < at[0]:
                    yield start, at[0]
                yield at
                start = at[1]
        if start < end:
            yield start, end

    def _is_note(self, number: int, beside: int) -> bool:
        items = [c.letter_object(self._letters, at) for at in (number, beside)]
        if items[0] == items[1]:
            return False
        (note, word) = (
            self._styles.get(item) or self._learnt(item, at)
            for item, at in zip(items, (number, beside), strict=True)
        )
        heights = []
        for at in (number, beside):
            c.letter_origin(self._letters, at, *self._point_at)
            heights.append(_baseline(note.turn, *self._point))
        return note.turn == word.turn and is_raised(heights[0], note.size, heights[1], word.size)

    def _word(self, text: str, first: int, last: int) -> tuple[int, Word]:
        letters, box, box_at = self._letters, self._box, self._box_at
        item = c.letter_object(letters, first)
        turn, size, bold = self._styles.get(item) or self._learnt(item, first)
        c.letter_box(letters, first, box_at)
        left, top, right, bottom = box
        if text[-1] == _HYPHEN:
            text = text[:-1] + "-"
        if first != last:
            c.letter_box(letters, last, box_at)
            end_left, end_top, end_right, end_bottom = box
            left = end_left if end_left < left else left
            right = end_right if end_right > right else right
            top = end_top if end_top > top else top
            bottom = end_bottom if end_bottom < bottom else bottom
            if turn == 0 and top - bottom > 2 * size and top - bottom > 2 * (right - left):
                turn = 3  # upright letters below each other: a line of vertical writing
        x0, x1 = ((left, right), (bottom, top), (-right, -left), (-top, -bottom))[turn]
        baseline = self._baselines.get(item) if turn == 0 else None
        # In vertical writing the letters of one object stand below each other.
        if baseline is None or not bottom - size < baseline < top + size:
            c.letter_origin(letters, first, *self._point_at)
            baseline = _baseline(turn, *self._point)
            if turn == 0:
                self._baselines[item] = baseline
        return turn, Word(text, x0, x1, baseline, size, bold, 0)

    def _learnt(self, item: int | None, at: int) -> _Style:
        """Return how a text object is set, from one of its letters, and remember it."""
        matrix = c.Matrix()
        c.letter_matrix(self._letters, at, ctypes.addressof(matrix))
        size = c.letter_size(self._letters, at) * math.hypot(matrix[2], matrix[3])
        style = _Style(_turn(*matrix[:4]), abs(size), self._is_bold(item))
        self._styles[item] = style
        return style

    def _is_bold(self, item: int | None) -> bool:
        font = c.object_font(item) if item else None
        if font not in self._bold:
            name = ctypes.create_string_buffer(256)
            if font:
                c.font_name(font, name, len(name))
            self._bold[font] = bool(BOLD.search(name.value.decode("latin-1")))
        return self._bold[font]


def _turn(a: float, b: float, _c: float, d: float) -> int:
    """Return the quarter turns of a line from its matrix."""
    if abs(b) <= abs(a):
        return 2 if a < 0 and d < 0 else 0
    return 1 if b > 0 else 3


def _baseline(turn: int, x: float, y: float) -> float:
    """Return the height of a baseline on the page turned back."""
    return (y, -x, -y, x)[turn]


def _visible(page: int) -> Box:
    """Return the part of a page that a viewer shows."""
    box = c.Box()
    c.page_box(page, ctypes.addressof(box))
    left, top, right, bottom = box
    return within(EVERYWHERE, Box(left, bottom, right, top))


def _drawings(page: int, *, is_unseen: bool) -> tuple[bool, bool]:
    """Return whether a page without words has text objects that may be seen, and whether it shows
    anything."""
    objects = _kinds(page, c.count_objects, c.page_object, DEEPEST)
    kinds = list(islice(objects, MOST_OBJECTS))
    paths = sum(kind == c.PATH for kind in kinds)
    has_fonts = c.TEXT in kinds and not is_unseen
    return has_fonts, has_fonts or paths > MOST_PATHS or c.IMAGE in kinds or c.SHADING in kinds


def _kinds(holder: int, count: c.Call, item: c.Call, depth: int) -> Iterator[int]:
    """Yield the kinds of objects, those inside forms too."""
    for at in range(count(holder)):
        found = item(holder, at)
        kind = c.object_kind(found) if found else 0
        if kind == c.FORM and depth:
            yield from _kinds(found, c.count_form_objects, c.form_object, depth - 1)
        else:
            yield kind


def _title(read: Callable[[object, int], int]) -> str:
    return clean(c.utf16(read, LONGEST_TITLE))
