"""What one reader finds on a page, before it is put in the order of reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.extractors.glyphs import Word
from indexer.extractors.quality import quality

MOST_GLYPHS = 200_000
"""On one page: a dense page of print has 10,000."""
MOST_PATHS = 20
"""A page without text that draws more lines than this shows something, perhaps outlined letters."""
UNKNOWN = "\ufffd"
"""Stands for a glyph that has no known letter."""


@dataclass(frozen=True)
class Drawn:
    """The words of a page by the quarter turns of their lines; whether anything is drawn that
    may show text, and whether fonts are there at all."""

    turned: Mapping[int, Sequence[Word]]
    shows: bool
    has_fonts: bool

    @cached_property
    def text(self) -> str:
        """All words, in no certain order."""
        return " ".join([word.text for words in self.turned.values() for word in words])

    @cached_property
    def quality(self) -> float:
        """How well the text reads, from 0 to 1."""
        return quality(self.text)
