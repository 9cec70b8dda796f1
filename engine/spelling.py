"""The words of an index, and which of them a misspelt one was meant to be.

A word is told by its folded form. What is near a word is found by whole arrays: first by length
and by which letters occur, then by counting edits (an insertion, a loss, a change of a letter or
a swap of two neighbours: optimal string alignment, Damerau 1964). Of the words that are near, the
one is meant that makes the best of being near and being common (Kernighan, Church and Gale, "A
Spelling Correction Program Based on a Noisy Channel Model", 1990).
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import log

import numpy as np
from numpy.typing import NDArray

from engine.analysis import analyzer, fold
from engine.syntax import LONGEST_QUERY

SHORTEST = 4
"""Letters of the shortest word that is corrected; in shorter ones anything is near anything."""
LONGEST = 40
"""Letters of the longest word that is corrected."""
LONG = 6
"""Letters from which on a word may have two edits."""
EDIT = 9.0
"""How unlikely an edit is, as a logarithm: a word one edit farther away must be e^9 times as
common."""
LETTER = 3.0
"""How unlikely it is beyond that that an edit puts in one certain letter of all that there are,
rather than to lose, to double or to swap what is there."""
FIRST = 2.0
"""How unlikely a change of the first letter is beyond that."""
CANDIDATES = 3
"""Words that each misspelt one is tried with."""
MOST_MISSPELT = 3
"""Misspelt words of a query that are corrected; more of them are no misspelling."""
MOST_TEXTS = 6
"""Corrections of a query that are tried out."""
REMEMBERED = 256
"""Words whose near ones are remembered: ranking asks for them, and then the page."""
RARE = 2
"""A word that stands in the index no more often may be a misspelling that was printed."""
PRINTED = 300
"""How many times as common the word next to it must be."""
LONG_PRINTED = 6
"""Letters of it at least: names are short, rare, and near to words."""

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the index, how often it stands there, how many edits it is away, and how likely
    these are, as a logarithm."""

    word: str
    count: int
    edits: int
    likely: float

    @property
    def weight(self) -> float:
        """How likely the word was meant, where nothing is known of those beside it."""
        return self.likely + log(self.count)


class Spelling:
    """Words with how often each stands in the index; safe to share between threads."""

    def __init__(self, words: Mapping[str, int]) -> None:
        forms: dict[str, tuple[int, int, str]] = {}
        for word, count in words.items():
            folded = word if word.isascii() else fold(word)
            every, most, shown = forms.get(folded, (0, 0, ""))
            if (count, word) > (most, shown):
                most, shown = count, word
            forms[folded] = every + count, most, shown
        self._places = {folded: place for place, folded in enumerate(forms)}
        self._words = [shown for _, _, shown in forms.values()]
        self._counts = np.array([every for every, _, _ in forms.values()], np.int64)
        self._lengths = np.fromiter(map(len, forms), np.int64, len(forms))
        self._starts = self._lengths.cumsum() - self._lengths
        self._letters = _codes("".join(forms))
        self._signatures = _signatures(self._letters, self._starts)
        self._near: dict[str, tuple[Candidate, ...]] = {}

    def __len__(self) -> int:
        return len(self._words)

    @property
    def size(self) -> int:
        """How many words the texts of the index have in all."""
        return int(self._counts.sum())

    def words(self) -> Iterator[tuple[str, int]]:
        """Yield every word with how often it stands in the index."""
        return zip(self._words, self._counts.tolist(), strict=True)

    def count(self, word: str) -> int:
        """Return how often a word stands in the index, however it is accented."""
        place = self._places.get(fold(word))
        return 0 if place is None else int(self._counts[place])

    def near(self, word: str) -> tuple[Candidate, ...]:
        """Return the words that this one may be a misspelling of, the likeliest first."""
        found = self._near.get(word)
        if found is None:
            if len(self._near) >= REMEMBERED:
                self._near.clear()
            found = self._near[word] = tuple(self._looked_for(word))
        return found

    def _looked_for(self, word: str) -> list[Candidate]:
        folded = fold(word)
        if not self._words or not SHORTEST <= len(folded) <= LONGEST:
            return []
        letters = _codes(folded)
        most = 2 if len(folded) >= LONG else 1
        places = self._similar(letters, most)
        edits = _edits(letters, self._matrix(places), self._lengths[places])
        found = []
        for at in np.flatnonzero((edits <= most) & (edits > 0)).tolist():
            place, away = int(places[at]), int(edits[at])
            count = int(self._counts[place])
            is_first_other = self._letters[self._starts[place]] != letters[0]
            other = self._folded(place)
            put_in = away == 1 and not _is_slip(folded, other)
            likely = -EDIT * away - FIRST * is_first_other - LETTER * put_in
            found.append(Candidate(self._words[place], count, away, float(likely)))
        return sorted(found, key=lambda candidate: (-candidate.weight, candidate.word))

    def _folded(self, place: int) -> str:
        start = int(self._starts[place])
        letters = self._letters[start : start + int(self._lengths[place])]
        return "".join(map(chr, letters.tolist()))

    def _similar(self, letters: Codes, most: int) -> NDArray[np.intp]:
        """Return the places of words whose length and letters do not rule out so few edits."""
        own = _signatures(letters, np.zeros(1, np.int64))[0]
        is_similar = np.abs(self._lengths - len(letters)) <= most
        is_similar &= self._lengths >= SHORTEST
        is_similar &= np.bitwise_count(self._signatures & ~own) <= most
        is_similar &= np.bitwise_count(own & ~self._signatures) <= most
        return np.flatnonzero(is_similar)

    def _matrix(self, places: NDArray[np.intp]) -> Codes:
        """Return the letters of words, a row for each place in them, 0 where a word has ended."""
        lengths, starts = self._lengths[places], self._starts[places]
        columns = np.arange(lengths.max(initial=0))[:, None]
        inside = np.minimum(starts + columns, len(self._letters) - 1)
        matrix: Codes = np.where(columns < lengths, self._letters[inside], 0)
        return matrix


@dataclass(frozen=True, slots=True)
class Correction:
    """What a query may have been meant to say, and how likely the edits are, as a logarithm."""

    text: str
    likely: float


def corrections(
    text: str, spelling: Spelling, known: Container[str] = frozenset()
) -> list[Correction]:
    """Return what a query may have been meant to say, the likeliest first; nothing where all of
    its words are known, or those that are not are near to none. Words that are `known`, folded,
    are right whatever the index says."""
    tokens = [
        token
        for token in analyzer("").tokens(text[:LONGEST_QUERY])
        if token.term.isalpha() and token.term not in known
        if text[token.end : token.end + 1] != "*"
    ]
    tried = [(t, meant) for t in tokens if (meant := _meant(text[t.start : t.end], spelling))]
    if not tried or len(tried) > MOST_MISSPELT:
        return []
    every = product(*(candidates for _, candidates in tried))
    found = []
    for chosen in sorted(every, key=lambda chosen: -sum(c.weight for c in chosen))[:MOST_TEXTS]:
        said = text
        for (token, _), candidate in reversed([*zip(tried, chosen, strict=True)]):
            written = text[token.start : token.end]
            said = said[: token.start] + _cased(candidate.word, written) + said[token.end :]
        found.append(Correction(said, sum(candidate.likely for candidate in chosen)))
    return found


def _meant(written: str, spelling: Spelling) -> list[Candidate]:
    """Return the words that one may have been meant to be; none for one that is known."""
    count = spelling.count(written)
    if count > RARE or (count and len(written) < LONG_PRINTED):
        return []
    near = list(spelling.near(written))
    if any(_is_plural(fold(written), fold(candidate.word)) for candidate in near):
        return []  # an ending that the index does not happen to have
    if count:
        near = [c for c in near if c.edits == 1 and c.count >= PRINTED * count]
    return near[:CANDIDATES]


def _is_slip(written: str, meant: str) -> bool:
    """Tell whether a word that is one edit away lost a letter, doubled one, or swapped two."""
    if len(written) < len(meant):
        return True
    if len(written) == len(meant):
        return sorted(written) == sorted(meant)
    at = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), -1)
    return written[at] == written[at - 1]


def _is_plural(one: str, other: str) -> bool:
    """Tell whether one of two words is the plural of the other, as many languages make it."""
    longer, shorter = max(one, other, key=len), min(one, other, key=len)
    return longer == f"{shorter}s" and not shorter.endswith("s")


def _cased(word: str, written: str) -> str:
    if written.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)


def _signatures(letters: Codes, starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return which letters each word has, as bits; some letters share one."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    bits = np.uint64(1) << (letters & np.uint32(63)).astype(np.uint64)
    return np.bitwise_or.reduceat(bits, starts)


def _edits(word: Codes, others: Codes, lengths: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return how many edits each of some words is away; `others` has a column for each."""
    size, count = others.shape
    before = np.zeros((0, count), np.int8)
    row = np.repeat(np.arange(size + 1, dtype=np.int8)[:, None], count, axis=1)
    for i, letter in enumerate(word):
        is_other = (others != letter).astype(np.int8)
        last, row = row, np.empty_like(row)
        row[0] = i + 1
        row[1:] = np.minimum(last[1:] + 1, last[:-1] + is_other)
        if i:
            swapped = (others[:-1] == letter) & (others[1:] == word[i - 1])
            row[2:] = np.where(swapped, np.minimum(row[2:], before[:-2] + 1), row[2:])
        for j in range(1, size + 1):
            np.minimum(row[j], row[j - 1] + 1, out=row[j])
        before = last
    edits: NDArray[np.int8] = row[lengths, np.arange(count)]
    return edits
