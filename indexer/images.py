"""Images of pages, kept beside the extraction store in a folder for each file's content.

An image is a PNG of 16 grey levels, 38 KB for a page of a real report. The parent makes it of
bare grey levels, so what is served is sound whatever was in the file. An empty file stands for a
page that cannot be drawn, so that it is not tried again; a run that was broken off goes on where
it was.
"""

import os
import struct
import zlib
from pathlib import Path

import numpy as np

from indexer.frames import Drawing

MOST_PAGES = 1_000
"""Pages of a file that are drawn, the first ones."""
LEVEL = 6
"""Of compression: level 9 takes six times as long and saves a twentieth."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _BITS = 0, 4


class Images:
    """A folder of images. Methods may raise OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def folder(self, content: str) -> Path:
        """Return where the images of a file lie, each named by its page: `14.png`."""
        return self._root / content

    def missing(self, content: str, pages: int) -> tuple[int, ...]:
        """Return the pages of a file that were never drawn."""
        folder = self.folder(content)
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        wanted = range(1, min(pages, MOST_PAGES) + 1)
        return tuple(number for number in wanted if _name(number) not in there)

    def keep(self, content: str, number: int, drawing: Drawing | None) -> None:
        """Keep a page as it looks, or that it cannot be drawn."""
        folder = self.folder(content)
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f".{number}.{os.getpid()}"
        written.write_bytes(png(drawing) if drawing else b"")
        written.replace(folder / _name(number))


def png(drawing: Drawing) -> bytes:
    """Return a drawing as a PNG of 16 grey levels (W3C PNG, third edition)."""
    width, height, pixels = drawing
    levels = np.frombuffer(pixels, np.uint8).reshape(height, width)
    if width % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    # Each row begins with the number of its filter: none.
    rows = np.zeros((height, 1 + levels.shape[1] // 2), np.uint8)
    rows[:, 1:] = levels[:, ::2] & 0xF0 | levels[:, 1::2] >> 4
    head = struct.pack(">IIBBBBB", width, height, _BITS, _GREY, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), LEVEL)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _name(number: int) -> str:
    return f"{number}.png"
