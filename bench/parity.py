"""Whether a second engine answers as the embedded one does: the same documents, the same queries.

The documents are real reports and pages, read by the indexer once; the second engine gets what the
first holds. Totals and facet counts must be equal for every query; only scores may differ.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import undp, variety
from bench.passages import Volume
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Engine
from engine.queries import PER_PAGE, Query
from engine.search import Result, search
from indexer import building
from indexer.progress import Progress
from indexer.store import Store

QUERIES = 200
PAGES = 500
"""Pages of a UN knowledge site that join the reports."""
SHOWN = 5
"""Queries with the fewest documents in common that are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A query that the second engine answers otherwise, and in what."""

    query: Query
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Parity:
    """How many queries had the same totals, and the same counts of all facets, in both engines.
    `overlap` is how many of the top ten they share, the median over the queries that rank and
    find ten or more; `farthest` are those that share the fewest."""

    queries: int
    same_totals: int
    same_facets: int
    overlap: float
    differences: tuple[Difference, ...]
    farthest: tuple[tuple[int, Query], ...] = ()


def measure(reports: Path, pages: Path, folder: Path, second: Engine) -> Parity:
    """Index reports and pages in a folder, where what was read stays for the next time, and ask
    both engines. Raises what building raises."""
    first = EmbeddedEngine(folder / "index")
    try:
        with Store(folder / "store.sqlite") as store, TemporaryDirectory() as site:
            undp.write(pages, Path(site), PAGES)
            building.build(reports, first, store, Progress(sys.stderr))
            building.update(Path(site), first, store, Progress(sys.stderr))
        volumes = held(first)
        copied(first, volumes, second)
        return compare(first, second, variety.asked(volumes, first.vocabulary(), QUERIES))
    finally:
        first.close()


def held(engine: Engine) -> list[Volume]:
    """Return all documents of an engine with their passages."""
    found = []
    for key in sorted(engine.entries()):
        document = engine.document(key)
        if document is not None:
            found.append(Volume(document, engine.passages(key)))
    return found


def copied(first: Engine, volumes: Sequence[Volume], second: Engine) -> None:
    """Write what one engine holds into another."""
    with second.write(first.vocabulary(), fresh=True) as batch:
        for volume in volumes:
            batch.put(volume.document, volume.passages)


def compare(first: Engine, second: Engine, every: Sequence[Query]) -> Parity:
    """Ask both engines all queries."""
    totals = facets = 0
    overlaps = []
    differences = []
    for query in every:
        one, other = search(first, query), search(second, query)
        same_total = (one.total, one.matched) == (other.total, other.matched)
        same_facets = dict(one.facets) == dict(other.facets)
        totals += same_total
        facets += same_facets
        if not (same_total and same_facets):
            differences.append(Difference(query, _told(one), _told(other)))
        ranks = query.order == "relevance" and query.page == 1
        if ranks and min(len(one.hits), len(other.hits)) == PER_PAGE:
            overlaps.append((len(_ids(one) & _ids(other)), query))
    shared = float(median(common for common, _ in overlaps)) if overlaps else float(PER_PAGE)
    farthest = sorted(overlaps, key=itemgetter(0))[:SHOWN]
    return Parity(len(every), totals, facets, shared, tuple(differences), tuple(farthest))


def as_json(found: Parity) -> str:
    """Return the measurement as one JSON object."""
    return json.dumps(
        {
            "queries": found.queries,
            "same_totals": found.same_totals,
            "same_facets": found.same_facets,
            "overlap@10": found.overlap,
        }
    )


def as_text(found: Parity) -> str:
    """Return the measurement in lines, with every difference."""
    lines = [
        f"{found.queries} queries: {found.same_totals} with the same total, "
        f"{found.same_facets} with the same counts of all facets.",
        f"Of the top ten, {found.overlap:g} in common (median); the fewest:",
    ]
    lines += [f"  {common}: {query}" for common, query in found.farthest]
    lines += [f"{d.query}\n  first: {d.first}\n  second: {d.second}" for d in found.differences]
    return "\n".join(lines)


def _ids(result: Result) -> set[str]:
    return {hit.document.id for hit in result.hits}


def _told(result: Result) -> str:
    counts = {name: [tuple(value) for value in values] for name, values in result.facets.items()}
    return f"{result.total} ({result.matched}) {counts}"
