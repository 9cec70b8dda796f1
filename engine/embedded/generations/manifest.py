"""What a generation must hold, byte for byte, and whether it does. It knows no file formats: a
generation is a folder of plain files."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.embedded.generations.disk import Stamp, open_plain, sha256, stamp

MANIFEST = "MANIFEST.json"
LARGEST = 16 << 20
"""Bytes of a manifest: a hundred thousand files; more is no manifest of ours."""
SETTLED_NS = 2_000_000_000
"""A file changed twice within one tick of its file system's clock (up to 2 s) shows one time. So
the stamp of a file says what it holds only when its last change was longer ago than that."""


class DamagedError(Exception):
    """A generation is not what its manifest says; the message says in what."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a generation: `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds. `version` is the format of its files, as their writer calls it."""

    version: str
    documents: int
    files: tuple[File, ...]


def render(manifest: Manifest) -> bytes:
    """Return a manifest as it is written: JSON that ends with a checksum of itself."""
    content = {
        "version": manifest.version,
        "documents": manifest.documents,
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in manifest.files
        ],
    }
    checksum = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return json.dumps({**content, "sha256": checksum}, indent=1).encode() + b"\n"


def parse(raw: bytes) -> Manifest:
    """Return the manifest in `raw`. Raises DamagedError unless `render` wrote it just so."""
    try:
        manifest = _manifest(json.loads(raw))
        if render(manifest) == raw:
            return manifest
    except (ValueError, RecursionError, MemoryError) as error:
        raise DamagedError("its manifest cannot be read") from error
    raise DamagedError("its manifest was changed")


def read_raw(folder: Path) -> bytes:
    """Return the bytes of a generation's manifest. Raises DamagedError."""
    try:
        with open_plain(folder / MANIFEST) as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise DamagedError(f"its manifest cannot be opened ({error.strerror})") from error
    if len(raw) > LARGEST:
        raise DamagedError("its manifest is too long")
    return raw


def verify(folder: Path, manifest: Manifest, known: Mapping[Stamp, str]) -> dict[Stamp, str]:
    """Check every file of a generation against its manifest. Raises DamagedError.

    `known` maps the stamps of files that were read before to their SHA-256; these are not read
    again. Returns the same for this generation.
    """
    stamps: dict[Stamp, str] = {}
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise DamagedError("it is not a folder")
        listed = [MANIFEST, *(file.name for file in manifest.files)]
        # Names that match a real listing hold no slashes and lead nowhere else.
        if sorted(path.name for path in folder.iterdir()) != sorted(listed):
            raise DamagedError("it holds other files than its manifest lists")
        for expected in manifest.files:
            stamps |= _verify_file(folder / expected.name, expected, known)
    except OSError as error:
        name = Path(os.fsdecode(error.filename or "a file")).name
        raise DamagedError(f"{name} cannot be read ({error.strerror})") from error
    return stamps


def _manifest(content: object) -> Manifest:
    match content:
        case {"version": str(version), "documents": int(documents), "files": list(files)}:
            return Manifest(version, documents, tuple(_file(file) for file in files))
    raise DamagedError("its manifest is not a manifest")


def _file(content: object) -> File:
    match content:
        case {"name": str(name), "size": int(size), "sha256": str(digest)}:
            return File(name, size, digest)
    raise DamagedError("its manifest is not a manifest")


def _verify_file(path: Path, expected: File, known: Mapping[Stamp, str]) -> dict[Stamp, str]:
    now = time.time_ns()
    with open_plain(path) as file:
        seen = stamp(file)
        if seen.size != expected.size:
            raise DamagedError(f"{path.name} has another size")
        digest = known.get(seen) or sha256(file)
    if digest != expected.sha256:
        raise DamagedError(f"{path.name} has other bytes")
    return {seen: digest} if seen.modified_ns < now - SETTLED_NS else {}
