"""Where the words of a query stand in a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import snippets
from engine.documents import UNDER, Document, Passage
from engine.snippets import Piece
from engine.wanted import Wanted
from search_service import addresses, labels
from search_service.cards import last_heading
from search_service.interface import Interface

MOST_MATCHES = 5
"""Matching passages that are shown on a document's page; the contents count all of them."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that matches: where it stands, and its snippet."""

    href: str
    page: str
    under: str
    lang: str
    dir: str
    snippet: tuple[Piece, ...]


def words_in(passage: Passage, language: str, wanted: Wanted) -> tuple[str, ...]:
    """Return the words of the query as they stand in a passage and the headings over it."""
    if not wanted.groups:
        return ()
    language = passage.language or language
    texts = (passage.heading, passage.text)
    pieces = (piece for text in texts for piece in snippets.mark(text, language, wanted))
    return tuple(piece.text for piece in pieces if piece.match)


def heading(passage: Passage, language: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Return the heading of a passage with the words of the query marked, and those above it only
    where the words stand in them."""
    above = passage.heading.rpartition(UNDER)[0]
    is_above = any(piece.match for piece in snippets.mark(above, language, wanted))
    shown = passage.heading if is_above else last_heading(passage.heading)
    return snippets.mark(shown, language, wanted)


def marked_pages(passages: tuple[Passage, ...], language: str, wanted: Wanted) -> tuple[int, ...]:
    """Return the pages that the query's words stand on, ascending."""
    found = {p.page for p in passages if words_in(p, language, wanted)}
    return tuple(sorted(found))


def matches(
    document: Document,
    passages: tuple[Passage, ...],
    found: Sequence[tuple[str, ...]],
    wanted: Wanted,
    text: str,
    ui: Interface,
) -> tuple[Match, ...]:
    """Return the passages with most different words of the query, in reading order."""
    numbers = [number for number, words in enumerate(found) if words]
    numbers.sort(key=lambda at: (-len({w.casefold() for w in found[at]}), -len(found[at]), at))
    shown = [passages[number] for number in sorted(numbers[:MOST_MATCHES])]
    found_in = []
    for passage in shown:
        language = passage.language or document.language
        found_in.append(
            Match(
                href=addresses.page(document.id, passage.page, text, ui.kept),
                page=ui.say("p. {n}", n=passage.page),
                under=last_heading(passage.heading) or labels.under(ui, passage.section),
                lang=language,
                dir=labels.direction(language),
                snippet=snippets.cut(passage.text, language, wanted),
            )
        )
    return tuple(found_in)


def more(found: Sequence[tuple[str, ...]], ui: Interface) -> str:
    """Return in words how many passages match besides those that are shown."""
    rest = sum(bool(words) for words in found) - MOST_MATCHES
    return ui.counted("+ {n} more passage", "+ {n} more passages", rest) if rest > 0 else ""
