"""Changes sent to the cluster in bulk: several requests at once, and never more than it takes."""

import json
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from engine.documents import Document, Passage
from engine.errors import EngineError
from engine.opensearch import writing
from engine.opensearch.cluster import BUSY, Cluster, UnreachableError
from engine.opensearch.generations import Working

REQUEST_BYTES = 4_000_000
AT_ONCE = 4
"""Requests under way; further documents wait until one is answered."""
PATIENCE = 180.0
"""Seconds of trying again before a batch fails: a cluster that loses a node needs up to one
minute to see it and to name another in its place."""
LONGEST_PAUSE = 5.0
_VERSIONS = 2**32


class BulkBatch:
    """A batch on a generation that is being written.

    Every change has a number that grows, the document's version: of two changes to one document
    the later wins, whichever request arrives first or is sent again.
    """

    def __init__(self, cluster: Cluster, working: Working) -> None:
        self._cluster = cluster
        self._index = working.index
        self._version = working.number * _VERSIONS
        self._changes: list[str] = []
        self._size = 0
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._under_way: deque[Future[None]] = deque()

    def put(self, document: Document, passages: tuple[Passage, ...]) -> None:
        """Add a document, in place of the one with the same id."""
        source = json.dumps(writing.source(document, passages), separators=(",", ":"))
        self._add(f"{self._action('index', document.id)}\n{source}\n")

    def remove(self, document_id: str) -> None:
        """Take a document and its passages out."""
        self._add(f"{self._action('delete', document_id)}\n")

    def finish(self) -> None:
        """Wait until the cluster has acknowledged every change. Raises EngineError."""
        self._send()
        while self._under_way:
            self._under_way.popleft().result()
        self._pool.shutdown()

    def abandon(self) -> None:
        """Wait until no request is under way; what they answer no longer matters."""
        self._pool.shutdown(cancel_futures=True)

    def _action(self, kind: str, document_id: str) -> str:
        self._version += 1
        about = {"version": self._version, "version_type": "external_gte"}
        return json.dumps({kind: {"_id": writing.key(document_id), **about}})

    def _add(self, change: str) -> None:
        self._changes.append(change)
        self._size += len(change)
        if self._size >= REQUEST_BYTES:
            self._send()

    def _send(self) -> None:
        if not self._changes:
            return
        if len(self._under_way) >= AT_ONCE:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(_bulk, self._cluster, self._index, self._changes))
        self._changes, self._size = [], 0


def _bulk(cluster: Cluster, index: str, changes: list[str]) -> None:
    """Send changes until each is acknowledged. Raises EngineError when one is refused, or when
    the cluster does not take it for too long."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.1
    while True:
        try:
            answer = cluster.ask(
                "POST",
                f"/{index}/_bulk",
                "".join(changes),
                filter_path="items.*.status,items.*.error.reason",
            )
            changes = _left(changes, answer["items"])
        except UnreachableError:
            if time.monotonic() > deadline:
                raise
        if not changes:
            return
        if time.monotonic() > deadline:
            raise UnreachableError("The cluster took no more documents for three minutes.")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _left(changes: list[str], items: list[dict[str, Any]]) -> list[str]:
    """Return the changes to send again. Raises EngineError for one that is refused for good."""
    left = []
    for change, item in zip(changes, items, strict=True):
        [outcome] = item.values()
        status = outcome["status"]
        if status in BUSY:
            left.append(change)
        # Gone already, or overtaken by a later change to the same document: both are done.
        elif status >= 400 and status not in (404, 409):
            reason = outcome.get("error", {}).get("reason", f"status {status}")
            raise EngineError(f"The cluster refused a document: {reason.rstrip('.')}.")
    return left
