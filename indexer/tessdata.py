"""Which languages Tesseract can recognise on this machine, by the names of its data files."""

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

LANGUAGES = {
    "ara": "ar",
    "chi_sim": "zh",
    "chi_tra": "zh",
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "ind": "id",
    "ita": "it",
    "nld": "nl",
    "por": "pt",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
}
"""The ISO 639-1 codes of the languages that products come in, by the data that recognise them."""
SCRIPTS = {
    "Latin": ("eng",),
    "Fraktur": ("eng",),
    "Arabic": ("ara",),
    "Cyrillic": ("rus",),
    "Han": ("chi_sim", "chi_tra"),
    "Japanese": ("chi_sim", "chi_tra"),
}
"""The data that a page in a script is first recognised with, by Tesseract's names of scripts."""
DEFAULT = "eng"
"""The data that a page is first recognised with whose script cannot be told."""
SCRIPT_DATA = "osd"
"""The data that tell scripts, and how a page is turned."""

_PACKAGE = "tesserocr"
_SUFFIX = ".traineddata"
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)


@dataclass(frozen=True, slots=True)
class Tessdata:
    """A folder of Tesseract's data, and the names of those in it that we use, by alphabet."""

    folder: Path
    names: tuple[str, ...]


def installed() -> Tessdata | None:
    """Return the data that are there; None without Tesseract, or without those of any language.

    They lie in TESSDATA_PREFIX, else where systems install them.
    """
    told = os.environ.get("TESSDATA_PREFIX")
    places = map(Path, (told,) if told else _PLACES)
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None or find_spec(_PACKAGE) is None:
        return None
    names = sorted(path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}"))
    known = tuple(name for name in names if name in LANGUAGES or name == SCRIPT_DATA)
    return Tessdata(folder, known) if LANGUAGES.keys() & known else None


def of_language(code: str, there: tuple[str, ...]) -> tuple[str, ...]:
    """Return the data for a language among those that are there."""
    return tuple(name for name in there if LANGUAGES.get(name) == code)
