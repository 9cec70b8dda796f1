"""What reading a file gives: what it says about itself, and its pages as blocks of text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Reason = Literal[
    "not-a-pdf",
    "too-large",
    "encrypted",
    "malformed",
    "timeout",
    "memory",
    "crash",
    "empty-text",
    "garbled",
    "unsupported",
    "http-error",
]
REASONS: frozenset[str] = frozenset(get_args(Reason))
"""Why a file, or one page of it, could not be read."""

PASSING: frozenset[str] = frozenset({"timeout", "memory", "crash"})
"""The reasons that may lie with the machine: such a file, or page, is tried again."""
ATTEMPTS = 3
"""Times that is done in all."""
INTERRUPTED = 10
"""Times that one is begun at which the whole program was cut off."""

PICTURES: frozenset[str] = frozenset({"empty-text", "garbled"})
"""The reasons of pages that can be recognised as pictures."""


class Unreadable(Exception):  # noqa: N818 - it states what the file is, not what went wrong here
    """A file, or one page of it, cannot be read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading, and how it was set; which of the two is decided in `headings`.

    `level` is 1 to 6 where the source's markup says heading, else 0. `size` is that of most of
    its letters, in points, 0 where it is not known; `bold` tells whether most of them are.
    """

    text: str
    level: int = 0
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file; `number` is the physical page, from 1. `reason` says why it could not
    be read, or is empty. `recognised` tells that it was looked at as a picture: its text, if
    there is any, was recognised and may have mistakes."""

    number: int
    blocks: tuple[Block, ...] = ()
    reason: str = ""
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """A page as it was recognised, and Tesseract's name of the data that it was recognised with,
    empty where nothing is legible."""

    page: Page
    data: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """An entry of the outline (bookmarks) of a file: its level and its physical page, from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself: its number of pages, and guesses, empty where it is silent.

    `date` is as in `engine.dates`; `language` an ISO 639-1 code; `place` is where a news page
    says that it was written.
    """

    pages: int = 0
    title: str = ""
    date: str = ""
    language: str = ""
    outline: tuple[Outline, ...] = ()
    author: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read of a file. `reason` says why reading ended early, or is empty."""

    about: About = About()
    pages: tuple[Page, ...] = ()
    reason: str = ""


def commonest_reason(pages: Iterable[Page]) -> str:
    """Return why most pages that could not be read could not be; empty where any has text."""
    pages = tuple(pages)
    if any(page.blocks for page in pages):
        return ""
    reasons = Counter(page.reason for page in pages if page.reason)
    return max(reasons, key=lambda reason: reasons[reason], default="empty-text")
