"""A model folder of any dimension is read, and its vectors are kept in 8 bits."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.errors import EngineError
from engine.layout import MARK
from engine.semantic import STEPS, Model, in_bytes
from tests.semantic.models import written

QUESTIONS = {
    "en": "How do the cities sort their waste?",
    "es": "¿Cómo separan las ciudades sus residuos?",
    "fr": "Comment les villes trient-elles leurs déchets ?",
    "pt": "Como as cidades separam os seus resíduos?",
}


def test_a_stored_vector_is_the_mark_and_a_byte_a_dimension(tiny: Model) -> None:
    [stored] = tiny.passages(["rubbish"])

    assert stored == tiny.mark + bytes([127, 0, 13])
    assert len(tiny.mark) == MARK


@pytest.mark.parametrize("width", [1, 2, 7, 1024])
def test_a_model_may_have_any_dimension(tmp_path: Path, width: int) -> None:
    model = Model(written(tmp_path, {"waste": [1.0] * width, "tram": [-1.0] * width}))

    near = model.nearness("waste", model.passages(["waste", "tram"]))

    assert near == pytest.approx([1, -1])


def test_a_vector_is_the_mean_of_its_words_unless_the_folder_says_otherwise(tmp_path: Path) -> None:
    words = {"waste": (3.0, 0.0), "tram": (0.0, 4.0)}
    mean = Model(written(tmp_path / "mean", words)).query("waste tram")
    first = Model(written(tmp_path / "cls", words, pooling="pooling_mode_cls_token"))
    most = Model(written(tmp_path / "max", words, pooling="pooling_mode_max_tokens"))

    assert mean == pytest.approx([0.6, 0.8])
    assert first.query("waste tram") == pytest.approx([1, 0])
    assert most.query("waste tram") == pytest.approx([0.6, 0.8])
    assert most.vectors(["waste", "waste waste tram"])[0] == pytest.approx([1, 0])


def test_a_graph_may_give_one_vector_a_text(tmp_path: Path) -> None:
    model = Model(written(tmp_path, pooled=True))

    assert model.vectors(["tram", "waste"])[0] == pytest.approx([0, 0.995, 0.0995], abs=1e-3)


def test_what_a_model_wants_before_a_query_is_written_there(tmp_path: Path) -> None:
    model = Model(written(tmp_path, {"waste": (1, 0), "query": (0, 1)}, prompt="query "))

    assert model.query("waste") == pytest.approx([0.7071, 0.7071], abs=1e-3)
    assert model.nearness("waste", model.passages(["waste"])) == pytest.approx([0.7071], abs=1e-3)


def test_nearness_is_measured_from_texts_on_that_have_nothing_to_do_with_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.semantic.UNRELATED", ("waste", "waste tram"))
    model = Model(written(tmp_path, {"waste": (3, 0), "tram": (0, 4)}))

    near = model.nearness("waste", model.passages(["waste", "waste tram", "tram"]))

    assert near == pytest.approx([1, 0, -1.5], abs=0.01)


def test_a_model_that_finds_all_texts_alike_still_has_an_order(tmp_path: Path) -> None:
    model = Model(written(tmp_path, {".": (1, 0), "waste": (1, 0), "tram": (0, 1)}))

    waste, tram = (
        near or 0.0 for near in model.nearness("waste", model.passages(["waste", "tram"]))
    )

    assert waste == pytest.approx(0, abs=1e-3)
    assert tram < waste


@pytest.mark.parametrize(
    ("card", "known"),
    [
        ("---\nlanguage: en\nlicense: mit\n---\n# A model\n", {"en"}),
        ('---\nlicense: mit\nlanguage: ["fr", "pt"]\n---\n', {"fr", "pt"}),
        ("---\nlanguage:\n- multilingual\n- es\n  - fr\ntags:\n- pt\n---\n", {"es", "fr"}),
        ("---\nlicense: mit\n---\nlanguage: en\n", {"en", "es", "fr", "pt"}),
        ("A model.\n---\nlanguage: en\n---\n", {"en", "es", "fr", "pt"}),
        ("\ufffd", {"en", "es", "fr", "pt"}),
    ],
)
def test_a_model_knows_the_languages_that_its_card_names_or_else_all_that_it_reads(
    tmp_path: Path, card: str, known: set[str]
) -> None:
    folder = written(tmp_path)
    (folder / "README.md").write_text(card, "utf-8")
    model = Model(folder)

    assert {language for language, text in QUESTIONS.items() if model.knows(text)} == known
    assert model.knows("tram")


def test_filling_does_not_change_what_a_text_means(tiny: Model) -> None:
    texts = ["tram", "rubbish waste waste waste bus", "bus tram", "waste"]

    together = tiny.vectors(texts)

    assert together == pytest.approx(np.concatenate([tiny.vectors([text]) for text in texts]))


def test_text_that_is_unknown_or_no_text_means_nothing(tiny: Model) -> None:
    vectors = tiny.vectors(["", "harbour", "\ud800", "\x00"])

    assert not vectors.any()
    assert tiny.nearness("tram", tiny.passages([""])) == [0]


def test_vectors_of_another_model_have_no_nearness(tiny: Model, tmp_path: Path) -> None:
    other = Model(written(tmp_path, {"tram": (1, 1)}))

    stored = [*other.passages(["tram"]), b"", *tiny.passages(["tram"])]

    assert other.mark != tiny.mark
    assert tiny.nearness("tram", stored) == pytest.approx([None, None, 1], abs=1e-4)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="holds no model"):
        Model(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "1_Pooling/config.json"])
def test_a_damaged_model_is_told(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path, pooling="pooling_mode_cls_token")
    (folder / name).write_bytes(b"\xff{")

    with pytest.raises(EngineError, match="cannot be read"):
        Model(folder)


FLOATS = st.floats(-1, 1, width=32)


@given(arrays(np.float32, (3, 24), elements=FLOATS))
def test_eight_bits_lose_at_most_half_a_step(
    vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> None:
    largest = np.abs(vectors).max(axis=1, keepdims=True)

    back = in_bytes(vectors).astype(np.float64) * largest / STEPS

    assert (np.abs(back - vectors) <= largest / STEPS * 0.501).all()
