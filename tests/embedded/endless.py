"""A writer that publishes one state after the other until it is killed.

python -m tests.embedded.endless FOLDER

Begins after the state that is there, and prints each state once it is published.
"""

import sys
from itertools import count
from pathlib import Path

from tests.embedded.plain_index import read, store_in, write


def main(folder: Path) -> None:
    """Publish for ever."""
    store = store_in(folder)
    for state in count(read(store) + 1):
        write(store, state)
        sys.stdout.write(f"{state}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
