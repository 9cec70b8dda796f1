"""The title of a United Nations document, which stands under a masthead larger than itself.

The masthead says who issues the document, its symbol, and in every language `Distr.`; the title is
the next smaller bold text, over the smaller bold line that says what kind of document it is.
"""

import re
from collections.abc import Sequence

from indexer.readings import Block

HIGHEST = 14
"""Blocks of a first page among which the masthead stands."""
SMALL, LARGE, LARGER = 11.0, 12.5, 16.0
"""Points of letters: of plain text below the first, of a title from the second up to the last, of
the masthead's organ beyond."""
SHORT, LONG = 60, 260
"""Characters up to which a title says little without the line under it, and of a title at most."""

_DISTRIBUTION = re.compile(r"\bDISTR\b", re.IGNORECASE)
_SYMBOL = re.compile(
    r"\b[A-Z]{1,6}(?:[/-][A-Z]{1,6})?(?:/[A-Z0-9][A-Za-z0-9.]{0,7}){1,5}(?<=[0-9])"
)
_NOT_A_TITLE = re.compile(r"[IVX]+\.\s|\d+\.\s|.{0,9}$")


def title(blocks: Sequence[Block]) -> str:
    """Return the title with the symbol of a document whose first page has these blocks; empty where
    it has no such masthead, or no title."""
    at = next((at for at, b in enumerate(blocks[:HIGHEST]) if _DISTRIBUTION.search(b.text)), None)
    if at is None:
        return ""
    bold = [block for block in blocks[1:] if block.bold and not _DISTRIBUTION.search(block.text)]
    large = [b for b in bold if LARGE <= b.size < LARGER and not _NOT_A_TITLE.match(b.text)]
    found = [*large, *sorted((b for b in bold if len(b.text) > SHORT), key=lambda b: -len(b.text))]
    if not found:
        return ""
    said = [found[0].text]
    under = bold[bold.index(found[0]) + 1 :][:1]
    if large and len(said[0]) < SHORT and under and under[0].size > SMALL:
        said.append(under[0].text)
    whole = ": ".join(text.rstrip("*") for text in said)[:LONG]
    symbol = _SYMBOL.search(" ".join(block.text for block in blocks[: at + 1]))
    return f"{whole} ({symbol[0]})" if symbol else whole
