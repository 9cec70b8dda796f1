"""How both engines grow: documents a second, and the time of a query, at several sizes.

The same passages, the same queries, one engine after the other on the same machine. The second
engine is a whole cluster, which may run there too; its time includes HTTP.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import passages, queries
from bench.measures import percentile
from bench.passages import Volume
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Engine
from engine.queries import Query
from engine.search import search

QUERIES = 200
WARMING = 40


@dataclass(frozen=True, slots=True)
class Size:
    """What one engine does with so many passages: documents a second while building, and
    milliseconds of a query with facets and snippets."""

    engine: str
    passages: int
    documents: int
    build: float
    p50: float
    p95: float


def measure(source: Path, sizes: Sequence[int], second: Engine) -> list[Size]:
    """Build and ask both engines at every size. Raises EngineError, and ValueError where the
    passages are too few for so many queries."""
    every = passages.read(source)
    found = []
    for size in sizes:
        volumes = passages.take(every, size)
        asked = queries.mix(volumes, QUERIES + WARMING)
        with TemporaryDirectory() as folder:
            first = EmbeddedEngine(Path(folder))
            found += [_size("whoosh", first, volumes, asked, size)]
            first.close()
        found += [_size("opensearch", second, volumes, asked, size)]
    return found


def as_json(found: Sequence[Size]) -> str:
    """Return the measurement as one JSON object."""
    return json.dumps({"sizes": [_row(size) for size in found]})


def as_text(found: Sequence[Size]) -> str:
    """Return the measurement as a table for the README."""
    rows = [
        "| passages | documents | engine | documents/s | query p50, ms | query p95, ms |",
        "|--:|--:|---|--:|--:|--:|",
    ]
    rows += [
        f"| {size.passages:,} | {size.documents:,} | {size.engine} "
        f"| {size.build:,.0f} | {size.p50:.1f} | {size.p95:.1f} |"
        for size in found
    ]
    return "\n".join(rows)


def _size(
    name: str, engine: Engine, volumes: Sequence[Volume], asked: Sequence[Query], size: int
) -> Size:
    start = time.perf_counter()
    with engine.write(passages.vocabulary(volumes), fresh=True) as batch:
        for volume in volumes:
            batch.put(volume.document, volume.passages)
    built = time.perf_counter() - start
    times = [_milliseconds(engine, query) for query in asked][WARMING:]
    return Size(
        name,
        size,
        len(volumes),
        len(volumes) / built,
        percentile(times, 0.5),
        percentile(times, 0.95),
    )


def _milliseconds(engine: Engine, query: Query) -> float:
    start = time.perf_counter()
    search(engine, query)
    return (time.perf_counter() - start) * 1000


def _row(size: Size) -> dict[str, object]:
    return {
        "engine": size.engine,
        "passages": size.passages,
        "documents": size.documents,
        "documents/s": round(size.build, 1),
        "query p50": round(size.p50, 2),
        "query p95": round(size.p95, 2),
    }
