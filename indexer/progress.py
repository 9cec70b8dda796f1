"""Shows how far reading, recognising and encoding have come: a bar on a terminal, else a line for
each file, and each page that is recognised."""

import threading
from typing import TextIO

from engine.printable import printable

WIDTH = 24
NAME = 40


class Progress:
    """The progress of one run, written to a stream. Safe to use from many threads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._lock = threading.Lock()
        self._files = self._done = self._pages = 0
        self._counted = "page"

    def start(self, files: int) -> None:
        """Hear how many files there are to read."""
        self._files = files

    def page(self, name: str, pages: int, of: int) -> None:
        """Hear that a page was read."""
        with self._lock:
            self._pages += 1
            if self._is_terminal:
                self._draw(f"{printable(name[-NAME:])} {pages}/{of}")

    def file(self, name: str, pages: int, reason: str) -> None:
        """Hear that a file is done."""
        with self._lock:
            self._done += 1
            if self._is_terminal:
                self._draw(printable(name[-NAME:]))
            else:
                told = f" ({reason})" if reason else ""
                print(
                    f"{self._done}/{self._files} {printable(name)}: {self._count(pages)}{told}",
                    file=self._stream,
                    flush=True,
                )

    def start_recognising(self, pages: int) -> None:
        """Hear how many pages there are to recognise as pictures."""
        self._files, self._done = pages, 0

    def recognised(self, name: str, page: int, reason: str) -> None:
        """Hear that a page was recognised, or why it was not."""
        self._done += 1
        done = f"{self._done}/{self._files} pages recognised"
        if self._is_terminal:
            self._bar(done, f"{printable(name[-NAME:])} {page}")
        else:
            told = f" ({reason})" if reason else ""
            print(f"{done}: {printable(name)}, page {page}{told}", file=self._stream, flush=True)

    def start_drawing(self, files: int) -> None:
        """Hear how many files there are whose pages are to be drawn."""
        self._files, self._done, self._pages = files, 0, 0
        self._counted = "image"

    def drawn(self, name: str, pages: int) -> None:
        """Hear that the pages of a file are drawn."""
        self._pages += pages
        self.file(name, pages, "")

    def start_encoding(self, documents: int) -> None:
        """Hear how many documents there are whose passages may have to be encoded."""
        self._files, self._done, self._pages = documents, 0, 0
        self._counted = "passage"

    def document(self) -> None:
        """Hear that the passages of a document are encoded, or wait for others to go with."""
        self._done += 1

    def encoded(self, passages: int) -> None:
        """Hear that some passages were encoded."""
        self._pages += passages
        if self._is_terminal:
            self._draw("encoded")
        else:
            done = f"{self._done}/{self._files} files"
            print(f"{done}: {self._count(self._pages)} encoded", file=self._stream, flush=True)

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._is_terminal and self._files:
            self._stream.write("\r\033[K")
            self._stream.flush()

    def _draw(self, now: str) -> None:
        self._bar(f"{self._done}/{self._files} files, {self._count(self._pages)}", now)

    def _bar(self, done: str, now: str) -> None:
        full = WIDTH * self._done // max(1, self._files)
        bar = "#" * full + "." * (WIDTH - full)
        self._stream.write(f"\r\033[K[{bar}] {done}  {now}")
        self._stream.flush()

    def _count(self, count: int) -> str:
        return f"{count} {self._counted}" + ("" if count == 1 else "s")
