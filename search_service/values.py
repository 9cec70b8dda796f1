"""What the value of a parameter means; where it means nothing, a message says why."""

import re

from engine import dates
from engine.documents import SECTIONS
from engine.queries import MATCHES, MOST_PER_PAGE, SORTS, Match, Sort
from search_service.interface import LANGS, message

SWITCH = ("on", "off")
LONGEST_VALUE = 200

_NUMBER = re.compile("[0-9]{1,9}")
_YEAR = re.compile("[0-9]{4}")
_SHOWN = 40

_TOO_LONG = message("A value of “{name}” is longer than {most} characters.")
_NO_YEAR = message("“{written}” is not a year: write four digits, like 2021.")
_NO_SECTION = message("“{written}” is not a section: choose one of {choices}.")
_NO_DATE = message("“{written}” is not a date: write 2021, 2021-04 or 2021-04-30.")
_NO_DAY = message("“{written}” is not a day of the calendar.")
_NO_SORT = message("“{written}” is not an order: choose one of {choices}.")
_NO_MATCH = message("“{written}” is not a way to match: choose one of {choices}.")
_NO_SWITCH = message("“{written}” is not a switch: choose one of {choices}.")
_NO_PAGE = message("“{written}” is not a page number: write 1 or more.")
_NO_SIZE = message("“{written}” is not a number of results: write 1 to {most}.")
_NO_LANG = message("“{written}” is not a language shown here: choose one of {choices}.")


class UnusableError(ValueError):
    """A value that cannot be used, as the message of a problem and the values in it."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def check(name: str, value: str) -> None:
    """Raise UnusableError for a value that no document can have in a facet."""
    if len(value) > LONGEST_VALUE:
        raise UnusableError(_TOO_LONG, name=name, most=LONGEST_VALUE)
    if name == "year" and not _YEAR.fullmatch(value):
        raise UnusableError(_NO_YEAR, written=_short(value))
    if name == "section" and value not in SECTIONS:
        raise UnusableError(_NO_SECTION, written=_short(value), choices=", ".join(SECTIONS))


def date(written: str) -> str:
    """Return a date, as in `engine.dates`."""
    shown = _short(written)
    try:
        return dates.normal(shown)
    except ValueError as error:
        known = dates.FORM.fullmatch(shown)
        raise UnusableError(_NO_DAY if known else _NO_DATE, written=shown) from error


def sort(written: str) -> Sort:
    """Return an order."""
    for known in SORTS:
        if known == written:
            return known
    raise UnusableError(_NO_SORT, written=_short(written), choices=", ".join(SORTS))


def match(written: str) -> Match:
    """Return a way to match."""
    for known in MATCHES:
        if known == written:
            return known
    raise UnusableError(_NO_MATCH, written=_short(written), choices=", ".join(MATCHES))


def switch(written: str) -> bool:
    """Return whether something is on."""
    if written in SWITCH:
        return written == "on"
    raise UnusableError(_NO_SWITCH, written=_short(written), choices=", ".join(SWITCH))


def page(written: str) -> int:
    """Return the number of a page, from 1."""
    if _NUMBER.fullmatch(written) and int(written) > 0:
        return int(written)
    raise UnusableError(_NO_PAGE, written=_short(written))


def per_page(written: str) -> int:
    """Return a number of results."""
    if _NUMBER.fullmatch(written) and 0 < int(written) <= MOST_PER_PAGE:
        return int(written)
    raise UnusableError(_NO_SIZE, written=_short(written), most=MOST_PER_PAGE)


def lang(written: str) -> str:
    """Return the code of a language of the interface."""
    if written in LANGS:
        return written
    raise UnusableError(_NO_LANG, written=_short(written), choices=", ".join(LANGS))


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
