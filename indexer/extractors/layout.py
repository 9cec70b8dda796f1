"""Words of a page to blocks in reading order: the parts of the page, then their paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.cleaning import clean
from indexer.extractors.direction import in_reading_order
from indexer.extractors.glyphs import Word
from indexer.extractors.initials import with_initials
from indexer.extractors.zones import by_row, zones
from indexer.readings import Block

MOST_WORDS = 200_000
"""Different words of a document that are remembered."""
LARGER = 1.14
"""Lines that differ this much in size are not of one paragraph."""

_ITEM = re.compile(r"[•‣▪●○◦–—*·-]$|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]$")
_END = re.compile(r"[.!?:;。！？：；؟]['\"”’»)\]]*\d*$")
_WORD = re.compile("(?>[^\\W_]+(?:-[^\\W_]+)*)(?![-‐\u00ad])")
"""A whole word, not one that a line's end divides."""
_SPACELESS = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_LEADERS = re.compile(r"(?:[.·_…]\s?){5,}")
_BETWEEN_HAN = re.compile(rf"(?<={_SPACELESS}) (?={_SPACELESS})")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    begins: tuple[float, bool]
    ends: tuple[float, bool]
    """Size and boldness of the first and the last word."""


@dataclass(slots=True)
class Style:
    """What the pages of a document so far have in common: the words it writes."""

    seen: set[str] = field(default_factory=set)

    def learn(self, page: Sequence[Word]) -> None:
        """Take in the words of a page before its blocks are made."""
        if len(self.seen) < MOST_WORDS:
            self.seen.update(_WORD.findall(" ".join(word.text for word in page).casefold()))


def blocks(page: Sequence[Word], style: Style) -> list[Block]:
    """Return the paragraphs of words, given row by row, whose lines all run the same way."""
    style.learn(page)
    found: list[Block] = []
    for zone in zones(with_initials(page, style.seen)):
        for paragraph in _paragraphs(_lines(zone)):
            joined = _LEADERS.sub(" … ", _joined(paragraph, style.seen))
            text = clean(_BETWEEN_HAN.sub("", joined))
            if text.strip("… "):
                found.append(Block(text, 0, _size(paragraph), _is_bold(paragraph)))
    return found


def _lines(zone: list[Word]) -> list[_Line]:
    return [_line(row) for row in by_row(zone)]


def _line(row: list[Word]) -> _Line:
    length = sum(len(word.text) for word in row)
    sizes = Counter[float]()
    for word in row:
        sizes[word.size] += len(word.text)
    return _Line(
        in_reading_order([word.text for word in row]),
        row[0].x0,
        row[-1].x1,
        row[0].y,
        max(sizes, key=lambda size: sizes[size]),
        2 * sum(len(word.text) for word in row if word.bold) > length,
        (row[0].size, row[0].bold),
        (row[-1].size, row[-1].bold),
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
    """Tell whether a line begins a paragraph: by its style, unless that is an emphasis which runs
    on from a full line, the gap above it, a number or bullet, or a line before it that ended early
    with a sentence."""
    larger, smaller = max(line.size, last.size), min(line.size, last.size)
    gap = last.y - line.y
    is_full = last.x1 > right - 2 * last.size and not _END.search(last.text)
    is_run_on = is_full and line.begins == last.ends
    return (
        (larger > LARGER * smaller and not is_run_on)
        or (line.bold != last.bold and not line.text[:1].islower() and not is_run_on)
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


def _size(paragraph: Sequence[_Line]) -> float:
    """Return the size of most letters, in points to a tenth."""
    sizes = Counter[float]()
    for line in paragraph:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size])


def _is_bold(paragraph: Sequence[_Line]) -> bool:
    """Tell whether most letters are bold."""
    bold = sum(len(line.text) for line in paragraph if line.bold)
    return 2 * bold > sum(len(line.text) for line in paragraph)
