"""Joins the letters of words that are set wide, as headings often are.

The gaps inside such words are even, and narrower than those between them. Letters that stand for
themselves, as in tables and lists, have either wide gaps or those of all other words beside them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from indexer.extractors.glyphs import Word

EVEN = 0.06
"""Gaps that differ less, in ems, are even: kerning stays below."""
NARROW = 0.05
"""Ems that part letters at least; closer ones belong to other things."""
WIDE = 0.8
"""Ems that part letters of one word at most."""
SPACE = 0.2
"""Ems that the gap between words is wider at least."""
COLUMN = 0.8
"""Ems beyond two gaps between letters from which a gap parts columns, not words."""
WORD_SPACE = 0.2
"""Gaps below this part no words, so that several letters may stand closer, as PDFium finds them."""
END = 1e6
"""Stands for the gap where a row ends."""
TELLING = 3
"""Letters by which a row is known to be set wide."""
ALONE, CLOSE = 5, 0.45
"""The same for a word without another beside it, and the ems between its letters at most: cells of
a table are further apart."""

_ALPHABETIC = r"(?![\u0590-\u1dff\u1f00-\U0010ffff])[^\W\d_]"
_OPENING, _CLOSING = '[“"«(¿¡]', '[,.:;!?”"»)]'
_LETTER = re.compile(f"{_OPENING}?{_ALPHABETIC}{_CLOSING}?")
_LETTERS, _SIGNS = (
    re.compile(f"{_OPENING}?(?:{sign}){{1,4}}{_CLOSING}?|{_OPENING}|{_CLOSING}{{1,2}}|[’'-]")
    for sign in (_ALPHABETIC, f"{_ALPHABETIC}|[0-9]")
)
_INITIAL = re.compile(r"[.,:;]\w")


class _Run(NamedTuple):
    """Words of a row with even gaps, one of them in ems, and the gaps before and after."""

    first: int
    last: int
    gap: float
    before: float
    after: float

    @property
    def is_between_words(self) -> bool:
        """Tell whether wider gaps are around it, one of them between words."""
        return self.gap + SPACE <= min(self.before, self.after) <= 2 * self.gap + COLUMN

    @property
    def is_alone(self) -> bool:
        """Tell whether nothing is near."""
        return min(self.before, self.after) > 2 * self.gap + COLUMN


def joined(words: list[Word]) -> list[Word]:
    """Return words, given row by row from left to right, with those joined that are set wide."""
    if _few(words):
        return words
    found: list[Word] = []
    for _, each in groupby(words, key=lambda word: word.row):
        row = list(each)
        found.extend(row if _few(row) else _row(row))
    return found


def _few(words: Sequence[Word]) -> bool:
    return sum(len(word.text) == 1 for word in words) < TELLING


def _row(row: list[Word]) -> list[Word]:
    runs = list(_runs(row))
    known = {at for run in runs if _tells(run, row) for at in _near(run.gap)}
    found, end = [], 0
    for run in runs if known else ():
        if _tells(run, row) or (
            run.is_between_words
            and not known.isdisjoint(_near(run.gap))
            and _is_spelt(run, row, _SIGNS)
        ):
            found.extend(row[end : run.first])
            found.append(_joined(row[run.first : run.last + 1]))
            end = run.last + 1
    return found + row[end:]


def _near(gap: float) -> tuple[int, int]:
    """Return numbers of which gaps that are nearly equal share one."""
    return int(gap / EVEN), int(gap / EVEN + 0.5)


def _runs(row: Sequence[Word]) -> Iterator[_Run]:
    """Yield words that follow each other with even gaps; the last of a run may be the first of the
    next one."""
    gaps = [_gap(*pair) for pair in pairwise(row)]
    first = 0
    for alike in _even(gaps):
        last = first + len(alike)
        if NARROW < alike[0] < WIDE:
            before = gaps[first - 1] if first else END
            yield _Run(first, last, alike[0], before, gaps[last] if last < len(gaps) else END)
        first = last


def _even(gaps: Sequence[float]) -> Iterator[list[float]]:
    """Yield all gaps, those together that are even."""
    alike: list[float] = []
    low = high = 0.0
    for gap in gaps:
        low, high = (min(low, gap), max(high, gap)) if alike else (gap, gap)
        if high - low >= EVEN:
            yield alike
            alike, low, high = [], gap, gap
        alike.append(gap)
    if alike:
        yield alike


def _gap(word: Word, after: Word) -> float:
    """Return the gap between words in ems; what is of another size is far away."""
    if abs(word.size - after.size) > 0.02 * word.size:
        return END
    return (after.x0 - word.x1) / word.size


def _tells(run: _Run, row: Sequence[Word]) -> bool:
    """Tell whether words with even gaps are surely the letters of one."""
    single = sum(bool(_LETTER.fullmatch(word.text)) for word in row[run.first : run.last + 1])
    count = run.last + 1 - run.first
    if single < TELLING or 2 * single < count or not _is_spelt(run, row, _LETTERS):
        return False
    if run.is_alone:
        return (
            run.gap < CLOSE
            and count == single >= ALONE
            and not _is_list(row[run.first : run.last + 1])
        )
    return run.is_between_words


def _is_spelt(run: _Run, row: Sequence[Word], pattern: re.Pattern[str]) -> bool:
    """Tell whether words may be the letters of one; initials may not."""
    texts = [word.text for word in row[run.first : run.last + 1]]
    if run.gap >= WORD_SPACE and any(sum(map(str.isalnum, text)) > 1 for text in texts):
        return False
    return all(map(pattern.fullmatch, texts)) and not _INITIAL.search("".join(texts))


def _is_list(words: Sequence[Word]) -> bool:
    """Tell letters of the alphabet in their order, and those that are all alike."""
    steps = {ord(word.text[0]) - at for at, word in enumerate(words)}
    return len(steps) == 1 or len({word.text for word in words}) == 1


def _joined(words: Sequence[Word]) -> Word:
    text = "".join(word.text for word in words)
    return words[0]._replace(text=text, x1=max(word.x1 for word in words))
