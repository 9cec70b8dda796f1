"""Blocks of pages to passages: each on one page, under one heading, short enough to quote.

Nothing is lost: every word of every block stands in the text or the heading of a passage.
"""

import re
from collections.abc import Iterator, Sequence

from engine.documents import Passage
from indexer.readings import Block, Page
from indexer.sections import section_of

ENOUGH = 120
"""Words from which a passage ends with its paragraph."""
MOST = 180
"""Words of a passage; a Han character counts as half a word."""
CARRIED = 5
"""Pages after its own on which a heading still stands over what follows."""
LONGEST_HEADING = 200

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE = re.compile(r"(?<=[.!?؟])(?=\s)|(?<=[。！？；])|(?<=[;:])(?=\s)")


def passages(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order."""
    found: list[Passage] = []
    heading, since = "", 0
    for page in pages:
        if page.number - since > CARRIED:
            heading = ""
        for group, texts in _groups(page.blocks, heading):
            if group != heading:
                heading, since = group, page.number
            found.extend(
                Passage(page.number, text, group, section_of(group)) for text in _packed(texts)
            )
    return tuple(found)


def _groups(blocks: Sequence[Block], heading: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs of a page by their heading.

    Headings that follow each other become one; those with nothing under them are text.
    """
    texts: list[str] = []
    fresh: list[str] = []
    for block in blocks:
        if not block.heading:
            texts.append(block.text)
            continue
        if texts:
            yield heading, texts
            texts, fresh = [], []
        if sum(map(len, fresh)) + len(block.text) > LONGEST_HEADING and fresh:
            yield heading, fresh
            fresh = []
        fresh.append(block.text)
        heading = " · ".join(fresh)
    if texts or fresh:
        yield heading, texts or fresh


def _packed(texts: Sequence[str]) -> Iterator[str]:
    """Yield the text of passages: whole paragraphs as far as they fit, else whole sentences."""
    taken: list[str] = []
    size = 0.0
    for text in texts:
        for part in _parts(text):
            length = _length(part)
            if taken and (size + length > MOST or size >= ENOUGH):
                yield "\n".join(taken)
                taken, size = [], 0.0
            taken.append(part)
            size += length
    if taken:
        yield "\n".join(taken)


def _parts(text: str) -> Iterator[str]:
    """Yield a paragraph whole, or in runs of sentences, none longer than a passage may be."""
    if _length(text) <= MOST:
        yield text
        return
    taken, size = "", 0.0
    for sentence in _sentences(text):
        length = _length(sentence)
        if taken and size + length > MOST:
            yield taken.strip()
            taken, size = "", 0.0
        taken += sentence
        size += length
    if taken.strip():
        yield taken.strip()


def _sentences(text: str) -> Iterator[str]:
    """Yield sentences with the space before them; one that is too long falls into pieces."""
    for sentence in _SENTENCE.split(text):
        if _length(sentence) <= MOST:
            yield sentence
            continue
        for piece in re.findall(r"\s*\S+", sentence):
            yield from (piece[at : at + 2 * MOST] for at in range(0, len(piece), 2 * MOST))


def _length(text: str) -> float:
    return len(text.split()) + len(_HAN.findall(text)) / 2
