"""A confined process cannot write, connect or grow."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import limits

ROOT = Path(__file__).resolve().parents[2]


def _confined(statement: str, *arguments: str) -> str:
    """Run a statement in a confined process and return what it printed, or the signal that ended
    it."""
    program = (
        "import hashlib, os, socket, sys\nfrom pathlib import Path\nfrom indexer import limits\n"
        "path = Path(sys.argv[1]) if sys.argv[1:] else None\nlimits.confine()\n"
        f"try:\n    {statement}\n    print('done')\n"
        "except BaseException as error:\n    print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    return done.stdout.strip()


def test_memory_is_limited() -> None:
    assert _confined("bytes(600 * 2**20)") == "MemoryError"


def test_time_is_limited() -> None:
    assert _confined("limits.allow_cpu(0)\n    while True: pass") == "OutOfTime"


def test_code_that_hears_no_signals_is_ended() -> None:
    endless = "limits.allow_cpu(0)\n    hashlib.pbkdf2_hmac('sha256', b'', b'', 2**31 - 1)"

    assert _confined(endless) == "SIGPROF"


@pytest.mark.parametrize(
    ("by", "ending"),
    [
        (signal.SIGPROF, limits.OUT_OF_TIME),
        (signal.SIGSEGV, limits.KILLED),
        (signal.SIGABRT, limits.KILLED),
    ],
)
def test_how_a_process_ended_is_told(by: signal.Signals, ending: bytes) -> None:
    process = os.posix_spawn("/bin/sleep", ["sleep", "60"], {})
    os.kill(process, by)

    assert limits.ending(os.waitpid(process, 0)[1]) == ending


def test_a_process_that_ends_by_itself_is_not_killed() -> None:
    process = os.posix_spawn("/bin/true", ["true"], {})

    assert limits.ending(os.waitpid(process, 0)[1]) == limits.ENDED


def test_a_file_can_be_read_but_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("text")

    assert _confined("path.read_text()", str(path)) == "done"
    assert _confined("path.write_text('x' * 9999)", str(path)) in ("PermissionError", "OSError")


@pytest.mark.skipif(
    ctypes.CDLL(None).syscall(444, None, 0, 1) < 4,
    reason="this kernel has no Landlock that knows connections",
)
def test_a_file_cannot_be_emptied_or_removed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("text")

    assert _confined("os.truncate(path, 0)", str(path)) == "PermissionError"
    assert _confined("path.unlink()", str(path)) == "PermissionError"
    assert _confined("socket.create_connection(('127.0.0.1', 9))") == "PermissionError"
    assert path.read_text() == "text"
