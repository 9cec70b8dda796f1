"""The process that reads, draws and recognises files: it forks a confined child for each file.

It imports what PDF files need at its start, and what web pages need when the first comes; a child
costs a few milliseconds, and what a file does to it ends with it. Requests come in on standard
input, text goes out on standard output page by page, and on a channel of its own the parent hears
that a child has ended, and how.
"""

import gc
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from indexer import frames, limits, messages
from indexer.extractors import drawings, read, recognitions, warm_up
from indexer.files import is_pdf
from indexer.messages import End, Message
from indexer.readings import Unreadable

LARGEST_FILE = 500_000_000


def main() -> None:
    """Serve requests until standard input ends: a line of JSON each, with a path in hexadecimal
    digits. To read: the page to begin with, and whether to be careful. To draw: the pages. To
    recognise: a page, and what `recognitions` takes."""
    logging.disable()
    limits.die_with_parent()
    channel = int(sys.argv[1])
    is_warm = False
    gc.freeze()  # else collecting garbage copies all memory that children share
    os.write(channel, b"\n")
    for line in sys.stdin.buffer:
        written, *request = json.loads(line)
        path = Path(os.fsdecode(bytes.fromhex(written)))
        if not is_warm and not is_pdf(path):
            warm_up()
            gc.freeze()
            is_warm = True
        child = os.fork()
        if not child:
            os.close(channel)
            os.close(0)
            _serve(path, *request)
        _, status = os.waitpid(child, 0)
        os.write(channel, limits.ending(status))


def _serve(path: Path, *request: Any) -> None:
    match request:
        case [int(first), bool(careful)]:
            _tell(path, lambda file: read(file, path.suffix, first, careful=careful))
        case [list(pages)]:
            _draw(path, pages)
        case _:
            _tell(path, lambda file: recognitions(file, *request))


def _tell(path: Path, found: Callable[[BinaryIO], Iterable[Message]]) -> None:
    """Write what is found in a file, and end the process."""
    limits.die_with_parent()
    try:
        with path.open("rb") as stream:
            limits.confine()
            size = os.fstat(stream.fileno()).st_size
            if size <= LARGEST_FILE:
                for message in found(stream):
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
