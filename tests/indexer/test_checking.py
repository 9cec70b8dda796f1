"""A check of the facets finds a link that shows another number than it announced."""

from dataclasses import replace
from pathlib import Path

from engine.checking import faults, sample
from engine.documents import Document
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Findings
from engine.queries import Query
from engine.wanted import Wanted
from tests.indexer.corpora import VOCABULARY


class Miscounting(EmbeddedEngine):
    """An engine that counts one document too many where a filter is chosen."""

    def find(self, query: Query, wanted: Wanted) -> Findings:
        """Return the documents for a query, and a wrong total."""
        found = super().find(query, wanted)
        return replace(found, total=found.total + 1) if query.filters else found


def _filled(engine: EmbeddedEngine) -> EmbeddedEngine:
    with engine.write(VOCABULARY, fresh=True) as batch:
        for own, cluster in (("a", "waste"), ("b", "waste"), ("c", "tourism")):
            batch.put(Document(own, f"{own}.pdf", f"Carts of {own}", clusters=(cluster,)), ())
    return engine


def test_right_counts_have_no_faults(tmp_path: Path) -> None:
    engine = _filled(EmbeddedEngine(tmp_path))

    assert sample(engine) == ("", "Carts")
    assert faults(engine, sample(engine)) == ()


def test_a_wrong_count_is_told(tmp_path: Path) -> None:
    found = faults(_filled(Miscounting(tmp_path)), ("carts",))

    assert found[:2] == (
        "Searching for “carts”: cluster “waste” announces 2 documents and shows 3.",
        "Searching for “carts”: cluster “tourism” announces 1 documents and shows 2.",
    )
