"""Kills nodes of a cluster at random instants of builds and searches, and looks for what is lost.

Every round builds or updates an index while two visitors search it. In the middle a node is
killed; it comes back a few seconds later. When the cluster is whole again, every document that
was acknowledged must be there and every total right.

Usage: python -m tests.opensearch.soak [--kills N] [--seed N]
"""

import argparse
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.documents import Document, Passage
from engine.errors import EngineError
from engine.opening import open_engine
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from engine.vocabulary import Vocabulary
from tests.opensearch.cluster import NODES, Cluster, ClusterError, running

LATEST = 10.0
"""Seconds after which an answer is too late."""
VISITORS = 2
DOCUMENTS = 400
EVERY = (2, 3, 5, 7)
"""Words: `every3` stands in each third document."""


@dataclass(slots=True)
class Seen:
    """What visitors met. A wrong answer is one that is not flagged as partial and has a total
    that neither the generation before nor the one being built has."""

    answers: int = 0
    partial: int = 0
    refused: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class Totals:
    """The numbers of documents that may be served now."""

    sizes: tuple[int, ...] = ()


def corpus(size: int) -> list[tuple[Document, tuple[Passage, ...]]]:
    """Return so many documents, whose words tell which they are."""
    return [(_document(number, size), _passages(number)) for number in range(size)]


def total(query: str, size: int) -> int:
    """Return how many of so many documents a query finds."""
    if not query:
        return size
    steps = [int(word.removeprefix("every")) for word in query.split()]
    return sum(all(number % step == 0 for step in steps) for number in range(size))


QUERIES = ("", *(f"every{step}" for step in EVERY), "every2 every3", "every5 every7")


def run(cluster: Cluster, kills: int, seed: int) -> list[str]:
    """Kill nodes and return what went wrong, a sentence each."""
    draw = random.Random(seed)
    hosts = ",".join(address.removeprefix("http://") for address in cluster.addresses)
    engine = open_engine(f"opensearch+http://{hosts}/soak")
    seen, totals = Seen(), Totals()
    size = DOCUMENTS
    taken = _write(engine, size, fresh=True)
    faults: list[str] = []
    stopped = threading.Event()
    totals.sizes = (size,)
    visitors = [
        threading.Thread(target=_visit, args=(engine, totals, seen, stopped, seed + number))
        for number in range(VISITORS)
    ]
    for visitor in visitors:
        visitor.start()
    failed = 0
    try:
        for number in range(kills):
            grown = size + draw.randint(1, 50)
            totals.sizes = (size, grown)
            fresh = bool(draw.getrandbits(1))
            killer = threading.Thread(
                target=_kill_one,
                args=(
                    cluster,
                    draw.choice(NODES),
                    draw.uniform(0, 1.2 * taken),
                    draw.uniform(1, 5),
                ),
            )
            killer.start()
            try:
                _write(engine, grown, fresh=fresh, before=size)
                size = grown
            except EngineError as error:
                failed += 1
                sys.stdout.write(f"  the build failed: {error}\n")
            killer.join()
            cluster.wait(len(NODES), "green")
            totals.sizes = (size,)
            found = [f"After kill {number + 1}: {fault}" for fault in _faults(engine, size)]
            faults += found
            sys.stdout.write(f"kill {number + 1}: {size} documents, {seen.answers} answers, ")
            sys.stdout.write(f"slowest {seen.slowest:.1f} s, {len(faults)} faults\n")
            sys.stdout.flush()
    finally:
        stopped.set()
        for visitor in visitors:
            visitor.join()
        engine.close()
    sys.stdout.write(
        f"{kills} kills: {failed} builds failed whole, {seen.answers} answers, "
        f"{seen.partial} of them partial, {seen.refused} refusals, slowest {seen.slowest:.1f} s\n"
    )
    if seen.slowest > LATEST:
        faults.append(f"An answer took {seen.slowest:.1f} s.")
    return faults + seen.wrong


def _document(number: int, size: int) -> Document:
    steps = " ".join(f"every{step}" for step in EVERY if number % step == 0)
    return Document(
        id=f"d{number}",
        file=f"{number}.pdf",
        title=f"Report {number}",
        summary=steps,
        language="en",
        clusters=(f"c{number % 3}",),
        fingerprint=str(size),
    )


def _passages(number: int) -> tuple[Passage, ...]:
    return tuple(Passage(page, f"page{page} of report{number} " * 30) for page in range(1, 6))


def _write(engine: Engine, size: int, *, fresh: bool, before: int = 0) -> float:
    """Write documents, all or those that are new, and return how long it took."""
    start = time.monotonic()
    with engine.write(Vocabulary(), fresh=fresh) as batch:
        for document, passages in corpus(size)[0 if fresh else before :]:
            batch.put(document, passages)
    return time.monotonic() - start


def _kill_one(cluster: Cluster, number: int, after: float, down: float) -> None:
    time.sleep(after)
    cluster.kill(number)
    time.sleep(down)
    cluster.start(number)


def _visit(engine: Engine, totals: Totals, seen: Seen, stopped: threading.Event, seed: int) -> None:
    draw = random.Random(seed)
    while not stopped.is_set():
        text = draw.choice(QUERIES)
        before = totals.sizes
        start = time.monotonic()
        found, partial, refused = -1, False, False
        try:
            result = search(engine, Query(text))
            found, partial = result.total, result.partial
        except EngineError:
            refused = True
        took = time.monotonic() - start
        # What may be served can change while a search is under way.
        expected = {total(text, size) for size in (*before, *totals.sizes)}
        with seen.lock:
            seen.answers += not refused
            seen.refused += refused
            seen.partial += partial
            seen.slowest = max(seen.slowest, took)
            if not (refused or partial) and found not in expected:
                seen.wrong.append(f"“{text}” found {found}, not one of {sorted(expected)}.")
        time.sleep(0.05)


def _faults(engine: Engine, size: int) -> list[str]:
    """Return what is not as it was acknowledged."""
    faults = [*engine.verify()]
    wanted = {document.id for document, _ in corpus(size)}
    if lost := wanted - set(engine.entries()):
        faults.append(f"{len(lost)} documents are lost.")
    for text in QUERIES:
        result = search(engine, Query(text))
        if result.partial or result.total != total(text, size):
            faults.append(f"“{text}” finds {result.total}, not {total(text, size)}.")
    return faults


def main(arguments: Sequence[str]) -> int:
    """Kill as often as asked; 1 where anything was lost or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    try:
        with running() as cluster:
            faults = run(cluster, asked.kills, asked.seed)
    except ClusterError as error:
        faults = [str(error)]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
