"""Writers that are killed.

    python -m tests.embedded.killed FOLDER

For each line that it reads, a number of seconds, it forks a child that writes one state of an
index after the other, kills it after that time, and prints the states that the child had published.
"""

import os
import signal
import sys
import time
from itertools import count
from pathlib import Path

from engine.embedded.engine import EmbeddedEngine
from tests.embedded.states import advance, read


def main(folder: Path) -> None:
    """Fork and kill a writer a line."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            write_for_ever(EmbeddedEngine(folder), writing)
        os.close(writing)
        time.sleep(float(line))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as published:
            sys.stdout.write(" ".join(published.read().split()) + "\n")
        sys.stdout.flush()


def write_for_ever(engine: EmbeddedEngine, writing: int) -> None:
    """Publish states after the one that is there, and tell each."""
    for state in count(read(engine) + 1):
        advance(engine, state)
        os.write(writing, f"{state}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
