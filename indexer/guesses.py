"""Guesses what a catalogue does not say, from a file's name and from what it says about itself.

Whoever uses a guess says so in `Document.guessed`.
"""

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

from engine.dates import YEAR
from engine.vocabulary import Vocabulary

EARLIEST_YEAR = 1945


def title(file: str, said: str) -> str:
    """Return what the file calls itself, else its name as words."""
    name = PurePosixPath(file).stem
    return said or " ".join(re.sub(r"[_+-]+", " ", name).split()) or file


def date(file: str, title: str, said: str) -> str:
    """Return the date that the file gives, unless its name or title gives one other year."""
    years = _years(PurePosixPath(file).name) or _years(title)
    if len(years) == 1 and said[:4] not in years:
        return years.pop()
    return said if EARLIEST_YEAR <= int(said[:4] or 0) <= datetime.now(UTC).year else ""


def type_(file: str, title: str, vocabulary: Vocabulary) -> str:
    """Return the one type whose name stands in the title or the file's name, or nothing."""
    text = f" {_words(PurePosixPath(file).stem)} {_words(title)} "
    found = [
        slug
        for slug, term in vocabulary.types.items()
        if any(f" {_words(name)} " in text for name in (slug, *term.labels.values()))
    ]
    return found[0] if len(found) == 1 else ""


def _years(text: str) -> set[str]:
    now = datetime.now(UTC).year
    return {year for year in YEAR.findall(text) if EARLIEST_YEAR <= int(year) <= now}


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
