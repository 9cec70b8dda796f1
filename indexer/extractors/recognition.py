"""Recognises the text of a page that is a picture: which way it is turned, in which script."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.extractors import layout, tesseract
from indexer.extractors.drawing import scan
from indexer.extractors.pdfium import Document
from indexer.extractors.tesseract import Found
from indexer.limits import allow_cpu
from indexer.readings import Page, Recognition
from indexer.tessdata import DEFAULT, SCRIPT_DATA, SCRIPTS

CPU_SECONDS = 25
"""For a page, which takes one to eight seconds."""
RESOLUTION, COARSE = 300, 150
"""Pixels an inch that a page is drawn with, and again where lines may be lost."""
LOOKS = {"ara": (300, 150, 100), "chi_sim": (200,), "chi_tra": (200,)}
"""The same by the data. Of Arabic in large letters most lines are found at 100, of Chinese more at
200 than at 300 (decision 12)."""
SURE = 75
"""Of 100: a page that is read so surely stands upright, and is in the script that it is read in."""
LEGIBLE = 60
"""Of 100: what is read less surely is no text."""
FEW = 8
"""Letters of a page at least; fewer are specks."""


class _Try(NamedTuple):
    """What was found with some data."""

    found: Found
    data: str


def recognition(
    document: Document, number: int, likely: Sequence[str], there: Sequence[str], folder: str
) -> Recognition:
    """Return a page, from 1, as it is recognised best; without text where nothing is legible.

    `likely` names the data that the page may be recognised with, if anything is known of it,
    `there` all that lie in the folder. Raises RuntimeError where Tesseract gives up.
    """
    allow_cpu(CPU_SECONDS)

    def tried(data: str, turns: int = 0) -> _Try:
        return _Try(_read(document, number, turns, data, folder), data)

    best = _best([tried(data) for data in likely])
    if best.found.sure < SURE or best.found.turns:
        turns, script = best.found.turns, ""
        if SCRIPT_DATA in there and (drawn := scan(document, number, RESOLUTION)):
            told, script = tesseract.orientation(drawn, folder)
            turns = turns or told
        names = SCRIPTS.get(script) or likely or (DEFAULT,)
        untried = [name for name in names if name in there and (turns or name not in likely)]
        best = _best([best, *(tried(data, turns) for data in untried)])
    return _legible(number, best)


def _read(document: Document, number: int, turns: int, data: str, folder: str) -> Found:
    """Return the most that is found on a page with some data, at the resolutions that are worth
    a look: where Tesseract loses lines, it seldom loses the same ones."""
    first, *others = LOOKS.get(data, (RESOLUTION,))
    best = _look(document, number, turns, data, folder, first)
    if best.has_holes and not others:
        others = [COARSE]
    looks = (_look(document, number, turns, data, folder, other) for other in others)
    return max((best, *looks), key=lambda found: found.worth)


def _look(
    document: Document, number: int, turns: int, data: str, folder: str, resolution: int
) -> Found:
    drawn = scan(document, number, resolution, turns)
    return tesseract.read(drawn, data, folder) if drawn else Found()


def _best(tries: Iterable[_Try]) -> _Try:
    return max(tries, key=lambda tried: tried.found.worth, default=_Try(Found(), ""))


def _legible(number: int, tried: _Try) -> Recognition:
    found = tried.found
    letters = sum(sum(map(str.isalpha, word.text)) for word in found.words)
    blocks = tuple(layout.blocks(found.words, layout.Style()))
    if found.sure < LEGIBLE or letters < FEW or not blocks:
        return Recognition(Page(number, reason="empty-text"))
    return Recognition(Page(number, blocks), tried.data)
