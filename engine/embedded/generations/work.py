"""The next generation while it is being made. It shares the files of the one before it, and
refuses to be finished when one of these was written into."""

import os
from dataclasses import dataclass
from pathlib import Path

from engine.embedded.generations import disk
from engine.embedded.generations.disk import Stamp
from engine.embedded.generations.generation import Generation
from engine.embedded.generations.manifest import LARGEST, MANIFEST, File, Manifest, render
from engine.errors import EngineError


@dataclass(slots=True)
class Work:
    """The folder in which the next generation is made; `documents` must be set before it is done.

    It begins with the files of `base`, many of them shared with it: replace or remove them, never
    write into one. `base` is nothing when it begins empty.
    """

    path: Path
    base: Generation | None
    documents: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A file that an older generation has too: its line of the manifest, and how it looked."""

    file: File
    stamp: Stamp


def start(work: Work) -> dict[str, Shared]:
    """Make the folder with the files of the base, and return those that are shared, by name.

    Raises EngineError when a file of the base has been damaged since it was verified.
    """
    work.path.mkdir(mode=0o700)
    shared: dict[str, Shared] = {}
    if work.base:
        for file in work.base.files:
            old, new = work.base.path / file.name, work.path / file.name
            if disk.share(old, new):
                with disk.open_plain(new) as opened:
                    shared[file.name] = Shared(file, disk.stamp(opened))
            else:
                _copy(old, new, file)
    return shared


def finish(work: Work, version: str, shared: dict[str, Shared]) -> bytes:
    """Write all of the folder through to the disk, with a manifest, and return the manifest.

    Raises RuntimeError when the folder was not made as `Work` asks for.
    """
    if work.documents is None:
        raise RuntimeError("the number of documents was not set")
    files = tuple(_seal(path, shared.get(path.name)) for path in sorted(work.path.iterdir()))
    raw = render(Manifest(version, work.documents, files))
    if len(raw) > LARGEST:
        raise RuntimeError(f"{len(files)} files are too many for one generation")
    disk.write_lasting(work.path / MANIFEST, raw)
    disk.sync_folder(work.path)
    return raw


def _copy(old: Path, new: Path, file: File) -> None:
    disk.copy(old, new)
    with disk.open_plain(new) as copied:
        # Damage since the base was verified must not go into a manifest as if it were right.
        if disk.sha256(copied) != file.sha256:
            raise EngineError(f"{old} was damaged while it was being copied: try again.")


def _seal(path: Path, shared: Shared | None) -> File:
    with disk.open_plain(path) as file:
        stamp = disk.stamp(file)
        if shared and shared.stamp == stamp:
            return shared.file
        if shared and shared.stamp.same_file(stamp):
            raise RuntimeError(f"{path.name} was written into, but older generations share it")
        digest = disk.sha256(file)
        # Written into by mistake later, it would change in every generation that shares it.
        os.fchmod(file.fileno(), 0o400)
        os.fsync(file.fileno())
    return File(path.name, stamp.size, digest)
