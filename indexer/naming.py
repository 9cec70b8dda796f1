"""Finds the names of a table in text of six languages, the longest name at each place.

A name in letters with case is written with a capital; abbreviations are written exactly. Russian
names may be inflected, Arabic ones joined to a particle, Chinese ones stand between other
characters. Whether a name means what it says is for others to decide.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from engine.analysis import fold

Value = TypeVar("Value")

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LONGEST_ABBREVIATION = 5
BEYOND_LATIN = "\u0370"
SURE = 6
"""Letters from which a name may be written without its accents; one without may have them."""

_WORD = re.compile(rf"[^\W_{HAN}]+(?:[\u0300-\u036f\u064b-\u065f]+[^\W_{HAN}]*)*")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_GAP = re.compile(r"[ \n\u00a0]?|[.]? ?|[-–'’ʼ‘`·]")
_ADJECTIVE = re.compile(r"(?:ск|цк)(?:ий|ого|ому|им|ая|ой|ую|ое|ие|их|ими)$")
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_JOINED = (
    *(particle + article for particle in _PARTICLES for article in ("ال", "") if particle),
    *("ال", "لل", "ولل"),
)
"""What Arabic writes together with the word that follows."""
_ENDING = re.compile(
    "(?<=...)(?:[ая]ми|[ыи]ми|[ое]го|[ое]му|[ыи]х|[ыи]м|[оеая]м|[ое]й|[ое]ю|[уюь]ю|[ая]я"
    "|[ое]е|[ыи]е|[ыи]й|[ая]х|[аяоеыиуюьй])$"
)
_NOUN_IN_IA = re.compile("(?<=..)и(?:я|и|ю|ей)$")
_UNCHANGING = ("и", "у", "о", "е", "э", "ю", "ы")


class Found(NamedTuple, Generic[Value]):
    """A name in a text, from character `start` to `end`, and all that it may stand for.

    `name` is the name as the table has it."""

    start: int
    end: int
    name: str
    values: tuple[Value, ...]


class Names(Generic[Value]):
    """The names of a table, each with the values that bear it."""

    def __init__(self, pairs: Iterable[tuple[str, Value]]) -> None:
        self._words: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, list[Value]]]] = {}
        self._han: dict[str, dict[str, list[Value]]] = {}
        for name, value in pairs:
            if _HAN_RUN.search(name):
                self._han.setdefault(name[:2], {}).setdefault(name, []).append(value)
                continue
            keys = tuple(_key(word) for word in _WORD.findall(name))
            for opening in {keys[:1], keys[:2]}:
                names = self._words.setdefault(opening, {})
                if opening == keys[:2]:
                    names.setdefault(keys, {}).setdefault(name, []).append(value)
        for opening, entries in self._words.items():
            self._words[opening] = dict(sorted(entries.items(), key=lambda entry: -len(entry[0])))
        for pair, written in self._han.items():
            self._han[pair] = dict(sorted(written.items(), key=lambda entry: -len(entry[0])))

    def find(self, text: str) -> Iterator[Found[Value]]:
        """Yield the names in a text that do not overlap, in order for each kind of script."""
        until = 0
        for match in _WORD.finditer(text):
            start = match.start()
            if start < until or text[start].islower():
                continue
            for key in _keys(match[0]):
                if (key,) in self._words and (found := self._longest(text, match, key)):
                    yield found
                    until = found.end
                    break
        if not text.isascii():
            for run in _HAN_RUN.finditer(text):
                yield from self._in_han(run[0], run.start())

    def _longest(self, text: str, first: re.Match[str], key: str) -> Found[Value] | None:
        second = _WORD.search(text, first.end())
        openings = [(key, following) for following in _keys(second[0])] if second else []
        for opening in (*openings, (key,)):
            for keys, names in self._words.get(opening, {}).items():
                words = _words(text, first, keys)
                if not words:
                    continue
                fitting = {name: own for name, own in names.items() if _is_written(words, name)}
                if fitting:
                    values = dict.fromkeys(value for own in fitting.values() for value in own)
                    name, end = next(iter(fitting)), words[-1].end()
                    return Found(first.start(), end, name, tuple(values))
        return None

    def _in_han(self, run: str, start: int) -> Iterator[Found[Value]]:
        at = 0
        while at < len(run) - 1:
            names = self._han.get(run[at : at + 2], {})
            name = next((name for name in names if run.startswith(name, at)), "")
            if name:
                yield Found(start + at, start + at + len(name), name, tuple(names[name]))
            at += len(name) or 1


def _words(text: str, first: re.Match[str], keys: tuple[str, ...]) -> list[re.Match[str]]:
    """Return the words of a name that begins with a given one, none where it is not the name:
    all but the first must be there, with no more than a gap between."""
    found = [first]
    for key in keys[1:]:
        word = _WORD.search(text, found[-1].end())
        if not (word and key in _keys(word[0])):
            return []
        if not _GAP.fullmatch(text, found[-1].end(), word.start()):
            return []
        found.append(word)
    return found


def _is_written(words: list[re.Match[str]], name: str) -> bool:
    """Tell whether words are written as a name is: case, accents, and no Russian adjective."""
    own = _WORD.findall(name)
    bare = "".join(own)
    written = "".join(word[0] for word in words)
    if bare.isupper() and len(bare) <= LONGEST_ABBREVIATION:
        return written == bare
    if own[-1][0].isupper() and words[-1][0][0].islower():
        return False
    if len(own) == 1 and _ADJECTIVE.search(written) and not _ADJECTIVE.search(bare):
        return False
    if "\u0400" <= bare[0] <= "\u04ff" and len(own) == 1 and bare.endswith(_UNCHANGING):
        return written.casefold() == bare.casefold() or bool(_NOUN_IN_IA.search(bare))
    if bare[0] >= BEYOND_LATIN:
        return True
    return len(bare) >= SURE or bare.isascii() or written.casefold() == bare.casefold()


@lru_cache(1 << 18)
def _key(word: str) -> str:
    """Return what is the same in all forms of a word."""
    folded = fold(word)
    if "\u0400" <= folded[:1] <= "\u04ff":
        if _NOUN_IN_IA.search(folded):
            return _NOUN_IN_IA.sub("ия", folded)
        return _ENDING.sub("", folded)
    if "\u0600" <= folded[:1] <= "\u06ff":
        return folded.removeprefix("ال") if len(folded) > 4 else folded
    return folded


@lru_cache(1 << 18)
def _keys(word: str) -> tuple[str, ...]:
    """Return what a word of a text may be: in Arabic, also what particles are joined to."""
    key = _key(word)
    if not "\u0600" <= key[:1] <= "\u06ff":
        return (key,)
    folded = fold(word)
    bare = [
        folded.removeprefix(joined)
        for joined in _JOINED
        if folded.startswith(joined) and len(folded) - len(joined) >= 3
    ]
    return tuple(dict.fromkeys((key, *bare)))
