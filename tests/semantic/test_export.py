"""The exported model is the one that its authors published."""

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.semantic import Model

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

    near = small.cosines(small.query("how do people get to school by public transport?"), stored)

    assert max(range(3), key=lambda place: near[place] or 0) == 1
