"""The mix of queries."""

from pathlib import Path

import pytest

from bench.passages import read
from bench.queries import COUNTED, facet_values, mix
from engine.syntax import parse
from tests.bench.volumes import volume, written


def test_the_mix_is_the_same_every_time(tmp_path: Path) -> None:
    source = written(tmp_path)

    assert mix(read(source), 60) == mix(read(source), 60)


def test_no_query_is_asked_twice(tmp_path: Path) -> None:
    texts = [query.text for query in mix(read(written(tmp_path)), 200)]

    assert len(texts) == len(set(texts)) == 200


def test_the_mix_has_every_kind_of_query(tmp_path: Path) -> None:
    queries = mix(read(written(tmp_path)), 100)
    parsed = [parse(query.text) for query in queries]
    atoms = [atom for one in parsed for group in one.groups for atom in group]

    assert {len(one.groups) for one in parsed} == {1, 2, 3, 4, 5}
    assert any(one.excluded for one in parsed)
    assert any(atom.phrase for atom in atoms)
    assert any(atom.prefix for atom in atoms)


def test_part_of_the_mix_has_ticked_facets(tmp_path: Path) -> None:
    filters = [query.filters for query in mix(read(written(tmp_path)), 100)]

    assert 20 < sum(map(bool, filters)) < 60
    assert {name for one in filters for name in one} <= set(COUNTED)


def test_too_few_texts_for_the_mix_are_refused() -> None:
    with pytest.raises(ValueError, match="too few for 100 different queries"):
        mix([volume("a", "harbour market")], 100)


def test_a_document_has_values_for_every_counted_facet() -> None:
    found = facet_values(volume("a", "", cluster="waste tourism", date="2021-04"))

    assert found == {
        "cluster": ("waste", "tourism"),
        "type": (),
        "year": ("2021",),
        "country": (),
        "partner": (),
        "language": ("en",),
    }
