"""Tells the language of a text among those that products come in."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("ar", "de", "en", "es", "fr", "id", "it", "nl", "pt", "ru", "tr", "zh")
ENOUGH = 200
"""Letters below which no guess is made; a Han character counts as four."""
SAMPLE = 8_000
PIECES = 8
"""Parts of a long text that the sample is taken from, at even distances."""
SURE = 0.9


def language_of(texts: Iterable[str]) -> str:
    """Return the ISO 639-1 code of the language of most of the text; empty where unsure."""
    sample = _sample(" ".join(texts))
    letters = sum(4 if letter >= "\u3040" else 1 for letter in sample if letter.isalpha())
    if letters < ENOUGH:
        return ""
    found, probability = _identifier().classify(_in_small(sample))
    return str(found) if probability >= SURE else ""


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    size, distance = SAMPLE // PIECES, len(text) // PIECES
    return " ".join(text[at * distance : at * distance + size] for at in range(PIECES))


def _in_small(text: str) -> str:
    """Return the text without capitals, which whole pages of some reports are set in."""
    return unicodedata.normalize("NFC", text.lower())


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
