"""Where the generations of an index lie: on disk, or in memory for tests."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from whoosh.filedb.filestore import FileStorage, RamStorage, Storage

from engine.embedded import toc
from engine.embedded.generations.manifest import DamagedError
from engine.embedded.generations.store import GenerationStore
from engine.errors import LockedError, NoIndexError, WrongVersionError

WHOOSH_LOCK = "MAIN_WRITELOCK"


@dataclass(frozen=True, slots=True)
class Stored:
    """A generation that can be opened. `key` differs from that of every other generation, also
    of one with the same name after the index was removed and built anew."""

    name: str
    key: str
    storage: Storage


class Working(Protocol):
    """A generation in the making. `documents` is set before it is published."""

    documents: int

    @property
    def storage(self) -> Storage: ...


class Storages(Protocol):
    """A sequence of generations, of which the last is current."""

    def pointer(self) -> str | None:
        """Return the name of the current generation at little cost."""

    def current(self) -> Stored:
        """Return the last good generation. Raises NoIndexError."""

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the stored generations, a sentence each."""

    def begin(self, *, fresh: bool) -> AbstractContextManager[Working]:
        """Open the next generation, with the files of the current one unless `fresh`; it is
        published when the block ends without an error."""


class DiskWorking:
    """A generation in the making, in a folder."""

    def __init__(self, path: Path) -> None:
        self.storage = FileStorage(str(path))
        self.documents = 0


class DiskStorages:
    """Generations in a folder of a generation store."""

    def __init__(self, path: Path, version: str) -> None:
        self._store = GenerationStore(path, version=version, check=_check)

    def pointer(self) -> str | None:
        """Return the name of the current generation at little cost."""
        return self._store.pointer()

    def current(self) -> Stored:
        """Return the last good generation."""
        generation = self._store.current()
        key = f"{generation.name} {generation.pointer}"
        return Stored(generation.name, key, FileStorage(str(generation.path), readonly=True))

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the stored generations."""
        return self._store.faults()

    @contextmanager
    def begin(self, *, fresh: bool) -> Iterator[DiskWorking]:
        """Open the next generation."""
        with self._store.begin(fresh=fresh) as work:
            working = DiskWorking(work.path)
            yield working
            (work.path / WHOOSH_LOCK).unlink(missing_ok=True)
            work.documents = working.documents


def _check(path: Path) -> None:
    try:
        toc.read(FileStorage(str(path), readonly=True))
    except FileNotFoundError as error:
        raise DamagedError("its table of contents is missing") from error
    except WrongVersionError as error:
        raise DamagedError("its table of contents is not one of ours") from error


class MemoryWorking:
    """A generation in the making, in memory."""

    def __init__(self, base: RamStorage | None) -> None:
        self.storage = RamStorage()
        self.storage.files = dict(base.files) if base else {}
        self.documents = 0


class MemoryStorages:
    """Generations in memory; only the last is kept."""

    def __init__(self) -> None:
        self._count = 0
        self._storage: RamStorage | None = None
        self._writing = threading.Lock()

    def pointer(self) -> str | None:
        """Return the name of the current generation."""
        return f"g{self._count:06d}" if self._storage else None

    def current(self) -> Stored:
        """Return the last generation."""
        name = self.pointer()
        if name is None:
            raise NoIndexError("There is no index yet: build one first.")
        return Stored(name, name, self._storage)

    def faults(self) -> tuple[str, ...]:
        """Return nothing: memory is not checked."""
        return ()

    @contextmanager
    def begin(self, *, fresh: bool) -> Iterator[MemoryWorking]:
        """Open the next generation."""
        if not self._writing.acquire(blocking=False):
            raise LockedError("Another batch is being written to the same index.")
        try:
            working = MemoryWorking(None if fresh else self._storage)
            yield working
            self._storage = working.storage
            self._count += 1
        finally:
            self._writing.release()
