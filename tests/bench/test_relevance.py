"""Ranking of a judged collection by both sides."""

import json
from math import log2
from pathlib import Path

import pytest

pytest.importorskip("bm25s", reason="the extra “bench” is not installed")

from bench.relevance import measure, read

TEXTS = {
    "a": ("Harbour", "The harbour has a market."),
    "b": ("", "Compost from the market garden."),
    "c": ("", "A tram to the school."),
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny-en"
    folder.mkdir()
    texts = [{"id": key, "title": title, "text": text} for key, (title, text) in TEXTS.items()]
    queries = [
        {"id": "1", "text": "Trams?"},
        {"id": "2", "text": "compost"},
        {"id": "3", "text": "x"},
    ]
    for name, rows in (("corpus", texts), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    (folder / "qrels.tsv").write_text("qid\tdocid\trel\n1\tc\t1\n2\tb\t1\n2\ta\t1\n3\ta\t0\n")
    return folder


def test_a_collection_is_read_with_its_judgements(collection: Path) -> None:
    judged = read(collection)

    assert (judged.name, judged.language, judged.texts) == ("tiny-en", "en", TEXTS)
    assert judged.grades == {"1": {"c": 1}, "2": {"b": 1, "a": 1}, "3": {"a": 0}}


@pytest.mark.parametrize(
    ("name", "language"), [("xquad-es", "es"), ("xquad-zh", "zh"), ("piaf-fr", "fr"), ("med", "en")]
)
def test_the_name_tells_the_language(collection: Path, name: str, language: str) -> None:
    assert read(collection.rename(collection.with_name(name))).language == language


def test_both_sides_rank_every_query_that_has_an_answer(collection: Path) -> None:
    found = measure(collection)
    best_of_two = 1 + 1 / log2(3)

    assert found.ours == found.bm25
    assert found.ours.ndcg == pytest.approx((1 + 1 / best_of_two) / 2)
    assert (found.ours.map, found.ours.recall) == (0.75, 0.75)
