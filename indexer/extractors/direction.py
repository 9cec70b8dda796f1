"""The order in which a line with Arabic or Hebrew is read.

On a page everything stands where it is seen. Where the signs of a text are seen is what Unicode's
bidirectional algorithm (UAX #9) tells; this is the way back, so that a text, shown again, looks as
it did on the page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_ARABIC = re.compile("[\u0620-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "D", "AN": "D", "CS": "C", "ES": "S", "ET": "T"}
"""From Unicode's classes: letters of either direction, digits, and the signs that may belong to
numbers: commas and the like, plus and minus, percent and the like. All others are N."""
_NUMBER = re.compile("D+(?:CD+)*")
"""A number beside Arabic letters: a minus parts two numbers there, and a percent sign is none of
their own."""
_NUMBER_IN_HEBREW = re.compile("T*D+(?:[CS]D+)*T*")

_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_TURNED = re.compile(r"(?<!\S)[)\]}»](?=\S)|(?<=\S)[(\[{«](?=[^\w\s]{0,8}(?:\s|$))")
"""A bracket that closes before a word or opens after it."""


def in_reading_order(words: Sequence[str]) -> str:
    """Return the words of a line, given from left to right, as they are read.

    Arabic and Hebrew are read from right to left, numbers and other scripts inside them from
    left to right. A word with letters is in the order of reading already.
    """
    if not is_right_to_left(words):
        return " ".join(words)
    return _ordered([piece for word in words for piece in (*_pieces(word), " ")][:-1])


def spelt(letters: Sequence[str]) -> str:
    """Return the letters of a word, given from left to right, as they are read."""
    return _ordered(letters) if is_right_to_left(letters) else "".join(letters)


def is_right_to_left(texts: Sequence[str]) -> bool:
    """Tell the direction of most words, or of most letters; numbers have none."""
    letters = "".join(texts)
    return bool(_RIGHT_TO_LEFT.search(letters)) and (_is_mostly(texts) or _is_mostly(letters))


def _is_mostly(texts: Sequence[str]) -> bool:
    kinds = list(map(_kind, texts))
    return kinds.count("R") > kinds.count("L")


def _pieces(word: str) -> Sequence[str]:
    return (word,) if _kind(word) in "RL" else word


def _ordered(pieces: Sequence[str]) -> str:
    backwards = pieces[::-1]
    is_arabic = any(map(_ARABIC.search, pieces))
    found = list(backwards)
    for start, end in _runs("".join(map(_kind, backwards)), is_arabic=is_arabic):
        found[start:end] = backwards[start:end][::-1]
    return _TURNED.sub(lambda bracket: bracket[0].translate(_MIRRORED), "".join(found))


def _runs(kinds: str, *, is_arabic: bool) -> Iterator[tuple[int, int]]:
    """Yield what is read from left to right: numbers, and what other letters begin or end, with
    the numbers beside them."""
    for between in re.finditer("[^R]+", kinds):
        start, end = between.span()
        if "L" in between[0]:
            ends = [at for at in range(start, end) if kinds[at] in "LD"]
            yield ends[0], ends[-1] + 1
        else:
            number = _NUMBER if is_arabic else _NUMBER_IN_HEBREW
            for found in number.finditer(kinds, start, end):
                yield found.span()


@cache
def _kind(text: str) -> str:
    """Return the kind of a letter, or of the strongest letters of a word."""
    kinds = {_KINDS.get(unicodedata.bidirectional(letter), "N") for letter in text}
    return next((kind for kind in "RLD" if kind in kinds), min(kinds, default="N"))
