"""The wording of a generation, in a file of its own."""

from whoosh.filedb.filestore import Storage

from engine.embedded.codec.arrayfile import buffer_of

NAME = "wording.json"


def write(storage: Storage, content: bytes) -> None:
    """Write the wording of a generation."""
    if storage.file_exists(NAME):
        storage.delete_file(NAME)  # the file may be shared with the generation before
    with storage.create_file(NAME) as file:
        file.write(content)


def read(storage: Storage) -> memoryview:
    """Return the wording of a generation, mapped; empty where none was kept."""
    if not storage.file_exists(NAME):
        return memoryview(b"")
    with storage.open_file(NAME) as file:
        return buffer_of(file)
