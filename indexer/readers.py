"""Reads many files at once, in a few child processes."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from indexer.reading import Reader
from indexer.readings import Reading

Seen = Callable[[Path, int, int], None]
"""Hears of a file how many of its pages were read, and how many there are; from any thread."""


def read_all(
    paths: Sequence[Path], begin: Callable[[Path], None], seen: Seen
) -> Iterator[tuple[Path, Reading]]:
    """Yield files with what could be read of them, as they are done, a child for each core at
    work; `begin` hears of each file before it is handed to a child. Raises ReadingError.

    Large files go first, so that no core waits for the last one.
    """
    idle = [Reader() for _ in range(min(len(os.sched_getaffinity(0)), len(paths)))]
    everyone = tuple(idle)
    busy: dict[Future[Reading], tuple[Path, Reader]] = {}
    waiting = iter(sorted(paths, key=_size, reverse=True))
    pool = ThreadPoolExecutor(max(1, len(everyone)))
    try:
        while True:
            while idle and (path := next(waiting, None)):
                begin(path)
                reader = idle.pop()
                busy[pool.submit(_read, reader, path, seen)] = (path, reader)
            if not busy:
                return
            done, _ = wait(busy, return_when=FIRST_COMPLETED)
            for future in done:
                path, reader = busy.pop(future)
                idle.append(reader)
                yield path, future.result()
    finally:
        for reader in everyone:
            reader.stop()
        pool.shutdown()
        for reader in everyone:
            reader.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(reader: Reader, path: Path, seen: Seen) -> Reading:
    return reader.read(path, lambda pages, of: seen(path, pages, of))
