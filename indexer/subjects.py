"""Decides which of the names that stand in a document it is about.

A name stands for a subject when the title or the summary has it, or when it stands `OFTEN` times
or more, in at least `SHARE` of the passages: so a country in a long list does not make one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

OFTEN = 3
SHARE = 0.1


class Occurrence(NamedTuple):
    """A value that a text names: text `text` of those of a document."""

    text: int
    value: str


def subjects(texts: int, heads: int, found: Iterable[Occurrence]) -> tuple[str, ...]:
    """Return the values that a document of so many texts is about: those of its `heads` first
    texts (title and summary) first, then those in most of the others (passages)."""
    first: dict[str, None] = {}
    passages = defaultdict[str, set[int]](set)
    times = Counter[str]()
    for text, value in found:
        if text < heads:
            first[value] = None
        else:
            passages[value].add(text)
            times[value] += 1
    enough = SHARE * (texts - heads)
    often = [
        value for value, where in passages.items() if times[value] >= OFTEN and len(where) >= enough
    ]
    often.sort(key=lambda value: -len(passages[value]))
    return tuple(dict.fromkeys((*first, *often)))
