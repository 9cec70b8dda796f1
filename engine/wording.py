"""What an index says in its own words: what help with queries is made of.

Batches glean it while they write. It is kept with the generation as one piece of bytes, and only
read when somebody needs help.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from engine.documents import Document, Passage
from engine.spelling import Spelling
from engine.suggesting import Completions, Said

LONGEST_WORD = 40
"""Characters of the words that are kept: longer ones are noise."""
SHORTEST_WORD = 3


@dataclass(slots=True)
class _Kept:
    words: dict[str, int] = field(default_factory=dict)
    documents: dict[str, Said] = field(default_factory=dict)


_decoder = msgspec.json.Decoder(_Kept)


class Gleaning:
    """The wording of an index while it is written, from that of the generation before.

    The documents are exactly those of the index. How often a word stands in them is only
    ever added up, until the next build: a word of removed documents stays.
    """

    def __init__(self, before: bytes = b"") -> None:
        kept = _decoder.decode(before) if before else _Kept()
        self._words = kept.words
        self._documents = kept.documents

    def add(self, document: Document, passages: Iterable[Passage]) -> None:
        """Take in what a document is known by, in place of the one with the same id."""
        headings = dict.fromkeys(passage.heading for passage in passages if passage.heading)
        said = Said(
            _plain(document.title),
            tuple(map(_plain, headings)),
            tuple(map(_plain, (*document.cities, *document.countries))),
        )
        self._documents[_plain(document.id)] = said

    def remove(self, document_id: str) -> None:
        """Take a document out; unknown ids are no error."""
        self._documents.pop(_plain(document_id), None)

    def count(self, counts: Mapping[str, int]) -> None:
        """Add how often tokens stand in the texts that are written."""
        words = self._words
        for token, count in counts.items():
            word = token.lower()
            if not word.isalpha():
                word = word.replace("’", "'").removesuffix("'s")
            if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
                words[word] = words.get(word, 0) + count

    def encoded(self) -> bytes:
        """Return the wording as it is kept."""
        return msgspec.json.encode(_Kept(self._words, self._documents))


class Wording:
    """The wording of one generation. Each kind of help is made when it is first asked for, which
    takes a moment for a large index, and stays."""

    def __init__(self, content: bytes | memoryview = b"") -> None:
        self._content = content

    @cached_property
    def spelling(self) -> Spelling:
        """How the words of the index are written."""
        return Spelling(self._kept().words)

    @cached_property
    def completions(self) -> Completions:
        """What a query may go on to."""
        return Completions(self._kept().documents.values())

    def _kept(self) -> _Kept:
        return _decoder.decode(self._content) if len(self._content) else _Kept()


def _plain(text: str) -> str:
    """Return a text without what UTF-8 has no form for."""
    return text.encode("utf-8", "replace").decode()
