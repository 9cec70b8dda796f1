"""The process that reads files: started by `reading`, it forks a confined child for each file.

It imports what extraction needs once; a child costs a few milliseconds, and what a file does to
it ends with it. Requests come in on standard input, text goes out on standard output page by
page, and on a channel of its own the parent hears that a child has ended.
"""

import json
import logging
import os
import sys
from pathlib import Path

from indexer import limits, messages
from indexer.extractors import read, warm_up
from indexer.messages import End
from indexer.readings import Unreadable

LARGEST_FILE = 500_000_000


def main() -> None:
    """Serve requests, a line of JSON with a path each, until standard input ends."""
    logging.disable()
    limits.die_with_parent()
    channel = int(sys.argv[1])
    warm_up()
    os.write(channel, b"\n")
    for request in sys.stdin.buffer:
        child = os.fork()
        if not child:
            os.close(channel)
            os.close(0)
            _read(Path(os.fsdecode(bytes.fromhex(json.loads(request)))))
        os.waitpid(child, 0)
        os.write(channel, b"\n")


def _read(path: Path) -> None:
    """Read a file, write what it holds, and end the process."""
    limits.die_with_parent()
    try:
        with path.open("rb") as stream:
            limits.confine()
            size = os.fstat(stream.fileno()).st_size
            for message in read(stream, path.suffix) if size <= LARGEST_FILE else ():
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


def _write(line: bytes) -> None:
    while line:
        line = line[os.write(1, line) :]


if __name__ == "__main__":
    main()
