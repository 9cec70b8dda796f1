"""Whole result pages over HTTP: HTML, facets and snippets, from one process of the service."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.measures import percentile
from bench.workers import WorkerError, engine_core
from engine.queries import Query

CLIENTS = 2
ROUNDS = 3
STARTING = 60
"""Seconds that the service may take to be ready."""
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Pages:
    """`p95` in milliseconds, asked by one client; `rate` in pages a second, by two, the median of
    the rounds."""

    p95: float
    rate: float


def measure(index: Path, asked: Sequence[Query], each: int) -> Pages:
    """Serve an index on one core and let each client ask for so many result pages.

    Raises WorkerError.
    """
    addresses = [_address(query) for query in asked]
    alone, together = addresses[:each], addresses[each : (1 + CLIENTS) * each]
    with _served(index) as port:
        times = _times(port, alone)
        rates = [_rate(port, together[at::ROUNDS]) for at in range(ROUNDS)]
    return Pages(percentile(times, 0.95), median(rates))


def _rate(port: int, addresses: Sequence[str]) -> float:
    """Return the pages a second that all clients get together."""
    parts = [addresses[at::CLIENTS] for at in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda part: _times(port, part), parts))
    return len(addresses) / (time.perf_counter() - start)


def _address(query: Query) -> str:
    filters = [(name, value) for name, values in query.filters.items() for value in values]
    return "/search?" + urlencode([("q", query.text), *filters])


@contextmanager
def _served(index: Path) -> Iterator[int]:
    port = _free_port()
    serve = Path(sys.executable).with_name("cities-search")
    command = [str(serve), "serve", "--engine", f"whoosh:{index}"]
    log = index.parent / "service.log"
    with log.open("w") as out:
        service = subprocess.Popen(
            [*command, "--host", _HOST, "--port", str(port)], stdout=out, stderr=out
        )
    os.sched_setaffinity(service.pid, {engine_core()})
    try:
        _wait(service, port, log)
        yield port
    finally:
        service.terminate()
        service.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(service: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while service.poll() is None and time.monotonic() < deadline:
        try:
            _times(port, ["/readyz"])
        except (ConnectionError, WorkerError):
            time.sleep(0.1)
        else:
            return
    told = log.read_text(errors="replace").strip().rpartition("\n")[2]
    raise WorkerError(f"The search service did not start: {told}")


def _times(port: int, addresses: Sequence[str]) -> list[float]:
    """Return the milliseconds that each page took one client, over one connection."""
    connection = HTTPConnection(_HOST, port, timeout=STARTING)
    times = []
    try:
        for address in addresses:
            start = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            times.append(1000 * (time.perf_counter() - start))
            if answer.status != 200:
                raise WorkerError(f"{address} answered {answer.status}.")
    finally:
        connection.close()
    return times
