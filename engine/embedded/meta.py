"""What a generation knows besides its documents: when it was built, with which vocabulary."""

import json
from dataclasses import asdict, dataclass

from whoosh.filedb.filestore import Storage

NAME = "meta.json"


@dataclass(frozen=True, slots=True)
class Meta:
    """`built` is an ISO 8601 time in UTC; `vocabulary` is the text it was read from."""

    built: str
    vocabulary: str


def write(storage: Storage, meta: Meta) -> None:
    """Write the meta of a generation."""
    if storage.file_exists(NAME):
        storage.delete_file(NAME)  # the file may be shared with the generation before
    file = storage.create_file(NAME)
    file.write(json.dumps(asdict(meta)).encode())
    file.close()


def read(storage: Storage) -> Meta:
    """Read the meta of a generation."""
    file = storage.open_file(NAME)
    try:
        return Meta(**json.loads(bytes(file.read()).decode()))
    finally:
        file.close()
