"""The lease that one writer of an index holds: a small document that it keeps renewing.

A writer that died stops renewing, and the next may take over. Writers compare a time in the
document with their own clocks, which may differ by less than SECONDS / 2.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from engine.errors import LockedError
from engine.opensearch.cluster import Cluster, ConflictError, MissingError, UnreachableError

INDEX = "cities-search-writers"
SECONDS = 120.0
"""How long a lease lasts that is not renewed."""
RENEWED = SECONDS / 6


class Lease:
    """A lease that is held. `check` must be asked right before anything is published."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name
        self._owner = f"{socket.gethostname()} {os.getpid()} {uuid4().hex}"
        self._held = threading.Lock()
        self._version = self._take()

    def check(self, cluster: Cluster) -> None:
        """Renew the lease. Raises LockedError when another writer has taken over."""
        with self._held:
            try:
                self._version = self._write(cluster, self._version)
            except (ConflictError, MissingError):
                self._version = self._own(cluster)

    def renew(self, stopped: threading.Event) -> None:
        """Keep renewing until stopped; a lease that is lost, or cannot be renewed, is for `check`
        to find."""
        while not stopped.wait(RENEWED):
            try:
                self.check(self._cluster)
            except UnreachableError:
                continue
            except LockedError:
                return

    def end(self) -> None:
        """Give the lease back, unless another writer has it; one that cannot be given back runs
        out by itself."""
        with self._held:
            try:
                self._cluster.ask("DELETE", f"/{INDEX}/_doc/{self._name}", **self._version)
            except (ConflictError, MissingError, UnreachableError):
                return

    def _take(self) -> dict[str, Any]:
        try:
            return self._write(self._cluster, {"op_type": "create"})
        except MissingError:
            _create(self._cluster)
            return self._taken_over()
        except ConflictError:
            return self._taken_over()

    def _own(self, cluster: Cluster) -> dict[str, Any]:
        """Return the version of our own lease, where only the answer to writing it was lost."""
        try:
            found = cluster.ask("GET", f"/{INDEX}/_doc/{self._name}")
        except MissingError as error:
            raise self._locked() from error
        if found["_source"]["owner"] != self._owner:
            raise self._locked()
        return _version(found)

    def _taken_over(self) -> dict[str, Any]:
        try:
            found = self._cluster.ask("GET", f"/{INDEX}/_doc/{self._name}")
        except MissingError:
            version: dict[str, Any] = {"op_type": "create"}
        else:
            if found["_source"]["until"] > time.time():
                return self._own(self._cluster)
            version = _version(found)
        try:
            return self._write(self._cluster, version)
        except ConflictError as error:
            raise self._locked() from error

    def _write(self, cluster: Cluster, version: dict[str, Any]) -> dict[str, Any]:
        body = {"owner": self._owner, "until": time.time() + SECONDS}
        path = f"/{INDEX}/_doc/{self._name}"
        return _version(cluster.ask("PUT", path, body, **version))

    def _locked(self) -> LockedError:
        return LockedError(
            f"Another program is writing to the index {self._name}: try again later."
        )


@contextmanager
def held(cluster: Cluster, name: str) -> Iterator[Lease]:
    """Hold the lease of an index while the block runs. Raises LockedError when another has it."""
    lease = Lease(cluster, name)
    stopped = threading.Event()
    thread = threading.Thread(target=lease.renew, args=(stopped,), daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        stopped.set()
        thread.join()
        lease.end()


def _create(cluster: Cluster) -> None:
    """Make the index of leases, with a copy on every node."""
    properties = {"owner": {"type": "keyword"}, "until": {"type": "double"}}
    body = {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-all"},
        "mappings": {"dynamic": "strict", "properties": properties},
    }
    if not cluster.ask("HEAD", f"/{INDEX}"):
        cluster.ask("PUT", f"/{INDEX}", body)


def _version(answer: Any) -> dict[str, Any]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
