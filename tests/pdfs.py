"""Writes small PDF files for tests: lines of Helvetica where they are wanted, or scans of them."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.extractors.drawing import scan
from indexer.extractors.pdfium import Document
from indexer.frames import Drawing

SCANNED = 150
"""Pixels an inch of a scan."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `x` and `y` are points from the lower left corner of a page of A4."""

    text: str
    x: float = 72
    y: float = 720
    size: float = 11
    bold: bool = False


def lines(*texts: str, x: float = 72, y: float = 720, step: float = 14) -> tuple[Line, ...]:
    """Return lines of text below each other."""
    return tuple(Line(text, x, y - at * step) for at, text in enumerate(texts))


def pdf(
    *pages: Sequence[Line] | bytes, title: str = "", created: str = "", more: str = ""
) -> bytes:
    """Return a PDF; a page is its lines, or a content stream as it stands; `more` is what else
    stands in the dictionaries of the pages."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        b" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold"
        b" /Encoding /WinAnsiEncoding >> >>",
        f"<< /Title {_text(title)} /CreationDate {_text(created)} >>".encode("latin-1"),
    ]
    for at, page in enumerate(pages):
        stream = page if isinstance(page, bytes) else _stream(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R"
            f" /Resources << /Font 3 0 R >> {more} >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return written(objects)


def scanned(file: bytes, page: int = 1, turns: int = 0) -> bytes:
    """Return a PDF of one page: the picture of a page of another, turned clockwise by quarters."""
    drawn = scan(Document(file), page, SCANNED, turns)
    assert drawn is not None
    return pictured(drawn.drawing, drawn.scale)


def pictured(picture: Drawing, scale: float = 1.0) -> bytes:
    """Return a PDF of one page that shows a picture, so many pixels a point."""
    width, height, pixels = picture
    wide, high = width / scale, height / scale
    shown = b"q %f 0 0 %f 0 0 cm /I Do Q" % (wide, high)
    packed = zlib.compress(pixels)
    return written(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
            b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (width, height, len(packed), packed),
            b"<< >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Contents 6 0 R"
            b" /Resources << /XObject << /I 3 0 R >> >> >>" % (wide, high),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        )
    )


def written(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects: the first is the catalogue, the fourth the properties."""
    text = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return text + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
        + b"startxref\n%d\n%%%%EOF\n" % len(text)
    )


def _stream(page: Sequence[Line]) -> bytes:
    parts = [
        f"BT /{'F2' if line.bold else 'F1'} {line.size} Tf {line.x} {line.y} Td"
        f" {_text(line.text)} Tj ET"
        for line in page
    ]
    return "\n".join(parts).encode("cp1252")


def _text(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"
