"""The child processes that files are handed to, and what they say.

A child is started when it is first asked, and again when it is asked after it was closed.
"""

import json
import os
import selectors
import subprocess
import sys
from pathlib import Path

from indexer.errors import ReadingError

START = 60.0
"""Seconds for a child to import its libraries on a busy machine."""
MOST_AT_ONCE = 1 << 20

_HERE = Path(__file__).resolve().parents[1]


class Child:
    """A child process that serves one request after another. Use it from one thread, and close it
    there; any other may stop it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._channel = -1

    def ask(self, path: Path, *request: object) -> None:
        """Send a request about a file. Raises ReadingError where no child can be started, and
        BrokenPipeError where it has ended."""
        if self._process is None:
            self._process, self._channel = _started()
        assert self._process.stdin is not None
        line = json.dumps([os.fsencode(path).hex(), *request])
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def heard(self, seconds: float) -> bytes | None:
        """Return what the child writes next; None where it has done with the request, which
        `ending` tells about. Raises TimeoutError, and BrokenPipeError where the child has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        with selectors.DefaultSelector() as ready:
            ready.register(output, selectors.EVENT_READ)
            ready.register(self._channel, selectors.EVENT_READ)
            events = {key.fd for key, _ in ready.select(max(0.0, seconds))}
        if not events:
            raise TimeoutError
        if output not in events:
            return None
        if written := os.read(output, MOST_AT_ONCE):
            return written
        raise BrokenPipeError

    def ending(self) -> bytes:
        """Return how the process for the request ended, as `limits.ending` tells it."""
        return os.read(self._channel, 1)

    def stop(self) -> None:
        """End the child from another thread; what it was doing is lost."""
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the child."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            os.close(self._channel)
            self._process = None


def _started() -> tuple["subprocess.Popen[bytes]", int]:
    """Start a child process; return it with the channel on which it tells how a request ended."""
    channel, theirs = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "indexer.child", str(theirs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs,),
            start_new_session=True,
            env={
                "PYTHONPATH": str(_HERE),
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "OMP_THREAD_LIMIT": "1",  # a child for each core is at work
            },
        )
    except OSError as error:
        os.close(channel)
        raise ReadingError(f"No process can be started to read files: {error}.") from error
    finally:
        os.close(theirs)
    with selectors.DefaultSelector() as ready:
        ready.register(channel, selectors.EVENT_READ)
        if not ready.select(START) or not os.read(channel, 1):
            process.kill()
            process.communicate()
            os.close(channel)
            raise ReadingError("The process that reads files does not start.")
    return process, channel
