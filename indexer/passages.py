"""Blocks of pages to passages: each on one page, under one heading, short enough to quote.

Nothing is lost: every word of every block stands in the text or the heading of a passage.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.documents import UNDER, Passage, Section
from indexer.headings import Headed, headed
from indexer.readings import Block, Outline, Page
from indexer.sections import ends_section, section_of

ENOUGH = 120
"""Words from which a passage ends with its paragraph."""
MOST = 180
"""Words of a passage; a Han character counts as half a word."""
CARRIED = 5
"""Pages after the last heading on which it still stands over what follows."""
LONGEST_HEADING = 240
"""Characters of a path of headings, and of a heading; a longer one is text."""
NEAREST = 3
"""Headings of a path."""

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE = re.compile(r"(?<=[.!?؟])(?=\s)|(?<=[。！？；])|(?<=[;:])(?=\s)")


def passages(pages: Sequence[Page], outline: Sequence[Outline] = ()) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order."""
    found: list[Passage] = []
    marked = headed(pages, outline)
    reader = _Reader(_title_level(marked))
    for page in marked:
        for heading, section, texts in reader.read(page):
            found.extend(
                Passage(page.page.number, text, heading, section) for text in _packed(texts)
            )
    return tuple(found)


def _title_level(marked: Sequence[Headed]) -> int:
    """Return the level of the title of the document: the highest, if only lines of the first page
    with headings that follow each other have it; else 0."""
    pages = [[level for level in page.levels if level] for page in marked if any(page.levels)]
    found = [level for levels in pages for level in levels]
    top = min(found, default=0)
    places = [at for at, level in enumerate(found) if level == top]
    is_together = bool(places) and places[-1] - places[0] == len(places) - 1
    is_first = bool(places) and places[-1] < len(pages[0])
    return top if is_together and is_first and len(places) < len(found) else 0


@dataclass(slots=True)
class _Above:
    """A heading above the text that is read, and whether a passage of this page has it."""

    level: int
    text: str
    is_said: bool = False


_Group = tuple[str, Section, list[str]]
"""A path of headings, the section it opens, and the paragraphs under it."""


@dataclass(slots=True)
class _Reader:
    """Reads one page after the other, and knows the headings above."""

    title: int
    _above: list[_Above] = field(default_factory=list)
    _since: int = 0

    def read(self, page: Headed) -> Iterator[_Group]:
        """Yield the paragraphs of a page by the headings above them; headings without anything
        under them are text."""
        number = page.page.number
        if page.is_contents or number - self._since > CARRIED:
            self._above.clear()
        texts: list[str] = []
        for block, level in zip(page.page.blocks, page.levels, strict=True):
            if not level or len(block.text) > LONGEST_HEADING:
                texts.append(block.text)
                continue
            if texts:
                yield from self._group(texts, page)
                texts = []
            yield from self._enter(level, block, page)
            self._since = number
        yield from self._group(texts, page)
        for heading in self._above:
            heading.is_said = True
        if page.is_contents:
            self._above.clear()

    def _enter(self, level: int, block: Block, page: Headed) -> Iterator[_Group]:
        """Put a heading below those that stand above it; two in a row stand together, which in
        print may be one in two lines."""
        while self._above and self._above[-1].level >= level:
            last = self._above[-1]
            whole = f"{last.text}{' · ' if block.level else ' '}{block.text}"
            if last.level == level and not last.is_said and len(whole) <= LONGEST_HEADING:
                last.text = whole
                return
            yield from self._unsaid(page, self._above[-1:])
            self._above.pop()
        self._above.append(_Above(level, block.text))

    def _group(self, texts: list[str], page: Headed) -> Iterator[_Group]:
        """Yield the paragraphs under the path, after the headings that are left out of it."""
        path = self._path()
        yield from self._unsaid(page, self._above if not texts else self._above[: -len(path)])
        if not texts:
            return
        for heading in path:
            heading.is_said = True
        yield UNDER.join(heading.text for heading in path), self._section(page), texts

    def _unsaid(self, page: Headed, headings: Sequence[_Above]) -> Iterator[_Group]:
        """Yield the headings that no passage of their page has, as text under themselves."""
        silent = [heading for heading in headings if not heading.is_said]
        for heading in silent:
            heading.is_said = True
        if silent:
            texts = [heading.text for heading in silent]
            yield silent[-1].text, self._section(page), texts

    def _path(self) -> list[_Above]:
        """Return the nearest headings, as many as are read at a glance; the title of the document
        only where nothing else stands above."""
        path: list[_Above] = []
        for heading in reversed(self._above):
            length = len(UNDER.join(above.text for above in [*path, heading]))
            if len(path) == NEAREST or length > LONGEST_HEADING:
                break
            if path and heading.level == self.title:
                break
            path.insert(0, heading)
        return path

    def _section(self, page: Headed) -> Section:
        """Return the section of the nearest heading that names one; a page of contents has none,
        nor has an annex, and what the title of a document names is not what all its parts are."""
        if page.is_contents:
            return "other"
        for heading in reversed(self._above):
            if heading.level == self.title and heading is not self._above[-1]:
                break
            section = section_of(heading.text)
            if section != "other" or ends_section(heading.text):
                return section
        return "other"


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
