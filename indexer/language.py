"""Tells the language of a document, or of a part of one, where there is enough of it."""

from collections.abc import Iterable

from engine.language import likely

ENOUGH = 200
"""Letters below which no guess is made; a Han character counts as four."""
SAMPLE = 8_000
PIECES = 8
"""Parts of a long text that the sample is taken from, at even distances."""


def language_of(texts: Iterable[str]) -> str:
    """Return the ISO 639-1 code of the language of most of the text; empty where unsure."""
    sample = _sample(" ".join(texts))
    letters = sum(4 if letter >= "\u3040" else 1 for letter in sample if letter.isalpha())
    return likely(sample) if letters >= ENOUGH else ""


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    size, distance = SAMPLE // PIECES, len(text) // PIECES
    return " ".join(text[at * distance : at * distance + size] for at in range(PIECES))
