"""Reads PDF files page by page, with two readers. Refuses what asks for a password.

PDFium reads first. pdfminer.six reads the pages that PDFium reads badly, or in which it finds
nothing though something may be there; the better reading of a page is kept.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from engine import dates
from indexer.extractors import layout, masthead, miner, pdfium
from indexer.extractors.drawing import drawing
from indexer.extractors.drawn import UNKNOWN, Drawn
from indexer.extractors.quality import GOOD, READABLE, quality, worth
from indexer.extractors.shifted import unshifted
from indexer.frames import Drawing
from indexer.headline import first_headline, other_headline
from indexer.limits import OutOfTime, allow_cpu
from indexer.readings import About, Block, Outline, Page, Reason, Unreadable

MOST_PAGES = 5_000
CPU_SECONDS = 10
"""For a page and a reader; ordinary pages take a hundredth of a second."""
ENOUGH = 0.9
"""The second reading is kept from this share of the worth of the first, which had its faults."""
IN_VAIN = 3
"""Pages garbled in both readings, with none between that reads well, from which pdfminer.six is no
more asked for garbled ones: their font does not say which letters it has."""
RIGHT_TO_LEFT = 0.05
"""Share of right-to-left letters from which a page is read with pdfminer.six: PDFium turns the
letters of Arabic ligatures around."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"(?i)untitled|microsoft|document\d*$|powerpoint|^.{0,4}$|\?{3}|=\d|^pdf, job|^name: ?\d"
    r"|\.(docx?|xlsx?|pptx?|indd|pdf|rtf|od[tsp]|[sx]?html?|aspx?|php|txt|qxp|pmd|pub|eps)$"
    r"|^(https?|file|about):|^www\."
)


def read(stream: BinaryIO, first: int = 1, *, careful: bool = False) -> Iterator[About | Page]:
    """Yield what a file says about itself, then its pages; what cannot be read of it is a page
    with a reason.

    After a crash the rest can be read from the page `first`, which only the first page of all is
    preceded by an About, and `careful`, without PDFium. Raises Unreadable.
    """
    allow_cpu(CPU_SECONDS)
    readers = _Readers(stream, careful=careful)
    style = layout.Style()
    for number in range(first, readers.pages + 1):
        drawn = readers.page(number)
        page = Page(number, reason=drawn) if isinstance(drawn, str) else _set(number, drawn, style)
        if number == 1:
            yield _about(readers, page)
        yield page


def drawings(stream: BinaryIO, pages: Sequence[int]) -> Iterator[tuple[int, Drawing | None]]:
    """Yield pages as they look, None for those that cannot be drawn. Raises Unreadable."""
    document = drawable(stream)
    for number in pages:
        allow_cpu(CPU_SECONDS)
        try:
            drawn = drawing(document, number)
        except (OutOfTime, MemoryError):
            drawn = None
        yield number, drawn


def drawable(stream: BinaryIO) -> pdfium.Document:
    """Return a file as PDFium opens it. Raises Unreadable."""
    allow_cpu(CPU_SECONDS)
    return pdfium.Document(_source(stream))


def _source(stream: BinaryIO) -> str | bytes:
    """Return what PDFium opens: the path of an open file, else its content."""
    return stream.getvalue() if isinstance(stream, BytesIO) else f"/proc/self/fd/{stream.fileno()}"


class _Readers:
    """The two readers of one file; the second is opened when it is needed."""

    def __init__(self, stream: BinaryIO, *, careful: bool) -> None:
        self._stream = stream
        self._quick: pdfium.Document | None = None
        self._thorough: miner.Document | Unreadable | None = None
        self._in_vain = 0
        refused = None
        try:
            if not careful:
                self._quick = pdfium.Document(_source(stream))
        except Unreadable as error:
            refused = error
        self.pages = self._quick.pages if self._quick else 0
        if not self.pages:
            self._quick = None
            second = self._second()
            if isinstance(second, Unreadable):
                raise refused if refused and refused.reason == "encrypted" else second
            self.pages = second.pages
        if not self.pages:
            raise Unreadable("malformed")
        if self.pages > MOST_PAGES:
            raise Unreadable("too-large")

    def page(self, number: int) -> Drawn | Reason:
        """Return the better reading of a page, or why there is none."""
        first = _attempt(self._quick, number) if self._quick else "malformed"
        if isinstance(first, Drawn) and _is_garbled(first) and (plain := unshifted(first)):
            return plain
        is_vain = self._in_vain >= IN_VAIN and _is_garbled(first)
        if isinstance(first, Drawn) and (is_vain or _is_enough(first)):
            return first
        second = self._second()
        other = second.reason if isinstance(second, Unreadable) else _attempt(second, number)
        better = _better(first, other)
        if _is_garbled(better):
            self._in_vain += 1
        elif isinstance(better, Drawn) and better.turned:
            self._in_vain = 0
        return better

    def property(self, name: str) -> str:
        """Return a text from the properties of the file; empty where there is none."""
        if self._quick:
            return self._quick.property(name.encode())
        return self._thorough.property(name) if isinstance(self._thorough, miner.Document) else ""

    def outline(self) -> tuple[Outline, ...]:
        """Return the outline of the file, as PDFium finds it."""
        return self._quick.outline() if self._quick else ()

    def _second(self) -> miner.Document | Unreadable:
        if self._thorough is None:
            allow_cpu(CPU_SECONDS)
            try:
                self._thorough = miner.Document(self._stream)
            except Unreadable as error:
                self._thorough = error
        return self._thorough


def _attempt(reader: pdfium.Document | miner.Document, number: int) -> Drawn | Reason:
    allow_cpu(CPU_SECONDS)
    try:
        return reader.page(number) or "malformed"
    except Unreadable as error:
        return error.reason
    except OutOfTime:
        return "timeout"
    except MemoryError:
        return "memory"


def _is_enough(drawn: Drawn) -> bool:
    """Tell whether a reading needs no second one: its text reads well, or there is a picture."""
    text = drawn.text
    if not text:
        return drawn.shows and not drawn.has_fonts
    if not text.isascii() and len(_RIGHT_TO_LEFT.findall(text)) > RIGHT_TO_LEFT * len(text):
        return False
    return drawn.quality >= GOOD


def _is_garbled(drawn: Drawn | Reason) -> bool:
    return isinstance(drawn, Drawn) and bool(drawn.turned) and drawn.quality < READABLE


def _better(first: Drawn | Reason, second: Drawn | Reason) -> Drawn | Reason:
    """Return the reading that is worth more, the second where they are about the same."""
    if isinstance(first, str):
        return second
    if isinstance(second, str):
        return first
    if not second.turned:
        return first if first.turned or first.shows else second
    return second if worth(second.text) >= ENOUGH * worth(first.text) else first


def _set(number: int, drawn: Drawn, style: layout.Style) -> Page:
    """Return a page with its text in blocks, or the reason why that took too much."""
    allow_cpu(CPU_SECONDS)
    try:
        return _page(number, drawn, style)
    except OutOfTime:
        return Page(number, reason="timeout")
    except MemoryError:
        return Page(number, reason="memory")


def _page(number: int, drawn: Drawn, style: layout.Style) -> Page:
    if not drawn.turned:
        return Page(number, reason="empty-text" if drawn.shows else "")
    if _is_garbled(drawn):
        return Page(number, reason="garbled")
    found: list[Block] = []
    for turn in sorted(drawn.turned, key=lambda turn: -len(drawn.turned[turn])):
        known = [word for word in drawn.turned[turn] if UNKNOWN not in word.text]
        found.extend(layout.blocks(known, style))
    return Page(number, tuple(found), "" if found else "empty-text")


def _about(readers: _Readers, page: Page) -> About:
    """Return what the first page says under a masthead, else what the file's own properties say
    if the page does not show another title, else the title that it shows."""
    title = masthead.title(page.blocks) or readers.property("Title")
    is_title = not _NO_TITLE.search(title) and quality(title) >= READABLE
    title = other_headline(title, page) or title if is_title else first_headline([page])
    found = _DATE.match(readers.property("CreationDate"))
    written = ""
    if found:
        try:
            written = dates.normal("-".join(part for part in found.groups() if part))
        except ValueError:
            written = found[1]
    return About(readers.pages, title, written, outline=readers.outline())
