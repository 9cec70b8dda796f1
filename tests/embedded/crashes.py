"""A writer that stops dead before the k-th change to its files, for every k.

    python -m tests.embedded.crashes START OUT STATE [fresh] [losing] [sharing]

Copies the folder START to OUT/1, OUT/2, … and publishes STATE in each, until one time nothing is
left to stop before. With `losing`, what was not written through to the disk is lost as well, as
when the power fails.
"""

import os
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import Any

from engine.embedded.generations import disk
from tests.embedded.plain_index import store_in, write

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CRASHED = 9


class Crash:
    """Counts changes down, and ends the process when none are left."""

    def __init__(self, folder: Path, changes: int, *, losing: bool) -> None:
        self.folder = folder
        self.changes = changes
        self.losing = losing
        self.lasting = {path.stat().st_ino for path in folder.rglob("*")}

    def arm(self) -> None:
        """Watch every change from now on."""
        sys.addaudithook(self._audit)
        os.fsync = self._fsync

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES:
            self._count()
        elif event == "open":
            flags = arguments[2]
            if isinstance(flags, int) and flags & WRITING:
                self._count()

    def _fsync(self, fd: Any) -> None:
        self._count()
        self.lasting.add(os.fstat(fd).st_ino)

    def _count(self) -> None:
        self.changes -= 1
        if self.changes == 0:
            if self.losing:
                for path in self.folder.rglob("*"):
                    if path.is_file() and path.stat().st_ino not in self.lasting:
                        os.truncate(path, path.stat().st_size // 2)
            os._exit(CRASHED)


def main(start: Path, out: Path, state: int, options: list[str]) -> None:
    """Stop a writer at each change."""
    if "sharing" in options:
        disk.COPIED = 0
    for changes in count(1):
        folder = out / str(changes)
        shutil.copytree(start, folder)
        child = os.fork()
        if child == 0:
            Crash(folder, changes, losing="losing" in options).arm()
            write(store_in(folder), state, fresh="fresh" in options)
            return
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != CRASHED:
            sys.exit(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
