"""The queries of the parity report are of every kind."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.passages import Volume, read
from bench.variety import asked
from engine.documents import Passage
from engine.syntax import parse
from engine.vocabulary import Vocabulary
from tests.bench.volumes import written


@pytest.fixture
def volumes(tmp_path: Path) -> list[Volume]:
    """Documents in Latin letters, and one each in Han, Arabic and Cyrillic."""
    found = read(written(tmp_path))
    texts = ("城市废物管理电子商务", "إدارة النفايات البلدية", "городские отходы")
    for at, text in enumerate(texts):
        found[at] = replace(found[at], passages=(Passage(1, text),))
    return found


def test_queries_are_of_every_kind(volumes: list[Volume]) -> None:
    queries = asked(volumes, Vocabulary(), 200)
    parsed = [parse(query.text) for query in queries]
    atoms = [atom for one in parsed for group in one.groups for atom in group]
    texts = "".join(query.text for query in queries)

    assert any(len(group) > 1 for one in parsed for group in one.groups)
    assert any(one.excluded for one in parsed)
    assert any(atom.phrase for atom in atoms)
    assert any(atom.prefix for atom in atoms)
    assert all(letter in texts for letter in "城فо")
    assert 10 < sum(not query.text for query in queries) < 30
    assert {query.match for query in queries} == {"all", "any", "auto"}
    assert {query.order for query in queries} == {"relevance", "newest", "oldest", "title"}
    for narrowed in ("since", "until"):
        assert any(getattr(query, narrowed) for query in queries)
    assert {query.page for query in queries} == {1, 2, 3, 4}
    assert {name for query in queries for name in query.filters} >= {"section", "country", "type"}


def test_queries_are_the_same_every_time(volumes: list[Volume]) -> None:
    assert asked(volumes, Vocabulary(), 50) == asked(volumes, Vocabulary(), 50)
