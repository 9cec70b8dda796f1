"""The contents of a document: its headings and its pages, with the words of the query counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.documents import UNDER, Document, Passage
from search_service import addresses, labels
from search_service.cards import last_heading
from search_service.interface import Interface

DEEPEST = 3
"""Levels of headings that are told apart."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the contents at a depth from 1, the section that begins there or nothing, and
    how many of the query's words stand under it."""

    depth: int
    text: str
    section: str
    page: str
    href: str
    marks: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page; `said` tells what is to be known before going there."""

    number: int
    href: str
    said: str
    marked: bool
    unread: bool


def last_page(document: Document, passages: tuple[Passage, ...]) -> int:
    """Return the number of the last page that there is anything to say about."""
    return max([document.coverage.pages, *(passage.page for passage in passages)])


def headings(
    document: Document,
    passages: tuple[Passage, ...],
    found: Sequence[tuple[str, ...]],
    text: str,
    ui: Interface,
) -> Iterator[Heading]:
    """Yield a heading wherever one begins; those above it only where they begin too."""
    rows: list[tuple[int, str, Passage, int]] = []
    before: list[str] = []
    for passage, words in zip(passages, found, strict=True):
        path = passage.heading.split(UNDER) if passage.heading else []
        same = 0
        while same < min(len(path), len(before)) and path[same] == before[same]:
            same += 1
        rows += [(depth + 1, path[depth], passage, 0) for depth in range(same, len(path))]
        if rows and path:
            depth, heading, first, marks = rows.pop()
            rows.append((depth, heading, first, marks + len(words)))
        before = path
    said = ""
    for depth, heading, first, marks in rows:
        section = said
        if last_heading(first.heading) == heading:
            section = labels.under(ui, first.section)
        yield Heading(
            depth=min(depth, DEEPEST),
            text=heading,
            section=section if section != said else "",
            page=ui.say("p. {n}", n=first.page),
            href=addresses.page(document.id, first.page, text, ui.kept),
            marks=_marks(marks, ui),
        )
        said = section


def _marks(number: int, ui: Interface) -> str:
    return ui.counted("{n} word found", "{n} words found", number) if number else ""


def page_links(
    document: Document,
    passages: tuple[Passage, ...],
    found: Sequence[tuple[str, ...]],
    text: str,
    ui: Interface,
) -> Iterator[PageLink]:
    """Yield every page, those that could not be read too."""
    marks: dict[int, int] = {}
    for passage, words in zip(passages, found, strict=True):
        marks[passage.page] = marks.get(passage.page, 0) + len(words)
    reasons = {unread.page: unread.reason for unread in document.coverage.unread}
    for number in range(1, last_page(document, passages) + 1):
        reason = reasons.get(number, "")
        lost = ui.say("could not be read: {reason}", reason=labels.unread(ui, reason))
        yield PageLink(
            number=number,
            href=addresses.page(document.id, number, text, ui.kept),
            said=lost if reason else _marks(marks.get(number, 0), ui),
            marked=bool(marks.get(number)),
            unread=bool(reason),
        )
