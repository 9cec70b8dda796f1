"""Reads files in child processes that cannot harm this one, and gives up on them in time.

A file never raises here: what cannot be read of it is a reading with a reason. Only when no
child can be started at all does `ReadingError` end the run.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer import messages
from indexer.children import Child
from indexer.files import is_pdf
from indexer.language import language_of
from indexer.limits import ENDED, KILLED, OUT_OF_TIME
from indexer.messages import LONGEST_LINE, End
from indexer.readings import About, Page, Reading, commonest_reason
from indexer.running import without_running

PATIENCE = 30.0
"""Seconds without a new page after which a child is stopped."""
PATIENCE_IN_ALL = 5.0
"""Seconds for each page of the file, on average, after which a child is stopped."""
MOST_TEXT = 200_000_000
"""Bytes that a child may write about one file."""


@dataclass(slots=True)
class _Progress:
    """What has come of one file so far."""

    about: About = field(default_factory=About)
    pages: dict[int, Page] = field(default_factory=dict)
    end: str | None = None
    rest: bytes = b""
    received: int = 0
    broken: bool = False
    killed: bool = False


class Reader(Child):
    """A child process that reads one file after another; it is replaced when it had to be
    stopped."""

    def read(self, path: Path, seen: Callable[[int, int], None] | None = None) -> Reading:
        """Return what can be read of a file; `seen` hears of each page, and of how many."""
        progress = _Progress()
        reason = self._attempt(path, progress, seen, careful=False)
        if progress.killed and is_pdf(path):
            progress.killed = False
            reason = self._attempt(path, progress, seen, careful=True)
        return _reading(progress, reason)

    def _attempt(
        self,
        path: Path,
        progress: _Progress,
        seen: Callable[[int, int], None] | None,
        *,
        careful: bool,
    ) -> str:
        """Read on where `progress` ends; return why reading ended early, or nothing."""
        first = max(progress.pages, default=0) + 1
        try:
            self.ask(path, first, careful)
            reason = self._followed(progress, seen)
        except TimeoutError:
            reason = "timeout"
        except BrokenPipeError:
            reason = "crash"
        if reason and not progress.killed:
            self.close()
        return reason or progress.end or ""

    def _followed(self, progress: _Progress, seen: Callable[[int, int], None] | None) -> str:
        """Take in what the child writes until it is done; return why it did not come to its end.

        Raises TimeoutError and BrokenPipeError.
        """
        began = last = time.monotonic()
        while True:
            in_all = PATIENCE + PATIENCE_IN_ALL * max(0, progress.about.pages - 1)
            received = self.heard(min(last + PATIENCE, began + in_all) - time.monotonic())
            if received is None:
                return _ended(self.ending(), progress)
            pages = len(progress.pages)
            _take(received, progress)
            if progress.received > MOST_TEXT or len(progress.rest) > LONGEST_LINE:
                return "too-large"
            if progress.broken:
                return "crash"
            if len(progress.pages) > pages:
                last = time.monotonic()
                if seen:
                    seen(len(progress.pages), progress.about.pages)


def _ended(how: bytes, progress: _Progress) -> str:
    """Take in how a child ended; return why it did not come to the end of the file."""
    progress.killed = how in (KILLED, OUT_OF_TIME)
    if progress.killed:
        progress.rest = b""
        return "timeout" if how == OUT_OF_TIME else "crash"
    return "" if how == ENDED and progress.end is not None and not progress.rest else "crash"


def _take(received: bytes, progress: _Progress) -> None:
    """Take in messages; what is none, or comes after the end, makes the answer a broken one."""
    progress.received += len(received)
    *lines, progress.rest = (progress.rest + received).split(b"\n")
    for line in lines:
        match messages.message(line):
            case About() as about if not progress.pages and progress.end is None:
                progress.about = about
            case Page(number) as page if (
                1 <= number <= progress.about.pages and progress.end is None
            ):
                progress.pages[number] = page
            case End(reason) if progress.end is None:
                progress.end = reason
            case _:
                progress.broken = True


def _reading(progress: _Progress, reason: str) -> Reading:
    """Return all pages of the file; those that were not reached have the reason, and so has the
    file when none of them has text."""
    pages = tuple(
        progress.pages.get(number, Page(number, reason=reason or "crash"))
        for number in range(1, progress.about.pages + 1)
    )
    reason = reason or commonest_reason(pages)
    about = progress.about
    texts = (block.text for page in without_running(pages) for block in page.blocks)
    language = language_of(texts) or about.language
    return Reading(replace(about, language=language), pages, reason)
