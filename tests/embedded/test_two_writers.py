"""One writer at a time: the other waits a while, by a clock that nobody sets, and says so."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from engine.errors import LockedError
from tests.embedded.plain_index import read, store_in, write

ADDING = """
import sys
from pathlib import Path
from engine.errors import LockedError
from tests.embedded.plain_index import VERSION, fill, store_in

store = store_in(Path(sys.argv[1]), patience=0.2)
added = 0
while added < 10:
    try:
        with store.begin(fresh=False) as work:
            state = work.base.documents + 1
            fill(work.path, state)
            work.documents = state
            added += 1
    except LockedError:
        pass
"""

HOLDING = """
import os, sys, time
from pathlib import Path
from tests.embedded.plain_index import fill, store_in

with store_in(Path(sys.argv[1])).begin(fresh=False) as work:
    fill(work.path, 1)
    if sys.argv[2] == "fork" and os.fork() == 0:
        print(os.getpid(), flush=True)
        time.sleep(60)
        os._exit(0)
    if sys.argv[2] == "alone":
        print(os.getpid(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(store_in(tmp_path), 0)
    return tmp_path


@pytest.fixture
def hold(folder: Path) -> Iterator[Callable[[str], tuple[subprocess.Popen[str], int]]]:
    """Start a process that holds the lock, alone or with a forked child; returns the process and
    the id that it printed."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str) -> tuple[subprocess.Popen[str], int]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDING, folder, how], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        with process:
            process.kill()


Hold = Callable[[str], tuple[subprocess.Popen[str], int]]


def test_the_second_writer_is_told_in_a_sentence(folder: Path, hold: Hold) -> None:
    hold("alone")
    with pytest.raises(LockedError, match=r"Another program is writing .*: try again later\."):
        write(store_in(folder, patience=0.2), 1)
    assert read(store_in(folder)) == 0


def test_the_second_writer_waits_for_the_first(folder: Path, hold: Hold) -> None:
    first, _ = hold("alone")
    threading.Timer(0.2, first.kill).start()
    write(store_in(folder, patience=30), 1)
    assert read(store_in(folder)) == 1


def test_the_lock_of_a_killed_writer_is_free(folder: Path, hold: Hold) -> None:
    process, _ = hold("alone")
    process.kill()
    process.wait()
    write(store_in(folder, patience=0), 1)
    assert read(store_in(folder)) == 1


def test_a_forked_child_that_outlives_the_writer_does_not_hold_the_lock(
    folder: Path, hold: Hold
) -> None:
    process, child = hold("fork")
    process.kill()
    process.wait()
    os.kill(child, 0)
    try:
        write(store_in(folder, patience=0), 1)
    finally:
        os.kill(child, signal.SIGKILL)
    assert read(store_in(folder)) == 1


def test_a_forked_child_that_runs_out_of_the_block_publishes_nothing(folder: Path) -> None:
    program = f"""
import os
from pathlib import Path
from engine.errors import LockedError
from tests.embedded.plain_index import fill, read, store_in

folder = Path({str(folder)!r})
owner = os.getpid()
child = None
try:
    with store_in(folder).begin(fresh=False) as work:
        fill(work.path, 1)
        work.documents = 1
        for raising in (False, True):
            child = os.fork()
            if child == 0:
                if raising:
                    raise KeyboardInterrupt
                break
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
            assert read(store_in(folder)) == 0
        if os.getpid() == owner:
            try:
                with store_in(folder, patience=0).begin(fresh=False):
                    raise AssertionError("the child unlocked the writer's lock")
            except LockedError:
                pass
except KeyboardInterrupt:
    assert os.getpid() != owner
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    assert read(store_in(folder)) == 1


def test_two_threads_are_two_writers(folder: Path) -> None:
    store = store_in(folder, patience=0)
    with store.begin(fresh=True) as work:
        with pytest.raises(LockedError):
            write(store, 1)
        work.documents = 0
    assert store.current().files == ()


def test_no_update_of_two_writers_is_lost(folder: Path) -> None:
    command = [sys.executable, "-c", ADDING, str(folder)]
    writers = [subprocess.Popen(command) for _ in range(2)]
    store = store_in(folder)
    while any(writer.poll() is None for writer in writers):
        assert read_whole(folder) <= 20
    assert [writer.returncode for writer in writers] == [0, 0]
    assert read(store) == 20


def read_whole(folder: Path) -> int:
    """Read while others write: the folder of a generation may go before we have opened it."""
    while True:
        try:
            return read(store_in(folder))
        except FileNotFoundError:
            continue


@pytest.mark.parametrize("step", [3600, -3600])
def test_a_clock_that_is_set_hangs_no_writer(
    folder: Path, hold: Hold, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    steps = count()
    wall = time.time()
    monkeypatch.setattr(time, "time", lambda: wall + step * next(steps))
    monkeypatch.setattr(time, "time_ns", lambda: int((wall + step * next(steps)) * 1e9))
    process, _ = hold("alone")
    with pytest.raises(LockedError):
        write(store_in(folder, patience=0.2), 1)
    process.kill()
    process.wait()
    store = store_in(folder)
    for state in (1, 2, 3):
        write(store, state)
        assert read(store) == state
