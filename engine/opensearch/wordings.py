"""The wording of a generation, in pieces beside its documents: it comes and goes with them."""

import zlib
from base64 import b64decode, b64encode

from engine.opensearch.cluster import Cluster
from engine.opensearch.mapping import WORDING

PIECE = 4_000_000
"""Characters of a piece; the last one is shorter, and may be empty."""
_QUICK = 1


def key(number: int) -> str:
    """Return the key of a piece, counted from 0."""
    return f"{WORDING}-{number}"


def pieces(content: bytes) -> list[str]:
    """Return a wording as the pieces that are stored."""
    text = b64encode(zlib.compress(content, _QUICK)).decode()
    return [text[start : start + PIECE] for start in range(0, len(text) + 1, PIECE)]


def joined(stored: list[str]) -> bytes:
    """Return the wording that was stored in pieces; nothing of none."""
    return zlib.decompress(b64decode("".join(stored))) if stored else b""


def read(cluster: Cluster, index: str) -> list[str]:
    """Return the pieces that an index has. Raises MissingError where one is gone."""
    stored: list[str] = []
    while not stored or len(stored[-1]) == PIECE:
        path = f"/{index}/_doc/{key(len(stored))}"
        stored.append(cluster.ask("GET", path, stored_fields=WORDING)["fields"][WORDING][0])
    return stored
