"""A disk that is full or read-only stops a writer with one sentence, and never a reader."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.embedded.generations.store import GenerationStore
from engine.errors import EngineError, FullDiskError
from tests.embedded.plain_index import read, store_in, write

FULL = r"The disk takes no more of the index in .*: nothing was published, and what was there"
PAGE = 4096


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill_up(disk: Path, left: int) -> None:
    """Fill a disk but for so many bytes."""
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - left))


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    store = store_in(small_disk / "index")
    state = 0
    write(store, state)
    refused = 0
    for pages in range(40):
        fill_up(small_disk, pages * PAGE)
        try:
            write(store, state + 1)
        except FullDiskError:
            refused += 1
        else:
            state += 1
        assert read(store) == state
        (small_disk / "filler").unlink()
    assert (refused > 5, state > 5) == (True, True)
    write(store, state + 1)
    assert read(store) == state + 1


def test_a_first_build_on_a_full_disk_says_so_and_works_later(small_disk: Path) -> None:
    store = store_in(small_disk / "index")
    fill_up(small_disk, 2 * PAGE)
    with pytest.raises(FullDiskError, match=FULL):
        write(store, 0)
    (small_disk / "filler").unlink()
    write(store, 0)
    assert read(store) == 0


def test_a_read_only_disk_is_searched_and_refuses_writers(small_disk: Path) -> None:
    store = store_in(small_disk / "index")
    write(store, 0)
    write(store, 1)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert read(store) == 1
    assert store.faults() == ()
    with pytest.raises(FullDiskError, match=r"cannot be written to \(Read-only file system\)\."):
        write(store, 2)
    with pytest.raises(FullDiskError, match="cannot be written to"):
        write(store_in(small_disk / "other"), 0)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    write(store, 2)
    assert read(store) == 2


@contextmanager
def short_files() -> Iterator[None]:
    """Let no file grow beyond 2,000 bytes: also not the one that the test run is written to, so
    this must end before anything is reported."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_limit_on_files_is_like_a_full_disk(tmp_path: Path) -> None:
    store = store_in(tmp_path / "index")
    write(store, 0)
    with short_files(), pytest.raises(FullDiskError, match=FULL):
        write(store, 1)
    assert read(store) == 0


def test_a_lock_that_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path, version="1")
    (tmp_path / "LOCK").mkdir()
    with pytest.raises(EngineError, match=r"cannot be written to \(Is a directory\)\."):
        write(store, 0)
