"""Visitors who search an index all the time, and what they meet."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

from engine.errors import EngineError
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from tests.opensearch.numbered import QUERIES, total

VISITORS = 2
PAUSE = 0.05


@dataclass(slots=True)
class Seen:
    """What all visitors met. `sizes` are the numbers of documents that may be served now; a wrong
    answer is one that is not flagged as partial and has a total that none of them gives.
    `slowest` is in seconds, refusals included."""

    sizes: tuple[int, ...] = ()
    answers: int = 0
    partial: int = 0
    refused: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


@contextmanager
def visiting(engine: Engine, seen: Seen, seed: int) -> Iterator[None]:
    """Have visitors search while the block runs."""
    stopped, lock = threading.Event(), threading.Lock()
    visitors = [
        threading.Thread(target=_visit, args=(engine, seen, lock, stopped, Random(seed + number)))
        for number in range(VISITORS)
    ]
    for visitor in visitors:
        visitor.start()
    try:
        yield
    finally:
        stopped.set()
        for visitor in visitors:
            visitor.join()


def _visit(
    engine: Engine, seen: Seen, lock: threading.Lock, stopped: threading.Event, draw: Random
) -> None:
    while not stopped.wait(PAUSE):
        text = draw.choice(QUERIES)
        before = seen.sizes
        start = time.monotonic()
        found = None
        with suppress(EngineError):
            found = search(engine, Query(text))
        took = time.monotonic() - start
        # What may be served can change while a search is under way.
        expected = {total(text, size) for size in (*before, *seen.sizes)}
        with lock:
            seen.slowest = max(seen.slowest, took)
            if found is None:
                seen.refused += 1
                continue
            seen.answers += 1
            seen.partial += found.partial
            if not found.partial and found.total not in expected:
                seen.wrong.append(f"“{text}” found {found.total}, not one of {sorted(expected)}.")
