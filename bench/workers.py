"""A process of its own for each engine, on one core, so that memory and time are its own."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from bench import passages
from bench.passages import Volume
from bench.peers import Peer, peer
from engine.queries import Query


@dataclass(frozen=True, slots=True)
class Build:
    """Index this many passages of a file; answered by passages a second."""

    source: Path
    passages: int


@dataclass(frozen=True, slots=True)
class Open:
    """Open the index and answer a query; answered by milliseconds."""

    query: Query


@dataclass(frozen=True, slots=True)
class Search:
    """Answer a query; answered by milliseconds."""

    query: Query
    snippets: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """Answered by the megabytes of anonymous memory that the process holds."""


@dataclass(frozen=True, slots=True)
class Update:
    """Add a word to a document and find it; answered by milliseconds."""

    volume: Volume
    word: str


Task = Build | Open | Search | Memory | Update


class WorkerError(Exception):
    """An engine could not do what was asked; the message says what it said."""


class Worker:
    """An engine in a process of its own, which ends with the `with` block."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(name, folder, theirs))

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._process.join()

    def ask(self, task: Task) -> float:
        """Return the number that answers a task. Raises WorkerError."""
        self._connection.send(task)
        try:
            answer: float | str = self._connection.recv()
        except EOFError as error:
            raise WorkerError(f"The process of {self._name} ended too early.") from error
        if isinstance(answer, str):
            raise WorkerError(f"{self._name} failed: {answer}")
        return answer


def _work(name: str, folder: Path, connection: Connection) -> None:
    """Do tasks until the other end is closed."""
    os.sched_setaffinity(0, {engine_core()})
    worker = peer(name, folder)
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        try:
            connection.send(_answer(worker, task))
        except Exception as error:  # noqa: BLE001 - told to the process that asked, which stops
            connection.send(f"{type(error).__name__}: {error}")


def engine_core() -> int:
    """Return the core that engines run on: the last one; what measures them takes the others."""
    return max(os.sched_getaffinity(0))


def _answer(worker: Peer, task: Task) -> float:
    match task:
        case Build():
            volumes = passages.take(passages.read(task.source), task.passages)
            rate = task.passages / _seconds(lambda: worker.build(volumes))
            worker.finish()
            return rate
        case Open():
            return 1000 * _seconds(lambda: _open(worker, task.query))
        case Search():
            return 1000 * _seconds(lambda: worker.search(task.query, snippets=task.snippets))
        case Memory():
            return anonymous_memory() / 1e6
        case Update():
            return 1000 * _seconds(lambda: _update(worker, task))


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _open(worker: Peer, query: Query) -> None:
    worker.open()
    worker.search(query, snippets=False)


def _update(worker: Peer, task: Update) -> None:
    first, *others = task.volume.passages
    changed = replace(first, text=f"{task.word} {first.text}")
    worker.update(replace(task.volume, passages=(changed, *others)))
    if worker.search(Query(task.word, match="all"), snippets=False).total != 1:
        raise WorkerError("the update cannot be found")


def anonymous_memory(process: str = "self") -> int:
    """Return the bytes of a process that are neither files nor shared, as Linux counts them.
    Raises WorkerError."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        status = ""
    for line in status.splitlines():
        if line.startswith("RssAnon:"):
            return 1024 * int(line.split()[1])
    raise WorkerError("this system does not tell the anonymous memory of a process")


def disk(folder: Path) -> float:
    """Return the megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
