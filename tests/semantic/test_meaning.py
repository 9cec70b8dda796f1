"""Several models answer together."""

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
pytest.importorskip("onnx", reason="the extra “bench” is not installed")

from engine.meaning import Together
from engine.opening import open_models
from engine.semantic import Model
from tests.semantic.models import written

TEXTS = ["waste", "tram", "rubbish bus", ""]


@pytest.fixture
def other(tmp_path: Path) -> Model:
    """A model of two dimensions, to which buses are waste."""
    return Model(written(tmp_path / "other", {"waste": (1, 0), "bus": (1, 0), "tram": (0, 1)}))


def known(nearness: Sequence[float | None]) -> list[float]:
    """Return how near passages are, all of which must be known."""
    found = [near for near in nearness if near is not None]
    assert len(found) == len(nearness)
    return found


def test_what_models_find_near_counts_in_the_mean_the_first_twice(
    tiny: Model, other: Model
) -> None:
    together = Together([tiny, other])
    each = [known(model.nearness("waste", model.passages(TEXTS))) for model in (tiny, other)]

    near = together.nearness("waste", together.passages(TEXTS))

    assert near == pytest.approx(
        [(2 * first + second) / 3 for first, second in zip(*each, strict=True)]
    )


def test_each_model_stores_what_it_stores_alone(tiny: Model, other: Model) -> None:
    stored = Together([tiny, other]).passages(["waste"])

    assert stored == [tiny.passages(["waste"])[0] + other.passages(["waste"])[0]]


def test_what_other_models_stored_is_unknown(tiny: Model, other: Model) -> None:
    together = Together([tiny, other])
    turned = Together([other, tiny])
    stored = [
        *tiny.passages(["waste"]),
        *other.passages(["waste"]),
        *turned.passages(["waste"]),
        b"",
    ]

    assert together.nearness("waste", stored) == [None] * 4
    mixed = [*together.passages(["waste"]), *tiny.passages(["waste"])]
    assert tiny.nearness("waste", mixed) == pytest.approx([None, 1], abs=1e-4)
    assert together.mark != turned.mark


def test_models_that_do_not_know_the_language_are_not_asked(tiny: Model, tmp_path: Path) -> None:
    chinese = Model(written(tmp_path, {"废物": (1, 0), "电车": (0, 1)}))
    together = Together([tiny, chinese])
    texts = ["废物", "电车"]

    near = together.nearness("废物", together.passages(texts))

    assert not tiny.knows("废物")
    assert together.knows("废物")
    assert near == chinese.nearness("废物", chinese.passages(texts))


def test_folders_are_opened_together_and_one_by_itself(tmp_path: Path) -> None:
    folders = [written(tmp_path / "a"), written(tmp_path / "b", {"bus": (1, 2)})]
    first, second = (open_models([folder]) for folder in folders)

    assert open_models(folders).mark == first.mark + second.mark
