"""Reads PDF files page by page with pdfminer.six. Refuses what asks for a password.

Words, columns and headings are found by `layout`, not by pdfminer's own layout analysis, which
has no bounds on time and takes Arabic apart.
"""

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix, decode_text

from engine import dates
from indexer.cleaning import clean
from indexer.extractors import layout
from indexer.extractors.glyphs import Glyph
from indexer.limits import OutOfTime, allow_cpu
from indexer.readings import About, Block, Page, Unreadable

MOST_PAGES = 5_000
MOST_GLYPHS = 200_000
"""On one page: a dense page of print has 10,000."""
MOST_PATHS = 20
"""A page without text that draws more lines than this shows something, perhaps outlined letters."""
GARBLED = 0.3
"""Share of glyphs without a letter from which a page counts as garbled."""
GARBLED_WORDS = 0.25
"""Signs inside words, for each word, from which a page counts as garbled."""
CPU_SECONDS = 10
"""For a page; ordinary ones take a tenth of a second."""

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"(?i)untitled|microsoft|document\d*$|powerpoint|\.(docx?|xlsx?|pptx?|indd|pdf|rtf|odt)$|^.{0,4}$"
    r"|\?{3}|=\d|^pdf, job|^name: ?\d"
)
_SIGN_INSIDE = re.compile(r"(?<=[^\s])[!\"#$%&*+;<=>?@\[\\\]^_{|}~](?=[^\s])")
_UNKNOWN = "\ufffd"


def read(stream: BinaryIO) -> Iterator[About | Page]:
    """Yield what the file says about itself, then its pages; what cannot be read of it is a page
    with a reason. Raises Unreadable."""
    allow_cpu(CPU_SECONDS)
    document, pages = _opened(stream)
    reader = _Reader()
    for number, page in enumerate(pages, 1):
        allow_cpu(CPU_SECONDS)
        read_page = reader.page(number, page)
        if number == 1:
            yield _about(document, len(pages), reader.title)
        yield read_page


class _Device(PDFTextDevice):
    """Takes down the glyphs of a page, by the way they are turned, and what else it draws."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.turned: dict[int, list[Glyph]] = {}
        self.glyphs = 0
        self.unknown = 0
        self.paths = 0
        self.images = 0
        self._bold: dict[int, bool] = {}

    def paint_path(self, *_: object, **__: object) -> None:
        """Count a line or area that is drawn."""
        self.paths += 1

    def render_image(self, *_: object, **__: object) -> None:
        """Count an image that is drawn."""
        self.images += 1

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        *_: object,
        **__: object,
    ) -> float:
        """Take down a glyph, and return how far it moves the next one."""
        self.glyphs += 1
        if self.glyphs > MOST_GLYPHS:
            raise Unreadable("too-large")
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _UNKNOWN
        if text == _UNKNOWN or "\ue000" <= text <= "\uf8ff":
            self.unknown += 1
        turn, glyph = self._placed(text, matrix, font, fontsize, advance, rise)
        if all(map(math.isfinite, (glyph.x0, glyph.x1, glyph.y, glyph.size))) and glyph.size > 0:
            self.turned.setdefault(turn, []).append(glyph)
        return advance

    def _placed(
        self,
        text: str,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        advance: float,
        rise: float,
    ) -> tuple[int, Glyph]:
        """Return how the glyph's line is turned, and the glyph on the page turned back."""
        a, b, c, d, e, f = matrix
        x, y = e + c * rise, f + d * rise
        size = abs(fontsize) * math.hypot(c, d)
        bold = self._is_bold(font)
        if font.is_vertical():
            length = abs(fontsize) * math.hypot(a, b)
            return 3, Glyph(text, -y, -y + length, x, size, bold)
        along_x, along_y = a * advance, b * advance
        if abs(b) <= abs(a):
            if a < 0 and d < 0:
                x, y, along_x = -x, -y, -along_x
            turn = 2 if a < 0 and d < 0 else 0
            return turn, Glyph(text, min(x, x + along_x), max(x, x + along_x), y, size, bold)
        if b > 0:
            return 1, Glyph(text, y, y + along_y, -x, size, bold)
        return 3, Glyph(text, -y, -y - along_y, x, size, bold)

    def _is_bold(self, font: PDFFont) -> bool:
        known = self._bold.get(id(font))
        if known is None:
            known = self._bold[id(font)] = bool(_BOLD.search(str(font.fontname)))
        return known


class _Reader:
    """Reads pages one after another, keeping their fonts and the style of the document."""

    def __init__(self) -> None:
        self._resources = PDFResourceManager()
        self._style = layout.Style()
        self.title = ""

    def page(self, number: int, page: PDFPage) -> Page:
        """Return a page, with the reason where it cannot be read."""
        device = _Device(self._resources)
        try:
            PDFPageInterpreter(self._resources, device).process_page(page)
            return self._page(number, page, device)
        except Unreadable as error:
            return Page(number, reason=error.reason)
        except OutOfTime:
            return Page(number, reason="timeout")
        except MemoryError:
            return Page(number, reason="memory")
        except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken page
            return Page(number, reason="malformed")

    def _page(self, number: int, page: PDFPage, device: _Device) -> Page:
        visible = sum(not g.text.isspace() for found in device.turned.values() for g in found)
        if not visible:
            draws = device.images or device.paths > MOST_PATHS or device.glyphs
            shows = draws or bool(resolve1(page.resources.get("Font")))
            return Page(number, reason="empty-text" if shows else "")
        if device.unknown > GARBLED * visible:
            return Page(number, reason="garbled")
        found: list[Block] = []
        for turn in sorted(device.turned, key=lambda turn: -len(device.turned[turn])):
            known = [glyph for glyph in device.turned[turn] if glyph.text != _UNKNOWN]
            found.extend(layout.blocks(known, self._style))
            if number == 1 and not self.title:
                self.title = layout.largest(known)
        return Page(number, reason="garbled") if _is_garbled(found) else Page(number, tuple(found))


def _is_garbled(found: list[Block]) -> bool:
    """Tell text whose letters were mapped to signs: they stand inside of many words."""
    text = " ".join(block.text for block in found)
    return len(_SIGN_INSIDE.findall(text)) > GARBLED_WORDS * max(20, len(text.split()))


def _opened(stream: BinaryIO) -> tuple[PDFDocument, list[PDFPage]]:
    try:
        document = PDFDocument(PDFParser(stream))
        pages = list(islice(PDFPage.create_pages(document), MOST_PAGES + 1))
    except PDFPasswordIncorrect:
        raise Unreadable("encrypted") from None
    except OutOfTime:
        raise Unreadable("timeout") from None
    except MemoryError:
        raise Unreadable("memory") from None
    except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken file
        raise Unreadable("malformed") from None
    if not pages:
        raise Unreadable("malformed")
    if len(pages) > MOST_PAGES:
        raise Unreadable("too-large")
    return document, pages


def _about(document: PDFDocument, pages: int, largest: str) -> About:
    """Return what the file's own properties say, else the largest text of its first page."""
    title = _property(document, "Title")
    if _NO_TITLE.search(title):
        title = largest[:200] if len(largest) < 300 else ""
    found = _DATE.match(_property(document, "CreationDate"))
    written = ""
    if found:
        try:
            written = dates.normal("-".join(part for part in found.groups() if part))
        except ValueError:
            written = found[1]
    return About(pages, title, written)


def _property(document: PDFDocument, name: str) -> str:
    """Return a text from the properties of the file; empty where it is none."""
    try:
        found = next((place[name] for place in document.info if name in place), b"")
        value = resolve1(found)
        return clean(decode_text(value)) if isinstance(value, bytes) else ""
    except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken file
        return ""
