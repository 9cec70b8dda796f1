"""The measurements run on a real cluster, and leave nothing there."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from bench import sizes
from engine.errors import NoIndexError
from engine.opensearch.cluster import Address
from engine.opensearch.engine import OpenSearchEngine
from tests.bench.volumes import written
from tests.opensearch.cluster import ADDRESS


def test_both_engines_are_measured_at_every_size(tmp_path: Path) -> None:
    address = Address.parse(f"{os.environ[ADDRESS]}/sizes-{uuid4().hex}")
    found = sizes.measure(written(tmp_path), (150, 200), address, asked=10)
    assert [(one.engine, one.passages) for one in found] == [
        *(("embedded", 150), ("OpenSearch", 150), ("embedded", 200), ("OpenSearch", 200))
    ]
    for one in found:
        assert one.documents > 0
        assert min(one.build, one.p50, one.memory or 0, one.disk) > 0
        assert (one.p95 >= one.p50, one.partial) == (True, 0)
    engine = OpenSearchEngine(address)
    with pytest.raises(NoIndexError):
        engine.status()
    engine.close()
