"""Has pages of PDF files that are pictures recognised, in child processes that cannot harm this
one."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple

from indexer import messages
from indexer.children import Child
from indexer.limits import OUT_OF_TIME
from indexer.messages import LONGEST_LINE, End
from indexer.readings import Page, Recognition
from indexer.telling import Telling
from indexer.tessdata import Tessdata

PATIENCE = 90.0
"""Seconds for a page, after which its child is stopped."""


class Pictures(NamedTuple):
    """A file, its content, its language if that is known, and the pages to be recognised."""

    path: Path
    content: str
    language: str
    pages: tuple[int, ...]


Begin = Callable[[str, int], None]
"""Hears of a content and its page before it is handed to a child."""


def recognise_all(
    files: Sequence[Pictures], data: Tessdata, begin: Begin
) -> Iterator[tuple[Pictures, Page]]:
    """Yield files with a page each, as they are done, a child for each core at work.

    Raises ReadingError.
    """
    pages = sum(len(file.pages) for file in files)
    idle = [_Recogniser(data) for _ in range(min(len(os.sched_getaffinity(0)), pages))]
    everyone = tuple(idle)
    told = {file: Telling(file.language, file.pages, data.names) for file in files}
    waiting = deque((file, ready) for file in files for ready in told[file].ready())
    busy: dict[Future[Recognition], tuple[Pictures, _Recogniser]] = {}
    pool = ThreadPoolExecutor(max(1, len(everyone)))
    try:
        while True:
            while idle and waiting:
                file, (page, likely) = waiting.popleft()
                if told[file].is_given_up:
                    continue
                begin(file.content, page)
                recogniser = idle.pop()
                task = pool.submit(recogniser.recognise, file.path, page, likely)
                busy[task] = file, recogniser
            if not busy:
                return
            for task in wait(busy, return_when=FIRST_COMPLETED).done:
                file, recogniser = busy.pop(task)
                idle.append(recogniser)
                yield from ((file, page) for page in told[file].done(task.result()))
                waiting.extend((file, ready) for ready in told[file].ready())
    finally:
        for recogniser in everyone:
            recogniser.stop()
        pool.shutdown()
        for recogniser in everyone:
            recogniser.close()


class _Recogniser(Child):
    """A child process that recognises one page after another."""

    def __init__(self, data: Tessdata) -> None:
        super().__init__()
        self._data = data

    def recognise(self, path: Path, page: int, likely: Sequence[str]) -> Recognition:
        """Return a page as it was recognised, or why it could not be."""
        try:
            self.ask(path, page, likely, self._data.names, str(self._data.folder))
            found = self._heard(page)
        except (TimeoutError, BrokenPipeError) as error:
            self.close()
            found = "timeout" if isinstance(error, TimeoutError) else "crash"
        if isinstance(found, Recognition):
            return found
        return Recognition(Page(page, reason=found, recognised=True))

    def _heard(self, page: int) -> Recognition | str:
        """Return what the child writes, or why it wrote nothing that can be believed.

        Raises TimeoutError and BrokenPipeError."""
        limit = time.monotonic() + PATIENCE
        written = b""
        while (part := self.heard(limit - time.monotonic())) is not None:
            written += part
            if len(written) > LONGEST_LINE:
                raise BrokenPipeError
        ending = self.ending()
        match [messages.message(line) for line in written.splitlines()]:
            case [Recognition() as found, End("")] if found.page.number == page:
                return found
            case [End(reason)] if reason:
                return reason
        return "timeout" if ending == OUT_OF_TIME else "crash"
