"""Our embedded engine, which counts documents."""

from collections.abc import Sequence
from pathlib import Path

from bench.passages import Volume, vocabulary
from bench.peers import Answer
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Found
from engine.queries import Query
from engine.search import Hit, search
from engine.wanted import analyse


class OurPeer:
    """Documents with passages in an embedded index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = EmbeddedEngine(folder)

    def build(self, volumes: Sequence[Volume]) -> None:
        """Write all documents as one generation."""
        with self._engine.write(vocabulary(volumes), fresh=True) as batch:
            for volume in volumes:
                batch.put(volume.document, volume.passages)

    def finish(self) -> None:
        """Do nothing: a generation is complete when it is published."""

    def open(self) -> None:
        """Open the index anew."""
        self.close()
        self._engine = EmbeddedEngine(self._folder)

    def search(self, query: Query, *, snippets: bool) -> Answer:
        """Ask the engine as the search service does; without snippets, leave out cutting them."""
        hits: Sequence[Hit | Found]
        if snippets:
            result = search(self._engine, query)
            total, facets, hits = result.total, result.facets, result.hits
            cut = tuple(
                "".join(piece.text for passage in hit.passages[:1] for piece in passage.snippet)
                for hit in result.hits
            )
        else:
            wanted = analyse(query.text, self._engine.languages())
            findings = self._engine.find(query, wanted)
            total, facets, hits = findings.total, findings.facets, findings.found
            cut = ()
        counts = {
            name: {value.value: value.count for value in values} for name, values in facets.items()
        }
        return Answer(total, tuple(hit.document.id for hit in hits), counts, cut)

    def update(self, volume: Volume) -> None:
        """Publish a generation in which one document is another."""
        with self._engine.write(self._engine.vocabulary(), fresh=False) as batch:
            batch.put(volume.document, volume.passages)

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()
