"""The lock that one writer of an index holds. It never waits by the wall clock, and never outlives
the process that took it, whatever that process forked."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import LockedError

PAUSE = 0.05
"""Seconds between two tries: short beside any write, and too long to keep a core busy."""

_descriptors: set[int] = set()


@contextmanager
def held(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock in the file `path` while the block runs.

    Raises LockedError when another process or thread still has it after `patience` seconds, and
    OSError when the file cannot be opened for writing.
    """
    descriptor = _acquire(path, time.monotonic() + patience)
    owner = os.getpid()
    try:
        yield
    finally:
        # A forked child that runs out of the block has closed its copy, and must not unlock ours.
        if os.getpid() == owner:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            _close(descriptor)


def _acquire(path: Path, deadline: float) -> int:
    while True:
        # Opened anew for each try: the file may have been removed and made again meanwhile.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        _descriptors.add(descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(path, descriptor):
                return descriptor
        except BlockingIOError:
            pass
        except BaseException:
            _close(descriptor)
            raise
        _close(descriptor)
        if time.monotonic() >= deadline:
            raise LockedError(
                f"Another program is writing to the index in {path.parent}: try again later."
            )
        time.sleep(PAUSE)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _close(descriptor: int) -> None:
    _descriptors.discard(descriptor)
    os.close(descriptor)


def _let_go_in_child() -> None:
    # A lock by flock stays held while any copy of the descriptor is open, in any process.
    for descriptor in tuple(_descriptors):
        _close(descriptor)


os.register_at_fork(after_in_child=_let_go_in_child)
