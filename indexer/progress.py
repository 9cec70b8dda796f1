"""Shows how far reading has come: a bar on a terminal, a line for each file elsewhere."""

import threading
from typing import TextIO

WIDTH = 24
NAME = 40


class Progress:
    """The progress of one run, written to a stream. Safe to use from many threads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._lock = threading.Lock()
        self._files = self._done = self._pages = 0

    def start(self, files: int) -> None:
        """Hear how many files there are to read."""
        self._files = files

    def page(self, name: str, pages: int, of: int) -> None:
        """Hear that a page was read."""
        with self._lock:
            self._pages += 1
            if self._is_terminal:
                self._draw(f"{name[-NAME:]} {pages}/{of}")

    def file(self, name: str, pages: int, reason: str) -> None:
        """Hear that a file is done."""
        with self._lock:
            self._done += 1
            if self._is_terminal:
                self._draw(name[-NAME:])
            else:
                told = f" ({reason})" if reason else ""
                print(
                    f"{self._done}/{self._files} {name}: {_pages(pages)}{told}",
                    file=self._stream,
                    flush=True,
                )

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._is_terminal and self._files:
            self._stream.write("\r\033[K")
            self._stream.flush()

    def _draw(self, now: str) -> None:
        full = WIDTH * self._done // max(1, self._files)
        bar = "#" * full + "." * (WIDTH - full)
        done = f"{self._done}/{self._files} files, {_pages(self._pages)}"
        self._stream.write(f"\r\033[K[{bar}] {done}  {now}")
        self._stream.flush()


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
