"""The documents that speed is measured on."""

from collections import Counter
from pathlib import Path

from bench.passages import Volume, read, take, vocabulary
from tests.bench.volumes import written


def _count(volumes: list[Volume]) -> int:
    return sum(len(volume.passages) for volume in volumes)


def test_passages_of_one_document_are_read_together(tmp_path: Path) -> None:
    volumes = read(written(tmp_path, rows=12))

    assert sorted((v.document.file, len(v.passages)) for v in volumes) == [
        *(("p0", 1), ("p10", 1), ("p2", 1), ("p4", 1), ("p6", 1), ("p8", 1)),
        *(("report 0", 1), ("report 1", 2), ("report 2", 1), ("report 3", 2)),
    ]


def test_facet_values_are_slugs(tmp_path: Path) -> None:
    documents = [volume.document for volume in read(written(tmp_path))]

    assert {document.type for document in documents} == {"report", "statistical-report-guide"}
    assert {name for document in documents for name in document.countries} == {"viet-nam", "kenya"}
    assert {document.partners for document in documents} == {("old-harbour-office",)}


def test_exactly_as_many_passages_as_wanted_are_taken(tmp_path: Path) -> None:
    volumes = read(written(tmp_path))

    assert [_count(take(volumes, wanted)) for wanted in (1, 299, 300, 301, 1000)] == [
        *(1, 299, 300, 301, 1000)
    ]


def test_the_same_passages_are_taken_every_time(tmp_path: Path) -> None:
    source = written(tmp_path)

    assert take(read(source), 700) == take(read(source), 700)


def test_a_smaller_number_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    volumes = read(written(tmp_path))
    smaller, larger = take(volumes, 400), take(volumes, 800)

    assert smaller[:-1] == larger[: len(smaller) - 1]


def test_recombined_documents_have_ids_and_texts_of_their_own(tmp_path: Path) -> None:
    volumes = take(read(written(tmp_path)), 900)
    ids = [volume.document.id for volume in volumes]
    texts = {passage.text for volume in volumes for passage in volume.passages}

    assert len(ids) == len(set(ids))
    assert len(texts) > 890


def test_recombined_documents_keep_lengths_and_facets(tmp_path: Path) -> None:
    volumes = take(read(written(tmp_path)), 600)
    half = len(volumes) // 2

    def facts(part: list[Volume]) -> Counter[tuple[object, ...]]:
        return Counter(
            (v.document.type, v.document.clusters, len(v.passages[0].text.split())) for v in part
        )

    assert facts(volumes[:half]) == facts(volumes[half:])


def test_the_vocabulary_has_what_occurs(tmp_path: Path) -> None:
    found = vocabulary(read(written(tmp_path)))

    assert list(found.clusters) == ["clean-water", "climate", "zero-hunger"]
    assert found.label("type", "statistical-report-guide") == "Statistical report guide"
