"""A generation, its name, and the pointer file that says which one is published. It judges what a
pointer says, and never what a generation holds."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from engine.embedded.generations.manifest import DamagedError, File, read_raw

PART = ".part"
"""How the name of a folder or file ends while it is being made."""
CURRENT = "CURRENT"
_NAME = re.compile(r"g([0-9]{6,12})")
_POINTER = re.compile(rb"(g[0-9]{6,12} [0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Generation:
    """A verified generation. `pointer` is what `GenerationStore.pointer` said when it was opened;
    when it says something else, a newer one may be there."""

    name: str
    path: Path
    documents: int
    files: tuple[File, ...]
    pointer: str | None


def name_of(number: int) -> str:
    """Return the name of the generation with this number, from 1."""
    return f"g{number:06d}"


def number_of(name: str) -> int:
    """Return the number of a generation, finished or not; 0 for any other name."""
    found = _NAME.fullmatch(name.removesuffix(PART))
    return int(found[1]) if found else 0


def names(path: Path) -> list[str]:
    """Return the names of the finished generations in a folder, newest first."""
    found = [child.name for child in path.iterdir() if _NAME.fullmatch(child.name)]
    return sorted(found, key=number_of, reverse=True)


def read_pointer(file: str) -> str | None:
    """Return what a pointer file says: the name of a generation and the SHA-256 of its manifest.

    Returns nothing for a file that says nothing of the kind, or cannot be read.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = _POINTER.fullmatch(os.read(descriptor, 100))
        finally:
            os.close(descriptor)
    except OSError:
        return None
    return found[1].decode() if found else None


def render_pointer(name: str, manifest: bytes) -> bytes:
    """Return the content of a pointer file to the generation with this manifest."""
    return f"{name} {hashlib.sha256(manifest).hexdigest()}\n".encode()


def name_in(pointer: str | None) -> str:
    """Return the name in a pointer, or an empty one."""
    return pointer.partition(" ")[0] if pointer else ""


def is_bound(path: Path, pointer: str | None) -> bool:
    """Tell whether a pointer fits the generation that it names: with one flipped bit in its
    number it can name another that is there."""
    name = name_in(pointer)
    try:
        return bool(name) and render_pointer(name, read_raw(path / name)) == f"{pointer}\n".encode()
    except DamagedError:
        return False
