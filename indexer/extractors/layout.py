"""Words of a page to blocks in reading order: columns, paragraphs and headings.

A page is cut in two again and again: at wide gaps, then between columns, then at smaller gaps;
what cannot be cut is read row by row. Tables of short cells are read by rows, columns of prose
one by one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from indexer.cleaning import clean
from indexer.extractors.glyphs import Glyph, Word, in_reading_order, words
from indexer.readings import Block

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
DEEPEST = 60
"""Cuts inside each other at most."""
LARGER = 1.14
"""A heading is this much larger than the text of the document."""
LONGEST_HEADING = 200

_ITEM = re.compile(r"[•‣▪●○◦–—*·-]$|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]$")
_END = re.compile(r"[.!?:;。！？：；؟]['\"”’»)\]]*\d*$")
_SPACELESS = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_LEADERS = re.compile(r"(?:[.·_…]\s?){5,}")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?] \w")
_BETWEEN_HAN = re.compile(rf"(?<={_SPACELESS}) (?={_SPACELESS})")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class Style:
    """What the pages of a document so far were set in: the usual size, the words it writes."""

    sizes: Counter[float] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    @property
    def body(self) -> float:
        """The size of most of the text."""
        return max(self.sizes, key=lambda size: self.sizes[size], default=0.0)

    def learn(self, page: Sequence[Word]) -> None:
        """Take in the words of a page before its blocks are made."""
        for word in page:
            self.sizes[round(word.size * 2) / 2] += len(word.text)
            if len(self.seen) < 200_000:
                self.seen.add(word.text.strip(".,;:()[]«»“”'\"").casefold())


def blocks(glyphs: Sequence[Glyph], style: Style) -> list[Block]:
    """Return the paragraphs and headings of glyphs that all run from left to right."""
    page = words(glyphs)
    style.learn(page)
    found: list[Block] = []
    for zone in _zones(page, DEEPEST):
        for paragraph in _paragraphs(_lines(zone)):
            joined = _LEADERS.sub(" … ", _joined(paragraph, style.seen))
            text = clean(_BETWEEN_HAN.sub("", joined))
            if text:
                found.append(Block(text, _is_heading(text, paragraph, style.body)))
    return found


def largest(glyphs: Sequence[Glyph]) -> str:
    """Return the text that stands largest on a page, as a title does; empty where all is equal."""
    page = words(glyphs)
    sizes = {word.size for word in page if sum(map(str.isalpha, word.text)) > 2}
    if len(sizes) < 2:
        return ""
    top = [word for word in page if word.size > 0.95 * max(sizes)]
    return clean(_joined([line for zone in _zones(top, DEEPEST) for line in _lines(zone)], set()))


def _zones(page: list[Word], depth: int) -> Iterator[list[Word]]:
    """Yield the parts of a page in reading order."""
    if not page:
        return
    parts = _bands(page, BREAK) or _columns(page) or _bands(page, GAP) if depth else None
    if parts is None:
        yield page
        return
    for part in parts:
        yield from _zones(part, depth - 1)


def _columns(page: list[Word]) -> tuple[list[Word], list[Word]] | None:
    """Part words at the widest gap that runs from top to bottom between two columns of text."""
    em = median(word.size for word in page)
    ordered = sorted(page, key=lambda word: word.x0)
    gaps: list[tuple[float, int]] = []
    end = ordered[0].x1
    for at, word in enumerate(ordered[1:], 1):
        if word.x0 - end > GUTTER * em:
            gaps.append((word.x0 - end, at))
        end = max(end, word.x1)
    for _, at in sorted(gaps, reverse=True)[:6]:
        left, right = ordered[:at], ordered[at:]
        if _is_column(left) and _is_column(right):
            return (right, left) if _is_right_to_left(page) else (left, right)
    return None


def _is_column(part: list[Word]) -> bool:
    rows = len({word.row for word in part})
    return rows >= COLUMN_ROWS and _weight(part) >= COLUMN_TEXT * rows


def _weight(part: list[Word]) -> int:
    """Return the number of characters, those that are words of their own counted double."""
    return sum(len(word.text) * (2 if word.text >= "\u3000" else 1) for word in part)


def _is_right_to_left(page: list[Word]) -> bool:
    texts = ["".join(word.text for word in page), "x"]
    return in_reading_order(texts) != texts


def _bands(page: list[Word], ems: float) -> tuple[list[Word], list[Word]] | None:
    """Part words at the widest gap that runs from left to right, if it is this many ems wide and
    wider than that between lines."""
    rows = sorted({word.row: word for word in page}.values(), key=lambda word: -word.y)
    gaps = [
        (above.y - below.y - max(above.size, below.size), below.y)
        for above, below in pairwise(rows)
    ]
    widest, y = max(gaps, default=(0.0, 0.0))
    usual = median(gap for gap, _ in gaps) if gaps else 0.0
    if widest <= max(ems * median(word.size for word in page), usual * 1.4):
        return None
    lower = {word.row for word in rows if word.y <= y}
    return (
        [word for word in page if word.row not in lower],
        [word for word in page if word.row in lower],
    )


def _lines(zone: list[Word]) -> list[_Line]:
    ordered = sorted(zone, key=lambda word: (word.row, word.x0))
    return [_line(list(row)) for _, row in groupby(ordered, key=lambda word: word.row)]


def _line(row: list[Word]) -> _Line:
    length = sum(len(word.text) for word in row)
    sizes = Counter[float]()
    for word in row:
        sizes[word.size] += len(word.text)
    return _Line(
        " ".join(in_reading_order([word.text for word in row])),
        row[0].x0,
        row[-1].x1,
        row[0].y,
        max(sizes, key=lambda size: sizes[size]),
        2 * sum(len(word.text) for word in row if word.bold) > length,
    )


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Yield lines that belong together."""
    steps = [above.y - below.y for above, below in pairwise(lines)]
    step = median(steps) if len(steps) > 1 else 0.0
    right = max((line.x1 for line in lines), default=0.0)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and _begins(line, paragraph[-1], step, right):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(line: _Line, last: _Line, step: float, right: float) -> bool:
    """Tell whether a line begins a paragraph: by its style, the gap above it, a number or
    bullet, or a line before it that ended early with a sentence."""
    larger, smaller = max(line.size, last.size), min(line.size, last.size)
    gap = last.y - line.y
    return (
        larger > LARGER * smaller
        or (line.bold != last.bold and not line.text[:1].islower())
        or gap > (1.3 * step if step > 0 else 1.9 * larger)
        or bool(_ITEM.match(line.text.partition(" ")[0]))
        or (last.x1 < right - 5 * last.size and bool(_END.search(last.text)))
    )


def _joined(paragraph: Iterable[_Line], seen: set[str]) -> str:
    """Return lines as one text, words that were divided at a line's end put together."""
    text = ""
    for line in paragraph:
        if not text:
            text = line.text
        elif text[-1] in "-‐\u00ad" and text[-2:-1].isalpha() and line.text[:1].islower():
            text = text[:-1] + _hyphen(text, line.text, seen) + line.text
        else:
            text = f"{text} {line.text}"
    return text


def _hyphen(before: str, after: str, seen: set[str]) -> str:
    """Return the hyphen of `long-term` but none for a divided word: by what the document writes
    elsewhere, else by whether both halves are words of it."""
    first = before[:-1].rpartition(" ")[2].casefold()
    second = after.partition(" ")[0].strip(".,;:()[]«»“”'\"").casefold()
    if before[-1] == "\u00ad" or first + second in seen:
        return ""
    if not first.isalpha():
        return "-"
    if f"{first}-{second}" in seen:
        return "-"
    return "-" if first in seen and second in seen else ""


def _is_heading(text: str, paragraph: list[_Line], body: float) -> bool:
    """Tell a heading: larger than the text of the document, or short and all in bold."""
    if len(text) > LONGEST_HEADING or len(paragraph) > 4 or text[-1] in ".,;،؛。，；":
        return False
    if _ITEM.match(text[0]) or _SENTENCE.search(text):
        return False
    if sum(letter.isalpha() for letter in text) < 3:
        return False
    first = paragraph[0]
    return first.size > LARGER * body or (first.bold and first.size > 0.95 * body)
