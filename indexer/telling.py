"""Decides with which of Tesseract's data the pages of a file are recognised. Pure.

The language of the rest of the file tells, else the first page whose text is long enough to tell
its language. A page that turns out to be in another language than it was recognised in is
recognised once again.
"""

from indexer.language import language_of
from indexer.readings import PASSING, Page, Recognition
from indexer.tessdata import LANGUAGES, of_language

LOOKED = 4
"""Pages that are looked at to tell the language of a file."""

FAILURES = 2
"""Pages of a file that may take too long, or bring the child down, until the others are left for
the next time: hostile files have many such pages, and reports hardly one."""

Ready = tuple[int, tuple[str, ...]]
"""A page, and the data that it is likely to be recognised with, where that is known."""


class Telling:
    """How far a file has come whose pages are recognised; `there` are the data to be used."""

    def __init__(self, language: str, pages: tuple[int, ...], there: tuple[str, ...]) -> None:
        self._likely = of_language(language, there)
        self._is_told = len(self._likely) == 1
        self._there = there
        self._waiting = pages
        self._looked: list[Recognition] = []
        self._again: dict[int, tuple[str, ...]] = {}
        self._failures = 0

    @property
    def is_given_up(self) -> bool:
        """Whether the pages that are left wait for another run."""
        return self._failures >= FAILURES

    def ready(self) -> tuple[Ready, ...]:
        """Take the pages that can be recognised now: one, until the language is told."""
        now = len(self._waiting) if self._is_told else 1
        pages, self._waiting = self._waiting[:now], self._waiting[now:]
        return tuple((page, self._again.get(page, self._likely)) for page in pages)

    def done(self, found: Recognition) -> tuple[Page, ...]:
        """Take in a page, and return those that are recognised for good."""
        self._failures += found.page.reason in PASSING
        if self.is_given_up:
            self._waiting = ()
        own = self._data(found)
        if self._is_told:
            return tuple(self._settled([found], own))
        self._looked.append(found)
        if own:
            self._likely = (own,)
        elif len(self._looked) < LOOKED and self._waiting:
            return ()
        self._is_told = True
        return tuple(self._settled(self._looked, own))

    def _settled(self, found: list[Recognition], data: str) -> list[Page]:
        """Return the pages that are settled where the language is known; the others wait again."""
        again = [each.page.number for each in found if self._is_doubtful(each, data)]
        self._again |= dict.fromkeys(again, (data,))
        self._waiting = (*again, *self._waiting)
        return [each.page for each in found if each.page.number not in again]

    def _is_doubtful(self, found: Recognition, data: str) -> bool:
        is_new = found.page.number not in self._again and found.page.reason not in PASSING
        return bool(data) and found.data != data and is_new

    def _data(self, found: Recognition) -> str:
        """Return the data for the language of a page; empty where that cannot be told."""
        language = language_of(block.text for block in found.page.blocks)
        if not language or LANGUAGES.get(found.data) == language:
            return found.data if language else ""
        return next(iter(of_language(language, self._there)), found.data)
