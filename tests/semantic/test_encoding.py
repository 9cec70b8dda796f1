"""Passages are encoded once at index time, and an interrupted run goes on where it ended."""

import io
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.documents import Document, Passage
from engine.embedded.engine import EmbeddedEngine
from engine.layout import MARK
from engine.meaning import Together
from engine.semantic import Model
from indexer import encoding
from indexer.building import Summary, build, update
from indexer.encoding import Encoder
from indexer.progress import Progress
from indexer.store import Store
from tests.indexer.corpora import folder, page
from tests.semantic.models import written


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.sqlite")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "corpus",
        trams__html=page("Trams", "A tram is no bus. " * 20),
        waste__html=page("Waste", "Rubbish is waste. " * 20),
    )


def marks(engine: EmbeddedEngine) -> set[bytes]:
    """Return which models made the vectors of an index; b"" for none."""
    every = (passage for own in engine.entries() for passage in engine.passages(own))
    return {passage.vector[:MARK] for passage in every}


def test_every_passage_has_the_vector_of_where_it_stands_and_what_it_says(
    tiny: Model, store: Store
) -> None:
    document, cut = Document("a", "", "Tram"), (Passage(1, "bus", "bus"), Passage(2, "x"))
    encoder = Encoder(tiny, store)

    assert list(encoder.encode([(document, cut)])) == [2]
    vectors = [passage.vector for passage in encoder.with_vectors(document, cut)]

    assert vectors == [*tiny.passages(["Tram\nbus\nbus"]), *tiny.passages(["Tram\nx"])]


def test_what_is_known_is_not_encoded_again(tiny: Model, store: Store, tmp_path: Path) -> None:
    documents = [(Document("a", "", "Tram"), (Passage(1, "bus"), Passage(2, "waste")))]
    other = Model(written(tmp_path / "other", {"bus": (1, 2)}))

    assert list(Encoder(tiny, store).encode(documents)) == [2]
    assert list(Encoder(tiny, store).encode(documents)) == []
    assert list(Encoder(other, store).encode(documents)) == [2]


def test_each_of_several_models_encodes_what_it_has_not(
    tiny: Model, store: Store, tmp_path: Path
) -> None:
    document, cut = Document("a", "", ""), (Passage(1, "bus"), Passage(2, "waste"))
    other = Model(written(tmp_path / "other", {"bus": (1, 2)}))
    together = Encoder(Together([tiny, other]), store)
    every = (model.passages([passage.text for passage in cut]) for model in (tiny, other))
    both = [b"".join(parts) for parts in zip(*every, strict=True)]

    assert list(Encoder(tiny, store).encode([(document, cut)])) == [2]
    assert [passage.vector for passage in together.with_vectors(document, cut)] == [b"", b""]
    assert list(together.encode([(document, cut)])) == [2]
    assert [passage.vector for passage in together.with_vectors(document, cut)] == both
    assert list(Encoder(other, store).encode([(document, cut)])) == []


def test_an_interrupted_run_goes_on_where_it_ended(
    tiny: Model, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "AT_ONCE", 4)
    documents = [(Document("a", "", ""), tuple(Passage(n, f"tram {n}") for n in range(1, 11)))]

    assert list(islice(Encoder(tiny, store).encode(documents), 1)) == [4]
    assert list(Encoder(tiny, store).encode(documents)) == [4, 2]


def test_a_build_encodes_and_shows_it(tiny: Model, store: Store, corpus: Path) -> None:
    engine, told = EmbeddedEngine.in_memory(), io.StringIO()

    build(corpus, engine, store, Progress(told), Encoder(tiny, store))

    assert marks(engine) == {tiny.mark}
    assert told.getvalue().endswith("2/2 files: 2 passages encoded\n")


def test_an_update_encodes_again_only_when_the_model_is_another(
    tiny: Model, store: Store, corpus: Path, tmp_path: Path
) -> None:
    engine = EmbeddedEngine.in_memory()
    other = Model(written(tmp_path / "other", {"bus": (1, 2)}))

    def updated(model: Model | None) -> Summary:
        encoder = Encoder(model, store) if model else None
        return update(corpus, engine, store, Progress(io.StringIO()), encoder)

    assert (updated(None).put, marks(engine)) == (2, {b""})
    assert (updated(tiny).put, marks(engine)) == (2, {tiny.mark})
    assert updated(tiny).put == 0
    assert (updated(other).put, marks(engine)) == (2, {other.mark})
    assert (updated(None).put, marks(engine)) == (2, {b""})
