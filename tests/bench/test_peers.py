"""All engines that are measured answer the same where stemming and counting leave no room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bench.peers import NAMES, Peer, peer
from engine.documents import Passage
from engine.queries import Query
from tests.bench.volumes import volume

pytest.importorskip("tantivy", reason="the extra “bench” is not installed")

VOLUMES = [
    volume("a", "The harbour has a market and a tram.", "Harbour", type="report", country="kenya"),
    volume("b", "Compost from the market.", "Garden", type="news", country="kenya viet-nam"),
    volume("c", "A tram to the garden, past the harbour market.", type="news", cluster="waste"),
    volume("d", "Solar lanterns in the harbour.", type="report", cluster="waste tourism"),
]


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Peer]:
    """Build and open an engine."""
    engine = peer(name, folder / name)
    engine.build(VOLUMES)
    engine.finish()
    engine.open()
    try:
        yield engine
    finally:
        engine.close()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("harbour", 3),
        ("harbour market", 2),
        ("garden compost", 1),
        ("market -compost", 2),
        ('"harbour market"', 1),
        ("lant*", 1),
        ("bicycle", 0),
    ],
)
def test_totals_are_the_same(name: str, text: str, total: int, tmp_path: Path) -> None:
    with opened(name, tmp_path) as engine:
        assert engine.search(Query(text, match="all"), snippets=False).total == total


@pytest.mark.parametrize("name", NAMES)
def test_a_facet_ignores_its_own_selection(name: str, tmp_path: Path) -> None:
    query = Query("harbour", {"type": ("report",), "cluster": ("waste",)}, match="all")

    with opened(name, tmp_path) as engine:
        answer = engine.search(query, snippets=False)

    assert answer.total == 1
    assert answer.ids[0].partition("/")[0] == "d"
    assert answer.facets["type"] == {"report": 1, "news": 1}
    assert answer.facets["cluster"] == {"waste": 1, "tourism": 1}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_counts_for_each_of_its_values(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as engine:
        answer = engine.search(Query("market", match="all"), snippets=False)

    assert answer.facets["country"] == {"kenya": 2, "viet-nam": 1}


@pytest.mark.parametrize("name", NAMES)
def test_every_hit_has_a_snippet_if_asked_for(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as engine:
        answer = engine.search(Query("compost", match="all"), snippets=True)

    assert len(answer.snippets) == 1
    assert "ompost" in answer.snippets[0]


@pytest.mark.parametrize("name", NAMES)
def test_an_update_replaces_a_document_and_is_found_at_once(name: str, tmp_path: Path) -> None:
    changed = replace(VOLUMES[1], passages=(Passage(1, "A bicycle."), Passage(2, "A roof.")))

    with opened(name, tmp_path) as engine:
        engine.update(changed)

        assert engine.search(Query("bicycle", match="all"), snippets=False).total == 1
        assert engine.search(Query("compost", match="all"), snippets=False).total == 0
        assert engine.search(Query("harbour", match="all"), snippets=False).total == 3
