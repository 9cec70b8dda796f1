"""Reads the tokens of many texts at once, by arrays and with no Python step a token.

Refuses texts with letters beyond Latin-1, which `engine.analysis` reads one by one.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.analysis import Analyzer

LONGEST = 16
"""Letters of the tokens that are recognised as two numbers of eight letters; of real text, one
token in a thousand is longer."""
_SLOT_BITS = 18
_MASKS = np.array([(1 << 8 * min(letters, 8)) - 1 for letters in range(LONGEST + 1)], np.uint64)
_FACTORS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class Numbering(dict[str, int]):
    """Numbers for texts, counted from 0 as they first appear."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Terms:
    """The terms of numbered tokens."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._of = array("I")

    def add(self, terms: Iterable[str]) -> range:
        """Return the numbers of more tokens, one for each term."""
        before = len(self._of)
        self._of.extend(map(self.numbering.__getitem__, terms))
        return range(before, len(self._of))

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self._of)

    def of(self, tokens: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return the numbers of the terms of tokens."""
        terms: NDArray[np.uint32] = np.array(self._of, np.uint32)[tokens]
        return terms


class KnownTokens(dict[str, int]):
    """The numbers of tokens that are reduced to terms in one way."""

    def __init__(self, reduce: Callable[[str], str], terms: Terms) -> None:
        super().__init__()
        self._reduce = reduce
        self._terms = terms

    def of(self, tokens: Sequence[str]) -> list[int]:
        """Return the numbers of tokens; those that are new get the next ones."""
        new = [token for token in dict.fromkeys(tokens) if token not in self]
        self.update(zip(new, self._terms.add(map(self._reduce, new)), strict=True))
        return [self[token] for token in tokens]


class TokenNumbers:
    """Reads texts of one language as numbers of tokens.

    Those of recent tokens lie in slots, at a place that depends on the letters; a slot holds the
    letters too, so that it never stands for another token.
    """

    def __init__(self, analysis: Analyzer, terms: Terms) -> None:
        self.analysis = analysis
        self.known = KnownTokens(analysis.reduce, terms)
        self.terms = KnownTokens(str, terms)
        """Tokens that come as their terms already."""
        self._first = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._second = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._numbers = np.zeros(1 << _SLOT_BITS, np.uint32)

    def read(self, texts: Sequence[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return the numbers of all tokens, in order, and how many tokens each text
        has; texts are given as their `latin_letters`."""
        content = b"\0".join([b"", *texts, bytes(LONGEST)])
        letters = np.frombuffer(content, np.uint8)
        is_letter = letters != 0
        edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
        starts, ends = edges[::2], edges[1::2]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        before = np.searchsorted(starts, np.cumsum(sizes) + 1)
        counts = np.diff(before, prepend=0).astype(np.uint32)
        return self._look_up(content, starts, ends), counts

    def _look_up(
        self, content: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.uint32]:
        # A number of eight letters begins at every letter.
        eights = np.ndarray((len(content) - 7,), "<u8", content, strides=(1,))
        lengths = np.minimum(ends - starts, LONGEST)
        first = eights[starts] & _MASKS[lengths]
        second = eights[np.minimum(starts + 8, len(eights) - 1)]
        second &= _MASKS[np.maximum(lengths - 8, 0)]
        slots = (first * _FACTORS[0] + second * _FACTORS[1]) >> np.uint64(64 - _SLOT_BITS)
        slots = slots.astype(np.int64)
        numbers: NDArray[np.uint32] = self._numbers[slots]
        is_kept = (self._first[slots] == first) & (self._second[slots] == second)
        is_kept &= ends - starts <= LONGEST
        missing = np.flatnonzero(~is_kept)
        spans = zip(starts[missing].tolist(), ends[missing].tolist(), strict=True)
        text = content.decode("latin-1")
        numbers[missing] = self.known.of([text[start:end] for start, end in spans])
        # Where two tokens want one slot, the last is left, here in all three alike.
        short = missing[ends[missing] - starts[missing] <= LONGEST]
        self._first[slots[short]] = first[short]
        self._second[slots[short]] = second[short]
        self._numbers[slots[short]] = numbers[short]
        return numbers
