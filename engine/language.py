"""Tells the language of a text among those that products come in."""

import unicodedata
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("ar", "de", "en", "es", "fr", "id", "it", "nl", "pt", "ru", "tr", "zh")
SURE = 0.9
"""How likely a language must be to be told."""


def likely(text: str) -> str:
    """Return the ISO 639-1 code of the language of a text; empty where unsure."""
    found, probability = _identifier().classify(_in_small(text))
    return str(found) if probability >= SURE else ""


def _in_small(text: str) -> str:
    """Return the text without capitals, which whole pages of some reports are set in."""
    return unicodedata.normalize("NFC", text.lower())


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
