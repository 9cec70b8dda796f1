"""The measure of "did you mean" misspells as it says it does, and counts what comes back."""

import json
from pathlib import Path

import pytest

from bench import passages, spelling
from engine.embedded.engine import EmbeddedEngine
from tests.contract.corpora import document, fill

WORDS = "management landfill municipal composting recycling collection household awareness"


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    """An engine with words that stand in it often enough."""
    corpus = [document(f"d{n}", WORDS, WORDS, WORDS) for n in range(2)]
    return fill(EmbeddedEngine.in_memory(), corpus)  # type: ignore[return-value]


def test_misspellings_are_no_words_and_the_same_every_time(engine: EmbeddedEngine) -> None:
    words = engine.wording().spelling
    found = spelling.misspellings(words, 8)
    assert found == spelling.misspellings(words, 8)
    assert sorted(word for word, _ in found) == sorted(WORDS.split())
    assert all(words.count(wrong) == 0 for _, wrong in found)


def test_what_comes_back_is_counted(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "MISSPELT", 8)
    found = spelling.spelt(engine, ["landfill", "household awarness"])
    assert (found.misspelt, found.corrected, found.failed) == (8, 8, ())
    assert found.needless == (("household awarness", "household awareness"),)
    assert json.loads(spelling.as_json(found))["suggested"] == 1
    assert "8 of 8" in spelling.as_text(found)


def test_too_few_words_are_told() -> None:
    engine = fill(EmbeddedEngine.in_memory(), [])
    with pytest.raises(ValueError, match="only 0 words"):
        spelling.spelt(engine, [])


def test_real_words_are_corrected() -> None:
    source = passages.DEFAULT_SOURCE
    if not Path(source).exists():
        pytest.skip("The shared data is not here.")
    found = spelling.measure(source, 6_000)
    assert found.corrected >= 0.85 * found.misspelt
    assert len(found.needless) <= 0.02 * found.correct
