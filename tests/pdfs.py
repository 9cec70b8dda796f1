"""Writes small PDF files for tests: lines of Helvetica where they are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass


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


def pdf(*pages: Sequence[Line] | bytes, title: str = "", created: str = "") -> bytes:
    """Return a PDF; a page is its lines, or a content stream as it stands."""
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
            " /Resources << /Font 3 0 R >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return written(objects)


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
