"""Reads text whose font was cut down without saying which letters it has left.

Many programs then write the numbers of glyphs for letters. In the usual TrueType fonts glyphs
stand in the order of ASCII from the third one, so that every number is the letter's less 29, and
then in that of Mac OS Roman.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from indexer.extractors.drawn import Drawn
from indexer.extractors.quality import GOOD

SPACE = "\x03"
"""The glyph of a space: no other text holds this control character between words."""
MANY = 12
"""Words from which some of them have to be those that every text is full of."""
COMMON = 0.05
"""Share of such words at least, by which text in another cipher is told."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the of and to in a for is on with de la le les des et en du que el los las y un une por"
        " para o os da do das dos di il e che per der die und von den van het een yang dan untuk",
    )
)
_LETTERS: Mapping[int, str] = {
    **{glyph: chr(glyph + 29) for glyph in range(3, 98)},
    **{glyph: bytes([glyph + 30]).decode("mac-roman") for glyph in range(98, 172)},
    # The fixed space of Mac OS Roman has no glyph of its own.
    **{glyph: bytes([glyph + 31]).decode("mac-roman") for glyph in range(172, 225)},
}
_KNOWN = frozenset(map(chr, _LETTERS))
_ODD = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]|[^\W\d_]\d|\d[^\W\d_]")
"""A capital after a small letter, or a digit beside a letter."""


def unshifted(drawn: Drawn) -> Drawn | None:
    """Return a garbled page with its letters; None where its text is not shifted, or does not read
    as words after that."""
    words = [word for placed in drawn.turned.values() for word in placed]
    text = "".join(word.text for word in words)
    gaps = len(words) - len({word.row for word in words})
    # Where the glyph is no space, gaps part the words.
    if text.count(SPACE) < max(1, gaps) or not _KNOWN.issuperset(text):
        return None
    found = replace(
        drawn,
        turned={
            turn: [word._replace(text=word.text.translate(_LETTERS).strip()) for word in placed]
            for turn, placed in drawn.turned.items()
        },
    )
    return found if _reads(found) else None


def _reads(drawn: Drawn) -> bool:
    text = drawn.text
    words = text.split()
    if drawn.quality < GOOD or 2 * sum(map(str.isalnum, text)) <= sum(map(len, words)):
        return False
    if len(words) < MANY:
        return not _ODD.search(text)
    common = sum(word.casefold() in _COMMON for word in words)
    return common >= COMMON * len(words)
