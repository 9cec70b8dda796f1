"""Both commands take a model's folder, and say in a sentence when they cannot use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.errors import EngineError
from engine.opening import open_models
from indexer.commands import main as index
from search_service.commands import commands as search
from tests.indexer.corpora import folder, page

MODEL = "CITIES_SEARCH_MODEL"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
    pytest.importorskip("onnx", reason="the extra “bench” is not installed")
    from tests.semantic.models import written

    return written(tmp_path / "model")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(MODEL, raising=False)
    return folder(
        tmp_path / "corpus",
        trams__html=page("Trams", "In our city a tram is no bus. " * 20),
        waste__html=page("Waste", "In our city all rubbish is taken away. " * 20),
    )


def status(*arguments: str | Path) -> int:
    """Run cities-index and return its exit status."""
    with pytest.raises(SystemExit) as end:
        index([*map(str, arguments)])
    assert isinstance(end.value.code, int)
    return end.value.code


def first(*options: str) -> str:
    """Return the id of the first hit for a question."""
    told = CliRunner().invoke(search, ["query", "which city, waste", "--json", *options])
    assert told.exit_code == 0, told.output
    hit: str = json.loads(told.output)["hits"][0]["id"]
    return hit


def test_a_model_is_named_by_an_option_or_by_the_environment(
    model: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status("build", corpus, "--model", model) == 0
    by_option = first("--match", "any", "--model", str(model))
    monkeypatch.setenv(MODEL, str(model))

    assert status("update", corpus) == 0
    assert by_option == first("--match", "any") == "waste"


def test_several_models_are_named_by_options_or_by_the_setting(
    corpus: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.semantic.models import written

    other = written(tmp_path / "other", {"tram": (1, 0), "waste": (0, 1)})
    assert status("build", corpus, "--model", model, "--model", other) == 0
    monkeypatch.setenv(MODEL, os.pathsep.join(map(str, (model, other))))
    by_setting = first("--match", "any")
    monkeypatch.delenv(MODEL)

    assert by_setting == first("--match", "any", "--model", str(model), "--model", str(other))
    assert by_setting == "waste"


def test_a_folder_without_a_model_is_told_in_a_sentence(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
    empty = tmp_path / "empty"
    empty.mkdir()

    assert status("build", corpus, "--model", empty) == 1
    assert capsys.readouterr().err.startswith(f"{empty} holds no model: ")
    assert not (tmp_path / "var" / "index" / "CURRENT").exists()
    told = CliRunner().invoke(search, ["query", "city", "--model", str(empty)])
    assert (told.exit_code, told.output.startswith("Error: ")) == (1, True)


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_a_missing_extra_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delitem(sys.modules, "engine.semantic", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(EngineError, match=r"cities-search\[semantic\]"):
        open_models([tmp_path])


def test_without_a_model_nothing_of_it_is_loaded(corpus: Path) -> None:
    programs = "import sys, indexer.commands, search_service.commands, bench.__main__"
    loaded = "[name for name in ('onnxruntime', 'tokenizers') if name in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"{programs}; print({loaded})"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout == "[]\n"
