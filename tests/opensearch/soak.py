"""Kills nodes of a cluster at random instants of builds and searches, and looks for what is lost.

Every round builds or updates an index in several requests at once, while visitors search it. In
the middle a node is killed; it comes back a few seconds later. When the cluster is whole again,
every document must be there as it was acknowledged last, and every total right.

Usage: python -m tests.opensearch.soak [--kills N] [--seed N]
"""

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from random import Random

from engine.errors import EngineError
from engine.opening import open_engine
from engine.opensearch.cluster import UnreachableError
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search
from engine.vocabulary import Vocabulary
from tests.opensearch import numbered
from tests.opensearch.cluster import NODES, PATIENCE, Cluster, ClusterError, running
from tests.opensearch.visitors import Seen, visiting

LATEST = 10.0
"""Seconds after which an answer is too late."""
DOCUMENTS = 2_000
MOST_NEW = 50
"""Documents that a round adds at most."""
READ = 25
"""Documents that are read word by word after each kill."""


class Soak:
    """An index that is written again and again, and what must be in it: the turn that wrote each
    document last."""

    def __init__(self, cluster: Cluster, seed: int) -> None:
        hosts = ",".join(address.removeprefix("http://") for address in cluster.addresses)
        self.engine: Engine = open_engine(f"opensearch+http://{hosts}/soak")
        self.seen = Seen()
        self.failed = self.inside = 0
        self._cluster = cluster
        self._draw = Random(seed)
        self._turn = 0
        self._turns: list[int] = []
        self._write(DOCUMENTS, fresh=True)
        self._seconds = {fresh: self._write(DOCUMENTS, fresh=fresh) for fresh in (True, False)}
        self.seen.sizes = (DOCUMENTS,)

    def round(self) -> list[str]:
        """Write while a node is killed, and return what is not as it must be."""
        size = len(self._turns)
        grown = size + self._draw.randint(1, MOST_NEW)
        fresh = bool(self._draw.getrandbits(1))
        self.seen.sizes = (size, grown)
        after = self._draw.uniform(0, self._seconds[fresh])
        written = threading.Event()
        killer = threading.Thread(target=self._kill_one, args=(after, written))
        killer.start()
        try:
            self._write(grown, fresh=fresh)
        except EngineError as error:
            self.failed += 1
            sys.stdout.write(f"  the build failed: {error}\n")
        finally:
            written.set()
            killer.join()
        self._cluster.wait(len(NODES), "green")
        self.seen.sizes = (len(self._turns),)
        return self._checked()

    def _write(self, size: int, *, fresh: bool) -> float:
        """Write all documents, or a fifth of the old ones and all new ones; return the seconds
        that it took."""
        self._turn += 1
        old = len(self._turns)
        start = time.monotonic()
        again = range(0) if fresh else range(self._turn % 5, old, 5)
        new = range(size) if fresh else range(old, size)
        with self.engine.write(Vocabulary(), fresh=fresh) as batch:
            for numbers in (again, new):
                for document, passages in numbered.written(numbers, self._turn):
                    batch.put(document, passages)
        turns = [*self._turns, *([self._turn] * (size - old))]
        for number in (*again, *new):
            turns[number] = self._turn
        self._turns = turns
        return time.monotonic() - start

    def _kill_one(self, after: float, written: threading.Event) -> None:
        time.sleep(after)
        number = self._draw.choice(NODES)
        self._cluster.kill(number)
        self.inside += not written.is_set()
        time.sleep(self._draw.uniform(1, 5))
        self._cluster.start(number)

    def _checked(self) -> list[str]:
        """Return the faults, once the cluster answers all that it is asked for them."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._faults()
            except UnreachableError as error:
                if time.monotonic() > deadline:
                    raise
                sys.stdout.write(f"  checked again: {error}\n")

    def _faults(self) -> list[str]:
        faults = [*self.engine.verify()]
        turns = {numbered.key(number): str(turn) for number, turn in enumerate(self._turns)}
        found = {key: entry.fingerprint for key, entry in self.engine.entries().items()}
        if lost := turns.keys() - found.keys():
            faults.append(f"{len(lost)} documents are lost.")
        if other := [key for key in found if found[key] != turns.get(key)]:
            faults.append(f"{len(other)} documents are not as they were acknowledged.")
        held = self.engine.status().passages
        if held != numbered.PAGES * len(turns):
            faults.append(f"{held} passages are held, not {numbered.PAGES * len(turns)}.")
        for number in self._draw.sample(range(len(turns)), READ):
            read = self.engine.passages(numbered.key(number))
            if read != numbered.passages(number, self._turns[number]):
                faults.append(f"The passages of {numbered.key(number)} are not what was put.")
        for text in numbered.QUERIES:
            result, expected = search(self.engine, Query(text)), numbered.total(text, len(turns))
            if result.partial or result.total != expected:
                faults.append(f"“{text}” finds {result.total}, not {expected}.")
        return faults


def run(cluster: Cluster, kills: int, seed: int) -> list[str]:
    """Kill nodes and return what went wrong, a sentence each."""
    soak = Soak(cluster, seed)
    seen = soak.seen
    faults: list[str] = []
    with visiting(soak.engine, seen, seed):
        for number in range(1, kills + 1):
            faults += [f"After kill {number}: {fault}" for fault in soak.round()]
            sys.stdout.write(
                f"kill {number}: {seen.sizes[0]} documents, {seen.answers} answers, "
                f"slowest {seen.slowest:.1f} s, {len(faults) + len(seen.wrong)} faults\n"
            )
            sys.stdout.flush()
    soak.engine.close()
    sys.stdout.write(
        f"{kills} kills, {soak.inside} of them while documents were written: "
        f"{soak.failed} builds failed whole, {seen.answers} answers, {seen.partial} of them "
        f"partial, {seen.refused} refusals, slowest {seen.slowest:.1f} s\n"
    )
    if seen.slowest > LATEST:
        faults.append(f"An answer took {seen.slowest:.1f} s.")
    return faults + seen.wrong


def main(arguments: Sequence[str]) -> int:
    """Kill as often as asked; 1 where anything was lost or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    try:
        with running() as cluster:
            faults = run(cluster, asked.kills, asked.seed)
    except (ClusterError, EngineError) as error:
        faults = [str(error)]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
