"""Changes sent to the cluster in bulk: several requests at once, and never more than it takes."""

import json
import time
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from engine.documents import Document, Passage
from engine.errors import EngineError, FullDiskError
from engine.opensearch import wordings, writing
from engine.opensearch.cluster import BUSY, PATIENCE, Cluster, UnreachableError, is_blocked
from engine.opensearch.generations import Working
from engine.opensearch.mapping import WORDING
from engine.wording import Gleaning

REQUEST_BYTES = 4_000_000
LARGEST = 100_000_000
"""Bytes of a document: a request may have 100 MiB, unless `http.max_content_length` says more."""
AT_ONCE = 4
"""Requests under way; further documents wait until one is answered."""
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
        self._before = wordings.read(cluster.patient(), working.index) if working.is_clone else []
        self._gleaning = Gleaning(wordings.joined(self._before))
        self._words: Counter[str] = Counter()

    def put(self, document: Document, passages: tuple[Passage, ...]) -> None:
        """Add a document, in place of the one with the same id."""
        source = _as_json(writing.source(document, passages))
        if len(source) > LARGEST:
            raise EngineError(f"“{document.id}” has more text than the cluster takes at once.")
        self._put(writing.key(document.id), source)
        self._gleaning.add(document, passages)
        self._words.update(writing.tokens(document, passages))

    def remove(self, document_id: str) -> None:
        """Take a document and its passages out."""
        self._remove(writing.key(document_id))
        self._gleaning.remove(document_id)

    def finish(self) -> None:
        """Add how everything is worded, and wait until the cluster has acknowledged every change.
        Raises EngineError."""
        self._gleaning.count(self._words)
        pieces = wordings.pieces(self._gleaning.encoded())
        for number, piece in enumerate(pieces):
            self._put(wordings.key(number), _as_json({WORDING: piece}))
        for number in range(len(pieces), len(self._before)):
            self._remove(wordings.key(number))
        self._send()
        while self._under_way:
            self._under_way.popleft().result()
        self._pool.shutdown()

    def abandon(self) -> None:
        """Wait until no request is under way; what they answer no longer matters."""
        self._pool.shutdown(cancel_futures=True)

    def _put(self, key: str, source: str) -> None:
        self._add(f"{self._action('index', key)}\n{source}\n")

    def _remove(self, key: str) -> None:
        self._add(f"{self._action('delete', key)}\n")

    def _action(self, kind: str, key: str) -> str:
        self._version += 1
        about = {"version": self._version, "version_type": "external_gte"}
        return json.dumps({kind: {"_id": key, **about}})

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


def _as_json(source: dict[str, Any]) -> str:
    return json.dumps(source, separators=(",", ":"))


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
                filter_path="items.*.status,items.*.error.type,items.*.error.reason",
            )
            changes, reason = _left(changes, answer["items"])
        except UnreachableError:
            if time.monotonic() > deadline:
                raise
        if not changes:
            return
        if time.monotonic() > deadline:
            minutes = f"{PATIENCE / 60:.0f} minutes"
            raise UnreachableError(f"The cluster took no more documents for {minutes}: {reason}.")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _left(changes: list[str], items: list[dict[str, Any]]) -> tuple[list[str], str]:
    """Return the changes to send again, and why. Raises EngineError for one that is refused for
    good."""
    left, why = [], ""
    for change, item in zip(changes, items, strict=True):
        [outcome] = item.values()
        status, error = outcome["status"], outcome.get("error", {})
        reason = error.get("reason", f"status {status}").rstrip(".")
        if is_blocked(error, status):
            raise FullDiskError(f"The cluster takes no changes: {reason}.")
        if status in BUSY:
            left.append(change)
            why = reason
        # Gone already, or overtaken by a later change to the same document: both are done.
        elif status >= 400 and status not in (404, 409):
            raise EngineError(f"The cluster refused a document: {reason}.")
    return left, why
