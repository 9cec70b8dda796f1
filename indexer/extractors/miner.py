"""Reads a page with pdfminer.six: every glyph and its place, and what else is drawn.

Words are found by `glyphs`, not by pdfminer's own layout analysis, which has no bounds on time and
takes Arabic apart. Slow, and hard to put off by a broken file.
"""

import math
from itertools import islice
from typing import BinaryIO

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix, apply_matrix_rect, decode_text

from indexer.cleaning import clean
from indexer.extractors.drawn import MOST_GLYPHS, MOST_PATHS, UNKNOWN, Drawn
from indexer.extractors.glyphs import BOLD, Glyph, words
from indexer.extractors.seen import EVERYWHERE, Box, is_seen, turned, within
from indexer.extractors.tracked import joined
from indexer.limits import OutOfTime
from indexer.readings import Unreadable

MOST_PAGES = 5_000


class Document:
    """An open file. Raises Unreadable where pdfminer cannot open it."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._document = PDFDocument(PDFParser(stream))
            self._pages = list(islice(PDFPage.create_pages(self._document), MOST_PAGES + 1))
        except PDFPasswordIncorrect:
            raise Unreadable("encrypted") from None
        except OutOfTime:
            raise Unreadable("timeout") from None
        except MemoryError:
            raise Unreadable("memory") from None
        except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken file
            raise Unreadable("malformed") from None
        self._resources = PDFResourceManager()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def page(self, number: int) -> Drawn | None:
        """Return a page, from 1; None where pdfminer has none. Raises Unreadable."""
        if number > len(self._pages):
            return None
        page = self._pages[number - 1]
        device = _Device(self._resources)
        try:
            PDFPageInterpreter(self._resources, device).process_page(page)
        except (Unreadable, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken page
            raise Unreadable("malformed") from None
        boxes = turned(device.visible)
        every = {turn: words(glyphs) for turn, glyphs in device.turned.items()}
        seen = {
            turn: joined([word for word in placed if is_seen(word, boxes[turn])])
            for turn, placed in every.items()
        }
        found = {turn: placed for turn, placed in seen.items() if placed}
        is_unseen = any(every.values()) and not found
        has_fonts = device.glyphs > 0 and not is_unseen
        shows = has_fonts or device.images > 0 or device.paths > MOST_PATHS
        return Drawn(found, shows, has_fonts)

    def property(self, name: str) -> str:
        """Return a text from the properties of the file; empty where there is none."""
        try:
            found = next((place[name] for place in self._document.info if name in place), b"")
            value = resolve1(found)
            return clean(decode_text(value)) if isinstance(value, bytes) else ""
        except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken file
            return ""


class _Device(PDFTextDevice):
    """Takes down the glyphs of a page, by the way they are turned, and what else it draws."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.turned: dict[int, list[Glyph]] = {}
        self.glyphs = 0
        self.paths = 0
        self.images = 0
        self.visible = EVERYWHERE
        self._bold: dict[int, bool] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Learn which part of the page is seen."""
        media, crop = (Box(*apply_matrix_rect(ctm, box)) for box in (page.mediabox, page.cropbox))
        self.visible = within(media, crop)

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
            text = UNKNOWN
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
            known = self._bold[id(font)] = bool(BOLD.search(str(font.fontname)))
        return known
