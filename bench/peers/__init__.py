"""The engines that are measured, behind one small interface, each in a module of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.passages import Volume
from engine.queries import Query

NAMES = ("ours", "tantivy", "fts5", "whoosh")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer answers: documents (ours) or passages (the others) that match, the ids of the
    first ten, the counts of every facet, and a snippet for each of the ten if asked for."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]]
    snippets: tuple[str, ...] = ()


class Peer(Protocol):
    """An engine in a folder of its own. A filter does not narrow the counts of its own facet."""

    def build(self, volumes: Sequence[Volume]) -> None:
        """Index documents into the empty folder; they can be searched when it returns."""

    def finish(self) -> None:
        """Do what the engine would do in the background after building."""

    def open(self) -> None:
        """Open what was built."""

    def search(self, query: Query, *, snippets: bool) -> Answer:
        """Answer a query with its first ten hits."""

    def update(self, volume: Volume) -> None:
        """Replace a document; the next search sees it."""

    def close(self) -> None:
        """Let go of what was opened."""


def peer(name: str, folder: Path) -> Peer:
    """Return one of NAMES. Only its own libraries are imported, so that memory is its own."""
    if name == "tantivy":
        from bench.peers.tantivy_peer import TantivyPeer

        return TantivyPeer(folder)
    if name == "fts5":
        from bench.peers.fts5 import Fts5Peer

        return Fts5Peer(folder)
    if name == "whoosh":
        from bench.peers.stock_whoosh import StockWhooshPeer

        return StockWhooshPeer(folder)
    from bench.peers.ours import OurPeer

    return OurPeer(folder)
