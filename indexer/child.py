"""The process that reads and draws files: it forks a confined child for each file.

It imports what extraction needs once; a child costs a few milliseconds, and what a file does to
it ends with it. Requests come in on standard input, text goes out on standard output page by
page, and on a channel of its own the parent hears that a child has ended, and how.
"""

import gc
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer import frames, limits, messages
from indexer.extractors import drawings, read, warm_up
from indexer.messages import End
from indexer.readings import Unreadable

LARGEST_FILE = 500_000_000


def main() -> None:
    """Serve requests until standard input ends: a line of JSON each, with a path in hexadecimal
    digits. To read: the page to begin with, and whether to be careful. To draw: the pages."""
    logging.disable()
    limits.die_with_parent()
    channel = int(sys.argv[1])
    warm_up()
    gc.freeze()  # else collecting garbage copies all memory that children share
    os.write(channel, b"\n")
    for request in sys.stdin.buffer:
        child = os.fork()
        if not child:
            os.close(channel)
            os.close(0)
            written, *rest = json.loads(request)
            path = Path(os.fsdecode(bytes.fromhex(written)))
            match rest:
                case [int(first), bool(careful)]:
                    _read(path, first, careful=careful)
                case _:
                    _draw(path, *rest)
        _, status = os.waitpid(child, 0)
        os.write(channel, limits.ending(status))


def _read(path: Path, first: int, *, careful: bool) -> None:
    """Read a file, write what it holds, and end the process."""
    limits.die_with_parent()
    try:
        with path.open("rb") as stream:
            limits.confine()
            size = os.fstat(stream.fileno()).st_size
            if size <= LARGEST_FILE:
                for message in read(stream, path.suffix, first, careful=careful):
                    _write(messages.line(message))
        _write(messages.line(End("" if size <= LARGEST_FILE else "too-large")))
    except Unreadable as error:
        _write(messages.line(End(error.reason)))
    except limits.OutOfTime:
        _write(messages.line(End("timeout")))
    except MemoryError:
        _write(b'{"end": "memory"}\n')
    except BaseException:  # noqa: BLE001 - no failure may run on into the parent's loop
        _write(b'{"end": "crash"}\n')
    finally:
        os._exit(0)


def _draw(path: Path, pages: Sequence[int]) -> None:
    """Write pages of a file as frames, and end the process."""
    limits.die_with_parent()
    try:
        with path.open("rb") as stream:
            limits.confine()
            if os.fstat(stream.fileno()).st_size <= LARGEST_FILE:
                for number, drawing in drawings(stream, pages):
                    _write(frames.frame(number, drawing))
    finally:
        os._exit(0)


def _write(line: bytes) -> None:
    while line:
        line = line[os.write(1, line) :]


if __name__ == "__main__":
    main()
