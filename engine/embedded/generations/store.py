"""Generations of an index: each a folder of plain files that is published whole or not at all, and
verified before anybody reads it. It knows nothing of what the files mean."""

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from engine.embedded.generations import disk, generation, manifest
from engine.embedded.generations.disk import Stamp
from engine.embedded.generations.generation import CURRENT, PART, Generation, name_in, number_of
from engine.embedded.generations.lock import held
from engine.embedded.generations.manifest import SETTLED_NS, DamagedError
from engine.embedded.generations.work import Work, finish, start
from engine.errors import EngineError, FullDiskError, NoIndexError, WrongVersionError

log = logging.getLogger(__name__)

KEPT = 3
"""Generations that stay: the published one and two to fall back to."""
PATIENCE = 5.0
"""Seconds that a writer waits for another one."""
LOCK = "LOCK"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


Check = Callable[[Path], None]
"""Looks into a folder whose files are as they were written, and raises DamagedError unless they can
be opened."""


class GenerationStore:
    """The generations of one index, in one folder. One store may serve many threads."""

    def __init__(
        self,
        path: Path,
        *,
        version: str,
        patience: float = PATIENCE,
        check: Check = lambda _: None,
    ) -> None:
        """`version` names the format of the files; `patience` is in seconds; what `check` raises
        counts as damage."""
        self._path = path
        self._version = version
        self._patience = patience
        self._check = check
        self._pointer = path / CURRENT
        self._known: Mapping[Stamp, str] = {}
        self._read: tuple[tuple[int, ...] | None, str | None] = (None, None)

    def pointer(self) -> str | None:
        """Return what CURRENT says, or nothing when that makes no sense.

        Costs microseconds, so that it can be asked for each request and compared with the
        `pointer` of the generation in use. The file is read again when its status changed, or
        was changed so lately that the next change could show the same times.
        """
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        status = found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        known, pointer = self._read
        if status != known:
            is_settled = abs(time.time_ns() - found.st_ctime_ns) > SETTLED_NS
            pointer = generation.read_pointer(str(self._pointer))
            self._read = (status if is_settled else None), pointer
        return pointer

    def current(self) -> Generation:
        """Return the published generation, or the newest that is whole when that one is not.

        Raises NoIndexError, and WrongVersionError when what is whole has another version.
        """
        while True:
            pointer = self.pointer()
            try:
                found = self._newest(pointer)
            except NoIndexError:
                if self.pointer() == pointer:
                    raise
                continue
            # While we looked, a writer may have published others and removed the named one.
            if found.name == name_in(pointer) or self.pointer() == pointer:
                return found

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong in the store, a sentence each, after reading every byte of it."""
        names = self._names()
        faults = []
        if names and not generation.is_bound(self._path, self.pointer()):
            faults.append(f"{CURRENT} does not fit any generation.")
        for name in names:
            folder = self._path / name
            try:
                found = manifest.parse(manifest.read_raw(folder))
                manifest.verify(folder, found, {})
                if found.version == self._version:
                    self._check(folder)
            except DamagedError as error:
                faults.append(f"Generation {name} is damaged: {error}.")
        return tuple(faults)

    @contextmanager
    def begin(self, *, fresh: bool) -> Iterator[Work]:
        """Make the next generation in the block, and publish it when the block ends well.

        It begins with the files of the last good one unless `fresh`. After any exception the
        generations are what they were. Raises LockedError while another writer is at work,
        FullDiskError, NoIndexError when all that is there is damaged and `fresh` is not set,
        and EngineError when the folder cannot be written to.
        """
        with self._disk_errors(), self._locked():
            self._clear()
            last = self._last_good(fresh=fresh)
            name = self._next_name()
            work = Work(self._path / (name + PART), None if fresh else last)
            owner = os.getpid()
            try:
                shared = start(work)
                yield work
                # A forked child that runs out of the block is not the writer.
                if os.getpid() != owner:
                    return
                self._publish(name, work.path, finish(work, self._version, shared))
            finally:
                if os.getpid() == owner:
                    self._discard(name)
            self._prune(name, last)

    def _newest(self, pointer: str | None) -> Generation:
        names = self._names()
        if not names:
            raise NoIndexError(f"There is no index in {self._path} yet: build it first.")
        if generation.is_bound(self._path, pointer):
            # Newer ones than this were left by a writer that died before it published them.
            names.sort(key=lambda name: name != name_in(pointer))
        other_version = False
        for name in names:
            folder = self._path / name
            try:
                found = manifest.parse(manifest.read_raw(folder))
                if found.version != self._version:
                    other_version = True
                    continue
                self._known = manifest.verify(folder, found, self._known)
                self._check(folder)
            except DamagedError as error:
                log.warning("generation %s in %s is passed over: %s", name, self._path, error)
                continue
            return Generation(name, folder, found.documents, found.files, pointer)
        if other_version:
            raise WrongVersionError(
                f"The index in {self._path} was made by another version: build it again."
            )
        raise NoIndexError(f"The index in {self._path} is damaged: build it again.")

    def _names(self) -> list[str]:
        try:
            return generation.names(self._path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NoIndexError(
                f"The index in {self._path} cannot be opened ({error.strerror})."
            ) from error

    @contextmanager
    def _disk_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise FullDiskError(
                f"The disk takes no more of the index in {self._path} ({error.strerror}):"
                " nothing was published, and what was there before is unchanged."
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                if not self._path.is_dir():
                    self._path.mkdir(mode=0o700, parents=True)
                    disk.sync_folder(self._path.parent)
                stack.enter_context(held(self._path / LOCK, self._patience))
            except OSError as error:
                kind = FullDiskError if error.errno in _FULL else EngineError
                raise kind(
                    f"The index in {self._path} cannot be written to ({error.strerror})."
                ) from error
            yield

    def _clear(self) -> None:
        """Remove what writers that died left behind, and a folder in the place of the pointer."""
        for path in self._path.iterdir():
            unfinished = path.suffix == PART and (path.stem == CURRENT or number_of(path.name))
            if unfinished or (path.name == CURRENT and path.is_dir()):
                disk.remove(path)

    def _last_good(self, *, fresh: bool) -> Generation | None:
        try:
            return self.current()
        except NoIndexError:
            if not fresh and self._names():
                raise
            return None

    def _next_name(self) -> str:
        taken = [path.name for path in self._path.iterdir()]
        taken.append(name_in(self.pointer()))
        return generation.name_of(1 + max(map(number_of, taken)))

    def _publish(self, name: str, folder: Path, raw: bytes) -> None:
        # All room is taken before anything moves; from there on there are only renames.
        unfinished = self._path / (CURRENT + PART)
        disk.write_lasting(unfinished, generation.render_pointer(name, raw))
        folder.rename(self._path / name)
        disk.sync_folder(self._path)
        unfinished.replace(self._path / CURRENT)
        disk.sync_folder(self._path)

    def _discard(self, name: str) -> None:
        """Remove what is left of a generation in the making. One that CURRENT names is published,
        however its block ended."""
        disk.remove(self._path / (CURRENT + PART))
        disk.remove(self._path / (name + PART))
        if name_in(self.pointer()) != name:
            self._remove(name)

    def _prune(self, name: str, last: Generation | None) -> None:
        """Remove all but the newest generations. Those between the last good one and the new one
        cannot be served: they must not push out good ones."""
        older = [other for other in self._names() if other != name]
        good = [other for other in older if not last or number_of(other) <= number_of(last.name)]
        for other in reversed(older):
            if other not in good[: KEPT - 1]:
                self._remove(other)

    def _remove(self, name: str) -> None:
        """Remove a generation, which is an unfinished one from the first step on: what a writer
        leaves that is killed meanwhile is no damage."""
        removed = self._path / (name + PART)
        try:
            (self._path / name).rename(removed)
        except FileNotFoundError:
            return
        except OSError as error:
            log.warning("%s could not be removed: %s", self._path / name, error)
            return
        disk.remove(removed)
