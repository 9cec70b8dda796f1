"""Sentence models to test with: a tiny one whose vectors are known, and the one we measure with.

What needs an extra is imported where it is used: without it the tests of this folder say so.
"""

from collections.abc import Callable
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


@pytest.fixture(scope="module")
def multilingual() -> "Model":
    """The model of many languages."""
    from bench.models import multilingual

    weights(multilingual.PACKAGE, multilingual.WEIGHTS)
    return _made(multilingual.__file__, "multilingual", multilingual.export)


def _exported(*, exact: bool) -> "Model":
    """Return the exported model, made once for each form of the script."""
    from bench.models import english

    weights(english.PACKAGE, english.WEIGHTS)
    kind = "whole" if exact else "small"
    return _made(english.__file__, kind, lambda folder: english.export(folder, exact=exact))


def weights(package: str, name: str) -> Path:
    """Return the folder of a package that has the weights, or skip the test."""
    from bench.models import packages

    try:
        return packages.folder_of(package, name)
    except packages.ModelError as error:
        pytest.skip(str(error))


def _made(script: str, kind: str, export: Callable[[Path], None]) -> "Model":
    """Return an exported model, made once for each form of its script."""
    from bench.models import bert, drawing, packed
    from engine.semantic import Model

    scripts = (script, bert.__file__, drawing.__file__, packed.__file__)
    sources = (Path(source).read_bytes() for source in scripts)
    version = sha256(b"".join(sources)).hexdigest()[:8]
    folder = VAR / f"test-model-{version}-{kind}"
    if not (folder / "model.onnx").is_file():
        export(folder)
    return Model(folder)
