"""The number that a heading begins with: `4.2 Finance`, `IV. Finance`, `Chapter 3`, `第三章`."""

import re
from typing import NamedTuple

UNNUMBERED = 9
LONGEST = 300

_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_HAN = "一二三四五六七八九十百零〇"
_PATTERNS = (
    (0, rf"(?:part|partie|parte|часть|الجزء|annex|annexe|anexo|annex[eo]?|приложение)"
        rf"\s+(?:[{_DIGITS}]{{1,3}}|[ivxlc]{{1,7}}|[a-h])\b\s*[-–—:.]?\s*"),
    (0, rf"(?:chapter|chapitre|capítulo|capitulo|section|sección|seção|глава|раздел|الفصل|القسم)"
        rf"\s+(?:[{_DIGITS}]{{1,3}}|[ivxlc]{{1,7}})\b\s*[-–—:.]?\s*"),
    (0, rf"第\s?[{_HAN}{_DIGITS}]{{1,4}}\s?[章部編编节節]\s*[：:、]?\s*"),
    (0, r"(?=[ivxlc]+[.)])(?:x{0,3}(?:ix|iv|v?i{0,3}))[.)]\s+"),
    (1, rf"[{_HAN}]{{1,3}}、\s*"),
    (2, rf"[（(][{_HAN}]{{1,3}}[）)]\s*"),
    (1, r"[a-k][.]\s+(?=\S{2})"),
    (4, rf"\((?:[a-z]|[{_DIGITS}]{{1,2}}|[ivx]{{1,4}})\)\s+"),
    (4, rf"(?:[a-z]|[{_DIGITS}]{{1,2}})\)\s+"),
)  # fmt: skip
_KINDS = tuple((rank, re.compile(pattern, re.IGNORECASE)) for rank, pattern in _PATTERNS)
_DECIMAL = re.compile(
    rf"(?P<number>[{_DIGITS}]{{1,2}}(?:\.[{_DIGITS}]{{1,2}}){{0,4}})(?P<end>[.)]?)\s+(?=\D)"
)
_BULLET = re.compile(r"[•‣▪●○◦◊➢❖\uf0b7*–—-]\s+")


class Numbered(NamedTuple):
    """A text without its number. `rank` orders numbers that stand inside each other: 0 that of a
    chapter, 4 `(a)`, UNNUMBERED none."""

    rank: int
    rest: str


def numbered(text: str) -> Numbered:
    """Take the number from the beginning of a text."""
    bare = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    if found := _DECIMAL.match(bare):
        depth = found["number"].count(".")
        return Numbered(depth + 1, bare[found.end() :])
    for rank, pattern in _KINDS:
        if found := pattern.match(bare):
            return Numbered(rank, bare[found.end() :] or bare)
    return Numbered(UNNUMBERED, bare)


def key(text: str) -> str:
    """Return the letters and digits of a text in small, without its number: what a heading and
    its entry in a table of contents have in common; of a paragraph, what it begins with."""
    return "".join(filter(str.isalnum, numbered(text[:LONGEST]).rest.casefold()))
