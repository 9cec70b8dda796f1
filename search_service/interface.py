"""The language that a page is in: its messages, plurals, numbers, dates and names.

Messages are gettext catalogues, `translations/CODE.po`, read as they are when they are first
needed, so that nothing has to be compiled; the English text of a message is its key. Names,
dates and numbers come from Babel's copy of the CLDR.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from engine import dates

LANGS = ("en", "fr", "es", "ar", "zh", "ru")
"""The languages of the interface; the first is the one that messages are written in."""
OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "zh": "中文",
    "ru": "Русский",
}
TRANSLATIONS = Path(__file__).parent / "translations"

_LOCALES = {"en": "en_GB"}


def message(text: str) -> str:
    """Mark a text that is shown in the language of the page later on."""
    return text


@dataclass(frozen=True, slots=True)
class Interface:
    """A language of the interface. `kept` is what addresses carry on: the same, or nothing where
    the visitor did not choose it."""

    code: str = LANGS[0]
    kept: str = ""

    @property
    def direction(self) -> str:
        """The value of `dir` for a page."""
        return _locale(self.code).text_direction

    def say(self, text: str, /, **values: object) -> str:
        """Return a message, with values in the places that carry their names."""
        said = _messages(self.code).gettext(text)
        return said.format(**values) if values else said

    def counted(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return a message about a number, which stands at `{n}`: 1 page, 1,204 pages."""
        said = _messages(self.code).ngettext(one, many, number)
        return said.format(n=self.number(number), **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts one after another, with commas as the language writes them.

        From right to left they begin with a mark without width and stand apart: their order is
        the language's, whatever letters they have.
        """
        mark = "\u200f" if self.direction == "rtl" else ""
        return mark + self.say(", ").join(map(self.apart, parts))

    def apart(self, value: str) -> str:
        """Return a value for a sentence that leaves the order of the words around it alone.

        From right to left it stands between isolates (Unicode's FSI and PDI).
        """
        return f"\u2068{value}\u2069" if self.direction == "rtl" else value

    def number(self, number: int) -> str:
        """Return a whole number as it is written."""
        return str(number) if number < 1000 else _number(number, self.code)

    def date(self, day: str) -> str:
        """Return a date as precise as it is known: 2021-04-30 is 30 April 2021."""
        return _date(day, self.code)

    def language(self, code: str) -> str:
        """Return the name of a language; its code where it has no name."""
        return _language(code, self.code)


def best(codes: str, accepted: str) -> Interface:
    """Return the interface for a chosen code, or else for an Accept-Language header."""
    if codes in LANGS:
        return Interface(codes, codes)
    return Interface(_accepted(accepted[:200]))


@lru_cache(maxsize=1_000)
def _accepted(header: str) -> str:
    wanted = []
    for at, part in enumerate(header.split(",")):
        tag, _, weight = part.partition(";")
        code = tag.strip().lower().partition("-")[0]
        try:
            quality = float(weight.partition("=")[2]) if weight else 1.0
        except ValueError:
            quality = 0.0
        if code in LANGS and quality > 0:
            wanted.append((-quality, at, code))
    return min(wanted)[2] if wanted else LANGS[0]


@cache
def _messages(code: str) -> NullTranslations:
    if code == LANGS[0]:
        return NullTranslations()
    compiled = BytesIO()
    with (TRANSLATIONS / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code))


@lru_cache(maxsize=10_000)
def _number(number: int, code: str) -> str:
    return format_decimal(number, locale=_locale(code))


@lru_cache(maxsize=10_000)
def _date(day: str, code: str) -> str:
    if day.count("-") == 2:
        return format_date(dates.first_day(day), "long", locale=_locale(code))
    if day.count("-") == 1:
        return format_skeleton("yMMMM", dates.first_day(day), locale=_locale(code))
    return day


@lru_cache(maxsize=10_000)
def _language(language: str, code: str) -> str:
    name: str = _locale(code).languages.get(language, language)
    return name[:1].upper() + name[1:]
