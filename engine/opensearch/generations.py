"""Whole generations of an index, and the alias that names the one being served.

A generation is an index of its own, NAME.000001 and so on. A new one starts empty, or as the
cluster's clone of the last; once it is complete the alias goes over to it, and the last is
removed, in one step.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine import vocabulary as vocabularies
from engine.errors import EngineError, NoIndexError, WrongVersionError
from engine.opensearch import answers, lease
from engine.opensearch.cluster import Cluster, MissingError, UnreachableError
from engine.opensearch.mapping import DOCUMENTS, VERSION, mapping, settings
from engine.vocabulary import Vocabulary

READING = 2.0
"""Seconds that a reader waits to learn which generation is served."""
PUBLISHING = 600.0
"""Seconds that a step of publishing may take: a clone or a refresh of a large index."""
MOST_LANGUAGES = 1_000


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is served: its index, and what it knows besides its documents."""

    index: str
    built: str
    vocabulary: Vocabulary
    languages: tuple[str, ...]
    documents: int

    @property
    def name(self) -> str:
        """The name of the generation within its index."""
        return self.index.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Working:
    """A generation that is being written; a clone begins with what the last one holds."""

    index: str
    number: int
    is_clone: bool


def current_index(cluster: Cluster, name: str) -> str:
    """Return which index is served. Raises NoIndexError where there is none."""
    found: dict[str, Any] = {}
    with suppress(MissingError):
        found = cluster.ask("GET", f"/_alias/{name}", seconds=READING)
    if not found:
        raise NoIndexError(f"There is no index {name} in the cluster yet: build it.")
    index: str = max(found)
    return index


def open_generation(cluster: Cluster, index: str) -> Generation:
    """Return what a generation knows. Raises MissingError, and WrongVersionError."""
    answer = cluster.ask("GET", f"/{index}/_mapping", seconds=READING)
    kept = answer[index]["mappings"].get("_meta", {})
    if kept.get("version") != VERSION:
        raise WrongVersionError("The index was made by another version: build it again.")
    return Generation(
        index,
        kept["built"],
        vocabularies.parse(kept["vocabulary"]),
        tuple(kept["languages"]),
        kept["documents"],
    )


@contextmanager
def begun(cluster: Cluster, name: str, vocabulary: Vocabulary, *, fresh: bool) -> Iterator[Working]:
    """Write a new generation, which is published when the block ends; when it raises, nothing of
    it is left. Raises LockedError when another writer is at work."""
    with lease.held(cluster, name) as held:
        # From here on a node may die without the work being lost.
        patient = cluster.patient()
        before = _served(patient, name)
        _remove_left(patient, name, before)
        working = _next(name, before, fresh=fresh)
        try:
            if before and working.is_clone:
                open_generation(patient, before)
                _clone(patient, before, working.index)
            else:
                body = {"settings": settings(), "mappings": mapping()}
                _make(patient, working.index, f"/{working.index}", body)
            yield working
            _complete(patient, working.index, vocabulary)
            held.check(patient)
        except BaseException:
            _remove(cluster, working.index)
            raise
        _publish(patient, name, working.index, before)


def _served(cluster: Cluster, name: str) -> str | None:
    try:
        return current_index(cluster, name)
    except NoIndexError:
        return None


def _next(name: str, before: str | None, *, fresh: bool) -> Working:
    number = int(before.rpartition(".")[2]) + 1 if before else 1
    return Working(f"{name}.{number:06d}", number, before is not None and not fresh)


def _remove_left(cluster: Cluster, name: str, served: str | None) -> None:
    """Remove what a writer left that was killed; the lease says that none is at work."""
    found = cluster.ask("GET", f"/{name}.*/_alias", expand_wildcards="all")
    for index in found:
        if re.fullmatch(rf"{re.escape(name)}\.\d{{6,}}", index) and index != served:
            _remove(cluster, index)


def _remove(cluster: Cluster, index: str) -> None:
    cluster.ask("DELETE", f"/{index}", ignore_unavailable="true")


def _clone(cluster: Cluster, before: str, index: str) -> None:
    # Nobody writes to a generation that is served; only what cannot be written to can be cloned.
    cluster.ask("PUT", f"/{before}/_settings", {"index.blocks.write": True})
    body = {"settings": {"index.blocks.write": None}}
    path = f"/{before}/_clone/{index}"
    _make(cluster, index, path, body, timeout=f"{PUBLISHING:.0f}s")
    _wait(cluster, index)


def _make(cluster: Cluster, index: str, path: str, body: object, **params: Any) -> None:
    """Make an index that was not there."""
    try:
        cluster.ask("PUT", path, body, seconds=PUBLISHING, **params)
    except EngineError:
        # The answer may be lost after the deed; asked again, the next node finds it done.
        if not cluster.ask("HEAD", f"/{index}"):
            raise


def _wait(cluster: Cluster, index: str) -> None:
    """Wait until every shard can be read and written."""
    waiting = {"wait_for_status": "yellow", "timeout": f"{PUBLISHING:.0f}s"}
    answer = cluster.ask("GET", f"/_cluster/health/{index}", seconds=PUBLISHING + 10, **waiting)
    if answer["timed_out"]:
        raise EngineError(f"The cluster has parts of {index} that no node holds.")


def _complete(cluster: Cluster, index: str, vocabulary: Vocabulary) -> None:
    """Make everything visible inside the index, and write down what it knows."""
    _wait(cluster, index)
    refreshed = cluster.ask("POST", f"/{index}/_refresh", seconds=PUBLISHING)
    counted = cluster.ask("POST", f"/{index}/_search", _LANGUAGES, seconds=PUBLISHING)
    if refreshed["_shards"]["failed"] or answers.is_partial(counted):
        raise EngineError(f"Parts of {index} were lost before it was published.")
    buckets = counted["aggregations"]["analysed"]["buckets"]
    languages = sorted(buckets, key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
    kept: dict[str, Any] = {
        "version": VERSION,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "vocabulary": vocabulary.source,
        "languages": [bucket["key"] for bucket in languages],
        "documents": counted["hits"]["total"]["value"],
    }
    cluster.ask("PUT", f"/{index}/_mapping", {"_meta": kept})


_LANGUAGES = {
    "query": DOCUMENTS,
    "size": 0,
    "track_total_hits": True,
    "aggs": {"analysed": {"terms": {"field": "analysed", "size": MOST_LANGUAGES}}},
}


def _publish(cluster: Cluster, name: str, index: str, before: str | None) -> None:
    actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": name}}]
    if before:
        actions.append({"remove_index": {"index": before}})
    try:
        cluster.ask("POST", "/_aliases", {"actions": actions})
    except UnreachableError:
        raise  # what was not published is for the next writer to remove
    except (MissingError, EngineError):
        # The answer may be lost after the deed; asked again, the next node finds the last one gone.
        if _served(cluster, name) != index:
            _withdraw(cluster, name, index, before)
            raise


def _withdraw(cluster: Cluster, name: str, index: str, before: str | None) -> None:
    """Remove what was not published. Should that still be happening, whichever comes first makes
    the other fail: the last one is either served after this, or gone already."""
    actions: list[dict[str, Any]] = [{"remove_index": {"index": index}}]
    if before:
        actions.append({"add": {"index": before, "alias": name}})
    with suppress(MissingError):
        cluster.ask("POST", "/_aliases", {"actions": actions})
