"""An index of five plain text files, of which each state is known byte for byte."""

from pathlib import Path

from engine.embedded.generations.manifest import MANIFEST
from engine.embedded.generations.store import GenerationStore

FILES = 5
VERSION = "plain 1"


def store_in(path: Path, *, version: str = VERSION, patience: float = 5.0) -> GenerationStore:
    """Return the store in a folder."""
    return GenerationStore(path, version=version, patience=patience)


def content(state: int) -> dict[str, bytes]:
    """Return the files of a state: each state replaces one file, and state 0 writes them all."""
    files = {}
    for number in range(FILES):
        last = max((n for n in range(1, state + 1) if n % FILES == number), default=0)
        files[f"file{number}"] = f"file {number} as of state {last}\n".encode() * 100
    return files


def write(store: GenerationStore, state: int, *, fresh: bool = False) -> None:
    """Publish a state, from the one before it or from nothing."""
    with store.begin(fresh=fresh or state == 0) as work:
        fill(work.path, state)
        work.documents = state


def fill(folder: Path, state: int) -> None:
    """Bring a folder that is empty or holds the state before to a state."""
    for name, text in content(state).items():
        if name == f"file{state % FILES}" or not (folder / name).exists():
            (folder / name).unlink(missing_ok=True)
            (folder / name).write_bytes(text)


def read(store: GenerationStore) -> int:
    """Return the state that is published, once every byte of it is as it must be."""
    generation = store.current()
    files = {path.name: path.read_bytes() for path in generation.path.iterdir()}
    del files[MANIFEST]
    assert files == content(generation.documents)
    return generation.documents
