"""Text with the query's words marked, as pieces without any markup."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.analysis import analyzer, fold
from engine.asking import MANNERS
from engine.wanted import Wanted

SNIPPET = 280
"""Characters of a snippet, about three lines."""


class Piece(NamedTuple):
    """A piece of text, and whether the query's words stand in it."""

    text: str
    match: bool = False


def mark(text: str, language: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Return a whole text with the words of the query marked."""
    return _joined(_pieces(text, _matches(text, language, wanted), 0, len(text)))


def cut(text: str, language: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Return the part of a text where most of the query's words stand close together, marked.

    It begins and ends between words; an ellipsis stands where text was left out.
    """
    matches = _matches(text, language, wanted)
    start, end = _window(text, matches)
    pieces = _pieces(text, matches, start, end)
    before = [Piece("… ")] if text[:start].strip() else []
    after = [Piece(" …")] if text[end:].strip() else []
    return _joined([*before, *pieces, *after])


Span = tuple[int, int, str]

_BETWEEN = " \n\u00a0'’-"
"""What may part words that stand next to each other."""


def _matches(text: str, language: str, wanted: Wanted) -> list[Span]:
    """Return start, end and term of the words of the text that the query looks for."""
    terms = {term for slot in wanted.slots() for term in slot.terms}
    prefixes = tuple(slot.prefix for slot in wanted.slots() if slot.prefix)

    def is_wanted(term: str) -> bool:
        return term in terms or (bool(prefixes) and term.startswith(prefixes))

    single = any(len(term) == 1 for term in terms)
    initials = "".join({term[:1] for term in (*terms, *prefixes)})
    found = analyzer(language).find(text, is_wanted, initials, single=single)
    return _telling(text, language, [(token.start, token.end, token.term) for token in found])


def _telling(text: str, language: str, matches: list[Span]) -> list[Span]:
    """Return matches without words such as “of the” that stand alone; next to another match they
    stay, and where there is nothing else."""
    joints = MANNERS[language].spare if language in MANNERS else frozenset()
    kept = [fold(text[start:end]) not in joints for start, end, _ in matches]
    if all(kept) or not any(kept):
        return matches
    places = range(1, len(matches))
    for first, second in [*((at - 1, at) for at in places), *((at, at - 1) for at in places[::-1])]:
        one, other = sorted((first, second))
        touches = not text[matches[one][1] : matches[other][0]].strip(_BETWEEN)
        kept[second] = kept[second] or (kept[first] and touches)
    return [match for match, is_kept in zip(matches, kept, strict=True) if is_kept]


def _window(text: str, matches: list[Span]) -> tuple[int, int]:
    """Return the stretch of at most SNIPPET characters with the most different terms, then the
    most matches, then the earliest."""
    if len(text) <= SNIPPET:
        return 0, len(text)
    best = (0, 0, 0)
    start = 0
    shown = (len(text), 0)
    last = 0
    for first, (begin, _, _) in enumerate(matches):
        last = max(last, first)
        while last < len(matches) and matches[last][1] - begin <= SNIPPET:
            last += 1
        inside = matches[first:last]
        value = (len({term for _, _, term in inside}), len(inside), -first)
        if value > best:
            best = value
            shown = begin, inside[-1][1]
            start = max(0, min(sum(shown) // 2 - SNIPPET // 2, begin))
    start = min(start, len(text) - SNIPPET)
    return _between_words(text, start, start + SNIPPET, shown)


def _between_words(text: str, start: int, end: int, shown: tuple[int, int]) -> tuple[int, int]:
    """Move both ends inwards to white space, if there is some near that leaves the matches from
    `shown[0]` to `shown[1]` inside; Han has none."""
    if start > 0:
        space = text.find(" ", start - 1, min(start + 40, shown[0]))
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(end - 40, shown[1]), end + 1)
        end = space if space >= 0 else end
    return start, end


def _pieces(text: str, matches: list[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for begin, stop, _ in matches:
        if stop <= at or begin < start or stop > end:
            continue
        begin = max(begin, at)
        if begin > at:
            yield Piece(text[at:begin])
        yield Piece(text[begin:stop], match=True)
        at = stop
    if at < end:
        yield Piece(text[at:end])


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].match == piece.match:
            piece = Piece(joined.pop().text + piece.text, piece.match)
        joined.append(piece)
    return tuple(joined)
