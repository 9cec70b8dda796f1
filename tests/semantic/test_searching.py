"""A search by words and meaning, over a real index and a model whose vectors are known."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.documents import Document, Passage
from engine.embedded.engine import EmbeddedEngine
from engine.queries import Query
from engine.reranking import DOCUMENTS, Reranked
from engine.search import Result, search
from engine.semantic import Model
from engine.vocabulary import Vocabulary
from tests.semantic.models import written

TRAMS, WASTE = "city tram bus", "city waste rubbish"


def indexed(
    model: Model, texts: Iterable[tuple[str, ...]], *, encoded: bool = True
) -> EmbeddedEngine:
    """Return an engine with a document for each tuple of passages."""
    engine = EmbeddedEngine.in_memory()
    with engine.write(Vocabulary(), fresh=True) as batch:
        for number, passages in enumerate(texts):
            vectors = model.passages(passages) if encoded else [b""] * len(passages)
            cut = (
                Passage(page, text, vector=vector)
                for page, (text, vector) in enumerate(zip(passages, vectors, strict=True), 1)
            )
            batch.put(Document(id=f"{number:03}", file="", title="", language="en"), tuple(cut))
    return engine


def ids(result: Result) -> list[str]:
    """Return the ids of the hits."""
    return [hit.document.id for hit in result.hits]


def test_the_document_that_means_it_comes_first(tiny: Model) -> None:
    engine = indexed(tiny, [("city tram",), ("city rubbish",)])
    query = Query("which city, waste", match="any")

    assert ids(search(engine, query)) == ["000", "001"]
    assert ids(search(Reranked(engine, tiny), query)) == ["001", "000"]


def test_totals_and_facets_stay(tiny: Model) -> None:
    engine = indexed(tiny, [(TRAMS,), (WASTE,), ("harbour",)])
    query = Query("what city?", match="any")

    plain, weighed = search(engine, query), search(Reranked(engine, tiny), query)

    assert (weighed.total, weighed.facets, weighed.matched) == (
        plain.total,
        plain.facets,
        plain.matched,
    )


def test_the_passages_that_mean_it_are_shown_first(tiny: Model) -> None:
    engine = indexed(tiny, [(TRAMS, TRAMS, TRAMS, TRAMS, WASTE)])

    [hit] = search(Reranked(engine, tiny), Query("which city, waste", match="any")).hits

    assert [hit.passages[0].page, len(hit.passages), hit.more_passages] == [5, 3, 2]


def test_passages_far_behind_the_next_document_are_only_counted(tiny: Model) -> None:
    engine = indexed(tiny, [("city waste waste", TRAMS), (WASTE, TRAMS)])

    first, last = search(Reranked(engine, tiny), Query("which city, waste", match="any")).hits

    assert [first.document.id, len(first.passages), first.more_passages] == ["000", 1, 1]
    assert [last.document.id, len(last.passages), last.more_passages] == ["001", 2, 0]


@pytest.mark.parametrize("text", ["city", "what city?", '"city"', "City 2021", "city -tram"])
@pytest.mark.parametrize("sort", ["relevance", "title", "newest", "oldest"])
def test_without_vectors_every_answer_is_as_before(tiny: Model, text: str, sort: str) -> None:
    engine = indexed(tiny, [(TRAMS,), (WASTE, TRAMS), (TRAMS,) * 12], encoded=False)
    query = Query(text, sort=sort)  # type: ignore[arg-type]  # one of SORTS

    assert search(Reranked(engine, tiny), query) == search(engine, query)


@pytest.mark.parametrize("query", [Query('"city"'), Query("what city?", sort="title"), Query()])
def test_what_is_sorted_otherwise_or_asked_for_exactly_is_left_alone(
    tiny: Model, query: Query
) -> None:
    engine = indexed(tiny, [(TRAMS,), (WASTE, TRAMS), (TRAMS, WASTE)])

    assert search(Reranked(engine, tiny), query) == search(engine, query)


def test_what_the_model_can_only_spell_is_left_to_words(tmp_path: Path) -> None:
    meanings = {"ж": (1, 0), "tram": (-5, 0), "rubbish": (1, 0)}
    model = Model(written(tmp_path, meanings))
    engine = indexed(model, [("ж ж tram",), ("ж rubbish",)])

    assert ids(search(Reranked(engine, model), Query("ж"))) == ["000", "001"]


@pytest.mark.parametrize("per_page", [7, 30, 100])
def test_every_document_stands_on_one_page(tiny: Model, per_page: int) -> None:
    engine = indexed(
        tiny, [("city bus",) if n % 3 else ("city rubbish",) for n in range(DOCUMENTS + 40)]
    )
    weighed = Reranked(engine, tiny)
    query = Query("which city, waste", match="any", per_page=per_page)
    every = range(1, -(-(DOCUMENTS + 40) // per_page) + 1)

    found = [own for n in every for own in ids(search(weighed, replace(query, page=n)))]
    plain = [own for n in every for own in ids(search(engine, replace(query, page=n)))]

    assert sorted(found) == sorted(plain)
    assert found != plain
    assert found[DOCUMENTS:] == plain[DOCUMENTS:]


def test_a_query_is_encoded_once(tiny: Model) -> None:
    tiny.query.cache_clear()
    weighed = Reranked(indexed(tiny, [(TRAMS,)]), tiny)
    for page in (1, 2, 3):
        search(weighed, Query("which city?", match="any", page=page))

    assert tiny.query.cache_info().misses == 1


def test_a_real_question_finds_the_page_that_answers_in_other_words(
    small: Model, tmp_path: Path
) -> None:
    texts = (
        "People in the city like the market.",
        "Residents of the city would not separate kitchen scraps and other household garbage: "
        "people were not told.",
        "The project of the city was visited by a council of another city.",
    )
    engine = indexed(small, [(text,) for text in texts])
    query = Query("why did people in the city not sort their food waste?", match="any")

    assert ids(search(engine, query))[0] != "001"
    assert ids(search(Reranked(engine, small), query))[0] == "001"
