"""Recognises the words of a drawn page with Tesseract. C code: call it in a process that may be
ended."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from tesserocr import PSM, RIL, PyResultIterator, PyTessBaseAPI, iterate_level

from indexer.extractors.direction import spelt
from indexer.extractors.drawing import Scan
from indexer.extractors.glyphs import Word, in_rows
from indexer.tessdata import SCRIPT_DATA

LONGEST = 20_000
"""Milliseconds for a page, which Tesseract keeps to once it has found the lines."""
LINE = 50
"""Of 100: a line that Tesseract is less sure of is noise of a photograph or a form."""
SPECK = 30
"""The same for words of up to SHORT letters. A longer word has a wrong letter, but is one."""
SHORT = 3
LONG = 40
"""Letters of a line that is text, not a heading."""
RULE = "|"
"""What Tesseract makes of a ruled line, and of some letters I."""
ALIKE, VARIED = 1.15, 1.35
"""Lines whose heights differ less than this from those of most text are set in its size, by the
second those that are long or in UNEVEN data: how high a line looks hangs on its letters."""
UNEVEN = frozenset({"ara"})
HOLE_WIDTH, HOLE_HEIGHT = 0.2, 0.05
"""Of the width and height of a page: what is narrower or higher is a picture indeed."""
_TEXT, _PICTURE = range(1, 9), range(9, 12)
"""Tesseract's kinds of regions with text, and with pictures."""


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a page row by row, and how sure Tesseract is of them, from 0 to 100.

    `turns` are the quarters that the page has to be turned clockwise for most of its lines to
    stand upright; the words are those that do. `has_holes` tells that something was taken for a
    picture which may be lines of text, underlined perhaps.
    """

    words: tuple[Word, ...] = ()
    sure: float = 0.0
    turns: int = 0
    has_holes: bool = False

    @property
    def worth(self) -> float:
        """The number of letters, weighed by how sure they are."""
        return self.sure * sum(len(word.text) for word in self.words)


class _Set(NamedTuple):
    """A word as it is set in its line, and how sure Tesseract is of it."""

    text: str
    x0: float
    x1: float
    sure: float


@dataclass(slots=True)
class _Line:
    """A line as Tesseract finds it; lengths in points, the baseline from the page's foot."""

    turns: int
    y: float
    size: float
    words: list[_Set] = field(default_factory=list)

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)

    @property
    def sure(self) -> float:
        """How sure Tesseract is of its words, each weighed by its letters; 0 without any."""
        weighed = sum(word.sure * len(word.text) for word in self.words)
        return weighed / max(1, self.letters)


def read(scan: Scan, data: str, folder: str) -> Found:
    """Return the words of a page, recognised with some data, which lie in a folder.

    Raises RuntimeError where Tesseract cannot use the data, or gives up.
    """
    with PyTessBaseAPI(init=False) as api:
        _open(api, scan, data, folder, PSM.AUTO)
        if not api.Recognize(LONGEST):
            raise RuntimeError("Tesseract has not recognised the page.")
        # Of a page without words the iterator points nowhere.
        if not api.AllWordConfidences():
            return Found()
        lines = [line for line in _lines(api.GetIterator(), scan) if line.sure >= LINE]
        has_holes = any(_is_hole(at, scan) for at in iterate_level(api.GetIterator(), RIL.BLOCK))
    letters = Counter[int]()
    for line in lines:
        letters[line.turns] += line.letters
    upright = [line for line in lines if line.turns == 0]
    sure = sum(line.sure * line.letters for line in upright) / max(1, letters[0])
    turns = max(letters, key=lambda turns: letters[turns], default=0)
    words = in_rows([*_words(upright, is_even=data not in UNEVEN)])
    return Found(tuple(words), sure, turns, has_holes)


def orientation(scan: Scan, folder: str) -> tuple[int, str]:
    """Return the quarters that a page has to be turned clockwise to stand upright, and its script;
    0 and nothing where there is too little on it to tell."""
    with PyTessBaseAPI(init=False) as api:
        _open(api, scan, SCRIPT_DATA, folder, PSM.OSD_ONLY)
        found = api.DetectOrientationScript()
    return (-found["orient_deg"] // 90 % 4, str(found["script_name"])) if found else (0, "")


def _open(api: PyTessBaseAPI, scan: Scan, data: str, folder: str, mode: int) -> None:
    """Have Tesseract load data and look at a page."""
    # It would write to /dev/null, which a confined process may not open, and crash.
    api.SetVariable("debug_file", "")
    api.Init(folder, data)
    api.SetPageSegMode(mode)
    width, height, pixels = scan.drawing
    api.SetImageBytes(pixels, width, height, 1, width)
    api.SetSourceResolution(round(72 * scan.scale))


def _lines(iterator: PyResultIterator, scan: Scan) -> list[_Line]:
    """Return the lines with their words, without specks and ruled lines."""
    lines: list[_Line] = []
    for at in iterate_level(iterator, RIL.WORD):
        if at.Empty(RIL.WORD) or at.BlockType() not in _TEXT:
            continue
        if not lines or at.IsAtBeginningOf(RIL.TEXTLINE):
            lines.append(_line(at, scan))
        # The letters of a word come from left to right, as they stand.
        text = spelt(at.GetUTF8Text(RIL.WORD).strip())
        sure = at.Confidence(RIL.WORD)
        if text and (sure >= SPECK or len(text) > SHORT):
            left, _, right, _ = at.BoundingBox(RIL.WORD)
            lines[-1].words.append(_Set(text, left / scan.scale, right / scan.scale, sure))
    for line in lines:
        line.words = _unruled(line.words)
    return lines


def _is_hole(at: PyResultIterator, scan: Scan) -> bool:
    """Tell a picture that is wide, and no higher than some lines."""
    if at.BlockType() not in _PICTURE:
        return False
    left, top, right, bottom = map(int, at.BoundingBox(RIL.BLOCK))
    width, height, _ = scan.drawing
    return right - left > HOLE_WIDTH * width and bottom - top < HOLE_HEIGHT * height


def _line(at: PyResultIterator, scan: Scan) -> _Line:
    """Return the line that a word begins, without words. One that runs down the page is read when
    the page is turned back, three quarters clockwise."""
    left, top, right, bottom = at.BoundingBox(RIL.TEXTLINE)
    (x0, y0), (x1, y1) = at.Baseline(RIL.TEXTLINE) or ((left, bottom), (right, bottom))
    turns = 3 if abs(y1 - y0) > abs(x1 - x0) else 0
    height = at.RowAttributes()["row_height"] or bottom - top
    y = scan.drawing.height - (y0 + y1) / 2
    return _Line(turns, y / scan.scale, height / scan.scale)


def _unruled(words: list[_Set]) -> list[_Set]:
    """Return words without the ruled lines at their ends. Alone before a small letter, or making
    one word with it, such a line is the letter I."""
    found = []
    for at, word in enumerate(words):
        text, after = word.text, words[at + 1].text if at + 1 < len(words) else ""
        if text == RULE and after[:1].islower():
            text = "I"
        elif len(text) == 2 and text[0] == RULE and text[1].islower():
            text = f"I{text[1]}"
        if text := text.strip(RULE):
            found.append(word._replace(text=text))
    return found


def _words(lines: Sequence[_Line], *, is_even: bool) -> Iterator[Word]:
    """Yield the words of lines. What is as high as most text has one size, or nearly every line
    would have a size of its own."""
    sizes = sorted((line.size, line.letters) for line in lines)
    half = sum(letters for _, letters in sizes) / 2
    passed = accumulate(letters for _, letters in sizes)
    most = next((size for (size, _), sum_ in zip(sizes, passed, strict=True) if sum_ >= half), 0.0)
    for line in lines:
        alike = ALIKE if is_even and line.letters <= LONG else VARIED
        is_alike = most / alike < line.size < most * alike
        for text, x0, x1, _ in line.words:
            yield Word(text, x0, x1, line.y, most if is_alike else line.size, bold=False, row=0)
