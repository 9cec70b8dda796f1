"""Parity is found where it is, and a difference where there is one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import parity, passages, sizes
from bench.passages import Volume
from bench.variety import asked
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Engine
from engine.vocabulary import Vocabulary
from tests.bench.volumes import written


@pytest.fixture
def volumes(tmp_path: Path) -> list[Volume]:
    """Documents by id, as an engine gives them back."""
    read = passages.read(written(tmp_path))
    return sorted(read, key=lambda volume: volume.document.id)


def engine_of(volumes: list[Volume]) -> Engine:
    engine = EmbeddedEngine.in_memory()
    with engine.write(Vocabulary(), fresh=True) as batch:
        for volume in volumes:
            batch.put(volume.document, volume.passages)
    return engine


def test_a_copy_holds_and_answers_the_same(volumes: list[Volume]) -> None:
    first, second = engine_of(volumes), EmbeddedEngine.in_memory()
    assert parity.held(first) == volumes
    parity.copied(first, volumes, second)
    assert parity.held(second) == volumes
    found = parity.compare(first, second, asked(volumes, Vocabulary(), 30))
    assert (found.queries, found.same_totals, found.same_facets) == (30, 30, 30)
    assert found.differences == ()


def test_a_document_that_is_missing_is_noticed(volumes: list[Volume]) -> None:
    first, second = engine_of(volumes), engine_of(volumes[: len(volumes) // 2])
    found = parity.compare(first, second, asked(volumes, Vocabulary(), 30))
    assert found.same_totals < 30
    assert len(found.differences) >= 30 - found.same_totals
    assert "30 queries" in parity.as_text(found)


def test_a_facet_that_is_counted_otherwise_is_noticed(volumes: list[Volume]) -> None:
    changed = [
        replace(volume, document=replace(volume.document, cities=("Elsewhere",)))
        for volume in volumes
    ]
    every = asked(volumes, Vocabulary(), 30)
    found = parity.compare(engine_of(volumes), engine_of(changed), every)
    assert (found.same_totals, found.same_facets < 30) == (30, True)


def test_the_object_has_the_names_of_the_contract() -> None:
    found = json.loads(parity.as_json(parity.Parity(200, 200, 199, 9.5, ())))
    assert found == {"queries": 200, "same_totals": 200, "same_facets": 199, "overlap@10": 9.5}


def test_sizes_make_a_table() -> None:
    row = sizes.Size("embedded", 10_000, 900, 1234.5, 1.25, 3.5, 54.3, 1020.0)
    table = sizes.as_text([row, replace(row, memory=None)])
    assert "| 10,000 | 900 | embedded | 1,234 | 1.2 | 3.5 | 54 | 1,020 |" in table
    assert table.endswith("| 3.5 |  | 1,020 |")
    assert sizes.as_text([replace(row, partial=2)]).endswith(
        "\n2 answers lacked what was not searched in time."
    )
    assert json.loads(sizes.as_json([row]))["sizes"][0]["query p50"] == 1.25
