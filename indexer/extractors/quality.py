"""How well the text of a page reads: the one measure by which readings of a page are compared."""

import re

GOOD = 0.9
"""Text of this quality need not be read a second time; that of real reports has 0.92 or more."""
READABLE = 0.75
"""Text below this is garbled; where letters have no Unicode map, the best pages have 0.63."""
FEW = 20
"""Words by which signs are judged at least: a short page may hold one address and little else."""

_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Characters that stand for none: unmapped, private, control."""
_SIGN_INSIDE = re.compile(r"(?<=\S)[!\"#$%&*+;<=>?@\[\\\]^_{|}~]\S+")
"""From a sign to the end of its word, so that a word is found once."""


def quality(text: str) -> float:
    """Return the share of the words that read as words, from 0 to 1; 0 of nothing.

    A word does not when it holds a character that stands for none, or a sign between letters. A
    private character alone is a bullet.
    """
    words = text.split()
    if not words:
        return 0.0
    signs = len(_SIGN_INSIDE.findall(text))
    broken = sum(map(_is_broken, words)) if _BROKEN.search(text) else 0
    return max(0.0, 1 - broken / len(words) - signs / max(FEW, len(words)))


def _is_broken(word: str) -> bool:
    return bool(_BROKEN.search(word)) and (len(word) > 1 or word == "\ufffd")


def worth(text: str) -> float:
    """Return the letters of a text, each counted by the quality of the whole."""
    return quality(text) * sum(map(len, text.split()))
