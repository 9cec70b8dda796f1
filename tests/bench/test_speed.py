"""All measures of speed, at a size that measures nothing but that they can be taken."""

from pathlib import Path

import pytest

pytest.importorskip("tantivy", reason="the extra “bench” is not installed")

from bench.speed import Effort, measure
from tests.bench.volumes import written

LITTLE = Effort(
    builds=2,
    rounds=2,
    per_round=6,
    with_snippets=3,
    different=30,
    warming=2,
    openings=1,
    updates=1,
    pages=5,
)
NAMES = ("ours", "tantivy", "fts5", "whoosh")


def test_every_measure_is_taken_of_every_engine_that_has_it(tmp_path: Path) -> None:
    speed = measure(written(tmp_path), 320, LITTLE)

    assert speed.passages == 320
    assert [(m.name, m.unit, tuple(m.values)) for m in speed.measures] == [
        ("query p50", "ms", NAMES),
        ("query p95", "ms", NAMES),
        ("query snippets p95", "ms", NAMES),
        ("build", "passages/s", NAMES),
        ("update", "ms", NAMES),
        ("open", "ms", NAMES),
        ("memory", "MB", NAMES),
        ("disk", "MB", NAMES),
        ("page p95", "ms", ("ours",)),
        ("page rate", "pages/s", ("ours",)),
    ]
    assert all(value > 0 for m in speed.measures for value in m.values.values())
