"""Has the pages of PDF files drawn in child processes that cannot harm this one.

It never raises for what is in a file: a page that cannot be drawn is kept as such.
"""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from indexer.children import Child
from indexer.frames import Drawing, FrameError, take
from indexer.images import Images
from indexer.reading import PATIENCE

MOST_FAILURES = 5
"""Times that a child may be ended by one file, or run out of patience with it."""
PATIENCE_IN_ALL = 2.0
"""Seconds for each page of a file, on average, beyond PATIENCE."""

Missing = tuple[Path, str, tuple[int, ...]]
"""A file, its content, and the pages of it to be drawn."""
Done = Callable[[Path, int], None]
"""Hears of a file how many of its pages were tried; from any thread."""
_Keep = Callable[[int, Drawing | None], None]


def draw_all(files: Sequence[Missing], images: Images, done: Done) -> None:
    """Draw pages of files and keep them, a child for each core at work.

    Raises ReadingError, and OSError where they cannot be kept.
    """
    artists = [_Artist() for _ in range(min(len(os.sched_getaffinity(0)), len(files)))]
    waiting: SimpleQueue[Missing] = SimpleQueue()
    for missing in files:
        waiting.put(missing)
    pool = ThreadPoolExecutor(max(1, len(artists)))
    try:
        work = [pool.submit(_work, artist, waiting, images, done) for artist in artists]
        for future in work:
            future.result()
    finally:
        for artist in artists:
            artist.stop()
        pool.shutdown()
        for artist in artists:
            artist.close()


def _work(artist: "_Artist", waiting: SimpleQueue[Missing], images: Images, done: Done) -> None:
    while not artist.stopped:
        try:
            path, content, pages = waiting.get_nowait()
        except Empty:
            return
        artist.draw(path, pages, partial(images.keep, content))
        done(path, len(pages))


class _Artist(Child):
    """A child process that draws one file after another."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False

    def stop(self) -> None:
        """Stop the child from another thread; what it has not drawn stays missing."""
        self.stopped = True
        super().stop()

    def draw(self, path: Path, pages: Sequence[int], keep: _Keep) -> None:
        """Have each of these pages kept, in order; as None where it cannot be drawn."""
        waiting = list(pages)
        limit = time.monotonic() + PATIENCE + PATIENCE_IN_ALL * len(waiting)
        for _ in range(MOST_FAILURES):
            self._attempt(path, waiting, limit, keep)
            if not waiting or self.stopped:
                return
            keep(waiting.pop(0), None)
        for number in waiting:
            keep(number, None)

    def _attempt(self, path: Path, waiting: list[int], limit: float, keep: _Keep) -> None:
        """Keep pages, and take them from those waiting, until the child has done with the file."""
        try:
            self.ask(path, waiting)
            self._follow(waiting, limit, keep)
        except (BrokenPipeError, TimeoutError, FrameError):
            self.close()

    def _follow(self, waiting: list[int], limit: float, keep: _Keep) -> None:
        received = bytearray()
        while True:
            part = self.heard(min(PATIENCE, limit - time.monotonic()))
            if part is None:
                self.ending()
                return
            received += part
            while found := take(received):
                if not waiting or found[0] != waiting[0]:
                    raise FrameError("A page came that was not asked for.")
                keep(waiting.pop(0), found[1])
