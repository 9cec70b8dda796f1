"""Sentence models to test with: a tiny one whose vectors are known, and the one we measure with.

What needs an extra is imported where it is used: without it the tests of this folder say so.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from engine.semantic import Model

VAR = Path(__file__).parents[2] / "var"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> "Model":
    """A model of four words in three dimensions."""
    from engine.semantic import Model
    from tests.semantic.models import written

    return Model(written(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def whole() -> "Model":
    """The model that we measure with, its weights in 32 bits."""
    return _exported(exact=True)


@pytest.fixture(scope="module")
def small() -> "Model":
    """The same in 8 bits, as it is exported."""
    return _exported(exact=False)


def _exported(*, exact: bool) -> "Model":
    """Return the exported model, made once for each form of the script."""
    from bench import export_model
    from engine.semantic import Model

    try:
        export_model.weights_folder()
    except export_model.ModelError as error:
        pytest.skip(str(error))
    version = sha256(Path(export_model.__file__).read_bytes()).hexdigest()[:8]
    folder = VAR / f"test-model-{version}-{'whole' if exact else 'small'}"
    if not (folder / "model.onnx").is_file():
        export_model.export(folder, exact=exact)
    return Model(folder)
