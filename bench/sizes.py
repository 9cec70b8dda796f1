"""How both engines grow: documents a second, time of a query, memory and disk, at several sizes.

The same passages and the same queries, one engine after the other on the same machine. Ours is
measured as `bench speed` does, in a process of its own on one core. The second engine is a whole
cluster, which may take all cores; its time includes HTTP, its disk the copy of every shard.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import nodes, passages, queries
from bench.measures import percentile
from bench.passages import Volume
from bench.workers import Build, Memory, Open, Search, Worker, disk
from engine.opensearch.cluster import Address, Cluster
from engine.opensearch.engine import OpenSearchEngine
from engine.queries import Query
from engine.search import search

QUERIES = 200
WARMING = 40


@dataclass(frozen=True, slots=True)
class Size:
    """What one engine does with so many passages: documents a second while building, milliseconds
    of a query with facets and snippets, and megabytes of memory (None where it cannot be told,
    as of nodes elsewhere) and of disk. `partial` answers lacked what was not searched in time."""

    engine: str
    passages: int
    documents: int
    build: float
    p50: float
    p95: float
    memory: float | None
    disk: float
    partial: int = 0


def measure(
    source: Path, sizes: Sequence[int], address: Address, asked: int = QUERIES
) -> list[Size]:
    """Build and ask both engines at every size. Raises EngineError, WorkerError, and ValueError
    where the passages are too few for so many queries."""
    every = passages.read(source)
    found = []
    for size in sizes:
        volumes = passages.take(every, size)
        mix = queries.mix(volumes, asked + WARMING)
        found.append(_embedded(source, size, len(volumes), mix))
        found.append(_clustered(address, size, volumes, mix))
    return found


def as_json(found: Sequence[Size]) -> str:
    """Return the measurement as one JSON object."""
    return json.dumps({"sizes": [_row(size) for size in found]})


def as_text(found: Sequence[Size]) -> str:
    """Return the measurement as a table for the README."""
    rows = [
        "| passages | documents | engine | documents/s | query p50, ms | query p95, ms "
        "| memory, MB | disk, MB |",
        "|--:|--:|---|--:|--:|--:|--:|--:|",
    ]
    for size in found:
        memory = "" if size.memory is None else f"{size.memory:,.0f}"
        rows.append(
            f"| {size.passages:,} | {size.documents:,} | {size.engine} | {size.build:,.0f} "
            f"| {size.p50:.1f} | {size.p95:.1f} | {memory} | {size.disk:,.0f} |"
        )
    if partial := sum(size.partial for size in found):
        rows += ["", f"{partial} answers lacked what was not searched in time."]
    return "\n".join(rows)


def _embedded(source: Path, size: int, documents: int, mix: Sequence[Query]) -> Size:
    with TemporaryDirectory() as folder:
        with Worker("ours", Path(folder)) as building:
            rate = building.ask(Build(source, size))
        with Worker("ours", Path(folder)) as searching:
            searching.ask(Open(mix[0]))
            times = [searching.ask(Search(query, snippets=True)) for query in mix][WARMING:]
            memory = searching.ask(Memory())
        taken = disk(Path(folder))
    build = rate * documents / size
    return Size("embedded", size, documents, build, *_middle(times), memory, taken)


def _clustered(
    address: Address, size: int, volumes: Sequence[Volume], mix: Sequence[Query]
) -> Size:
    cluster, engine = Cluster(address.hosts), OpenSearchEngine(address)
    try:
        start = time.perf_counter()
        with engine.write(passages.vocabulary(volumes), fresh=True) as batch:
            for volume in volumes:
                batch.put(volume.document, volume.passages)
        rate = len(volumes) / (time.perf_counter() - start)
        times, partial = [], 0
        for query in mix:
            start = time.perf_counter()
            partial += search(engine, query).partial
            times.append((time.perf_counter() - start) * 1000)
        memory, taken = nodes.memory(cluster), nodes.disk(cluster, address.name)
    finally:
        nodes.removed(cluster, address.name)
        engine.close()
        cluster.close()
    middle = _middle(times[WARMING:])
    return Size("OpenSearch", size, len(volumes), rate, *middle, memory, taken, partial)


def _middle(times: Sequence[float]) -> tuple[float, float]:
    return percentile(times, 0.5), percentile(times, 0.95)


def _row(size: Size) -> dict[str, object]:
    return {
        "engine": size.engine,
        "passages": size.passages,
        "documents": size.documents,
        "documents/s": round(size.build, 1),
        "query p50": round(size.p50, 2),
        "query p95": round(size.p95, 2),
        "memory": None if size.memory is None else round(size.memory, 1),
        "disk": round(size.disk, 1),
        "partial": size.partial,
    }
