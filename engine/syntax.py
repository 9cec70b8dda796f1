"""The query language: words, "phrases", -exclusions, prefix*, a OR b. Any text is a query.

What cannot be read as syntax is read as words; nothing here raises or takes long.
"""

import re
from typing import NamedTuple

LONGEST_QUERY = 300
"""Characters of a query that are read; what follows is left out and the visitor is told."""
SHORTEST_PREFIX = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


class Atom(NamedTuple):
    """A word, or the words of a phrase, as typed."""

    text: str
    phrase: bool = False
    prefix: bool = False


class Parsed(NamedTuple):
    """A query: every group must match by one of its atoms, and no excluded atom may match.

    `cut` tells that the text was longer than is read.
    """

    groups: tuple[tuple[Atom, ...], ...] = ()
    excluded: tuple[Atom, ...] = ()
    cut: bool = False


def parse(text: str) -> Parsed:
    """Read what a visitor typed."""
    groups: list[tuple[Atom, ...]] = []
    excluded: list[Atom] = []
    joining = False
    kept, cut = _shortened(" ".join(text.translate(_QUOTES).split()))
    for found in _PIECE.finditer(kept):
        word: str = found["word"] or ""
        if word == "OR" and not found["minus"] and groups:
            joining = True
            continue
        atom = Atom(found["phrase"], phrase=True) if not word else _word(word)
        if found["minus"]:
            excluded.append(atom)
        elif joining:
            groups[-1] = (*groups[-1], atom)
        else:
            groups.append((atom,))
        joining = False
    return Parsed(tuple(groups), tuple(excluded), cut)


def _shortened(text: str) -> tuple[str, bool]:
    if len(text) <= LONGEST_QUERY:
        return text, False
    kept = text[:LONGEST_QUERY]
    return kept.rsplit(" ", 1)[0], True


def _word(text: str) -> Atom:
    stem = text.rstrip("*")
    return Atom(stem, prefix=stem != text and len(stem) >= SHORTEST_PREFIX)
